/** Random text, from the platform's source for cryptography. */

import { hex } from "./mask.js";

/** Two for each nonce: whole numbers of 64 bits become hexadecimal fastest. */
const pool = new BigUint64Array(256);
let used = pool.length;

/** 128 random bits in hexadecimal. Bytes are drawn in bulk: each draw costs as much as a signature. */
export function makeNonce(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  return hex(pool[used++] as bigint, 16) + hex(pool[used++] as bigint, 16);
}
