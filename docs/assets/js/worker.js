/**
 * Python itself, in a thread of its own: the page stays alive whatever runs here, and to stop it is
 * to throw this worker away. A module worker.
 *
 * @typedef {import("./python.js").Task} Task
 * @typedef {import("./python.js").Message} Message
 */

const MOST = 100_000; // characters of output in one run: nobody reads more, and a page could choke

/** @type {any} */
let interpreter;
let shown = 0;
let running = false;

const post = (/** @type {Message} */ message) => self.postMessage(message);

self.addEventListener("message", ({ data }) => {
  if (interpreter) run(data);
});

start().catch(fail);

async function start() {
  const about = await (await got(new URL("python.json", import.meta.url))).json();
  let arrived = 0;
  const fetchFile = self.fetch;
  self.fetch = async (...request) => {
    const answer = await fetchFile(...request).catch((error) => {
      fail(new Error(`${String(request[0]).split("/").pop()} did not arrive whole`)); // see below
      throw error;
    });
    // Pyodide would wait for ever for a file that is missing, or say something else of it.
    if (!answer.ok) fail(notThere(new URL(answer.url || String(request[0])), answer));
    return counted(answer, (bytes) => {
      arrived += bytes;
      post({ type: "progress", part: Math.min(1, arrived / about.bytes), bytes: about.bytes });
    });
  };
  const folder = new URL(about.pyodide, import.meta.url).href;
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const own = about.packages.map((/** @type {any} */ it) => archive(it.file, it.sha256));
  /** @type {import("pyodide").PyodideInterface} */
  const pyodide = await loadPyodide({
    indexURL: folder,
    packages: ["numpy"],
    checkIntegrity: true,
    jsglobals: {}, // nothing of the browser is for the reader's Python
  });
  for (const [index, buffer] of (await Promise.all(own)).entries()) {
    pyodide.unpackArchive(buffer, about.packages[index].format);
  }
  self.fetch = fetchFile;
  for (const [stream, set] of /** @type {const} */ ([["out", "setStdout"], ["err", "setStderr"]])) {
    const decoder = new TextDecoder(); // what is printed past Python's own sys.stdout
    pyodide[set]({
      write(bytes) {
        show(stream, decoder.decode(bytes, { stream: true }));
        return bytes.length;
      },
    });
  }
  const { check } = pyodide.pyimport("exercises");
  interpreter = pyodide.pyimport("provenpages.in_page").Interpreter(show, check);
  forget();
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const files = about.files.map((/** @type {string} */ name) => new URL(name, folder).href);
  post({ type: "ready", loaded: [...new Set([import.meta.url, ...files, ...loaded])] });
}

/** @param {any} error */
function fail(error) {
  const text = String(error?.message ?? error).trim();
  const isTraceback = text.includes("\n"); // Python's own, of no use to a reader
  post({ type: "failed", text: isTraceback ? "a part of it is missing or damaged" : text });
}

/** @param {Task} task */
function run({ place, source, name, afresh, exercise }) {
  shown = 0;
  running = true;
  const began = performance.now();
  try {
    const outcome = interpreter.run.callKwargs(place, source, name, { afresh, exercise });
    const [ended, message, checked] = outcome.toJs();
    outcome.destroy();
    const feedback = checked && { solved: checked[0], text: checked[1], error: checked[2] };
    post({ type: "ended", ended, message, feedback, milliseconds: performance.now() - began });
  } catch (error) { // not the reader's: those are caught in Python
    post({ type: "failed", text: reason(error) });
  }
  running = false; // what is printed between two runs belongs to neither
}

/**
 * What broke Python, in words; the console has the browser's.
 *
 * @param {any} error
 */
function reason(error) {
  if (/call stack|recursion/.test(error?.message)) return "the code calls itself too deeply";
  return error?.name === "Exit" ? "the code ended it" : "";
}

/**
 * @param {"out" | "err"} stream
 * @param {string} text
 */
function show(stream, text) {
  const room = MOST - shown;
  if (!running || room <= 0) return;
  shown += text.length;
  post({ type: "output", stream, text: text.slice(0, room) });
  if (text.length >= room) post({ type: "flood", most: MOST });
}

/**
 * @param {string} file
 * @param {string} sha256
 */
async function archive(file, sha256) {
  const answer = await got(new URL(`${file}?${sha256.slice(0, 8)}`, import.meta.url), hash(sha256));
  return answer.arrayBuffer();
}

/** @param {string} sha256 */
function hash(sha256) {
  const bytes = sha256.match(/../g)?.map((it) => Number.parseInt(it, 16)) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}

/**
 * @param {URL} address
 * @param {string} [integrity]
 */
async function got(address, integrity) {
  const answer = await fetch(address, { integrity });
  if (!answer.ok) throw notThere(address, answer);
  return answer;
}

/**
 * @param {URL} address
 * @param {Response} answer
 */
function notThere(address, answer) {
  return new Error(`${address.pathname} is not there (${answer.status})`);
}

/**
 * The same answer, but told of as it arrives.
 *
 * @param {Response} answer
 * @param {(bytes: number) => void} tell
 */
function counted(answer, tell) {
  if (!answer.body || !answer.ok) return answer;
  const body = answer.body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      tell(chunk.length);
      controller.enqueue(chunk);
    },
  }));
  return new Response(body, answer);
}

/**
 * From here on nothing can be fetched or kept: code can come with a link, and a page's Python has
 * no business with the network.
 */
function forget() {
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource",
    "Worker", "importScripts", "indexedDB", "caches", "BroadcastChannel"]) {
    Object.defineProperty(self, name, { value: undefined, writable: false });
  }
}
