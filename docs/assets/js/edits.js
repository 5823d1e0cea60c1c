/**
 * What a reader has changed, until the window is closed: a page that is loaded anew loses nothing.
 * Knows neither blocks nor editors.
 */

/**
 * @param {string} page
 * @returns {Record<string, string>}
 */
function all(page) {
  try {
    const kept = Object.entries(JSON.parse(sessionStorage.getItem(`edits:${page}`) ?? "{}"));
    return Object.fromEntries(kept.filter(([, text]) => typeof text === "string"));
  } catch {
    return {}; // kept by nobody, or not by us
  }
}

/**
 * @param {string} page its path
 * @returns {[string, string][]} each changed block's id, and its text
 */
export function editsOf(page) {
  return Object.entries(all(page));
}

/**
 * @param {string} page
 * @param {string} id
 * @param {string | null} text nothing, once it is as documented
 */
export function keepEdit(page, id, text) {
  const { [id]: _, ...others } = all(page);
  try {
    const edits = text === null ? others : { ...others, [id]: text };
    sessionStorage.setItem(`edits:${page}`, JSON.stringify(edits));
  } catch {
    // Storage is full or forbidden: then the change lasts as long as the page.
  }
}
