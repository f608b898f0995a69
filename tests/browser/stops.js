/* What a keyboard stops at, for the browser tests: the list that a page promises, and where the focus is now. */
(() => {
  const STOPS = "a[href], button, input, select, textarea, summary, video[controls], [tabindex]";
  const WHOLE = ".card, .stamp, .film-card, .door";

  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

  const isFirstOfGroup = (element) => {
    if (element.type !== "radio") return true;
    const group = [...element.form.querySelectorAll(`input[type=radio][name="${element.name}"]`)];
    return element === (group.find((radio) => radio.checked) ?? group[0]);
  };

  const all = () =>
    [...document.querySelectorAll(STOPS)].filter(
      (element) =>
        element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && isShown(element) && isFirstOfGroup(element),
    );

  const describe = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim();
    return `${element.localName}.${element.getAttribute("class") ?? ""} « ${words.replace(/\s+/g, " ").slice(0, 60)} »`;
  };

  const place = (element) => {
    const covered = element.matches(".cover-link") ? element.closest(WHOLE) : element;
    const { x, y, width, height } = covered.getBoundingClientRect();
    return { x: x + scrollX, y: y + scrollY, width, height };
  };

  window.stops = {
    promised: () => all().map(describe),
    /* Null once the focus has left the page. */
    current: () => {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return null;
      const part = element.closest(".site-header, .site-footer") ? "frame" : "page";
      return { number: all().indexOf(element), name: describe(element), part, place: place(element) };
    },
    /* A link inside a sentence is as large as its words: the guidelines let it be. */
    targets: () =>
      all()
        .filter((element) => !(getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim()))
        .filter((element) => !element.closest(".map svg, .skip"))
        .map((element) => ({ name: describe(element), place: place(element) })),
  };
})();
