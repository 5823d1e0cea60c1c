/**
 * Python for a page: start it, run code in it, stop it. Knows nothing of the page.
 *
 * @typedef {object} Task
 * @property {string} place which workspace to run it in
 * @property {string} source
 * @property {string} name what Python calls the file
 * @property {boolean} afresh whether to begin with a new workspace
 * @property {string} [exercise] whose checks to put the workspace to afterwards
 *
 * @typedef {object} Outcome
 * @property {"well" | "exit" | "error" | "stopped" | "flood" | "failed"} ended
 * @property {string} [message] what there is to say of it
 * @property {Feedback} [feedback] of an exercise
 * @property {number} [milliseconds]
 *
 * @typedef {object} Feedback
 * @property {boolean} solved
 * @property {string} text what to say to whoever tried
 * @property {string} error what the reader's code raised when the exercise called it, if it did
 *
 * @typedef {(
 *   | { type: "progress", part: number, bytes: number }
 *   | { type: "ready", loaded: string[] }
 *   | { type: "output", stream: "out" | "err", text: string }
 *   | { type: "flood", most: number }
 *   | { type: "ended" } & Outcome
 *   | { type: "failed", text: string }
 * )} Message
 *
 * @typedef {{
 *   show: (stream: "out" | "err", text: string) => void,
 *   end: (outcome: Outcome) => void,
 * }} Run
 */

const FETCHING = 30_000; // milliseconds without a sign of life, after which it has failed
const STARTING = 90_000;

export class Python {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} */
  #started;
  /** @type {{ resolve: () => void, reject: (reason: Error) => void } | undefined} */
  #starting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Run | undefined} */
  #run;

  /** How often it was started: each time it begins with no workspaces. */
  starts = 0;
  /** Whether code would run at once. */
  isReady = false;
  /** Told of the start: which part of how many bytes has arrived. */
  onprogress = (/** @type {number} */ _part, /** @type {number} */ _bytes) => {};
  /** Told of what the start loaded. */
  onloaded = (/** @type {string[]} */ _addresses) => {};

  /** @param {URL} program the address of what the worker runs */
  constructor(program) {
    this.program = program;
  }

  /**
   * Have it there, sooner or later.
   *
   * @returns {Promise<void>}
   */
  start() {
    this.#started ??= new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      this.starts += 1;
      const worker = this.#worker = workerUnderOurPolicy(this.program);
      worker.addEventListener("message", ({ data }) => {
        if (worker === this.#worker) this.#hear(data); // otherwise it was stopped meanwhile
      });
      worker.addEventListener("error", (event) => {
        if (worker === this.#worker) this.#fail(event.message || "its program did not arrive");
      });
      this.#expectASignWithin(FETCHING);
    });
    return this.#started;
  }

  /**
   * Run code; one task at a time, once it has started.
   *
   * @param {Task} task
   * @param {Run["show"]} show
   * @returns {Promise<Outcome>}
   */
  run(task, show) {
    return new Promise((end) => {
      this.#run = { show, end };
      this.#worker?.postMessage(task);
    });
  }

  /** Stop whatever runs or loads, at once. All workspaces are lost. */
  stop() {
    const again = this.isReady;
    this.#throwAway({ ended: "stopped" });
    if (again) this.start().catch(() => {}); // so that the next run need not wait
  }

  /** @param {Message} message */
  #hear(message) {
    switch (message.type) {
      case "progress":
        this.#expectASignWithin(message.part < 1 ? FETCHING : STARTING);
        this.onprogress(message.part, message.bytes);
        break;
      case "ready":
        clearTimeout(this.#timer);
        this.isReady = true;
        this.onloaded(message.loaded);
        this.#starting?.resolve();
        break;
      case "output":
        this.#run?.show(message.stream, message.text);
        break;
      case "flood":
        this.#throwAway({ ended: "flood", message: `${message.most}` });
        this.start().catch(() => {});
        break;
      case "ended":
        this.#end(message);
        break;
      case "failed":
        this.#fail(message.text);
    }
  }

  /** @param {number} milliseconds */
  #expectASignWithin(milliseconds) {
    clearTimeout(this.#timer);
    const reason = `nothing was heard of it for ${milliseconds / 1000} seconds`;
    this.#timer = setTimeout(() => this.#fail(reason), milliseconds);
  }

  /** @param {string} reason */
  #fail(reason) {
    this.#throwAway({ ended: "failed", message: reason });
  }

  /** @param {Outcome} outcome */
  #throwAway(outcome) {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#started?.catch(() => {}); // whoever waits for it hears of it all the same
    this.#started = undefined;
    this.isReady = false;
    this.#starting?.reject(new Error(outcome.message ?? "it was stopped"));
    this.#end(outcome);
  }

  /** @param {Outcome} outcome */
  #end(outcome) {
    const run = this.#run;
    this.#run = undefined;
    run?.end(outcome);
  }
}

/**
 * A worker with an address of its own has a policy of its own, or none. One without has that of the
 * page: what runs in it fetches nothing from elsewhere, however cleverly it asks.
 *
 * @param {URL} program
 */
function workerUnderOurPolicy(program) {
  const start = new Blob([`import ${JSON.stringify(program.href)};`], { type: "text/javascript" });
  const address = URL.createObjectURL(start);
  return new Worker(address, { type: "module", name: "python" });
}
