/** What blocks of JavaScript find as `greeting`. */

/** @param {string} name */
export function greet(name) {
  if (!name) throw new RangeError("nobody is there");
  return `Hello, ${name}!`;
}
