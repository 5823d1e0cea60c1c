/** Pages that were visited can be read again without a network, and so can the Python in them. */

/** @type {(keeper: ServiceWorker | null) => void} */
let found;
/** @type {Promise<ServiceWorker | null>} */
const keeper = new Promise((resolve) => { found = resolve; });

export async function keepVisitedPages() {
  if (!("serviceWorker" in navigator)) return;
  if ("livereload" in globalThis) return; // the site is being written
  try {
    await navigator.serviceWorker.register(new URL("../../sw.js", import.meta.url));
    found((await navigator.serviceWorker.ready).active);
    keep([location.href.split("#")[0], new URL("../../glossary/", import.meta.url).href]);
    keep(later());
    new PerformanceObserver((list) => keep(list.getEntries().map(({ name }) => name)))
      .observe({ type: "resource", buffered: true });
  } catch (error) {
    console.info("Pages are not kept for reading without a network:", error);
  }
}

/**
 * What runs blocks, should a reader want it when there is no network any more, or after the site was
 * renewed: then it is not where this page looks for it.
 */
function later() {
  const known = /** @type {HTMLElement | null} */ (document.querySelector(".announcement"))?.dataset;
  const names = (known?.later ?? "").split(" ").filter(Boolean);
  return names.map((name) => new URL(name, import.meta.url).href);
}

/**
 * Keep what was loaded before anybody watched over it.
 *
 * @param {string[]} addresses
 */
export async function keep(addresses) {
  (await keeper)?.postMessage({ loaded: addresses.filter((it) => it.startsWith(location.origin)) });
}
