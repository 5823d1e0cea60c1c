/**
 * What has to run before the theme's own script, or where modules do not. A classic script.
 */

sayWhatAPlainFileLacks();
fetchTheSearchIndexLater();

/** Opened as a file, a page has no search and no copying: browsers load no modules then. */
function sayWhatAPlainFileLacks() {
  if (location.protocol !== "file:") return;
  document.documentElement.classList.add("no-modules");
  document.querySelector(".plain-file")?.removeAttribute("hidden");
}

/**
 * The theme fetches its search index, the heaviest file of a page, with every page. Have it wait
 * until somebody turns to the search.
 */
function fetchTheSearchIndexLater() {
  const { open, send } = XMLHttpRequest.prototype;
  const isIndex = new WeakSet();
  /** @type {Promise<void>} */
  const wanted = new Promise((resolve) => {
    const { searchParams } = new URL(location.href);
    if (searchParams.has("q") || searchParams.has("h")) resolve(); // a link to a search, or from one
    for (const sign of ["focusin", "pointerdown"]) {
      document.addEventListener(sign, (event) => {
        const target = /** @type {Element} */ (event.target);
        if (target.closest("[data-md-component=search], [for=__search]")) resolve();
      });
    }
  });
  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    if (new URL(given[1], location.href).pathname.endsWith("/search/search_index.json")) isIndex.add(this);
    return Reflect.apply(open, this, given);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (isIndex.has(this)) wanted.then(() => send.call(this, body));
    else send.call(this, body);
  };
}
