/**
 * One neuron, computed step by step. Knows nothing of any page: it runs wherever JavaScript does.
 *
 * @typedef {object} Training what to learn, and how
 * @property {number[][]} inputs the examples, a row each
 * @property {number[]} targets what to answer for each of them
 * @property {number[]} startWeights the weights to begin with, one for each input
 * @property {number} [learningRate] what every change is multiplied by; 1 if it is not said
 * @property {boolean} [slope] whether the rule has its factor output * (1 - output); it has, if it
 *   is not said
 *
 * @typedef {object} Step what the neuron computes, and what its next step would change
 * @property {number[]} sums each example's weighted sum
 * @property {number[]} outputs each example's answer
 * @property {number[]} errors each example's target less its answer
 * @property {number[]} slopes each example's factor output * (1 - output), or 1 where the rule has none
 * @property {number[][]} pushes by how much each example would change each weight
 * @property {number[]} changes by how much all of them together change each weight
 * @property {number} error the mean of the squared errors
 */

/** @param {number} z */
export function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}

/**
 * What a neuron with these weights answers.
 *
 * @param {ArrayLike<number>} weights
 * @param {number[]} inputs
 */
export function think(weights, inputs) {
  return sigmoid(weightedSum(weights, inputs));
}

/**
 * Everything that happens in the step that follows these weights.
 *
 * @param {Training} training
 * @param {ArrayLike<number>} weights
 * @returns {Step}
 */
export function look({ inputs, targets, learningRate = 1, slope = true }, weights) {
  const sums = inputs.map((row) => weightedSum(weights, row));
  const outputs = sums.map(sigmoid);
  const errors = outputs.map((output, row) => targets[row] - output);
  const slopes = outputs.map((output) => (slope ? output * (1 - output) : 1));
  const pulls = inputs.map((row, at) => row.map((x) => x * errors[at] * slopes[at]));
  const pushes = pulls.map((pull) => pull.map((it) => learningRate * it));
  const changes = inputs[0].map((_, i) => learningRate * total(pulls.map((pull) => pull[i])));
  const error = total(errors.map((it) => it * it)) / errors.length;
  return { sums, outputs, errors, slopes, pushes, changes, error };
}

/**
 * The weights at the start and after each step: `train(…)[k]` are those after k steps.
 *
 * @param {Training} training
 * @param {number} steps
 * @returns {Float64Array[]}
 */
export function train({ inputs, targets, startWeights, learningRate = 1, slope = true }, steps) {
  const count = startWeights.length;
  const all = new Float64Array((steps + 1) * count);
  all.set(startWeights);
  // Operation by operation as the package does it: where the neuron is stuck, a last digit that differs
  // grows in eleven thousand steps.
  const changes = new Float64Array(count);
  for (let now = 0; now < steps * count; now += count) {
    changes.fill(0);
    for (let row = 0; row < inputs.length; row += 1) {
      const x = inputs[row];
      let z = 0;
      for (let i = 0; i < count; i += 1) z += x[i] * all[now + i];
      const output = sigmoid(z);
      const error = targets[row] - output;
      const push = slope ? error * output * (1 - output) : error;
      for (let i = 0; i < count; i += 1) changes[i] += x[i] * push;
    }
    for (let i = 0; i < count; i += 1) all[now + count + i] = all[now + i] + learningRate * changes[i];
  }
  return Array.from({ length: steps + 1 }, (_, k) => all.subarray(k * count, (k + 1) * count));
}

/**
 * Every number of a step by its name, as the page shows them: `w2` is a weight, `output-3` what the
 * neuron answers to the third example, `push2-3` what that example would change weight 2 by, `change2`
 * what all of them would, `after2` the weight then, `error` the mean squared error, `answer` what it
 * answers to 1 0 0, and `corner-101` to 1 0 1.
 *
 * @param {Training} training
 * @param {number} k how many steps are done
 * @param {ArrayLike<number>} weights the weights after them
 * @returns {Map<string, number>}
 */
export function numbers(training, k, weights) {
  const step = look(training, weights);
  /** @type {Map<string, number>} */
  const found = new Map([["k", k]]);
  step.changes.forEach((change, i) => {
    found.set(`w${i + 1}`, weights[i]).set(`change${i + 1}`, change);
    found.set(`after${i + 1}`, weights[i] + change);
  });
  training.inputs.forEach((x, row) => {
    x.forEach((value, i) => {
      found.set(`x${i + 1}-${row + 1}`, value).set(`push${i + 1}-${row + 1}`, step.pushes[row][i]);
    });
    found.set(`target-${row + 1}`, training.targets[row]);
    found.set(`sum-${row + 1}`, step.sums[row]).set(`output-${row + 1}`, step.outputs[row]);
    found.set(`error-${row + 1}`, step.errors[row]).set(`slope-${row + 1}`, step.slopes[row]);
  });
  for (let corner = 0; corner < 8; corner += 1) {
    const name = corner.toString(2).padStart(3, "0");
    found.set(`corner-${name}`, think(weights, [...name].map(Number)));
  }
  return found.set("error", step.error).set("answer", think(weights, [1, 0, 0]));
}

/**
 * @param {ArrayLike<number>} weights
 * @param {number[]} inputs
 */
function weightedSum(weights, inputs) {
  return total(inputs.map((x, i) => x * weights[i]));
}

/** @param {number[]} all */
function total(all) {
  return all.reduce((sum, it) => sum + it, 0); // which makes no minus zero
}
