/* Small improvements: everything works without this file. */
(() => {
  "use strict";

  const menu = document.querySelector("[data-actess-menu]");
  if (menu) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }

  for (const button of document.querySelectorAll("[data-actess-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.actessCopy);
      const words = button.querySelector("span");
      words.setAttribute("role", "status");
      words.textContent = "Lien copié";
    });
  }

  for (const button of document.querySelectorAll("[data-actess-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* Fields left empty stay out of the address, which can then be shared and cached. */
  for (const form of document.querySelectorAll("[data-actess-filter]")) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }
})();
