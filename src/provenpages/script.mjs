// Before a block of JavaScript runs: put the project's modules where a browser's console has them,
// and see to it that an error is told apart from all else that goes to standard error.
import { writeSync } from "node:fs";
import { inspect } from "node:util";

process.on("uncaughtExceptionMonitor", (error) => {
  const name = error instanceof Error ? String(error) : inspect(error);
  writeSync(2, `\0${JSON.stringify(name)}\0`); // Node's own words, with lines, come after it
});

for (const [name, address] of Object.entries(JSON.parse(process.argv.pop()))) {
  globalThis[name] = await import(address);
}
