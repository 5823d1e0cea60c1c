/** A block's code, to be changed in place. Draws; what a change means, others decide. */

const UNCHANGED = "Change what you like.";
const CHANGED = "You changed this: it is no longer the documented block.";

/**
 * @typedef {object} Wishes
 * @property {(text: string) => void} changed
 * @property {() => void} run
 * @property {() => void} reset
 * @property {(button: HTMLButtonElement) => void} share
 */

/**
 * Put an editor in the place of the documented code.
 *
 * @param {HTMLElement} block
 * @param {string} text
 * @param {Wishes} wishes
 * @returns {HTMLTextAreaElement}
 */
export function openEditor(block, text, wishes) {
  const number = block.id.replace("block-", "");
  const editor = document.createElement("textarea");
  editor.className = "editor";
  editor.setAttribute("aria-label", `Code of block ${number}`);
  editor.setAttribute("aria-describedby", `${block.id}-keys`);
  for (const off of ["spellcheck", "autocapitalize", "autocomplete", "autocorrect"]) {
    editor.setAttribute(off, off === "spellcheck" ? "false" : "off");
  }
  editor.wrap = "off";
  editor.value = text.replace(/\n$/, "");
  const fit = () => { editor.rows = editor.value.split("\n").length; };
  fit();
  editor.addEventListener("input", () => { fit(); wishes.changed(editor.value); });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      wishes.run();
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.isComposing) {
      event.preventDefault();
      breakLine(editor);
    } else if (event.key === "Escape") {
      /** @type {HTMLElement | null} */ (block.querySelector("button.run"))?.focus();
    }
  });

  const below = document.createElement("div");
  below.className = "edit-bar";
  const keys = document.createElement("p");
  keys.id = `${block.id}-keys`;
  keys.append(span("edit-note", UNCHANGED), " ", span("edit-keys", "Ctrl+Enter runs it, Escape leaves it."));
  const reset = tool("Reset", `Reset block ${number}`, () => wishes.reset());
  const share = tool("Copy link", `Copy a link to your version of block ${number}`, () => wishes.share(share));
  below.append(keys, share, reset);

  const code = /** @type {HTMLElement} */ (block.querySelector(".highlight"));
  code.hidden = true;
  code.after(editor, below);
  return editor;
}

/**
 * Say whether the block still is the documented one.
 *
 * @param {HTMLElement} block
 * @param {boolean} changed
 */
export function sayChanged(block, changed) {
  if (block.hasAttribute("data-changed") === changed) return;
  block.toggleAttribute("data-changed", changed);
  const name = /** @type {Element} */ (block.querySelector(".block-name"));
  const note = block.querySelector(".edit-note");
  const prints = block.querySelector(".prints")?.firstChild;
  if (changed) name.append(span("edit-mark", ", changed"));
  else name.querySelector(".edit-mark")?.remove();
  if (note) note.textContent = changed ? CHANGED : UNCHANGED;
  if (prints) prints.textContent = changed ? "the documented one prints " : "prints ";
}

/** @param {HTMLElement} block */
export function closeEditor(block) {
  block.querySelector("textarea.editor")?.remove();
  block.querySelector(".edit-bar")?.remove();
  const code = /** @type {HTMLElement} */ (block.querySelector(".highlight"));
  code.hidden = false;
}

/**
 * A new line begins where the last one did, and deeper after a colon.
 *
 * @param {HTMLTextAreaElement} editor
 */
function breakLine(editor) {
  const before = editor.value.slice(0, editor.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const indent = /^ */.exec(line)?.[0] ?? "";
  const deeper = /:\s*(?:#.*)?$/.test(line) ? "    " : "";
  insert(editor, `\n${indent}${deeper}`);
}

/**
 * Type it for the reader, so that Undo takes it back as well.
 *
 * @param {HTMLTextAreaElement} editor
 * @param {string} text
 */
function insert(editor, text) {
  if (document.execCommand("insertText", false, text)) return;
  editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, "end");
  editor.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * @param {string} text
 * @param {string} name
 * @param {() => void} press
 */
function tool(text, name, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tool";
  button.textContent = text;
  button.setAttribute("aria-label", name);
  button.addEventListener("click", press);
  return button;
}

/**
 * @param {string} name
 * @param {string} text
 */
function span(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
