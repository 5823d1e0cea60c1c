/** A link that carries the text of a block: `#block-3=` and the text, compressed. */

const MOST = 20_000; // characters; a link may come from anybody

/**
 * @param {string} id the block's
 * @param {string} text
 * @returns {Promise<string>} what to put behind the page's address
 */
export async function hashOf(id, text) {
  const bytes = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text));
  const letters = btoa(String.fromCharCode(...bytes));
  return `#${id}=${letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * @param {string} hash
 * @returns {Promise<{ id: string, text: string } | null>} what it carries; nothing, if it is
 *   another kind of link
 * @throws {Error} if the link is damaged
 */
export async function carriedBy(hash) {
  const [, id, letters] = /^#(block-\d+)=(.*)$/.exec(hash) ?? [];
  if (!id) return null;
  try {
    const coded = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(coded, (letter) => letter.charCodeAt(0));
    const text = await through(new DecompressionStream("deflate-raw"), bytes);
    return { id, text: new TextDecoder("utf-8", { fatal: true }).decode(text) };
  } catch (error) {
    throw new Error("The code in this link is damaged. Ask for the link once more.", { cause: error });
  }
}

/**
 * @param {CompressionStream | DecompressionStream} stream
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function through(stream, bytes) {
  const writer = stream.writable.getWriter();
  writer.write(bytes).catch(() => {}); // whoever reads is told
  writer.close().catch(() => {});
  const parts = [];
  let length = 0;
  for (const reader = stream.readable.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > 4 * MOST) throw new Error("it is longer than any block");
    parts.push(...value);
  }
  return Uint8Array.from(parts);
}
