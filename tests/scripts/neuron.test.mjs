/** One neuron, computed: what must hold whatever the numbers are. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { look, numbers, sigmoid, think, train } from "../../docs/assets/js/neuron.js";

const article = {
  inputs: [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]],
  targets: [0, 1, 1, 0],
  startWeights: [-0.16595599, 0.44064899, -0.99977125],
};

test("it ends where the articles do", () => {
  const weights = train(article, 10_000)[10_000];
  assert.deepEqual([...weights].map((it) => it.toFixed(5)), ["9.67299", "-0.20784", "-4.62964"]);
  assert.equal(think(weights, [1, 0, 0]).toFixed(7), "0.9999370");
});

test("the start weights stay as they were, and the first are a copy of them", () => {
  const weights = train(article, 2);
  assert.equal(weights.length, 3);
  assert.deepEqual([...weights[0]], article.startWeights);
  assert.deepEqual(article.startWeights, [-0.16595599, 0.44064899, -0.99977125]);
});

test("a change is the downhill slope of half the squared error, measured", () => {
  const cost = (weights) => article.inputs.reduce(
    (sum, row, at) => sum + (article.targets[at] - think(weights, row)) ** 2 / 2, 0);
  const { changes } = look(article, article.startWeights);
  article.startWeights.forEach((weight, i) => {
    const [up, down] = [1e-5, -1e-5].map((by) => cost(article.startWeights.with(i, weight + by)));
    assert.ok(Math.abs(changes[i] + (up - down) / 2e-5) < 1e-9);
  });
});

test("without the slope it is that of the cross-entropy, measured", () => {
  const rule = { ...article, slope: false };
  const cost = (weights) => article.inputs.reduce((sum, row, at) => {
    const output = think(weights, row);
    return sum - (article.targets[at] ? Math.log(output) : Math.log(1 - output));
  }, 0);
  const { changes } = look(rule, article.startWeights);
  article.startWeights.forEach((weight, i) => {
    const [up, down] = [1e-5, -1e-5].map((by) => cost(article.startWeights.with(i, weight + by)));
    assert.ok(Math.abs(changes[i] + (up - down) / 2e-5) < 1e-9);
  });
});

test("the step size multiplies the change", () => {
  const once = look(article, article.startWeights).changes;
  const often = look({ ...article, learningRate: 100 }, article.startWeights).changes;
  once.forEach((change, i) => assert.ok(Math.abs(often[i] - 100 * change) < 1e-12));
});

test("a sum too large or too small gives 1 or 0, never NaN", () => {
  assert.deepEqual([1e6, -1e6, 0].map(sigmoid), [1, 0, 0.5]);
});

test("other counts of inputs and examples are learned, too", () => {
  const weights = train({ inputs: [[1], [-1]], targets: [1, 0], startWeights: [0.1] }, 1000)[1000];
  assert.ok(think(weights, [1]) > 0.95 && think(weights, [-1]) < 0.05);
});

test("every number has a name and is finite", () => {
  const found = numbers(article, 0, article.startWeights);
  assert.equal(found.size, 1 + 3 * 3 + 4 * (3 + 5 + 3) + 8 + 2);
  for (const [name, value] of found) assert.ok(Number.isFinite(value), name);
});
