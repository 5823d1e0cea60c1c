/** The keyboard: what the theme forgets, and what it does too eagerly. */

/** The label that opens the navigation becomes a real button. */
export function makeDrawerButton() {
  const label = document.querySelector("label.md-header__button[for=__drawer]");
  const drawer = /** @type {HTMLInputElement} */ (document.querySelector("#__drawer"));
  if (!label) return; // it is one already
  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} drawer-button`;
  button.append(...label.childNodes);
  const say = () => button.setAttribute("aria-expanded", String(drawer.checked));
  button.addEventListener("click", () => drawer.click());
  drawer.addEventListener("change", say);
  say();
  label.replaceWith(button);
}

/** The link that skips to the content takes the focus along, which the theme would drop. */
export function letSkippingFocus() {
  window.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (
      /** @type {Element} */ (event.target).closest("a.md-skip"));
    const target = link && document.querySelector(decodeURIComponent(link.hash));
    if (!(target instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    target.tabIndex = -1;
    target.focus();
  }, { capture: true });
}

/**
 * The theme opens the search with f, s or /, and turns pages with n, p, comma and full stop. Such
 * keys fire by accident for those who speak to their computer: WCAG 2.1.4 wants none of them.
 */
export function ignoreSingleKeys() {
  window.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    const lone = event.key.length === 1 && event.key !== " ";
    if (lone && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopImmediatePropagation(); // the browser itself still does with it what it likes
    }
  }, { capture: true });
}
