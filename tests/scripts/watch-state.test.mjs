/** Where one is in a training, and how an address says it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHASES, START, detentAt, fromAddress, moved, toAddress } from "../../docs/assets/js/watch-state.js";

const four = { inputs: [[0], [1], [1], [0]], last: 10_000, steps: [0, 1, 2, 5, 9, 10_000] };
const setups = { original: four, "step-100": { ...four, last: 20_000 }, "row-000": { ...four, inputs: [...four.inputs, [0]] } };

test("an address says where one is, and leads back there", () => {
  for (const preset of Object.keys(setups)) {
    for (const k of [0, 1, 341, setups[preset].last]) {
      for (const phase of PHASES) {
        for (const row of ["1", "3", "all"]) {
          const state = { preset, k, phase, row };
          assert.deepEqual(fromAddress(toAddress(state), setups), { state, problems: [] });
        }
      }
    }
  }
});

test("what an address does not say is as at the start", () => {
  assert.deepEqual(fromAddress("", setups), { state: START, problems: [] });
  assert.deepEqual(fromAddress("?k=4&other=5", setups), { state: { ...START, k: 4 }, problems: [] });
});

for (const [search, said] of [
  ["?k=10001", "k is “10001”, not a step from 0 to 10000"],
  ["?k=-1", "k is “-1”"],
  ["?k=1e3", "k is “1e3”"],
  ["?k=4.0", "k is “4.0”"],
  ["?k=", "k is “”"],
  ["?k=٣", "k is “٣”"],
  ["?k=%20%204", "k is “  4”"],
  ["?phase=guess", "phase is “guess”, not one of inputs, sum"],
  ["?row=5", "row is “5”, not one of 1, 2, 3, 4, all"],
  ["?row=0", "row is “0”"],
  ["?preset=mine", "preset is “mine”, not one of original"],
  ["?preset=toString", "preset is “toString”"],
  ["?preset=__proto__", "preset is “__proto__”"],
  [`?k=${"9".repeat(400)}`, "k is “99999999999999999999”"],
]) {
  test(`told, and as at the start: ${search.slice(0, 30)}`, () => {
    const { state, problems } = fromAddress(search, setups);
    assert.deepEqual(state, START);
    assert.equal(problems.length, 1);
    assert.ok(problems[0].startsWith(said), problems[0]);
  });
}

test("what is right of an address holds, whatever else is wrong", () => {
  const { state, problems } = fromAddress("?k=15000&preset=step-100&row=9&phase=sum", setups);
  assert.deepEqual(state, { preset: "step-100", k: 15_000, phase: "sum", row: "3" });
  assert.equal(problems.length, 1);
  assert.equal(fromAddress("?row=5&preset=row-000", setups).state.row, "5");
});

test("back undoes next, everywhere", () => {
  for (const k of [0, 1, 7, 9_999, 10_000]) {
    for (const phase of PHASES) {
      const state = { ...START, k, phase };
      const next = moved(state, 1, 10_000);
      if (k === 10_000 && phase === "adjust") assert.deepEqual(next, state);
      else assert.deepEqual(moved(next, -1, 10_000), state);
    }
  }
  assert.deepEqual(moved(START, -1, 10_000), START);
  assert.deepEqual(moved({ ...START, phase: "adjust" }, 1, 10_000), { ...START, k: 1 });
});

test("the slider stands at a step, or before it", () => {
  assert.deepEqual([0, 1, 3, 5, 8, 9_999, 10_000].map((k) => detentAt(four.steps, k)), [0, 1, 2, 3, 3, 4, 5]);
});
