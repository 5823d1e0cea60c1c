// Render formulas: a JSON list of {tex, display} on standard input, a list of {html} or {error} on output.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: katex } = await import(pathToFileURL(process.argv[2]));

const options = {
  output: "htmlAndMathml",
  throwOnError: true,
  // \htmlClass gives a quantity its colour; everything else beyond plain LaTeX is an error.
  strict: (code) => (code === "htmlExtension" ? "ignore" : "error"),
  // Untrusted commands would otherwise be shown in red, and the build would pass.
  trust({ command }) {
    if (command === "\\htmlClass") return true;
    throw new Error(`${command} is not used here`);
  },
};

/** @param {{tex: string, display: boolean}} formula */
function render({ tex, display }) {
  try {
    return { html: katex.renderToString(tex, { ...options, displayMode: display }) };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

const formulas = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(formulas.map(render)));
