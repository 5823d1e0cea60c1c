/** Say something to those who do not see what has changed. */

/** @param {string} text */
export function announce(text) {
  const place = document.querySelector(".announcement");
  if (!place) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50); // a change, even if the text is the same
}
