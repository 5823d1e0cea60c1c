/** The address of the page, as far as it tells where one is in the neuron's training. */

import { notify } from "./announce.js";
import { START, fromAddress, toAddress } from "./watch-state.js";

/**
 * @typedef {import("./watch-state.js").State} State
 * @typedef {import("./watch-state.js").Setup} Setup
 */

const BAR = 200; // pixels that the page's head and the controls take
const PAUSE = 400; // milliseconds between two writings: browsers refuse too many

export class Address {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #later;
  #written = -PAUSE;
  #path = location.pathname;

  /**
   * @param {HTMLElement} root the neuron
   * @param {Record<string, Setup>} setups
   * @param {(state: State, told: boolean) => void} go goes somewhere, and tells so or not
   * @param {() => State} where one is
   */
  constructor(root, setups, go, where) {
    this.root = root;
    this.setups = setups;
    this.go = go;
    this.where = where;
  }

  /** @param {AbortSignal} signal ends the listening */
  listen(signal) {
    // Before the theme, which would load the page anew.
    window.addEventListener("click", (event) => this.#click(event), { capture: true, signal });
    window.addEventListener("popstate", () => {
      if (this.#isHere()) this.take(location.search);
    }, { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#later));
  }

  /** Say where one is. */
  write() {
    clearTimeout(this.#later);
    const wait = this.#written + PAUSE - performance.now();
    if (wait > 0) {
      this.#later = setTimeout(() => this.write(), wait);
    } else if (this.#isHere()) { // the address may be that of the next page already
      this.#written = performance.now();
      try {
        history.replaceState(history.state, "", toAddress(this.where()) + location.hash);
      } catch {
        this.#later = setTimeout(() => this.write(), 10 * PAUSE); // too often, this browser finds
      }
    }
  }

  /**
   * Go where an address leads; tell what is wrong with it.
   *
   * @param {string} search
   * @param {State} [base] what holds where it says nothing
   */
  take(search, base = START) {
    const { state, problems } = fromAddress(search, this.setups, base);
    this.go(state, false);
    if (problems.length) notify(`The address cannot be followed in full: ${problems.join("; ")}.`);
    return problems.length === 0;
  }

  /** Show what the address is about, for those who come by it; those who load the page anew stay where they were. */
  show() {
    if (location.hash !== "#watch" || !this.root.isConnected) return;
    const { top, bottom } = this.root.getBoundingClientRect();
    const inView = scrollY > 0 && top < innerHeight / 2 && bottom > innerHeight / 2;
    const atHeading = inView && top > 0;
    const whole = this.where().phase === START.phase && !location.search.includes("show=");
    if (!inView || (atHeading && !whole)) this.#bringIntoView(location.search);
  }

  #isHere() {
    return location.pathname === this.#path;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== this.#path || /[?&]h=/.test(link.search)) return;
    const toSection = link.hash.length > 1 && !link.hash.includes("=") && link.hash !== "#watch";
    const toStep = link.hash === "#watch" && /[?&](k|phase|row|preset|show)=/.test(link.getAttribute("href") ?? "");
    if (!toSection && !toStep) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (toStep) this.#follow(link);
    else goToSection(link.hash);
  }

  /** @param {HTMLAnchorElement} link */
  #follow(link) {
    const within = this.root.contains(link);
    if (!within) history.pushState(history.state, "", link.href); // from where the reader can go back
    const told = this.take(link.search, within ? this.where() : START);
    if (told) this.go(this.where(), true);
    if (link.closest("table")) return;
    this.#bringIntoView(link.search);
    /** @type {HTMLElement} */ (this.root.querySelector("input[name=detent]")).focus({ preventScroll: true });
  }

  /**
   * A part of the neuron, or what happens in the phase.
   *
   * @param {string} search
   */
  #bringIntoView(search) {
    const asked = new URLSearchParams(search).get("show") ?? "";
    const named = /^\w+$/.test(asked) && this.root.querySelector(`#watch-${asked}`);
    if (named instanceof HTMLDetailsElement) named.open = true;
    // As much as fits below the bar: the tables, too, or what belongs to the phase, or the pane alone.
    const parts = [".whole", ".strip", `.panes > [data-phase=${this.where().phase}]`].map((it) =>
      /** @type {Element} */ (this.root.querySelector(it)));
    const end = parts[2].getBoundingClientRect().bottom;
    const fits = parts.find((it) => end - it.getBoundingClientRect().top < innerHeight - BAR) ?? parts[2];
    const phase = this.where().phase === START.phase ? this.root : fits;
    (named || phase).scrollIntoView({ block: "start" });
  }
}

/**
 * Go to a section of this page, and keep in the address where one is in the training.
 *
 * @param {string} hash
 */
function goToSection(hash) {
  const section = document.getElementById(decodeURIComponent(hash.slice(1)));
  history.pushState(history.state, "", location.search + hash);
  section?.scrollIntoView();
  section?.setAttribute("tabindex", "-1");
  section?.focus({ preventScroll: true });
}
