/** Copy a block or the whole page; where copying is not allowed, select it instead. */

import { announce, notify } from "./announce.js";
import { editorOf, programOf, textOf } from "./code.js";

const SHOWN = 2000; // milliseconds for which a button says what it did

export function listenForCopying() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("button.copy");
    if (button) copyBlock(/** @type {HTMLButtonElement} */ (button));
    const whole = target.closest("button.copy-program");
    if (whole) copyProgram(/** @type {HTMLButtonElement} */ (whole));
    const link = target.closest("a.copy-page");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && window.isSecureContext) {
      event.preventDefault();
      copyPage(/** @type {HTMLAnchorElement} */ (link));
    }
  });
}

/** @param {HTMLButtonElement} button */
async function copyBlock(button) {
  const block = /** @type {Element} */ (button.closest(".block"));
  if (await copied(textOf(block), button)) return;
  const editor = editorOf(block);
  if (editor) editor.select();
  else select(/** @type {Element} */ (block.querySelector("pre > code")));
  askToCopy("The block is selected", button);
}

/** @param {HTMLButtonElement} button */
function copyProgram(button) {
  const block = /** @type {HTMLElement} */ (button.closest(".block"));
  return handOver(programOf(block), button, block, "The block with what it needs");
}

/**
 * Copy a text that stands nowhere on the page, or show it to be copied by hand.
 *
 * @param {string} text
 * @param {HTMLElement} button
 * @param {HTMLElement} block
 * @param {string} name
 */
export async function handOver(text, button, block, name) {
  block.querySelector(".by-hand")?.remove();
  if (await copied(text, button)) return;
  const shown = document.createElement("textarea");
  shown.className = "by-hand";
  shown.readOnly = true;
  shown.rows = Math.min(8, text.split("\n").length);
  shown.value = text;
  shown.setAttribute("aria-label", name);
  block.append(shown);
  shown.focus();
  shown.select();
  askToCopy(`${name} is selected`, button);
}

/**
 * @param {string} text
 * @param {HTMLElement} button
 * @returns {Promise<boolean>} whether that was allowed
 */
async function copied(text, button) {
  const done = await written(text);
  if (done) {
    confirm(button, "Copied");
    announce("Copied.");
  }
  return done;
}

/**
 * @param {string} selected
 * @param {HTMLElement} button
 */
function askToCopy(selected, button) {
  confirm(button, "Selected");
  notify(`Copying is not allowed here. ${selected}: press Control or Command and C.`);
}

/** @param {HTMLAnchorElement} link */
async function copyPage(link) {
  const answer = await fetch(link.href).catch(() => null);
  if (!answer) {
    notify("There is no network, and this text was not fetched before.");
    confirm(link, "No network");
  } else if (answer.ok && (await written(await answer.text()))) {
    confirm(link, "Copied");
    announce("The page is copied as Markdown.");
  } else {
    location.assign(link.href); // shown, it can be copied by hand
  }
}

/** @param {string} text */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {Element} element */
function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/**
 * @param {HTMLElement} control
 * @param {string} text
 */
function confirm(control, text) {
  const before = (control.dataset.text ??= control.textContent ?? "");
  control.textContent = text;
  setTimeout(() => { control.textContent = before; }, SHOWN);
}
