/** Links that carry the text of a block. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { carriedBy, hashOf } from "../../docs/assets/js/link.js";

for (const text of ["", "print(1)\n", "Größe = '≥ 0 🙂'\n", "x\n".repeat(9999)]) {
  test(`a text of ${text.length} characters comes back as it was`, async () => {
    const hash = await hashOf("block-12", text);
    assert.match(hash, /^#block-12=[\w-]*$/);
    assert.deepEqual(await carriedBy(hash), { id: "block-12", text });
  });
}

for (const hash of ["", "#", "#block-1", "#what-it-learned", "#other=abc", "#block-x=abc"]) {
  test(`another kind of link carries nothing: ${hash}`, async () => {
    assert.equal(await carriedBy(hash), null);
  });
}

const good = (await hashOf("block-1", "print('hello, world')\n")).slice(9);
const coded = (bytes) => deflateRawSync(bytes).toString("base64url");
for (const [name, letters] of Object.entries({
  empty: "",
  "not its letters": "!?",
  "cut short": good.slice(0, -6),
  "no text": coded(Buffer.from([0xff, 0xfe, 0xff])),
})) {
  test(`a damaged link is refused: ${name}`, async () => {
    await assert.rejects(carriedBy(`#block-1=${letters}`), /damaged/);
  });
}

test("more than a link can carry is refused, whether it is to be sent or has come", async () => {
  const bomb = coded(Buffer.alloc(10_000_000, "a"));
  await assert.rejects(carriedBy(`#block-1=${bomb}`), /more than a link can carry/);
  await assert.rejects(hashOf("block-1", "x\n".repeat(10_001)), /more than a link can carry/);
});
