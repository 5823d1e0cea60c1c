/**
 * The theme fetches its search index, the heaviest file of a page, with every page. Have it wait
 * until somebody turns to the search. A classic script: it has to come before the theme's own.
 */
(() => {
  const send = XMLHttpRequest.prototype.send;
  const open = XMLHttpRequest.prototype.open;
  const isIndex = new WeakSet();
  /** @type {Promise<void>} */
  const wanted = new Promise((resolve) => {
    const address = new URL(location.href).searchParams;
    if (address.has("q") || address.has("h")) resolve(); // a link to a search, or from one
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
})();
