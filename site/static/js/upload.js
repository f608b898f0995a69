/* Sends a large file in pieces and goes on after a cut. Without this file, the form sends it in one go.

   <form method="post" enctype="multipart/form-data" data-actess-upload="purpose" [data-actess-upload-about="…"] [data-actess-upload-next="/…"]>
     {% csrf_token %} … <input type="file" required> … <button>
     {% include "private_files/upload_progress.html" %}                                                                       */
(() => {
  "use strict";

  const PIECE = 2 * 1024 * 1024;
  const LONGEST_WAIT = 30;
  const ADDRESS = "/envois/";
  const LOGGED_OUT = "Vous n’êtes plus connecté. Connectez-vous, puis choisissez le même fichier : l’envoi reprendra où il s’est arrêté.";
  const SAID_EVERY = 10; // per cent: a screen reader is not interrupted more often

  class Refused extends Error {}

  const pause = (seconds, signal) =>
    new Promise((done) => {
      const timer = setTimeout(wake, seconds * 1000);
      addEventListener("online", wake, { once: true });
      signal.addEventListener("abort", wake, { once: true });
      function wake() {
        clearTimeout(timer);
        removeEventListener("online", wake);
        done();
      }
    });

  const mark = async (file) => {
    const known = new TextEncoder().encode(`${file.name} ${file.size} ${file.lastModified}`);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", known));
    return Array.from(hash.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const megabytes = (size) => (size / 1048576).toLocaleString("fr", { maximumFractionDigits: 1 });

  function prepare(form) {
    const input = form.querySelector("input[type=file]");
    const box = form.querySelector("[data-actess-upload-box]");
    const bar = box.querySelector("progress");
    const words = box.querySelector("[data-actess-upload-words]");
    const error = box.querySelector("[data-actess-upload-error]");
    const stop = box.querySelector("[data-actess-upload-stop]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    let running = null;
    let lastSaid = -1;

    const ask = async (path, options = {}) => {
      const headers = { "X-CSRFToken": token, ...options.headers };
      const answer = await fetch(ADDRESS + path, { signal: running.signal, ...options, headers, redirect: "manual" });
      if (answer.type === "opaqueredirect") throw new Refused(LOGGED_OUT);
      const said = await answer.json().catch(() => ({}));
      if (answer.ok || answer.status === 409) return said;
      if (said.error) throw new Refused(said.error);
      if (answer.status < 500) throw new Refused("L’envoi n’est plus possible : rechargez la page, puis recommencez.");
      throw new TypeError("to be tried again");
    };

    const show = (offset, size) => {
      bar.max = size;
      bar.value = offset;
      const percent = Math.floor((offset / size) * 100);
      if (percent - lastSaid >= SAID_EVERY || lastSaid < 0) {
        lastSaid = percent;
        words.textContent = `${percent} % envoyés, sur ${megabytes(size)} Mo.`;
      }
    };

    /* Tries until the network is back; a refusal ends it. */
    const insist = async (attempt) => {
      for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
        try {
          return await attempt();
        } catch (problem) {
          if (problem instanceof Refused || problem.name === "AbortError") throw problem;
          if (running.signal.aborted) throw new DOMException("", "AbortError");
          words.textContent = "La connexion est coupée. L’envoi reprendra tout seul : gardez cette page ouverte.";
          lastSaid = -1;
          await pause(wait, running.signal);
          if (running.signal.aborted) throw new DOMException("", "AbortError");
        }
      }
    };

    const drop = (path) =>
      fetch(`${ADDRESS}${path}abandon/`, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});

    const send = async (file) => {
      const body = new URLSearchParams({
        purpose: form.dataset.actessUpload,
        about: form.dataset.actessUploadAbout || "",
        name: file.name,
        size: file.size,
        mark: await mark(file),
      });
      // Not cut off: what was begun there has a name, by which it can be dropped.
      let state = await insist(() => ask("", { method: "POST", body, signal: null }));
      running.path = `${state.reference}/`;
      if (running.signal.aborted) {
        drop(running.path);
        throw new DOMException("", "AbortError");
      }
      while (!state.finished) {
        show(state.offset, file.size);
        const piece = file.slice(state.offset, state.offset + PIECE);
        if (!piece.size) words.textContent = "Tout est envoyé. Nous vérifions le fichier…";
        const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(state.offset) };
        state = await insist(async () => {
          try {
            return await ask(running.path, { method: "POST", body: piece, headers });
          } catch (problem) {
            if (problem instanceof Refused || problem.name === "AbortError") throw problem;
            return ask(running.path); // what did arrive
          }
        });
        if (!piece.size && !state.finished) await pause(2, running.signal);
      }
      return state;
    };

    form.addEventListener("submit", async (event) => {
      const [file] = input.files;
      if (!file || !globalThis.crypto?.subtle) return;
      event.preventDefault();
      if (running) return;
      running = Object.assign(new AbortController(), { path: "" });
      lastSaid = -1;
      error.hidden = true;
      box.hidden = bar.hidden = stop.hidden = false;
      const buttons = form.querySelectorAll("button:not([type=button])");
      for (const button of buttons) button.setAttribute("aria-disabled", "true");
      try {
        const state = await send(file);
        words.textContent = "Le fichier est arrivé.";
        running = null;
        location.assign(state.next || form.dataset.actessUploadNext || location.href);
        return;
      } catch (problem) {
        words.textContent = "";
        bar.hidden = stop.hidden = true;
        if (problem.name === "AbortError") {
          words.textContent = "L’envoi est abandonné.";
        } else {
          error.hidden = false;
          error.querySelector("[data-actess-upload-sentence]").textContent =
            problem instanceof Refused ? problem.message : "Ce fichier ne se lit plus : choisissez-le de nouveau.";
          error.focus();
        }
      }
      running = null;
      for (const button of buttons) button.removeAttribute("aria-disabled");
    });

    stop.addEventListener("click", () => {
      if (!running) return;
      words.textContent = "L’envoi s’arrête…";
      bar.hidden = stop.hidden = true;
      running.abort();
      if (running.path) drop(running.path);
      input.focus();
    });

    addEventListener("beforeunload", (event) => {
      if (running && !running.signal.aborted) event.preventDefault();
    });
  }

  for (const form of document.querySelectorAll("form[data-actess-upload]")) prepare(form);
})();
