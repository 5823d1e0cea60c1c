/** Which page is shown: links inside the site exchange the page without loading it anew. */

/**
 * Call something now, and again whenever another page is shown.
 *
 * @param {() => void} action
 */
export function onEveryPage(action) {
  // The theme's own stream of pages, if it is there.
  const pages = /** @type {any} */ (globalThis).document$;
  if (pages) pages.subscribe(action);
  else action();
}
