/* What can be measured of a page as it is drawn, for the browser tests. */
(() => {
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const isHiddenOnPurpose = (element) => Boolean(element.closest(".visually-hidden, .skip, .trap, [aria-hidden=true]"));
  const name = (element) => `${element.localName}.${element.getAttribute("class") ?? ""} « ${element.textContent.trim().slice(0, 40)} »`;

  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (walker.currentNode.textContent.trim() && isShown(element) && !element.closest("script, style, noscript")) found.push(element);
    }
    return found;
  };

  /* Words of a drawing are sized in its own units. */
  const size = (element) => {
    const scale = element instanceof SVGElement ? element.getScreenCTM().a : 1;
    return parseFloat(getComputedStyle(element).fontSize) * scale;
  };

  window.measures = {
    width: () => document.documentElement.scrollWidth,
    outside: () =>
      [...document.body.querySelectorAll("*")]
        .filter((element) => isShown(element) && !isHiddenOnPurpose(element) && !element.closest("svg svg, svg *"))
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect();
          return width && (left < -1 || right > innerWidth + 1);
        })
        .map(name),
    clipped: () =>
      texts()
        .filter((element) => !isHiddenOnPurpose(element) && !(element instanceof SVGElement))
        .filter((element) => {
          const { overflowX, overflowY } = getComputedStyle(element);
          const cuts = (overflow, content, room) => overflow !== "visible" && content > room + 1;
          return cuts(overflowX, element.scrollWidth, element.clientWidth) || cuts(overflowY, element.scrollHeight, element.clientHeight);
        })
        .map(name),
    small: (least) => texts().filter((element) => size(element) < least).map((element) => [name(element), size(element)]),
    moving: () =>
      [...document.querySelectorAll("*")]
        .filter(isShown)
        .filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return animationName !== "none" || transitionDuration.split(", ").some((duration) => parseFloat(duration) > 0);
        })
        .map(name),
    /* Controls that only a ground told apart lose it where colours are the reader's. */
    edgeless: () =>
      [...document.querySelectorAll(".button, input, select, textarea, summary.button, .chip, .pagination a")]
        .filter((element) => isShown(element) && !isHiddenOnPurpose(element) && !element.matches("[type=radio], [type=checkbox]"))
        .filter((element) => parseFloat(getComputedStyle(element).borderTopWidth) < 1)
        .map(name),
  };
})();
