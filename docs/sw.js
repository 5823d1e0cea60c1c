/**
 * Keeps what was visited, for when there is no network. The network always comes first, so that
 * nobody reads an old page by accident; but for Python, which is large, and never changes at one
 * address.
 *
 * A classic script: not every browser takes a module here.
 */

const KEPT = "visited-1";
const VERSIONED = /\/assets\/(?:js-[0-9a-f]{8}\/|style\.[0-9a-f]{8}\.)/; // never changes at one address
const PYTHON = /\/assets\/(pyodide-[\d.]+)\/[^/]+$/;
const self_ = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

self_.addEventListener("install", () => { self_.skipWaiting(); });

self_.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      // Which Python a page needs is known by pages only: see `forgetOthers`.
      if (name !== KEPT && !name.startsWith("pyodide-")) await caches.delete(name);
    }
    await self_.clients.claim();
  })());
});

// A page tells what it had loaded before it was watched over.
self_.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    for (const address of event.data.loaded) {
      const cache = await caches.open(PYTHON.exec(address)?.[1] ?? KEPT);
      // What has been loaded already need not be loaded once more.
      const request = new Request(address, { cache: "force-cache" });
      if (!await cache.match(address)) await cache.add(request).catch(() => {});
    }
  })());
});

self_.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const python = PYTHON.exec(new URL(request.url).pathname)?.[1];
  event.respondWith(python ? keptFirst(event, python) : networkFirst(request));
});

/**
 * @param {FetchEvent} event
 * @param {string} version
 */
async function keptFirst(event, version) {
  const { request } = event;
  const cache = await caches.open(version);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200 && answer.type === "basic") {
    // Later, so that the reader sees it arrive.
    event.waitUntil(cache.put(request.url, answer.clone()).then(() => forgetOthers(version)));
  }
  return answer;
}

/**
 * A new Python is there: nobody needs the old one any more.
 *
 * @param {string} version
 */
async function forgetOthers(version) {
  for (const name of await caches.keys()) {
    if (name.startsWith("pyodide-") && name !== version) await caches.delete(name);
  }
}

/** @param {Request} request */
async function networkFirst(request) {
  const cache = await caches.open(KEPT);
  const address = request.url.split("#")[0];
  try {
    const answer = await fetch(request);
    // A page is the same, whatever its address asks it to show.
    const place = request.mode === "navigate" ? address.split("?")[0] : address;
    if (answer.status === 200 && answer.type === "basic") await cache.put(place, answer.clone());
    // The site was renewed under a reader: an older page goes on with its own scripts.
    const older = answer.status === 404 && VERSIONED.test(address) && await cache.match(address);
    return older || answer;
  } catch (error) {
    const kept = await cache.match(address, { ignoreSearch: true });
    if (kept) return kept;
    if (request.mode === "navigate") return notKept(cache);
    throw error;
  }
}

/** @param {Cache} cache */
async function notKept(cache) {
  const pages = [];
  for (const { url } of await cache.keys()) {
    const answer = await cache.match(url);
    if (!answer?.headers.get("content-type")?.startsWith("text/html")) continue;
    const title = /<title>([^<]*)<\/title>/.exec(await answer.text())?.[1] ?? url;
    pages.push(`<li><a href="${url}">${title}</a></li>`);
  }
  const html = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Not kept</title><style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}</style><main><h1>There is no network, and this page was not visited before</h1>
<p>These pages were, and can be read now:</p><ul>${pages.join("")}</ul></main></html>`;
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}
