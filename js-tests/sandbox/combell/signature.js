// Combell's request signature, under both readings of its recipe (x-signing of the spec).

import { createHash, createHmac } from "node:crypto";

/**
 * @typedef {"document" | "client"} Reading How the published document has the recipe, and how the provider's
 *   own PHP client has it. They part over capitals and percent escapes in path and query.
 *
 * @typedef {object} Signed What a signature covers.
 * @property {string} apiKey
 * @property {string} method
 * @property {string} path raw
 * @property {string} query raw, without the question mark
 * @property {string} timestamp
 * @property {string} nonce
 * @property {Uint8Array} body
 */

/**
 * @param {Reading} reading
 * @param {Signed} signed
 */
export function stringToSign(reading, { apiKey, method, path, query, timestamp, nonce, body }) {
  const target = Buffer.from(query === "" ? path : `${path}?${query}`, "latin1");
  const read = reading === "document" ? lowercase(target) : percentDecode(target);
  const content = body.length === 0 ? "" : createHash("md5").update(body).digest("base64");
  return [apiKey, method.toLowerCase(), percentEncode(read), timestamp, nonce, content].join("");
}

/**
 * @param {string} apiSecret
 * @param {string} text
 */
export const sign = (apiSecret, text) => createHmac("sha256", apiSecret).update(text).digest("base64");

/** @param {Buffer} bytes */
const lowercase = (bytes) => bytes.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/**
 * PHP's urldecode: a + is a space, and what only looks like an escape stays.
 *
 * @param {Uint8Array} bytes
 */
function percentDecode(bytes) {
  const text = Buffer.from(bytes).toString("latin1").replaceAll("+", " ");
  return Buffer.from(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}

/**
 * PHP's urlencode.
 *
 * @param {Uint8Array} bytes
 */
const percentEncode = (bytes) =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.-]/.test(character)) return character;
    return character === " " ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
