/* Parts of a page that htmx asks for again. Without this file and htmx, a link shows the page anew. */
(() => {
  "use strict";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden) event.preventDefault();
  });

  /* Whoever is logged out, or may read the page no more, goes where the server sends them. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const asked = new URL(requestConfig.path, location.href).pathname;
    const isElsewhere = xhr.responseURL && new URL(xhr.responseURL).pathname !== asked;
    if (isElsewhere || xhr.status === 403 || xhr.status === 404) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
})();
