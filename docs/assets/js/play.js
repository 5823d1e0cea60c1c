/** Play a training to its end; it pauses when nobody sees it. */

const WHOLE = 12_000; // milliseconds from the first step to the last

export class Play {
  playing = false;
  /** @type {(share: number) => void} */ #show;
  /** @type {() => void} */ #ended;

  /**
   * @param {Element} seen
   * @param {HTMLButtonElement} button
   * @param {(share: number) => void} show shows a place on the way, from 0 to 1
   * @param {() => void} ended
   */
  constructor(seen, button, show, ended) {
    this.button = button;
    this.#show = show;
    this.#ended = ended;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.#say();
    this.calm.addEventListener("change", () => this.#say());
    new IntersectionObserver(([entry]) => { if (!entry.isIntersecting) this.stop(); }).observe(seen);
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.stop(); });
  }

  /** @param {number} from where to begin, from 0 to 1 */
  start(from) {
    if (this.calm.matches) {
      this.#show(1);
      this.#ended();
      return;
    }
    this.playing = true;
    this.#say();
    const begun = performance.now() - from * WHOLE;
    const frame = (/** @type {number} */ now) => {
      if (!this.playing) return;
      const share = Math.min(Math.max((now - begun) / WHOLE, 0), 1);
      this.#show(share);
      if (share < 1) requestAnimationFrame(frame);
      else this.stop();
    };
    requestAnimationFrame(frame);
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    this.#say();
    this.#ended();
  }

  #say() {
    this.button.textContent = this.calm.matches ? "To the end" : this.playing ? "Pause" : "Play";
  }
}
