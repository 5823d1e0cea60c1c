/** What is wider than the screen can be scrolled with the keyboard. */

const WIDE = ".highlight > pre, .table, div.arithmatex, .sources pre";

/** Put what scrolls into the order of the Tab key, and take out what no longer does. */
export function letKeysScroll() {
  for (const element of document.querySelectorAll(WIDE)) sizes.observe(element);
}

const sizes = new ResizeObserver((changes) => {
  for (const { target } of changes) update(/** @type {HTMLElement} */ (target));
});

/** @param {HTMLElement} element */
function update(element) {
  if (element.scrollWidth > element.clientWidth) {
    element.tabIndex = 0;
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", name(element));
  } else {
    for (const attribute of ["tabindex", "role", "aria-label"]) element.removeAttribute(attribute);
  }
}

/** @param {HTMLElement} element */
function name(element) {
  const same = [...document.querySelectorAll(`${WIDE}`)].filter((it) => kind(it) === kind(element));
  return `${kind(element)} ${same.indexOf(element) + 1}, scrolls sideways`;
}

/** @param {Element} element */
function kind(element) {
  if (element.matches(".table")) return "Table";
  if (element.matches("div.arithmatex")) return "Formula";
  return element.closest(".language-output") ? "Output" : "Code";
}
