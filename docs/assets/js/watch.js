/**
 * Watch one neuron learn: knows the page. What is pressed and typed becomes a state; what the state
 * means is computed by `neuron`, and drawn by `watch-view`.
 */

import { announce, notify } from "./announce.js";
import { handOver } from "./copy.js";
import * as neuron from "./neuron.js";
import { Play } from "./play.js";
import { Questions } from "./questions.js";
import { allDigits, grouped, meaning, shown } from "./shown.js";
import { START, detentAt, fromAddress, moved, toAddress } from "./watch-state.js";
import { View } from "./watch-view.js";

/**
 * @typedef {import("./watch-state.js").State} State
 * @typedef {import("./watch-view.js").Look} Look
 */

const { numbers, think, train } = neuron;
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
  /** @type {Element | null} */ #pointed = null;
  #left = new AbortController();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Record<string, Look>} */
    this.looks = JSON.parse(root.dataset.setup ?? "");
    this.view = new View(root);
    this.questions = new Questions(root);
    this.play = new Play(root, this.view.button("play"), (share) => this.#goAlong(share), () => this.#rest());
    this.#listen();
    this.#takeAddress();
  }

  leave() {
    this.play.stop();
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
    this.#keepOneStop();
    if (address) history.replaceState(history.state, "", toAddress(next) + location.hash);
    clearTimeout(this.#telling);
    if (this.#pointed) this.#read(this.#pointed);
    if (silent) return;
    const step = next.k === before.k ? "" : `Step ${grouped(next.k)}. `;
    this.#tell(within ? step + this.view.happening(next) : this.#sentence());
  }

  /** @param {number} k */
  #numbersAt(k) {
    const found = numbers(this.#look, k, this.#run[k]);
    const own = [1, 2, 3].map((i) => this.view.input(`own${i}`).valueAsNumber || 0);
    return found.set("own-answer", think(this.#run[k], own));
  }

  #takeAddress() {
    const { state, problems } = fromAddress(location.search, this.looks);
    this.#go(state, { address: false, silent: true });
    this.view.veil(this.questions.open && state.preset === START.preset);
    if (/^#watch\b/.test(location.hash) && !this.#isInView()) this.#bringIntoView(location, false);
    if (problems.length) notify(`The address cannot be followed in full: ${problems.join("; ")}.`);
  }

  // ---- what readers do ----

  #listen() {
    const { signal } = this.#left;
    const on = (/** @type {string} */ kind, /** @type {(event: any) => void} */ act) =>
      this.root.addEventListener(kind, act, { signal });
    on("click", (event) => this.#click(event));
    on("input", (event) => this.#input(event.target));
    on("change", (event) => this.#change(event.target));
    on("keydown", (event) => this.#key(event));
    on("pointerover", (event) => this.#point(event.target));
    on("focusin", (event) => this.#point(event.target, true));
    on("pointerleave", () => this.#point(document.activeElement));
    on("focusout", () => this.view.light());
    // A link of this page to a step is followed at once; the theme would load the page anew.
    window.addEventListener("click", (event) => this.#follow(event), { capture: true, signal });
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const chart = /** @type {SVGSVGElement | null} */ (target.closest(".charts svg"));
    if (chart) this.#jump(this.view.stepAt(chart, event.clientX, this.#look));
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
    else this.#jump(Number(button.value));
  }

  /** @param {EventTarget | null} target */
  #input(target) {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === "detent") this.#jump(this.#look.steps[target.valueAsNumber]);
    if (target.name.startsWith("own")) {
      this.#go({}, { silent: true });
      this.#tell(`Answer ${shown("own-answer", this.#numbersAt(this.#state.k).get("own-answer") ?? 0)}.`);
    }
  }

  /** @param {EventTarget | null} target */
  #change(target) {
    if (target instanceof HTMLSelectElement) this.#choose(target.value);
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === "phase") this.#step({ phase: target.value }, true);
    if (target.name === "row") this.#step({ row: target.value }, true);
    if (target.name === "k") this.#typed(target);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const paging = { PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (target instanceof HTMLInputElement && target.name === "detent" && paging) {
      event.preventDefault();
      const { steps } = this.#look;
      const at = detentAt(steps, this.#state.k) + paging;
      this.#jump(steps[Math.min(Math.max(at, 0), steps.length - 1)]);
    }
    if (target.matches(".num[tabindex]")) this.#fromNumber(target, event);
  }

  /** @param {MouseEvent} event */
  #follow(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || link.origin !== location.origin || link.pathname !== location.pathname) return;
    if (!link.search || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.play.stop();
    const within = this.root.contains(link);
    const { state, problems } = fromAddress(link.search, this.looks, within ? this.#state : START);
    if (!within) history.pushState(history.state, "", link.href); // from where the reader can go back
    this.#go(state);
    if (problems.length) notify(`The link cannot be followed in full: ${problems.join("; ")}.`);
    if (!within || !link.closest("table")) this.#bringIntoView(link, true);
  }

  #isInView() {
    const { top, bottom } = this.root.getBoundingClientRect();
    return top < innerHeight / 2 && bottom > innerHeight / 2 && scrollY > 0;
  }

  /**
   * Show what an address is about: a part of the neuron, or what happens in the phase.
   *
   * @param {Location | HTMLAnchorElement} address
   * @param {boolean} focus
   */
  #bringIntoView(address, focus) {
    const named = this.root.querySelector(partOf(address));
    if (named instanceof HTMLDetailsElement) named.open = true;
    const [both, strip] = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(".both, .strip")]);
    const fits = strip.getBoundingClientRect().bottom - both.getBoundingClientRect().top < innerHeight * 0.75;
    const phase = this.#state.phase === START.phase ? this.root : fits ? both : strip;
    (named ?? phase).scrollIntoView({ block: "start" });
    if (focus) this.view.input("detent").focus({ preventScroll: true });
  }

  /**
   * @param {Partial<State>} change
   * @param {boolean} [within] one stays in the same step, or looks at what happens in it
   */
  #step(change, within = false) {
    this.play.stop();
    this.#go(change, { within });
  }

  /** @param {number} k */
  #jump(k) {
    this.#step({ k });
  }

  /** @param {string} preset */
  #choose(preset) {
    this.#step({ preset });
  }

  /** @param {HTMLInputElement} box */
  #typed(box) {
    const { last } = this.#look;
    const k = box.valueAsNumber;
    if (Number.isInteger(k) && k >= 0 && k <= last) {
      this.#jump(k);
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

  // ---- one number, wherever it is ----

  /**
   * @param {EventTarget | null} target
   * @param {boolean} [told]
   */
  #point(target, told = false) {
    const element = target instanceof Element ? target.closest("[data-of]") : null;
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return this.view.light();
    const { of, name, value } = element.dataset;
    this.view.light(of, name);
    if (name === undefined || value === undefined) return;
    this.#pointed = element;
    const text = this.#read(element);
    if (told && !this.play.playing) this.#tell(text);
  }

  /** @param {Element} number */
  #read(number) {
    const { name = "", value, step } = /** @type {HTMLElement} */ (number).dataset;
    const when = step === undefined || name === "k" ? "" : ` at step ${grouped(Number(step))}`;
    const text = `${meaning(name)}${when}: ${allDigits(Number(value))}`;
    /** @type {HTMLElement} */ (this.root.querySelector(".readout")).textContent = text;
    return text;
  }

  /** Of each group of numbers, the Tab key stops at one; arrows lead to the others. */
  #keepOneStop() {
    for (const group of this.root.querySelectorAll("[data-group]")) {
      const all = visibleNumbers(group);
      if (all.some((it) => it.tabIndex === 0)) continue;
      group.querySelectorAll(".num[tabindex]").forEach((it) => it.setAttribute("tabindex", "-1"));
      all.forEach((it, i) => { it.tabIndex = i ? -1 : 0; });
    }
  }

  /**
   * @param {HTMLElement} from
   * @param {KeyboardEvent} event
   */
  #fromNumber(from, event) {
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
  return all.filter((it) => it.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true }));
}

/**
 * @param {number} value
 * @param {boolean} [answer] which is never quite 0 or 1
 */
function short(value, answer = false) {
  const text = value.toFixed(2);
  return (answer && /^[01]\.00/.test(text) ? value.toFixed(5) : text).replace("-", "−");
}

/**
 * The part of the neuron that an address asks to be shown, as a selector.
 *
 * @param {Location | HTMLAnchorElement} address
 */
function partOf({ search }) {
  return `#watch-${new URLSearchParams(search).get("show")?.replace(/\W/g, "") || "none"}`;
}
