/** Play a training to its end; it pauses when nobody sees it. */

const WHOLE = 12_000; // milliseconds from the first step to the last

export class Play {
  playing = false;
  /** @type {(share: number) => void} */ #show;
  /** @type {() => void} */ #paused;
  #frame = 0;

  /**
   * @param {HTMLButtonElement} button
   * @param {(share: number) => void} show shows a place on the way, from 0 to 1
   * @param {() => void} paused or at the end
   */
  constructor(button, show, paused) {
    this.button = button;
    this.#show = show;
    this.#paused = paused;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.#say();
  }

  /**
   * @param {Element} seen
   * @param {AbortSignal} signal ends the watching
   */
  pauseUnseen(seen, signal) {
    const watcher = new IntersectionObserver((entries) => {
      if (!entries[entries.length - 1].isIntersecting) this.stop();
    });
    watcher.observe(seen);
    signal.addEventListener("abort", () => watcher.disconnect());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.stop(); }, { signal });
    this.calm.addEventListener("change", () => { this.stop(); this.#say(); }, { signal });
  }

  /** @param {number} from where to begin, from 0 to 1 */
  start(from) {
    if (this.calm.matches) {
      this.#show(1);
      this.#paused();
      return;
    }
    this.playing = true;
    this.#say();
    const begun = performance.now() - from * WHOLE;
    const frame = (/** @type {number} */ now) => {
      const share = Math.min(Math.max((now - begun) / WHOLE, 0), 1);
      this.#frame = requestAnimationFrame(frame);
      this.#show(share);
      if (share === 1) this.stop();
    };
    this.#frame = requestAnimationFrame(frame);
  }

  stop() {
    if (!this.playing) return;
    this.end();
    this.#say();
    this.#paused();
  }

  /** Stop, and say nothing: the page is left. */
  end() {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
  }

  #say() {
    this.button.textContent = this.calm.matches ? "To the end" : this.playing ? "Pause" : "Play";
  }
}
