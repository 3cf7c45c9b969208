/** Random text, from the platform's source for cryptography. */

import { hex } from "./mask.js";

const BYTES = 16;
const pool = new Uint8Array(BYTES * 128);
const HEX = Array.from({ length: 256 }, (_, byte) => hex(byte, 2));
let used = pool.length;

/** 128 random bits in hexadecimal. Bytes are drawn in bulk: each draw costs as much as a signature. */
export function makeNonce(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let text = "";
  for (const end = used + BYTES; used < end; used++) text += HEX[pool[used] as number];
  return text;
}
