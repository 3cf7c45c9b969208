// Who is calling: the Authorization header, checked part by part.

import { timingSafeEqual } from "node:crypto";
import { Refusal } from "../answers.js";
import { sign, stringToSign } from "./signature.js";

/**
 * @typedef {import("./signature.js").Reading} Reading
 *
 * @typedef {object} Caller
 * @property {{ apiKey: string, apiSecret: string }} credentials
 * @property {() => number} now
 * @property {() => { reading: Reading | "both", clockSkewSeconds: number }} settings
 */

/** @param {Caller} caller */
export function createAuthorization({ credentials, now, settings }) {
  /** @type {Map<string, number>} */
  const nonces = new Map();
  let tidyAt = 50_000;

  /**
   * @param {string} nonce
   * @param {number} timestamp
   */
  function useUp(nonce, timestamp) {
    if (nonces.has(nonce)) throw unauthorized("nonce_used", "This nonce was used before.");
    nonces.set(nonce, timestamp);
    if (nonces.size < tidyAt) return;
    const oldest = now() / 1000 - settings().clockSkewSeconds;
    for (const [old, usedAt] of nonces) if (usedAt < oldest) nonces.delete(old);
    tidyAt = 2 * nonces.size + 50_000;
  }

  /** @type {import("../checks.js").Check} */
  function check({ headers, method, path, query, rawBody }) {
    const header = headers.authorization;
    if (header === undefined) throw unauthorized("header_missing", "There is no Authorization header.");
    const parts = /^hmac ([^:\s]+):([A-Za-z0-9+/]+={0,2}):([^:\s]+):([0-9]+)$/.exec(header);
    if (!parts) {
      const text = "The header has to be hmac {apiKey}:{signature}:{nonce}:{timestamp}.";
      throw unauthorized("header_invalid_format", text);
    }
    const [, apiKey = "", signature = "", nonce = "", timestamp = ""] = parts;
    if (apiKey !== credentials.apiKey) throw unauthorized("api_key_unknown", "There is no such API key.");

    const { reading, clockSkewSeconds } = settings();
    if (Math.abs(now() / 1000 - Number(timestamp)) > clockSkewSeconds) {
      const text = `The timestamp is more than ${clockSkewSeconds} seconds off.`;
      throw unauthorized("timestamp_out_of_range", text);
    }
    // Used up whatever the signature is worth, so that a client that signs again without a new nonce is caught.
    useUp(nonce, Number(timestamp));

    /** @type {Reading[]} */
    const readings = reading === "both" ? ["document", "client"] : [reading];
    const signed = { apiKey, method, path, query, timestamp, nonce, body: rawBody };
    const valid = readings.some((one) =>
      isSame(signature, sign(credentials.apiSecret, stringToSign(one, signed))),
    );
    if (!valid) throw unauthorized("signature_invalid", "The signature does not fit the request.");
  }

  return { check, reset: () => nonces.clear() };
}

/**
 * @param {string} code
 * @param {string} text
 */
const unauthorized = (code, text) => new Refusal(401, `auth_authorization_${code}`, text);

/**
 * @param {string} a
 * @param {string} b
 */
function isSame(a, b) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
