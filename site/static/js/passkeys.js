/* Offers passkeys where the browser knows them, and says when the device gives none. */
(() => {
  "use strict";

  if (window.PublicKeyCredential) {
    for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = true;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const part of document.querySelectorAll("[data-passkey-failure]")) part.hidden = false;
  });
})();
