/** Holds the script against the golden trace: `node trace.mjs FILE`, of which `test_trace.py` tells. */

import { readFileSync } from "node:fs";

import { numbers, train } from "../../docs/assets/js/neuron.js";
import { shown } from "../../docs/assets/js/shown.js";
import { fromAddress } from "../../docs/assets/js/watch-state.js";

const { trace, setup, texts, links } = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const said = [];
let compared = 0;
let slowest = 0;

for (const [key, { names, steps }] of Object.entries(trace)) {
  const begun = performance.now();
  const run = train(setup[key], setup[key].last);
  slowest = Math.max(slowest, performance.now() - begun);
  steps.forEach((expected, at) => {
    const k = expected[names.indexOf("k")];
    const found = numbers(setup[key], k, run[k]);
    if (found.size !== names.length) said.push(`${key}: ${found.size} numbers, not ${names.length}`);
    names.forEach((name, i) => {
      compared += 1;
      const value = found.get(name);
      if (!(Math.abs(value - expected[i]) <= 1e-12)) said.push(`${key} ${name} at ${k}: ${value}, not ${expected[i]}`);
      const text = shown(name, expected[i]);
      if (text !== texts[key][at][i]) said.push(`${key} ${name} at ${k}: shown as ${text}, not ${texts[key][at][i]}`);
    });
  });
}
for (const link of links) {
  for (const problem of fromAddress(link, setup).problems) said.push(`${link}: ${problem}`);
}
console.log(JSON.stringify({ said: said.slice(0, 9), count: said.length, compared, slowest }));
