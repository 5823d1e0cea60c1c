/** No shortcuts on single letters: they fire by accident for those who speak to their computer. */

/**
 * The theme opens the search with f, s or /, and turns pages with n, p, comma and full stop.
 * WCAG 2.1.4 wants such keys to be switched off, changed, or bound to a focused part.
 */
export function ignoreSingleKeys() {
  window.addEventListener("keydown", (event) => {
    const typing = event.composedPath()[0] instanceof HTMLInputElement;
    const lone = event.key.length === 1 && event.key !== " ";
    if (lone && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopImmediatePropagation(); // the browser itself still does with it what it likes
    }
  }, { capture: true });
}
