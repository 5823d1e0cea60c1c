/** One number, wherever it is: pointed at or focused it lights up, and shows all its digits. */

import { allDigits, grouped, meaning } from "./shown.js";

export class Pointing {
  /** @type {HTMLElement | SVGElement | null} */ #at = null;

  /**
   * @param {HTMLElement} root
   * @param {(quantity?: string, name?: string) => void} light
   * @param {(text: string) => void} tell
   */
  constructor(root, light, tell) {
    this.root = root;
    this.light = light;
    this.tell = tell;
    this.readout = /** @type {HTMLElement} */ (root.querySelector(".readout"));
  }

  /** @param {AbortSignal} signal ends the listening */
  listen(signal) {
    const on = (/** @type {string} */ kind, /** @type {(event: any) => void} */ act) =>
      this.root.addEventListener(kind, act, { signal });
    on("pointerover", (event) => this.#point(event.target, false));
    on("focusin", (event) => this.#point(event.target, true));
    on("pointerleave", () => this.#point(document.activeElement, false));
    on("focusout", () => this.light());
    on("keydown", (event) => this.#key(event));
  }

  /** The numbers have changed. */
  refresh() {
    if (this.#at) this.#read(this.#at);
  }

  /** Of each group of numbers, the Tab key stops at one; arrows lead to the others. */
  keepOneStop() {
    for (const group of this.root.querySelectorAll("[data-group]")) {
      const all = visibleNumbers(group);
      if (all.some((it) => it.tabIndex === 0)) continue;
      group.querySelectorAll(".num[tabindex]").forEach((it) => it.setAttribute("tabindex", "-1"));
      all.forEach((it, i) => { it.tabIndex = i ? -1 : 0; });
    }
  }

  /**
   * @param {EventTarget | null} target
   * @param {boolean} told
   */
  #point(target, told) {
    const element = target instanceof Element ? target.closest("[data-of]") : null;
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return this.light();
    const { of, name, value } = element.dataset;
    this.light(of, name);
    if (name === undefined || value === undefined) return;
    this.#at = element;
    const text = this.#read(element);
    if (told) this.tell(text);
  }

  /** @param {HTMLElement | SVGElement} number */
  #read({ dataset: { name = "", value, step } }) {
    const when = step === undefined || name === "k" ? "" : ` at step ${grouped(Number(step))}`;
    const text = `${meaning(name)}${when}: ${allDigits(Number(value))}`;
    this.readout.textContent = text;
    return text;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const from = /** @type {HTMLElement} */ (event.target);
    if (!from.matches(".num[tabindex]") || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const all = visibleNumbers(/** @type {Element} */ (from.closest("[data-group]")));
    const at = all.indexOf(from);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0,
      End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    from.tabIndex = -1;
    all[to].tabIndex = 0;
    all[to].focus();
  }
}

/** @param {Element} group */
function visibleNumbers(group) {
  const all = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(".num")]);
  return all.filter((it) => it.getClientRects().length && getComputedStyle(it).visibility === "visible");
}
