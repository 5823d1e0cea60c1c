/** Pages that were visited can be read again without a network. */

export async function keepVisitedPages() {
  if (!("serviceWorker" in navigator)) return;
  if ("livereload" in globalThis) return; // the site is being written
  try {
    await navigator.serviceWorker.register(new URL("../../sw.js", import.meta.url));
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const here = location.href.split("#")[0];
    active?.postMessage({ loaded: [here, ...loaded.filter((it) => it.startsWith(location.origin))] });
  } catch (error) {
    console.info("Pages are not kept for reading without a network:", error);
  }
}
