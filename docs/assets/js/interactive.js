/** The interactive neuron is loaded with the pages that have one, and with no others. */

import { notify } from "./announce.js";

/** @type {typeof import("./watch.js") | null} */
let arrived = null;
/** @type {HTMLElement | null} */
let pressed = null;

/** What is pressed before the neuron is alive is not lost. */
export function listenForNeuron() {
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest(".watch:not([data-alive]) button");
    if (button instanceof HTMLElement) pressed = button;
  });
}

export async function showNeuron() {
  if (document.querySelector(".watch")) {
    try {
      arrived ??= await import("./watch.js");
    } catch {
      notify("What moves the neuron did not arrive. Is there a network? If so, load the page anew.");
    }
  }
  try {
    arrived?.showWatch(); // or leaves the one of the page before
    if (pressed?.isConnected) pressed.click();
  } catch (error) {
    notify(`The neuron cannot be moved in this browser: ${error}.`);
  }
  pressed = null;
}
