/**
 * Where one is in a training that is watched, and how an address says it.
 *
 * @typedef {import("./neuron.js").Training & { last: number, steps: number[] }} Setup
 *
 * @typedef {object} State
 * @property {string} preset which training
 * @property {number} k how many steps are done
 * @property {string} phase what is looked at in the next step
 * @property {string} row which example, or all of them
 */

/** What happens in one step, in the order of the formula. */
export const PHASES = ["inputs", "sum", "squash", "error", "slope", "adjust"];

/** @type {State} */
export const START = { preset: "original", k: 0, phase: "inputs", row: "3" };

/**
 * What an address asks for; what it says wrongly is as at the start, and is told.
 *
 * @param {string} search `?k=341&phase=adjust`, say
 * @param {Record<string, Setup>} setups
 * @param {Partial<State>} [base] what holds where it says nothing
 * @returns {{ state: State, problems: string[] }}
 */
export function fromAddress(search, setups, base = {}) {
  const asked = new URLSearchParams(search);
  const state = { ...START, ...base };
  /** @type {string[]} */
  const problems = [];
  /**
   * @param {keyof State} name
   * @param {(value: string) => boolean} fits
   * @param {string} expected
   */
  const take = (name, fits, expected) => {
    const value = asked.get(name);
    if (value === null) return;
    if (fits(value)) Object.assign(state, { [name]: name === "k" ? Number(value) : value });
    else problems.push(`${name} is “${plain(value)}”, not ${expected}`);
  };
  take("preset", (it) => Object.hasOwn(setups, it), `one of ${Object.keys(setups).join(", ")}`);
  const { last, inputs } = setups[state.preset];
  take("k", (it) => /^\d{1,9}$/.test(it) && Number(it) <= last, `a step from 0 to ${last}`);
  take("phase", (it) => PHASES.includes(it), `one of ${PHASES.join(", ")}`);
  const rows = [...inputs.map((_, row) => String(row + 1)), "all"];
  take("row", (it) => rows.includes(it), `one of ${rows.join(", ")}`);
  return { state, problems };
}

/**
 * The beginning of a text that anybody may have written, without what does not show.
 *
 * @param {string} text
 */
function plain(text) {
  return [...text.replace(/\p{C}/gu, "�")].slice(0, 20).join("");
}

/**
 * The part of an address that leads back here.
 *
 * @param {State} state
 * @returns {string}
 */
export function toAddress({ k, phase, row, preset }) {
  return `?${new URLSearchParams({ k: String(k), phase, row, preset })}`;
}

/**
 * So many phases on, or back; it stays within the training.
 *
 * @param {State} state
 * @param {number} phases
 * @param {number} last
 * @returns {State}
 */
export function moved(state, phases, last) {
  const count = PHASES.length;
  const place = state.k * count + PHASES.indexOf(state.phase) + phases;
  const within = Math.min(Math.max(place, 0), last * count + count - 1);
  return { ...state, k: Math.floor(within / count), phase: PHASES[within % count] };
}

/**
 * The stop of the slider at a step, or the last one before it.
 *
 * @param {number[]} steps the stops, rising
 * @param {number} k
 */
export function detentAt(steps, k) {
  return steps.filter((step) => step <= k).length - 1;
}
