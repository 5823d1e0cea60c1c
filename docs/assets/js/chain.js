/**
 * What has to run before a block, so that it does what it says: the blocks above that it builds on,
 * as they stand now, once. Knows neither the page nor Python.
 */

export class Chain {
  /** What its workspace has run, in order; nothing, if that cannot be told. @type {string[] | null} */
  #done = null;
  /** In which start of Python. */
  #start = 0;

  /**
   * What to run for the last of these blocks.
   *
   * @param {string[]} sources the blocks it builds on, in order, and itself
   * @param {number} start which start of Python this is: another one has forgotten everything
   * @returns {{ afresh: boolean, first: number }} whether to begin with a new workspace, and with
   *   which of the blocks
   */
  plan(sources, start) {
    const done = start === this.#start ? this.#done : null;
    const stands = done !== null && done.length < sources.length
      && done.every((source, index) => source === sources[index]);
    return stands ? { afresh: false, first: done.length } : { afresh: true, first: 0 };
  }

  /**
   * A block begins to run: until it has ended well, nobody knows what is in the workspace.
   */
  begins() {
    this.#done = null;
  }

  /**
   * @param {string[]} sources what has been run, all of it, in order
   * @param {number} start
   */
  ended(sources, start) {
    this.#done = sources;
    this.#start = start;
  }
}
