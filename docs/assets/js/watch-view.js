/**
 * Draws the neuron that is watched: puts numbers into the page that the build has written, moves the
 * lines of the charts, and lights up what belongs together.
 */

import { grouped, shown } from "./shown.js";
import { PHASES, detentAt } from "./watch-state.js";

/**
 * @typedef {import("./watch-state.js").State} State
 * @typedef {import("./watch-state.js").Setup & { weightUnit: number, decades: number,
 *   labels: [number, number][], about: string[] }} Look
 */

const SMALLEST = -5; // of both axes: weights, and powers of ten of the error
const LARGEST = 10;
const STEP_0 = 22; // how far left of step 1 it stands

export class View {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.numbers = /** @type {HTMLElement[]} */ (
      [...root.querySelectorAll("[data-value]:not([data-step])")]);
    const charts = /** @type {NodeListOf<SVGSVGElement>} */ (root.querySelectorAll(".charts svg"));
    this.weights = charts[0];
    this.error = charts[1];
  }

  /**
   * @param {State} state
   * @param {Look} look
   * @param {Map<string, number>} values
   */
  show(state, look, values) {
    for (const element of this.numbers) this.#number(element, values);
    for (const word of this.#all("[data-way]")) {
      word.textContent = (values.get(word.dataset.way ?? "") ?? 0) > 0 ? "up" : "down";
    }
    for (const vertex of this.#all("circle[data-corner]")) {
      vertex.setAttribute("fill-opacity", String(values.get(vertex.dataset.corner ?? "")));
    }
    this.#place(state);
    this.#controls(state, look);
    this.#cursor(this.weights, state, look, (name) => this.#weightAt(look, values.get(name) ?? 0));
    this.#cursor(this.error, state, look, (name) => this.#errorAt(look, values.get(name) ?? 1));
  }

  /**
   * What differs between one training and another.
   *
   * @param {State} state
   * @param {Look} look
   * @param {(k: number) => Map<string, number>} at the numbers at a step
   */
  prepare({ preset }, look, at) {
    this.root.dataset.preset = preset;
    for (const element of this.#all("[data-for]")) {
      const here = (element.dataset.for ?? "").split(" ").includes(preset);
      // What others are laid over, or stand below, keeps its place.
      if (element.closest("tr, .what-to-watch > *") === element) element.classList.toggle("off", !here);
      else element.hidden = !here;
    }
    for (const row of this.#all("tr[data-corner]")) {
      const corner = (row.dataset.corner ?? "").replace("corner-", "");
      const example = look.inputs.findIndex((inputs) => inputs.join("") === corner);
      const taught = example < 0 ? "no" : String(look.targets[example]);
      /** @type {HTMLElement} */ (row.querySelector(".taught")).textContent = taught;
      const kind = { no: "open", 1: "target", 0: "error" }[taught] ?? "open";
      this.root.querySelector(`circle[data-corner="${row.dataset.corner}"]`)
        ?.setAttribute("class", `vertex ${kind}`);
    }
    this.#table(look, at);
    this.#chart(this.weights, look, 0, (step, name) => this.#weightAt(look, at(step).get(name) ?? 0));
    this.#chart(this.error, look, 1, (step) => this.#errorAt(look, at(step).get("error") ?? 1));
    this.weights.querySelectorAll("line[data-tick]").forEach((tick) => {
      if (tick.getAttribute("x1") === tick.getAttribute("x2")) return;
      const value = Number(tick.getAttribute("data-tick")) * look.weightUnit;
      /** @type {Element} */ (tick.nextElementSibling).textContent = String(value).replace("-", "−");
    });
    this.error.querySelectorAll("line[data-tick]").forEach((tick) => {
      if (tick.getAttribute("x1") === tick.getAttribute("x2")) return;
      const power = Math.round(Math.log10(Number(tick.getAttribute("data-tick")))) * look.decades;
      /** @type {Element} */ (tick.nextElementSibling).textContent =
        power < SMALLEST || look.decades > 1 ? (power ? `1e${power}`.replace("-", "−") : "1")
          : (10 ** power).toFixed(-power);
    });
  }

  /**
   * Where somebody has gone by the controls before they were listened to.
   *
   * @param {Record<string, Look>} looks
   * @returns {State}
   */
  chosen(looks) {
    const preset = /** @type {HTMLSelectElement} */ (this.root.querySelector("select")).value;
    const [phase, row] = ["phase", "row"].map((name) => this.#radios(name).find((it) => it.checked)?.value ?? "");
    const typed = this.input("k").valueAsNumber;
    const slid = looks[preset].steps[this.input("detent").valueAsNumber];
    return { preset, phase, row, k: Number.isInteger(typed) && typed > 0 ? typed : slid };
  }

  /**
   * What is shown of the phase, in words.
   *
   * @param {State} state
   */
  happening({ phase }) {
    const pane = /** @type {Element} */ (this.root.querySelector(`.panes > [data-phase="${phase}"]`));
    const parts = [...pane.querySelectorAll(".say, li.chosen, tr.chosen:not(.off), tfoot tr, .why")];
    const words = parts.map((part) => {
      const [head, ...cells] = part.tagName === "TR" ? [...part.children].map(readable) : [readable(part)];
      return [head, ...cells.map((cell, i) => `weight ${i + 1}: ${cell}`)].join(", ");
    });
    return `${phase}: ${words.filter(Boolean).join(". ")}.`.replaceAll("..", ".").replace(/\s+/g, " ");
  }

  /**
   * Light up a quantity wherever it is; nothing, if none is named.
   *
   * @param {string} [quantity]
   * @param {string} [name] which of its numbers
   */
  light(quantity, name) {
    for (const element of this.#all("[data-of]")) {
      const of = element.dataset.of ?? "";
      const same = quantity && (of === quantity || family(of) === quantity || of === family(quantity));
      const other = name && element.dataset.name && element.dataset.name !== name;
      element.classList.toggle("lit", Boolean(same && !other));
    }
  }

  /**
   * Show of the curves only what has been, so that they do not tell what is still to be predicted.
   *
   * @param {boolean} veiled
   */
  veil(veiled) {
    this.root.toggleAttribute("data-veiled", veiled);
    for (const chart of [this.weights, this.error]) {
      for (const curve of chart.querySelectorAll("path[data-of]")) {
        if (veiled) curve.setAttribute("clip-path", `url(#${chart.querySelector("clipPath")?.id})`);
        else curve.removeAttribute("clip-path");
      }
    }
  }

  /**
   * The step at a place of a chart.
   *
   * @param {SVGSVGElement} chart
   * @param {number} clientX
   * @param {Look} look
   */
  stepAt(chart, clientX, { last }) {
    const { left: edge, width } = chart.getBoundingClientRect();
    const x = ((clientX - edge) / width) * chart.viewBox.baseVal.width;
    const { left, right } = sides(chart);
    if (x < left + STEP_0 / 2) return 0;
    const step = last ** ((x - left - STEP_0) / (right - left - STEP_0));
    return Math.round(Math.min(Math.max(step, 1), last));
  }

  /**
   * @param {HTMLElement} element
   * @param {Map<string, number>} values
   */
  #number(element, values) {
    const name = element.dataset.name ?? "";
    const value = values.get(name);
    if (value === undefined) return;
    if (element.dataset.value === String(value)) return;
    element.dataset.value = String(value);
    if (element.tagName === "circle") return;
    element.textContent = shown(name, value);
    signed(element, value);
  }

  /** @param {State} state */
  #place({ k, phase, row }) {
    Object.assign(this.root.dataset, { k: String(k), phase, row });
    for (const pane of this.#all(".panes > section")) {
      pane.classList.toggle("off", pane.dataset.phase !== phase);
    }
    for (const line of this.#all("[data-row]")) {
      line.classList.toggle("chosen", row === "all" || line.dataset.row === row);
    }
    for (const code of this.#all(".rule [data-phase]")) {
      code.classList.toggle("current", code.dataset.phase === phase);
    }
  }

  /**
   * @param {State} state
   * @param {Look} look
   */
  #controls(state, { last, steps }) {
    const { k, phase, row, preset } = state;
    const slider = this.input("detent");
    slider.max = String(steps.length - 1);
    slider.value = String(detentAt(steps, k));
    slider.setAttribute("aria-valuetext", `step ${grouped(k)} of ${grouped(last)}`);
    const exact = this.input("k");
    exact.max = String(last);
    exact.value = String(k);
    this.#all(".last")[0].textContent = grouped(last);
    this.#all(".steps")[0].textContent = k === 1 ? "step" : "steps";
    /** @type {HTMLSelectElement} */ (this.root.querySelector("select")).value = preset;
    for (const [name, value] of [["phase", phase], ["row", row]]) {
      for (const radio of this.#radios(name)) radio.checked = radio.value === value;
    }
    const first = k === 0;
    const end = k === last;
    // Not `disabled`: that would take the focus away from whoever pressed them.
    const ended = {
      "step-back": first, "phase-back": first && phase === PHASES[0],
      step: end, phase: end && phase === PHASES[PHASES.length - 1],
    };
    for (const [value, over] of Object.entries(ended)) {
      this.button(value).setAttribute("aria-disabled", String(over));
    }
  }

  /**
   * @param {SVGSVGElement} chart
   * @param {State} state
   * @param {Look} look
   * @param {(name: string) => number} height
   */
  #cursor(chart, { k }, look, height) {
    const x = stepPlace(chart, k, look.last).toFixed(2);
    chart.querySelector("clipPath rect")?.setAttribute("width", x);
    const line = chart.querySelector(".cursor");
    line?.setAttribute("x1", x);
    line?.setAttribute("x2", x);
    for (const dot of chart.querySelectorAll("circle[data-value]")) {
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", height(dot.getAttribute("data-name") ?? "").toFixed(2));
    }
  }

  /**
   * @param {SVGSVGElement} chart
   * @param {Look} look
   * @param {number} which of the descriptions
   * @param {(step: number, name: string) => number} height
   */
  #chart(chart, look, which, height) {
    const original = look.weightUnit === 1 && look.decades === 1;
    /** @type {Element} */ (chart.querySelector("desc")).textContent = look.about[which];
    for (const curve of chart.querySelectorAll("path[data-of]")) {
      const name = curve.getAttribute("data-of") ?? "";
      const points = look.steps.map((step) =>
        `${stepPlace(chart, step, look.last).toFixed(2)} ${height(step, name).toFixed(2)}`);
      curve.setAttribute("d", `M${points.join("L")}`);
    }
    for (const tick of chart.querySelectorAll("line[data-tick]")) {
      if (tick.getAttribute("x1") !== tick.getAttribute("x2")) continue;
      const x = stepPlace(chart, Number(tick.getAttribute("data-tick")), look.last).toFixed(2);
      for (const name of ["x1", "x2"]) tick.setAttribute(name, x);
      tick.nextElementSibling?.setAttribute("x", x);
    }
    for (const mark of chart.querySelectorAll(".turn")) mark.classList.toggle("off", !original);
    chart.querySelectorAll("text[data-of]").forEach((label, i) => {
      const [step, value] = look.labels[i];
      label.setAttribute("x", stepPlace(chart, step, look.last).toFixed(2));
      label.setAttribute("y", (this.#weightAt(look, value) + 4).toFixed(2));
    });
  }

  /**
   * @param {Look} look
   * @param {(k: number) => Map<string, number>} at
   */
  #table(look, at) {
    for (const number of this.#all(".as-table [data-step]")) {
      const name = number.dataset.name ?? "";
      const value = at(Number(number.dataset.step)).get(name) ?? NaN;
      number.dataset.value = String(value);
      number.textContent = shown(name, value);
      signed(number, value);
    }
    for (const link of /** @type {HTMLAnchorElement[]} */ (this.#all(".as-table a"))) {
      const asked = new URLSearchParams(link.search);
      asked.set("preset", this.root.dataset.preset ?? "");
      link.search = String(asked);
    }
  }

  /**
   * @param {Look} look
   * @param {number} value
   */
  #weightAt({ weightUnit }, value) {
    const { top, bottom } = sides(this.weights);
    return bottom + ((value / weightUnit - SMALLEST) / (LARGEST - SMALLEST)) * (top - bottom);
  }

  /**
   * @param {Look} look
   * @param {number} value
   */
  #errorAt({ decades }, value) {
    const { top, bottom } = sides(this.error);
    return top + (Math.log10(value) / (SMALLEST * decades)) * (bottom - top);
  }

  /** @param {string} name */
  input(name) {
    return /** @type {HTMLInputElement} */ (this.root.querySelector(`input[name="${name}"]`));
  }

  /** @param {string} value */
  button(value) {
    return /** @type {HTMLButtonElement} */ (this.root.querySelector(`.bar button[value="${value}"]`));
  }

  /** @param {string} name */
  #radios(name) {
    return /** @type {HTMLInputElement[]} */ (this.#all(`input[name="${name}"]`));
  }

  /** @param {string} selector */
  #all(selector) {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(selector)]);
  }
}

/**
 * Where an axis of a chart begins and ends.
 *
 * @param {SVGSVGElement} chart
 */
function sides(chart) {
  const { left, right, top, bottom } = chart.dataset;
  return { left: Number(left), right: Number(right), top: Number(top), bottom: Number(bottom) };
}

/**
 * Where a step stands: on a logarithmic axis, with a place of its own for step 0.
 *
 * @param {SVGSVGElement} chart
 * @param {number} step
 * @param {number} last
 */
function stepPlace(chart, step, last) {
  const { left, right } = sides(chart);
  if (step === 0) return left;
  return left + STEP_0 + (Math.log10(step) / Math.log10(last)) * (right - left - STEP_0);
}

/**
 * A number's colour is that of its sign.
 *
 * @param {HTMLElement} element
 * @param {number} value
 */
function signed(element, value) {
  element.classList.toggle("below", value < 0);
  element.classList.toggle("none", value === 0);
}

/**
 * The text of an element without what is hidden in it.
 *
 * @param {Element} element
 */
function readable(element) {
  if (element.matches("[hidden]")) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const hidden of copy.querySelectorAll("[hidden]")) hidden.remove();
  return (copy.textContent ?? "").trim();
}

/** @param {string} quantity `w` for `w2` */
function family(quantity) {
  return /^[wx]\d$/.test(quantity) ? quantity[0] : "";
}
