/**
 * The interactive neuron is loaded when somebody turns to it, or comes by an address that says where
 * in its training to begin: most readers of most pages read.
 */

import { notify } from "./announce.js";

const SIGNS = ["pointerover", "pointerdown", "focusin", "click"]; // of somebody who turns to it

/** @type {typeof import("./watch.js") | null} */
let arrived = null;
/** @type {HTMLElement | null} */
let pressed = null;

export function listenForNeuron() {
  for (const sign of SIGNS) {
    document.addEventListener(sign, (event) => {
      const target = /** @type {Element} */ (event.target);
      if (!target.closest(".watch:not([data-alive])")) return;
      // What is pressed before the neuron is alive is not lost.
      if (sign === "click") pressed = target.closest("button");
      wake();
    });
  }
}

/** Wake the neuron of this page, if its address asks for that; leave the one of the page before. */
export function showNeuron() {
  const asked = /[?&](k|phase|row|preset|show)=/.test(location.search);
  if (arrived || (asked && document.querySelector(".watch"))) wake();
}

async function wake() {
  try {
    arrived ??= await import("./watch.js");
  } catch {
    failed("What moves the neuron did not arrive. Is there a network? If so, load the page anew.");
    return;
  }
  try {
    arrived.showWatch();
    if (pressed?.isConnected) pressed.click();
  } catch (error) {
    failed(`The neuron cannot be moved in this browser: ${error}.`);
  }
  pressed = null;
}

/** @param {string} text */
function failed(text) {
  document.querySelector(".watch")?.setAttribute("data-failed", ""); // its curves are shown as they are
  notify(text);
}
