/* A tap on the sheet is saved in place. Without this file the same buttons open the page again. */
(() => {
  "use strict";

  const said = document.querySelector("[data-actess-said]");
  const WORDS = { venu: "présent", excuse: "excusé", absent: "absent", "": "présence effacée" };

  function tell(words, failed) {
    if (!said) return;
    said.textContent = words;
    said.classList.toggle("visually-hidden", !failed);
    said.classList.toggle("failed", failed);
  }

  /* The row and the figures of the answer take the place of those shown; a focus that was there stays on the same button. */
  function show(text, row, position) {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const fresh = answer.getElementById(row.id);
    const counts = answer.getElementById("comptes");
    if (!fresh || !counts) return false;
    const focused = row.contains(document.activeElement);
    document.getElementById("comptes")?.replaceWith(document.adoptNode(counts));
    row.replaceWith(document.adoptNode(fresh));
    if (focused) fresh.querySelectorAll(".mark")[position]?.focus({ preventScroll: true });
    return true;
  }

  async function save(form, button) {
    const row = form.closest("li");
    const buttons = [...form.querySelectorAll(".mark")];
    const word = button.value;
    const name = row.querySelector("h3").textContent.trim();
    const body = new FormData(form);
    body.set("attendance", word);
    button.setAttribute("aria-busy", "true");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "attendance" } });
    } catch {
      button.removeAttribute("aria-busy");
      tell(`${name} n’est pas noté\u00a0: le réseau ne répond pas. Touchez de nouveau.`, true);
      return;
    }
    if (answer.ok && !answer.redirected && show(await answer.text(), row, buttons.indexOf(button))) tell(`${name}\u00a0: ${WORDS[word]}`, false);
    else location.reload(); // The page says why: the sheet was closed, or the session is over.
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-actess-attendance]");
    if (!form || !said || !event.submitter) return;
    event.preventDefault();
    if (!form.querySelector("[aria-busy]")) save(form, event.submitter);
  });
})();
