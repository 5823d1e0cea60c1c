/** The text of a block, as it stands: as documented, or as the reader has changed it. */

/**
 * Its code as documented, or the commands of a session without what they printed.
 *
 * @param {Element} block
 */
export function documented(block) {
  const code = /** @type {Element} */ (block.querySelector("pre > code"));
  if (!code.closest(".language-console, .language-pycon")) return code.textContent ?? "";
  const copy = /** @type {Element} */ (code.cloneNode(true));
  for (const printed of copy.querySelectorAll(".gp, .go")) printed.remove();
  const lines = (copy.textContent ?? "").split("\n").filter((line) => line.trim());
  return `${lines.join("\n")}\n`;
}

/**
 * What the page says that it prints.
 *
 * @param {Element} block
 */
export function documentedOutput(block) {
  return block.querySelector(".language-output code")?.textContent ?? "";
}

/** @param {Element} block */
export function textOf(block) {
  const editor = editorOf(block);
  return editor ? editor.value.replace(/\n?$/, "\n") : documented(block);
}

/**
 * @param {Element} block
 * @returns {HTMLTextAreaElement | null}
 */
export function editorOf(block) {
  return block.querySelector("textarea.editor");
}

/**
 * The blocks that this one builds on, in order, and itself.
 *
 * @param {HTMLElement} block
 */
export function withWhatItNeeds(block) {
  const above = (block.dataset.needs ?? "").split(" ").filter(Boolean);
  return [...above.map((id) => /** @type {HTMLElement} */ (document.getElementById(id))), block];
}

/**
 * A program that runs by itself and ends with what the block prints.
 *
 * @param {HTMLElement} block
 */
export function programOf(block) {
  const texts = withWhatItNeeds(block).map(textOf);
  const comment = /^[ \t]*(?:from|import)[ \t]+firstneuron\b/m.test(texts.join("\n"))
    ? `# Needs firstneuron: python -m pip install ${addressOfPackage()}\n\n` : "";
  // Python wants what is imported from the future first.
  const future = /^from __future__ import .*\n/gm;
  const hoisted = texts.slice(1).flatMap((text) => text.match(future) ?? []);
  return comment + hoisted.join("") + texts
    .map((text, index) => (index ? text.replace(future, "") : text)).join("\n");
}

function addressOfPackage() {
  const known = /** @type {HTMLElement} */ (document.querySelector(".announcement")).dataset;
  return new URL(known.wheel ?? "", location.href).href;
}
