/** Copy a block or the whole page; where copying is not allowed, select it instead. */

const SHOWN = 2000; // milliseconds for which a button says what it did

export function listenForCopying() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("button.copy");
    if (button) copyBlock(/** @type {HTMLButtonElement} */ (button));
    const link = target.closest("a.copy-page");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && window.isSecureContext) {
      event.preventDefault();
      copyPage(/** @type {HTMLAnchorElement} */ (link));
    }
  });
}

/**
 * The text of a block: its code as it stands, or the commands of a session without what
 * they printed.
 *
 * @param {Element} block
 */
export function textOf(block) {
  const code = /** @type {Element} */ (block.querySelector("pre > code"));
  if (!code.closest(".language-console, .language-pycon")) return code.textContent ?? "";
  const copy = /** @type {Element} */ (code.cloneNode(true));
  for (const printed of copy.querySelectorAll(".gp, .go")) printed.remove();
  const lines = (copy.textContent ?? "").split("\n").filter((line) => line.trim());
  return `${lines.join("\n")}\n`;
}

/** @param {HTMLButtonElement} button */
async function copyBlock(button) {
  const block = /** @type {Element} */ (button.closest(".block"));
  if (await written(textOf(block))) {
    confirm(button, "Copied");
    announce("Copied.");
  } else {
    select(/** @type {Element} */ (block.querySelector("pre > code")));
    confirm(button, "Selected");
    announce("Copying is not allowed here. The block is selected: press Control or Command and C.");
  }
}

/** @param {HTMLAnchorElement} link */
async function copyPage(link) {
  const answer = await fetch(link.href).catch(() => null);
  if (!answer) {
    announce("There is no network, and this text was not fetched before.");
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

/** @param {string} text */
function announce(text) {
  const place = document.querySelector(".announcement");
  if (!place) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50); // a change, even if the text is the same
}
