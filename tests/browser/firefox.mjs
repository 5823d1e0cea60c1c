// Visit pages in Firefox: `node firefox.mjs FIREFOX ADDRESS…` prints what was seen, a line of JSON
// for each of them.
//
// An address that ends with #run is of a page whose blocks are run, too.
//
// Each page is visited as by a reader who was never here before. Firefox has a profile and a home
// of its own, and neither it nor they outlast this program.
import { fstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const [, , executablePath, ...addresses] = process.argv;
const PATIENCE = 30_000; // milliseconds at the most for a page to come
const ANSWER = 5000; // and for a button to do something
const RUN = 60_000; // and for Python to load and a block to run
const AFTERTHOUGHTS = 1000; // Firefox fetches the next page in advance, once this one is idle
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 780 };

/** Note all that goes wrong on a page from now on. */
function complaintsOf(page, address) {
  const complaints = [];
  const { origin } = new URL(address);
  const local = (url) => /^(data|blob):/.test(url) || new URL(url).origin === origin;
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  // Firefox counts what a content security policy forbids among the errors.
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (it) => {
    if (!local(it.url())) complaints.push(`leaves the site: ${it.url()}`);
  });
  page.on("response", (it) => {
    if (it.status() >= 400) complaints.push(`${it.status()}: ${it.url()}`);
  });
  page.on("requestfailed", (it) => {
    const why = it.failure()?.errorText ?? "";
    if (!why.includes("ABORTED")) complaints.push(`failed: ${it.url()} (${why})`);
  });
  return complaints;
}

/** What is there to be seen; runs in the page. */
function look() {
  for (const fold of document.querySelectorAll("details:not(.more)")) fold.open = true;
  const sized = (it) => {
    const { width, height } = it.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  const count = (selector) => {
    const all = [...document.querySelectorAll(selector)];
    return { all: all.length, sized: all.filter(sized).length };
  };
  const heading = document.querySelector("h1");
  const inter = [...document.fonts].filter(({ family }) => /^"?Inter"?$/.test(family));
  return {
    title: document.title,
    heading: Boolean(heading?.checkVisibility({ visibilityProperty: true })) && sized(heading),
    drawings: count("svg.drawing"),
    formulas: count(".katex"),
    buttons: count("button.copy"),
    // For a font that no style sheet names, `check` says yes: it has nothing to load.
    inter: document.fonts.check("16px Inter") && inter.some(({ status }) => status === "loaded"),
  };
}

async function widthAt(page, screen) {
  await page.setViewport(screen);
  await page.waitForFunction((width) => innerWidth === width, {}, screen.width);
  return page.evaluate(() => document.documentElement.scrollWidth);
}

/** What the first button that copies says once it was pressed. */
async function press(page) {
  const button = await page.$("button.copy");
  if (!button) return null;
  const before = await button.evaluate((it) => it.textContent);
  await button.click();
  const said = (it, text) => it.textContent !== text;
  await page.waitForFunction(said, { timeout: ANSWER }, button, before);
  return button.evaluate((it) => it.textContent);
}

/** How each block ended, and what it printed. */
async function runAll(page) {
  const ran = [];
  for (const block of await page.$$("[data-run-state]")) {
    await (await block.$("button.run")).click();
    const over = (it) => !["idle", "loading", "running"].includes(it.dataset.runState);
    await page.waitForFunction(over, { timeout: RUN }, block);
    ran.push(await block.evaluate((it) => ({
      state: it.dataset.runState,
      printed: it.querySelector(".run-output").textContent,
      documented: it.querySelector(".language-output code")?.textContent ?? "",
    })));
  }
  return ran;
}

/** Where the first link to another page should lead, and where it led. */
async function follow(page) {
  const here = await page.evaluate(() => document.title);
  const link = await page.evaluateHandle(() =>
    [...document.querySelectorAll("article a[href], footer a[href]")].find((it) =>
      it.origin === location.origin && it.pathname !== location.pathname
      && it.pathname.endsWith("/") && it.checkVisibility({ visibilityProperty: true })));
  const wanted = await link.evaluate((it) => it?.href ?? null);
  if (!wanted) return null;
  // Not by the mouse: the middle of a link that is broken over two lines may be beside it.
  await link.evaluate((it) => it.click());
  const arrived = (title) => document.title !== title && Boolean(document.querySelector("h1"));
  await page.waitForFunction(arrived, {}, here);
  await new Promise((done) => setTimeout(done, AFTERTHOUGHTS));
  const [reached, title] = await page.evaluate(() => [location.href, document.title]);
  return { wanted, reached, title };
}

async function visit(browser, address) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints = complaintsOf(page, address);
  const seen = { address, complaints };
  try {
    await page.setViewport(DESK);
    await page.goto(address, { waitUntil: "load" });
    await new Promise((done) => setTimeout(done, AFTERTHOUGHTS));
    Object.assign(seen, await page.evaluate(look));
    seen.phone = await widthAt(page, PHONE);
    seen.desk = await widthAt(page, DESK);
    if (address.endsWith("#run")) seen.ran = await runAll(page);
    seen.pressed = await press(page);
    seen.link = await follow(page);
  } catch (error) {
    complaints.push(`the visit broke off: ${error.message}`);
  }
  await context.close();
  return seen;
}

const folder = mkdtempSync(join(tmpdir(), "firefox-"));
const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
process.on("exit", removeFolder);
// Whoever started this program with a pipe and is gone wants nothing any more.
if (fstatSync(0).isFIFO()) process.stdin.on("end", () => process.exit(1)).resume();

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  userDataDir: join(folder, "profile"),
  env: { ...process.env, HOME: folder },
});
// Now after Puppeteer's own listener, which ends Firefox.
process.off("exit", removeFolder).on("exit", removeFolder);
for (const address of addresses) console.log(JSON.stringify(await visit(browser, address)));
await browser.close();
process.exit();
