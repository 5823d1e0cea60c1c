/** How a number is written: few digits, never a wrong one. The build's `shown.py` writes the same. */

const WHOLE = /^(k|x\d|target)/;

/**
 * The value called `name` as readers see it.
 *
 * @param {string} name
 * @param {number} value
 */
export function shown(name, value) {
  const size = Math.abs(value);
  const sign = /^(push|change)/.test(name) && value > 0 ? "+" : "";
  return sign + written(name, value, size).replaceAll("-", "−");
}

/**
 * @param {string} name
 * @param {number} value
 * @param {number} size
 */
function written(name, value, size) {
  if (WHOLE.test(name)) return grouped(value);
  if (name === "answer") return value.toFixed(8);
  if (size === 0) return "0";
  if (size < 1e-3) return value.toExponential(size < 9.5e-10 ? 0 : 1); // no wider than seven signs
  return value.toFixed(size < 10 ? 4 : size < 100 ? 3 : 2);
}

/**
 * A whole number with a comma before every three digits.
 *
 * @param {number} value
 */
export function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @type {Record<string, (row: string) => string>} */
const MEANINGS = {
  k: () => "steps done",
  mean: () => "mean of the squared errors",
  answer: () => "answer for 1 0 0",
  "own-answer": () => "answer for your inputs",
  target: (row) => `target of example ${row}`,
  sum: (row) => `weighted sum of example ${row}`,
  output: (row) => `output for example ${row}`,
  error: (row) => (row ? `error of example ${row}` : "mean of the squared errors"),
  slope: (row) => `slope for example ${row}`,
  corner: (row) => `answer for ${[...row].join(" ")}`,
  w: () => "weight ",
  x: (row) => `in example ${row}, input `,
  push: (row) => `example ${row} pushes weight `,
  change: () => "change of weight ",
  after: () => "after this step, weight ",
};

/**
 * What the number called `name` is, in words.
 *
 * @param {string} name
 */
export function meaning(name) {
  const [kind, row = ""] = MEANINGS[name] ? [name] : name.split("-");
  const [, letters, index] = /** @type {RegExpMatchArray} */ (kind.match(/^(\D+)(\d?)$/));
  return MEANINGS[letters](row) + index;
}

/**
 * A number with all its digits.
 *
 * @param {number} value
 */
export function allDigits(value) {
  const [, digits, more = "", power] = String(value).match(/^-?(\d+)\.?(\d*)e-(\d+)$/) ?? [];
  const text = digits ? `${value < 0 ? "-" : ""}0.${"0".repeat(Number(power) - 1)}${digits}${more}` : String(value);
  return text.replace("-", "−");
}
