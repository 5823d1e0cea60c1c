/** Say what has changed: to those who do not see it, or to all. */

const SHOWN = 12_000; // milliseconds for which it can be read
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Say something that everybody else can see already.
 *
 * @param {string} text
 */
export function announce(text) {
  say(text, false);
}

/**
 * Say something that stands nowhere else.
 *
 * @param {string} text
 */
export function notify(text) {
  say(text, true);
}

/**
 * @param {string} text
 * @param {boolean} visibly
 */
function say(text, visibly) {
  const place = document.querySelector(".announcement");
  if (!place) return;
  place.textContent = "";
  clearTimeout(timer);
  place.classList.toggle("notice", visibly);
  setTimeout(() => { place.textContent = text; }, 50); // a change, even if the text is the same
  if (visibly) timer = setTimeout(() => place.classList.remove("notice"), SHOWN);
}
