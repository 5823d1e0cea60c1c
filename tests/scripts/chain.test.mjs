/** What has to run before a block. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Chain } from "../../docs/assets/js/chain.js";

/** Plays the run of the last of these blocks; gives which of them were run, from a clean start or not. */
function run(chain, sources, { start = 1, well = true } = {}) {
  const { afresh, first } = chain.plan(sources, start);
  chain.begins();
  if (well) chain.ended(sources, start);
  return `${afresh ? "afresh " : ""}${sources.slice(first).join("")}`;
}

test("what a block builds on runs first, once", () => {
  const chain = new Chain();
  assert.equal(run(chain, ["a", "b", "c"]), "afresh abc");
  assert.equal(run(chain, ["a", "b", "c", "d"]), "d");
});

test("a block that is run again finds what it found before", () => {
  const chain = new Chain();
  run(chain, ["a", "b"]);
  assert.equal(run(chain, ["a", "b"]), "afresh ab");
  assert.equal(run(chain, ["a"]), "afresh a");
  assert.equal(run(chain, ["a", "b"]), "b");
});

test("a block above that was changed runs again", () => {
  const chain = new Chain();
  run(chain, ["a", "b"]);
  assert.equal(run(chain, ["A", "b", "c"]), "afresh Abc");
  assert.equal(run(chain, ["A", "b", "c", "d"]), "d");
});

test("after a block that did not end well nobody knows what is there", () => {
  const chain = new Chain();
  run(chain, ["a"]);
  run(chain, ["a", "b"], { well: false });
  assert.equal(run(chain, ["a", "b"]), "afresh ab");
});

test("another start of Python has forgotten everything", () => {
  const chain = new Chain();
  run(chain, ["a"], { start: 1 });
  assert.equal(run(chain, ["a", "b"], { start: 2 }), "afresh ab");
});
