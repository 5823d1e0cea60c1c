/**
 * Keeps what was visited, for when there is no network. The network always comes first, so that
 * nobody reads an old page by accident.
 *
 * A classic script: not every browser takes a module here.
 */

const KEPT = "visited-1";
const self_ = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

self_.addEventListener("install", () => { self_.skipWaiting(); });

self_.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
    await self_.clients.claim();
  })());
});

// A page tells what it had loaded before it was watched over.
self_.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(KEPT);
    for (const address of event.data.loaded) {
      if (!await cache.match(address)) await cache.add(address).catch(() => {});
    }
  })());
});

self_.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(networkFirst(request));
});

/** @param {Request} request */
async function networkFirst(request) {
  const cache = await caches.open(KEPT);
  const address = request.url.split("#")[0];
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && answer.type === "basic") await cache.put(address, answer.clone());
    return answer;
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
