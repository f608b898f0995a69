/* Saves each answer of an interview as it is typed. Without this file, the form saves them together.

   <form data-actess-answers> … <div data-actess-answer="address of this answer"> its fields, and a hidden « v-… » </div>
     <p role="status" data-actess-saved> <template data-actess-other>                                                         */
(() => {
  "use strict";

  const form = document.querySelector("form[data-actess-answers]");
  if (!form) return;

  const PAUSE = 1200;
  const LONGEST_WAIT = 30;
  const READY = "Tout est enregistré au fur et à mesure.";
  const AWAY = "Pas encore enregistré : le réseau est coupé. Gardez cette page ouverte, l’envoi reprendra tout seul.";
  const LOGGED_OUT = "Pas encore enregistré : vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis revenez ici : votre texte est gardé sur cette page.";
  const GONE = "Cette page ne peut plus être enregistrée. Copiez votre texte avant de la quitter.";
  const status = form.querySelector("[data-actess-saved]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  let leaving = false;

  const tell = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };

  const pause = (seconds) =>
    new Promise((done) => {
      const wake = () => {
        clearTimeout(timer);
        removeEventListener("online", wake);
        done();
      };
      const timer = setTimeout(wake, seconds * 1000);
      addEventListener("online", wake, { once: true });
    });

  /* Who logged in again in another tab has another token. */
  const renew = async () => {
    const page = await fetch(location.href, { redirect: "manual" });
    const found = page.ok && (await page.text()).match(/name="csrfmiddlewaretoken" value="([^"]+)"/);
    if (found) token.value = found[1];
    return Boolean(found);
  };

  function prepare(box) {
    const seen = box.querySelector("[name^='v-']");
    const fields = [...box.querySelectorAll("[name^='q-']")];
    const read = () => {
      const said = new URLSearchParams();
      for (const field of fields) {
        if (!["checkbox", "radio"].includes(field.type) || field.checked) said.append(field.name, field.value);
      }
      return said.toString();
    };
    const answer = { saved: read(), sent: null, timer: 0, running: null, stopped: false };
    answer.changed = () => read() !== answer.saved;

    const put = (text) => {
      const lines = text.split("\n");
      for (const field of fields) {
        if (["checkbox", "radio"].includes(field.type)) field.checked = lines.includes(field.value);
        else field.value = text;
      }
    };

    const showOther = (said) => {
      answer.stopped = true;
      box.querySelector(".other-text")?.remove();
      box.append(form.querySelector("template[data-actess-other]").content.cloneNode(true));
      const shown = box.querySelector(".other-text");
      shown.querySelector("[data-actess-when]").textContent = said.saved;
      shown.querySelector("[data-actess-text]").textContent = said.text || "(vide)";
      const choose = (take) => () => {
        shown.remove();
        seen.value = said.seen;
        answer.stopped = false;
        if (take) {
          put(said.text);
          answer.saved = read();
        }
        (fields.find((field) => field.checked) || fields[0]).focus();
        answer.save();
      };
      shown.querySelector("[data-actess-mine]").addEventListener("click", choose(false));
      shown.querySelector("[data-actess-theirs]").addEventListener("click", choose(true));
      tell("Une réponse a été changée ailleurs : choisissez le texte à garder.");
    };

    /* One sending: whether to go on at once. What the network may have lost is sent again as it was. */
    const send = async () => {
      answer.sent ??= read();
      const body = new URLSearchParams(answer.sent);
      body.set(seen.name, seen.value);
      const headers = { "X-CSRFToken": token.value };
      const reply = await fetch(box.dataset.actessAnswer, { method: "POST", body, headers, redirect: "manual", keepalive: true });
      if (reply.type === "opaqueredirect") throw new Error(LOGGED_OUT);
      if (reply.status >= 500) throw new TypeError("to be tried again");
      if (reply.status === 403 && (await renew())) throw new TypeError("to be tried again");
      const said = await reply.json().catch(() => ({}));
      const sent = answer.sent;
      answer.sent = null;
      if (reply.ok) {
        answer.saved = sent;
        seen.value = said.seen;
        tell(`Enregistré à ${said.saved}`);
      } else if (reply.status === 409) {
        showOther(said);
      } else {
        answer.stopped = true;
        tell(said.error ? `Pas enregistré. ${said.error}` : GONE);
      }
    };

    answer.save = () => {
      clearTimeout(answer.timer);
      answer.running ??= (async () => {
        for (let wait = 1; answer.changed() && !answer.stopped; ) {
          try {
            await send();
            wait = 1;
          } catch (problem) {
            tell(problem instanceof TypeError ? AWAY : problem.message);
            await pause(wait);
            wait = Math.min(wait * 2, LONGEST_WAIT);
          }
        }
        answer.running = null;
      })();
      return answer.running;
    };

    box.addEventListener("input", () => {
      if (!box.querySelector(".other-text [data-actess-mine]")) answer.stopped = false;
      clearTimeout(answer.timer);
      answer.timer = setTimeout(answer.save, PAUSE);
    });
    return answer;
  }

  const answers = [...form.querySelectorAll("[data-actess-answer]")].map(prepare);
  const isChanged = () => answers.some((answer) => answer.changed());
  tell(READY);

  /* The buttons leave the page once nothing is on its way: a page that cannot be reached would lose what was typed. */
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    await Promise.all(answers.map((answer) => answer.save()));
    leaving = true;
    form.requestSubmit(event.submitter);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const answer of answers) answer.save();
  });

  addEventListener("beforeunload", (event) => {
    if (!leaving && isChanged()) event.preventDefault();
  });
})();
