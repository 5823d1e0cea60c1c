/** A link that carries the text of a block: `#block-3=` and the text, compressed. */

const MOST = 20_000; // bytes of code; a link may come from anybody

/** The code is too long for a link. */
class TooLong extends Error {
  constructor() {
    super(`This is more than a link can carry: ${MOST.toLocaleString("en")} characters at most.`);
  }
}

/**
 * @param {string} id the block's
 * @param {string} text
 * @returns {Promise<string>} what to put behind the page's address
 * @throws {Error} if the text is too long
 */
export async function hashOf(id, text) {
  const plain = new TextEncoder().encode(text);
  if (plain.length > MOST) throw new TooLong();
  const bytes = await through(new CompressionStream("deflate-raw"), plain);
  const letters = btoa(String.fromCharCode(...bytes));
  return `#${id}=${letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * @param {string} hash
 * @returns {Promise<{ id: string, text: string } | null>} what it carries; nothing, if it is
 *   another kind of link
 * @throws {Error} if the link is damaged, or its text too long
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
    if (error instanceof TooLong) throw error;
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
    if (length > MOST) throw new TooLong();
    parts.push(...value);
  }
  return Uint8Array.from(parts);
}
