// The documented numbers by Python in WebAssembly: node wasm.mjs NODE_MODULES NUMPY_WHEEL SRC PROGRAM
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [nodeModules, wheel, src, program] = process.argv.slice(2);
const folder = `${nodeModules}/pyodide/`;
try {
  const { loadPyodide } = await import(pathToFileURL(`${folder}pyodide.mjs`).href);
  const pyodide = await loadPyodide({ indexURL: folder });
  pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel");
  pyodide.FS.mkdir("/src");
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: src }, "/src");
  pyodide.runPython("import sys; sys.path.insert(0, '/src')");
  pyodide.runPython(readFileSync(program, "utf8"));
} catch (error) { // Node would show the line it came from, and Pyodide has all in one
  console.error(error.message);
  process.exitCode = 1;
}
