/** The interactive neuron is loaded with the pages that have one, and with no others. */

import { notify } from "./announce.js";

/** @type {typeof import("./watch.js") | null} */
let arrived = null;

export async function showNeuron() {
  if (document.querySelector(".watch")) {
    try {
      arrived ??= await import("./watch.js");
    } catch {
      notify("What moves the neuron did not arrive. Is there a network? If so, load the page anew.");
    }
  }
  arrived?.showWatch(); // or leaves the one of the page before
}
