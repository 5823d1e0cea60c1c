/**
 * Draws what happens when a block runs: its state, what it prints here, what there is to say of it.
 *
 * @typedef {"idle" | "loading" | "running" | "agrees" | "differs" | "error" | "stopped"} State
 *
 * @typedef {object} Record what is known of a block's last run
 * @property {State} state
 * @property {string} status what to say of it; nothing hides all of it
 * @property {{ stream: "out" | "err", text: string }[]} pieces
 * @property {number} [part] of what has to be loaded, how much has arrived
 * @property {import("./python.js").Feedback} [feedback]
 */

/**
 * How much of which run's output is drawn already.
 *
 * @type {WeakMap<Element, { pieces: Record["pieces"], count: number }>}
 */
const drawn = new WeakMap();

/**
 * @param {HTMLElement} block
 * @param {Record} record
 */
export function draw(block, record) {
  block.dataset.runState = record.state;
  const button = /** @type {HTMLButtonElement} */ (block.querySelector("button.run"));
  const busy = record.state === "loading" || record.state === "running";
  button.textContent = busy ? "Stop" : "Run";
  button.setAttribute("aria-label", `${button.textContent} block ${block.id.replace("block-", "")}`);
  const old = block.querySelector(".block-run");
  if (!record.status) {
    old?.remove();
    return;
  }
  const panel = old ?? makePanel(block);
  put(panel, ".run-status", record.status);
  const bar = /** @type {HTMLProgressElement} */ (panel.querySelector("progress"));
  bar.hidden = record.state !== "loading" || record.part === undefined;
  bar.value = record.part ?? 0;
  drawOutput(/** @type {HTMLElement} */ (panel.querySelector(".run-output")), record);
  const feedback = /** @type {HTMLElement} */ (panel.querySelector(".feedback"));
  feedback.hidden = !record.feedback;
  feedback.classList.toggle("solved", record.feedback?.solved ?? false);
  feedback.textContent = wordsOf(record.feedback);
}

/** @param {Record["feedback"]} feedback */
export function wordsOf(feedback) {
  return feedback ? `${feedback.solved ? "✓ Solved." : "Not yet."} ${feedback.text}` : "";
}

/** @param {HTMLElement} block */
function makePanel(block) {
  const panel = document.createElement("div");
  panel.className = "block-run";
  const status = document.createElement("p");
  status.className = "run-status";
  const edit = document.createElement("button");
  edit.type = "button";
  edit.className = "tool change";
  edit.textContent = "Edit";
  edit.setAttribute("aria-label", `Edit block ${block.id.replace("block-", "")}`);
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Loading Python");
  const output = document.createElement("pre");
  output.className = "run-output";
  output.append(document.createElement("code"));
  const feedback = document.createElement("p");
  feedback.className = "feedback";
  panel.append(edit, status, bar, output, feedback);
  block.append(panel);
  return panel;
}

/**
 * @param {HTMLElement} output
 * @param {Record} record
 */
function drawOutput(output, { pieces }) {
  const code = /** @type {Element} */ (output.firstElementChild);
  const before = drawn.get(output);
  if (before?.pieces !== pieces) code.replaceChildren();
  const done = before?.pieces === pieces ? before.count : 0;
  for (const { stream, text } of joined(pieces.slice(done))) {
    const piece = document.createElement("span");
    if (stream === "err") piece.className = "err";
    piece.textContent = text;
    code.append(piece);
  }
  drawn.set(output, { pieces, count: pieces.length });
  output.hidden = pieces.length === 0;
  letKeysScroll(output);
}

/**
 * What is longer or wider than its place can be scrolled with the keyboard.
 *
 * @param {HTMLElement} output
 */
function letKeysScroll(output) {
  const scrolls = output.scrollWidth > output.clientWidth || output.scrollHeight > output.clientHeight;
  if (scrolls) {
    const number = output.closest(".block")?.id.replace("block-", "");
    output.tabIndex = 0;
    output.setAttribute("role", "region");
    output.setAttribute("aria-label", `What block ${number} prints here, scrolls`);
  } else {
    for (const attribute of ["tabindex", "role", "aria-label"]) output.removeAttribute(attribute);
  }
}

/**
 * @param {Record["pieces"]} pieces
 * @returns {Record["pieces"]} the same, with as few pieces as can be
 */
function joined(pieces) {
  /** @type {Record["pieces"]} */
  const few = [];
  for (const { stream, text } of pieces) {
    const last = few.at(-1);
    if (last?.stream === stream) last.text += text;
    else few.push({ stream, text });
  }
  return few;
}

/**
 * @param {Element} panel
 * @param {string} selector
 * @param {string} text
 */
function put(panel, selector, text) {
  const place = /** @type {Element} */ (panel.querySelector(selector));
  if (place.textContent !== text) place.textContent = text;
}
