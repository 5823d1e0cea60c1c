/**
 * Blocks can be run and changed. What does that is loaded when somebody wants it: most readers of
 * most pages read.
 */

import { notify } from "./announce.js";
import { editsOf } from "./edits.js";

/** @typedef {typeof import("./lively.js")} Lively */

/** @type {Promise<Lively> | null} */
let lively = null;

export function listenForBlocks() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const block = /** @type {HTMLElement | null} */ (target.closest(".block"));
    // The second click of a double click is not meant to stop what the first has begun.
    if (block && event.detail < 2 && target.closest("button.run")) use((it) => it.runOrStop(block));
    if (block && target.closest("button:is(.edit, .change)")) {
      target.closest("details")?.removeAttribute("open");
      use((it) => it.startEditing(block));
    }
  });
  window.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[data-edit]");
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the theme would go to the link's address
    use((it) => it.take(`#${link.dataset.edit}`, true));
  }, { capture: true });
  window.addEventListener("hashchange", takeFromAddress);
}

/** Put back what was run and changed before the page was left; take what its address carries. */
export function showBlocks() {
  if (lively || editsOf(location.pathname).length) use((it) => it.showBlocks());
  takeFromAddress();
}

function takeFromAddress() {
  if (/^#block-\d+=/.test(location.hash)) use((it) => it.take(location.hash));
}

/** @param {(lively: Lively) => void} action */
async function use(action) {
  lively ??= import("./lively.js");
  const arrived = await lively.catch(() => null);
  if (arrived) {
    action(arrived);
  } else {
    lively = null;
    notify("What runs the blocks did not arrive. Is there a network? If so, load the page anew.");
  }
}
