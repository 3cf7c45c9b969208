import { createHash } from "node:crypto";

/**
 * A UUID that is the same for the same seed.
 *
 * @param {string} seed
 */
export function uuid(seed) {
  const hex = createHash("sha256").update(seed).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}
