/**
 * Watch one neuron learn: knows the page. What is pressed and typed becomes a state; what the state
 * means is computed by `neuron`, and drawn by `watch-view`.
 */

import { announce, notify } from "./announce.js";
import { handOver } from "./copy.js";
import * as neuron from "./neuron.js";
import { Play } from "./play.js";
import { Pointing } from "./pointing.js";
import { Questions } from "./questions.js";
import { grouped, shown } from "./shown.js";
import { Address } from "./watch-address.js";
import { START, detentAt, moved, toAddress } from "./watch-state.js";
import { View } from "./watch-view.js";

/**
 * @typedef {import("./watch-state.js").State} State
 * @typedef {import("./watch-view.js").Look} Look
 */

const { numbers, think, train } = neuron;
const SETTLED = 150; // milliseconds after which the theme has scrolled to where an address leads
const QUIET = 500; // milliseconds without a change before it is told
const PAGE = 10; // stops of the slider
const SLOW_START = 1.5; // more happens in the first steps

Object.assign(globalThis, { firstNeuron: neuron }); // for whoever opens the browser's console

/** @type {Watch | null} */
let watch = null;

/** Bring the neuron of this page to life, if it has one. */
export function showWatch() {
  const root = /** @type {HTMLElement | null} */ (document.querySelector(".watch"));
  if (watch?.root === root) return;
  watch?.leave();
  watch = root && new Watch(root);
}

class Watch {
  /** @type {State} */ #state = START;
  /** @type {Float64Array[]} */ #run = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #telling;
  #left = new AbortController();
  #own = [0, 1, 0];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Record<string, Look>} */
    this.looks = JSON.parse(root.dataset.setup ?? "");
    this.view = new View(root);
    this.questions = new Questions(root);
    const { signal } = this.#left;
    this.play = new Play(this.view.button("play"), (share) => this.#goAlong(share), () => this.#rest());
    this.play.pauseUnseen(root, signal);
    this.pointing = new Pointing(root, (...what) => this.view.light(...what), (text) => {
      if (!this.play.playing) this.#tell(text);
    });
    this.pointing.listen(signal);
    this.address = new Address(root, this.looks, (state, told) => {
      this.play.stop();
      this.#go(state, { address: false, silent: !told });
    }, () => this.#state);
    this.address.listen(signal);
    this.#listen(signal);
    if (location.search) this.address.take(location.search);
    else this.#go(this.view.chosen(this.looks), { address: false, silent: true });
    this.view.veil(this.questions.open && this.#state.preset === START.preset);
    setTimeout(() => this.address.show(), SETTLED);
    root.dataset.alive = "";
  }

  leave() {
    this.play.end();
    this.#left.abort();
    clearTimeout(this.#telling);
  }

  get #look() {
    return this.looks[this.#state.preset];
  }

  /**
   * @param {Partial<State>} change
   * @param {{ within?: boolean, address?: boolean, silent?: boolean }} [how] whether what happens
   *   within the step is told, and not the step; whether the address follows; whether nothing is told
   */
  #go(change, { within = false, address = true, silent = this.play.playing } = {}) {
    const before = this.#state;
    const next = { ...before, ...change };
    const { last, inputs } = this.looks[next.preset];
    next.k = Math.min(next.k, last);
    if (next.row !== "all" && Number(next.row) > inputs.length) next.row = START.row;
    this.#state = next;
    if (next.preset !== before.preset || !this.#run.length) {
      this.#run = train(this.#look, last);
      this.view.prepare(next, this.#look, (k) => this.#numbersAt(k));
    }
    this.view.show(next, this.#look, this.#numbersAt(next.k));
    if (next.phase !== before.phase || next.preset !== before.preset || !address) this.pointing.keepOneStop();
    this.pointing.refresh();
    this.root.querySelector(".by-hand")?.remove(); // a link to where one was
    if (address) this.address.write();
    clearTimeout(this.#telling);
    if (silent) return;
    const step = next.k === before.k ? "" : `Step ${grouped(next.k)}. `;
    this.#tell(within ? step + this.view.happening(next) : this.#sentence());
  }

  /** @param {number} k */
  #numbersAt(k) {
    const found = numbers(this.#look, k, this.#run[k]);
    return found.set("own-answer", think(this.#run[k], this.#own));
  }

  // ---- what readers do ----

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const on = (/** @type {string} */ kind, /** @type {(event: any) => void} */ act) =>
      this.root.addEventListener(kind, act, { signal });
    on("click", (event) => this.#click(event));
    on("input", (event) => this.#input(event.target));
    on("change", (event) => this.#change(event.target));
    on("keydown", (event) => this.#key(event));
    on("focusin", (event) => { if (event.target.name === "k") this.play.stop(); }); // to type a step
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const chart = /** @type {SVGSVGElement | null} */ (target.closest(".charts svg"));
    if (chart) this.#step({ k: this.view.stepAt(chart, event.clientX, this.#look) });
    const button = target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { k } = this.#state;
    const { last } = this.#look;
    if (button.closest(".predict")) this.#answer(button);
    else if (button.value === "play") this.#playOrPause();
    else if (button.value === "step") this.#step({ k: k + 1 });
    else if (button.value === "step-back") this.#step({ k: k - 1 });
    else if (button.value === "phase") this.#step(moved(this.#state, 1, last), true);
    else if (button.value === "phase-back") this.#step(moved(this.#state, -1, last), true);
    else if (button.value === "reset") this.#step({ ...START, preset: this.#state.preset });
    else if (button.value === "link") this.#copyLink(button);
    else this.#step({ k: Number(button.value) });
  }

  /** @param {EventTarget | null} target */
  #input(target) {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === "detent") this.#step({ k: this.#look.steps[target.valueAsNumber] });
    if (target.name.startsWith("own") && target.validity.valid && target.value) {
      this.#own[Number(target.name.slice(-1)) - 1] = target.valueAsNumber;
      this.#go({}, { silent: true });
      this.#tell(`Answer ${shown("own-answer", this.#numbersAt(this.#state.k).get("own-answer") ?? 0)}.`);
    }
  }

  /** @param {EventTarget | null} target */
  #change(target) {
    if (target instanceof HTMLSelectElement) this.#step({ preset: target.value });
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === "phase") this.#step({ phase: target.value }, true);
    if (target.name === "row") this.#step({ row: target.value }, true);
    if (target.name === "k") this.#typed(target);
    if (target.name.startsWith("own") && !(target.validity.valid && target.value)) {
      target.value = String(this.#own[Number(target.name.slice(-1)) - 1]);
      notify("An input is a number from −1,000,000 to 1,000,000.");
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const paging = { PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (target instanceof HTMLInputElement && target.name === "detent" && paging && !event.ctrlKey) {
      event.preventDefault();
      const { steps } = this.#look;
      const at = detentAt(steps, this.#state.k) + paging;
      this.#step({ k: steps[Math.min(Math.max(at, 0), steps.length - 1)] });
    }
  }

  /**
   * @param {Partial<State>} change
   * @param {boolean} [within] whether one looks at what happens within a step
   */
  #step(change, within = false) {
    this.play.stop();
    this.questions.forget();
    this.#go(change, { within });
  }

  /** @param {HTMLInputElement} box */
  #typed(box) {
    const { last } = this.#look;
    const k = box.valueAsNumber;
    if (Number.isInteger(k) && k >= 0 && k <= last) {
      this.#step({ k });
    } else {
      box.value = String(this.#state.k);
      notify(`A step is a whole number from 0 to ${grouped(last)}.`);
    }
  }

  /** @param {HTMLElement} button */
  #copyLink(button) {
    const address = new URL(`${toAddress(this.#state)}#watch`, location.href).href;
    handOver(address, button, /** @type {HTMLElement} */ (this.root.querySelector(".tools")), "The link");
  }

  // ---- playing ----

  #playOrPause() {
    const original = this.#state.preset === START.preset;
    if (this.play.playing) this.play.stop();
    else if (original && this.questions.asksBeforePlaying()) announce("First a question.");
    else this.#start();
  }

  #start() {
    const { k } = this.#state;
    const { steps, last } = this.#look;
    const charts = /** @type {Element} */ (this.root.querySelector(".charts"));
    charts.scrollIntoView({ block: "nearest" });
    this.play.start(k === last ? 0 : (detentAt(steps, k) / (steps.length - 1)) ** (1 / SLOW_START));
  }

  /** @param {number} share of the way, from 0 to 1 */
  #goAlong(share) {
    const { steps } = this.#look;
    const stop = Math.floor(share ** SLOW_START * (steps.length - 1) + 1e-9);
    this.#go({ k: steps[stop] }, { address: false });
  }

  #rest() {
    this.#go({});
    if (!this.questions.open) this.view.veil(false);
    const explained = this.questions.explain();
    if (explained) this.#tell(`${this.#sentence()} ${explained.textContent}`);
  }

  /** @param {HTMLButtonElement} button */
  #answer(button) {
    const plays = this.questions.answer(button);
    if (!plays && !this.questions.open) this.view.veil(false);
    if (plays) this.#start();
  }

  // ---- what is told ----

  /** @param {string} text */
  #tell(text) {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => announce(text), QUIET);
  }

  #sentence() {
    const { k } = this.#state;
    const { inputs, targets } = this.#look;
    const values = this.#numbersAt(k);
    const at = (/** @type {string} */ name) => values.get(name) ?? 0;
    const right = targets.filter((target, row) => (at(`output-${row + 1}`) - 0.5) * (target - 0.5) > 0).length;
    const count = ["None", "One", "Two", "Three", "Four", "Five"];
    const all = count[inputs.length].toLowerCase();
    const examples = right === inputs.length ? `All ${all} examples` : `${count[right]} of ${all} examples`;
    const weights = ["w1", "w2", "w3"].map((name) => short(at(name))).join(", ");
    return `Step ${grouped(k)}. ${examples} right. Weights ${weights}. Answer for 1 0 0: ${short(at("answer"), true)}.`;
  }
}

/**
 * @param {number} value
 * @param {boolean} [answer] which is never quite 0 or 1
 */
function short(value, answer = false) {
  const text = value.toFixed(2);
  return (answer && /^[01]\.00/.test(text) ? value.toFixed(5) : text).replace("-", "−");
}
