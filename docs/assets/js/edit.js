/** Blocks that are changed where they stand. Knows the page; `editor` draws, `edits` remembers. */

import { announce, notify } from "./announce.js";
import { documented, editorOf } from "./code.js";
import { handOver } from "./copy.js";
import { closeEditor, openEditor, sayChanged } from "./editor.js";
import { editsOf, keepEdit } from "./edits.js";
import { carriedBy, hashOf } from "./link.js";
import { forgetRun, outdateRun, prepare, run } from "./run.js";

const MUCH = 4000; // characters

/** Put back what was changed before the page was left. */
export function showEdits() {
  for (const [id, text] of editsOf(location.pathname)) {
    const block = document.getElementById(id);
    if (block?.matches("[data-run-state]") && !editorOf(block)) mark(block, edit(block, text).value);
  }
}

/** @param {HTMLElement} block */
export function startEditing(block) {
  prepare();
  edit(block).focus();
}

/**
 * Put the code that a link carries into its block. It is not run: it may come from anybody.
 *
 * @param {string} hash
 * @param {boolean} ours whether it is the page's own suggestion
 */
export async function take(hash, ours = false) {
  try {
    const carried = await carriedBy(hash);
    if (!carried) return;
    const block = document.getElementById(carried.id);
    if (!block) throw new Error("The block of this link is not on this page.");
    if (!block.matches("[data-run-state]")) throw new Error("The block of this link cannot be changed.");
    const hadBeenChanged = "changed" in block.dataset;
    const editor = edit(block);
    replace(editor, carried.text.replace(/\n$/, ""));
    block.scrollIntoView({ block: "center" });
    // Loading the page anew brings back what the reader made of it, not the link's text.
    if (hash === location.hash) history.replaceState(history.state, "", `#${block.id}`);
    const back = hadBeenChanged ? " Control and Z bring yours back." : "";
    if (ours) announce(`The block is changed. Press Run to see what it does.${back}`);
    else notify(`The code of a link stands in this block now. Read it before you run it.${back}`);
  } catch (error) {
    notify(/** @type {Error} */ (error).message);
  }
}

/**
 * Type the text into the editor, so that Undo brings back what stood there; select what is new.
 *
 * @param {HTMLTextAreaElement} editor
 * @param {string} text
 */
function replace(editor, text) {
  const before = editor.value;
  editor.focus();
  editor.select();
  // Browsers take very long to type very much.
  const typed = text.length < MUCH && document.execCommand("insertText", false, text);
  if (before !== text && !typed) {
    editor.value = text;
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  }
  let start = 0;
  while (start < text.length && text[start] === before[start]) start += 1;
  let same = 0;
  const most = Math.min(text.length, before.length) - start;
  while (same < most && text.at(-1 - same) === before.at(-1 - same)) same += 1;
  let end = text.length - same;
  while (/\w/.test(text[start - 1] ?? "")) start -= 1; // whole words: there has to be something to see
  while (/\w/.test(text[end] ?? "")) end += 1;
  editor.setSelectionRange(start, end);
}

/**
 * The block's editor, opened if need be.
 *
 * @param {HTMLElement} block
 * @param {string} [text]
 */
function edit(block, text) {
  const open = editorOf(block);
  if (open) return open;
  return openEditor(block, text ?? documented(block), {
    changed: (now) => {
      outdateRun(block);
      mark(block, now);
    },
    run: () => run(block),
    reset: () => reset(block),
    share: (button) => share(block, button),
  });
}

/**
 * Say of a block whether it still is the documented one.
 *
 * @param {HTMLElement} block
 * @param {string} text
 */
function mark(block, text) {
  const changed = text.replace(/\n?$/, "\n") !== documented(block);
  sayChanged(block, changed);
  keepEdit(location.pathname, block.id, changed ? text : null);
}

/** @param {HTMLElement} block */
function reset(block) {
  forgetRun(block);
  block.querySelector(".by-hand")?.remove();
  closeEditor(block);
  mark(block, documented(block));
  /** @type {HTMLElement | null} */ (block.querySelector("button.run"))?.focus();
  announce("This is the documented block again.");
}

/**
 * @param {HTMLElement} block
 * @param {HTMLButtonElement} button
 */
async function share(block, button) {
  const text = /** @type {HTMLTextAreaElement} */ (editorOf(block)).value;
  try {
    const hash = await hashOf(block.id, `${text}\n`);
    await handOver(location.href.split("#")[0] + hash, button, block, "The link");
  } catch (error) {
    notify(/** @type {Error} */ (error).message);
  }
}
