/** Questions to be answered before one looks; each answer is explained. Nothing is kept or counted. */

const BEFORE_PLAYING = "weight-2";

export class Questions {
  /** @type {boolean} */ #playNext = false;
  /** @type {Set<string>} */ #done = new Set();
  #told = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.all = /** @type {HTMLFieldSetElement[]} */ ([...root.querySelectorAll(".predict fieldset")]);
  }

  /** Whether what the curves will show is still to be predicted. */
  get open() {
    return !this.#done.has(BEFORE_PLAYING);
  }

  /** Whether a question comes up first; only the first time. */
  asksBeforePlaying() {
    if (!this.open) return false;
    this.#playNext = true;
    this.#turnTo(this.all.findIndex((it) => it.dataset.question === BEFORE_PLAYING));
    return true;
  }

  /** Something else was done than to answer: nothing waits any more. */
  forget() {
    this.#playNext = false;
  }

  /**
   * @param {HTMLButtonElement} button an answer, or one that leads on
   * @returns {boolean} whether what waited for the answer can be played
   */
  answer(button) {
    const at = this.all.findIndex((it) => !it.classList.contains("later"));
    const question = this.all[at];
    const plays = this.#playNext;
    this.#playNext = false;
    this.#done.add(question.dataset.question ?? "");
    if (button.value === "right" || button.value === "wrong") {
      question.dataset.answer = button.value;
      for (const it of choices(question)) it.setAttribute("aria-pressed", String(it === button));
      if (!plays) this.explain()?.focus();
    } else if (!plays) {
      this.#turnTo((at + 1) % this.all.length);
    }
    return plays;
  }

  /** Explain the answer that was given, if one was; gives the text if it is new. */
  explain() {
    const question = this.all.find((it) => !it.classList.contains("later"));
    if (!question?.dataset.answer) return null;
    const answered = /** @type {HTMLElement} */ (question.querySelector(".answered"));
    const told = `${question.dataset.question} ${question.dataset.answer}`;
    if (!answered.hidden && told === this.#told) return null;
    answered.hidden = false;
    this.#told = told;
    const text = /** @type {HTMLElement} */ (answered.querySelector(`.when-${question.dataset.answer}`));
    text.tabIndex = -1;
    return text;
  }

  /** @param {number} to */
  #turnTo(to) {
    this.all.forEach((question, i) => {
      question.classList.toggle("later", i !== to);
      delete question.dataset.answer;
      for (const choice of choices(question)) choice.setAttribute("aria-pressed", "false");
      /** @type {HTMLElement} */ (question.querySelector(".answered")).hidden = true;
    });
    /** @type {HTMLElement} */ (this.all[to].querySelector("button")).focus();
  }
}

/**
 * @param {HTMLFieldSetElement} question
 * @returns {NodeListOf<HTMLButtonElement>}
 */
function choices(question) {
  return question.querySelectorAll("button[value=right], button[value=wrong]");
}
