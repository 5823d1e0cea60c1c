/** Pages that were visited can be read again without a network. */

export async function keepVisitedPages() {
  if (!("serviceWorker" in navigator)) return;
  if ("livereload" in globalThis) return; // the site is being written
  try {
    await navigator.serviceWorker.register(new URL("../../sw.js", import.meta.url));
    const { active } = await navigator.serviceWorker.ready;
    /** @param {string[]} addresses */
    const keep = (addresses) => active?.postMessage({
      loaded: addresses.filter((it) => it.startsWith(location.origin)),
    });
    keep([location.href.split("#")[0], new URL("../../glossary/", import.meta.url).href]);
    new PerformanceObserver((list) => keep(list.getEntries().map(({ name }) => name)))
      .observe({ type: "resource", buffered: true });
  } catch (error) {
    console.info("Pages are not kept for reading without a network:", error);
  }
}
