// Nothing is lost or mixed up under load, and memory stays where it was.

import assert from "node:assert/strict";
import { it } from "node:test";
import { runLoad } from "./load.js";

/** What a warm process may still take on: compiled code, buffers of connections. */
const HEAP_MARGIN = 6_000_000;

it("20 000 calls, 50 at a time: each gets its own answer, and memory is flat", async () => {
  const { calls, wrong, warm, end } = await runLoad();
  assert.deepEqual([calls, wrong], [20_000, 0]);
  assert.equal(end.wasm, warm.wasm);
  assert.ok(end.heap - warm.heap < HEAP_MARGIN, `heap grew from ${warm.heap} to ${end.heap}`);
});
