/** Blocks that run where they stand. Knows the page; Python is asked, and others draw. */

import { announce } from "./announce.js";
import { Chain } from "./chain.js";
import { documentedOutput, textOf, withWhatItNeeds } from "./code.js";
import { keep } from "./offline.js";
import { draw, wordsOf } from "./panel.js";
import { Python } from "./python.js";

/**
 * @typedef {object} Job a block that was asked to run, whether its page is still shown or not
 * @property {string} key
 * @property {string} place the workspace that it shares with the blocks it builds on
 * @property {{ source: string, name: string }[]} parts these, in order, and itself
 * @property {string} expected what the page says that it prints
 * @property {boolean} changed whether any of it is no longer as documented
 * @property {string} [exercise]
 * @property {import("./panel.js").Record} record
 * @property {boolean} stopped
 * @property {boolean} outdated whether the code was changed since
 */

const TELLABLE = 200; // characters that are read aloud
const python = new Python(new URL("worker.js", import.meta.url));
/** @type {Map<string, Job>} */
const jobs = new Map();
/** @type {Map<string, Chain>} */
const chains = new Map();
/** @type {Promise<void>} */
let queue = Promise.resolve();
/** @type {Job | null} */
let current = null;
/** In which start of Python a reader's own code ran: it can have changed whatever is there. */
let changedIn = 0;
let mayLoad = !(/** @type {any} */ (navigator).connection?.saveData);

python.onloaded = keep;
python.onprogress = (part) => {
  if (!current) return;
  current.record.part = part;
  current.record.status = part < 1
    ? `Loading Python, ${sizeOfPython()}, once: ${Math.floor(part * 100)} %` : "Starting Python";
  show(current);
};

/** Have Python there soon, since the reader is about to want it. */
export function prepare() {
  if (mayLoad) python.start().catch(() => {}); // a Run will say why
}

/** Draw again what was run before the page was left. */
export function showRuns() {
  for (const job of jobs.values()) show(job);
}

/**
 * Forget a block's last run: it is about other code than stands there now.
 *
 * @param {HTMLElement} block
 */
export function forgetRun(block) {
  const job = jobs.get(keyOf(block));
  if (!job) return;
  stop(job);
  jobs.delete(job.key);
  draw(block, { state: "idle", status: "", pieces: [] });
}

/**
 * Say of a block's last run that the code was changed since.
 *
 * @param {HTMLElement} block
 */
export function outdateRun(block) {
  const job = jobs.get(keyOf(block));
  if (!job || job.outdated) return;
  job.outdated = true;
  if (["loading", "running"].includes(job.record.state)) return; // said when it is over
  outdate(job);
  show(job);
}

/** @param {Job} job */
function outdate({ record }) {
  const { status } = record;
  Object.assign(record, { state: "idle", status: `Before your last change: ${status}`, feedback: undefined });
}

/** @param {HTMLElement} block */
export function runOrStop(block) {
  const job = jobs.get(keyOf(block));
  if (job && ["loading", "running"].includes(job.record.state)) stop(job);
  else run(block);
}

/** @param {HTMLElement} block */
export function run(block) {
  const key = keyOf(block);
  const blocks = withWhatItNeeds(block);
  /** @type {Job} */
  const job = {
    key,
    place: keyOf(blocks[0]),
    parts: blocks.map((it) => ({ source: textOf(it), name: it.dataset.file ?? it.id })),
    expected: documentedOutput(block),
    changed: blocks.some((it) => "changed" in it.dataset),
    exercise: block.dataset.exercise,
    record: { state: "loading", status: "Loading Python, once", pieces: [] },
    stopped: false,
    outdated: false,
  };
  jobs.set(key, job);
  if (!mayLoad && !python.isReady) {
    mayLoad = true;
    job.record.state = "idle";
    job.record.status = `Your browser asks to save data, and Python is ${sizeOfPython()} to load, `
      + "once. Press Run once more to load it.";
    show(job);
    announce(job.record.status);
    return;
  }
  if (python.isReady) Object.assign(job.record, { state: "running", status: "Running" });
  else announce("Loading Python.");
  if (current) job.record.status = "Waiting for the block that runs";
  show(job);
  queue = queue.then(() => work(job));
}

/** @param {Job} job */
async function work(job) {
  if (job.stopped) return;
  current = job;
  let outcome = await attempt(job);
  const mayBeSpoilt = !job.changed && !job.stopped && changedIn === python.starts;
  if (mayBeSpoilt && verdict(job, outcome).state !== "agrees") {
    python.stop();
    Object.assign(job.record, { state: "loading", status: "Starting Python anew", pieces: [] });
    show(job);
    outcome = await attempt(job);
  }
  current = null;
  if (job.stopped) return;
  Object.assign(job.record, verdict(job, outcome));
  const { feedback, pieces } = job.record;
  if (feedback?.error) pieces.push({ stream: "err", text: feedback.error });
  if (job.outdated) outdate(job);
  show(job);
  bringIntoView(job);
  announce(inWords(job));
}

/**
 * What happened, for those who do not see it.
 *
 * @param {Job} job
 */
function inWords({ key, record: { state, status, pieces, feedback } }) {
  const printed = pieces.map(({ text }) => text).join("").trim();
  const told = state === "error" ? printed.split("\n").at(-1) ?? "" : printed;
  const said = told && told.length < TELLABLE && state !== "agrees" ? `: ${told}` : "";
  return `Block ${key.split("#block-")[1]}: ${status}${said}. ${wordsOf(feedback)}`.trim();
}

/**
 * @param {Job} job
 * @returns {Promise<import("./python.js").Outcome>}
 */
function attempt(job) {
  return carriedOut(job).catch((error) => ({ ended: "failed", message: error.message }));
}

/**
 * @param {Job} job
 * @returns {Promise<import("./python.js").Outcome>}
 */
async function carriedOut(job) {
  const { parts, place, record } = job;
  await python.start();
  if (job.changed) changedIn = python.starts;
  const chain = chains.get(place) ?? new Chain();
  chains.set(place, chain);
  const sources = parts.map(({ source }) => source);
  const { afresh, first } = chain.plan(sources, python.starts);
  chain.begins();
  Object.assign(record, { state: "running", status: "Running", part: undefined });
  for (const [index, part] of parts.entries()) {
    if (index < first) continue;
    const last = index === parts.length - 1;
    if (!last) record.status = `Running ${part.name}, which this builds on`;
    else record.status = "Running";
    show(job);
    /** @type {typeof record.pieces} */
    const aside = [];
    const outcome = await python.run({
      ...part,
      place,
      afresh: afresh && index === 0,
      exercise: last ? job.exercise : undefined,
    }, (stream, text) => {
      (last ? record.pieces : aside).push({ stream, text });
      if (last) showSoon(job);
    });
    if (last && ["well", "exit"].includes(outcome.ended)) chain.ended(sources, python.starts);
    if (last || job.stopped) return outcome;
    if (outcome.ended !== "well") {
      record.pieces.push(...aside.filter(({ stream }) => stream === "err"));
      const why = outcome.ended === "flood" ? ": it printed too much" : "";
      return { ...outcome, ended: "error", message: `${part.name}, which this builds on, did not end well${why}` };
    }
  }
  throw new Error("there is nothing to run");
}

/**
 * What to say of a run that is over.
 *
 * @param {Job} job
 * @param {import("./python.js").Outcome} outcome
 * @returns {Partial<import("./panel.js").Record>}
 */
function verdict(job, { ended, message, milliseconds = 0, feedback }) {
  const also = message ? `: ${message}` : "";
  if (ended === "failed") {
    const gone = job.record.state === "running" ? "Python broke down" : "Python did not start";
    return { state: "error", status: `${gone}${also}. Press Run to try again, or load the page anew.` };
  }
  if (ended === "flood") return { state: "stopped", status: `Stopped, after more than ${Number(message).toLocaleString("en")} characters` };
  if (ended === "error") return { state: "error", status: `Ended with an error${also}` };
  const printed = job.record.pieces.map(({ text }) => text).join("");
  const time = milliseconds < 1000 ? `${Math.ceil(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  if (printed === job.expected) {
    const same = printed ? "✓ prints the same here" : "✓ ran; it prints nothing, as on the page";
    return { state: "agrees", status: `${same} (${time})`, feedback };
  }
  const other = job.changed ? "Your version prints" : "Prints something else here";
  return { state: "differs", status: `${printed ? other : "Your version prints nothing"} (${time})`, feedback };
}

/** @param {Job} job */
function stop(job) {
  if (job.stopped || !["loading", "running"].includes(job.record.state)) return;
  job.stopped = true;
  if (job === current) python.stop();
  Object.assign(job.record, { state: "stopped", status: "Stopped", part: undefined });
  show(job);
  announce("Stopped.");
}

/** @param {HTMLElement} block */
function keyOf(block) {
  return `${location.pathname}#${block.id}`;
}

/** @param {Job} job */
function show(job) {
  const block = blockOf(job);
  if (block) draw(block, job.record);
}

/**
 * What a long block printed may be below the screen. Whoever has gone elsewhere stays there.
 *
 * @param {Job} job
 */
function bringIntoView(job) {
  const block = blockOf(job);
  const { top, bottom } = block?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  if (top < innerHeight && bottom > 0) block?.querySelector(".block-run")?.scrollIntoView({ block: "nearest" });
}

/**
 * Its block, if its page is shown.
 *
 * @param {Job} job
 */
function blockOf(job) {
  const [path, id] = job.key.split("#");
  return path === location.pathname ? document.getElementById(id) : null;
}

/** @type {Set<Job>} */
const waiting = new Set();

/**
 * Output can come faster than a screen can show it.
 *
 * @param {Job} job
 */
function showSoon(job) {
  if (waiting.size === 0) {
    setTimeout(() => {
      for (const each of waiting) show(each);
      waiting.clear();
    }, 20);
  }
  waiting.add(job);
}

function sizeOfPython() {
  const { bytes } = /** @type {HTMLElement} */ (document.querySelector(".announcement")).dataset;
  return `about ${Math.round(Number(bytes) / 1e6)} MB`;
}
