// A raw client for the sandbox's own tests: node:http and nothing between. It signs by other means than the
// sandbox checks, so that agreement means something.

import { createHash, createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";

/**
 * @typedef {object} RawAnswer
 * @property {number} status
 * @property {Record<string, string | string[] | undefined>} headers
 * @property {Buffer} bytes
 * @property {string} text
 * @property {Reply} json
 *
 * @typedef {{ [key: string]: Reply | undefined }} Reply
 *
 * @typedef {object} Call
 * @property {unknown} [json] body
 * @property {string | Buffer} [body] body as it is
 * @property {string} [contentType]
 * @property {Record<string, string>} [headers] in place of those made here
 * @property {"document" | "client"} [reading]
 * @property {Partial<SignedWith>} [sign] signed with other than the real values
 * @property {AbortSignal} [signal]
 *
 * @typedef {{ apiKey: string, apiSecret: string, timestamp: string, nonce: string }} SignedWith
 */

/** @param {string} text */
const urlencode = (text) =>
  encodeURIComponent(text)
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");

/**
 * @param {string} method
 * @param {string} target
 * @param {string | Buffer} body
 * @param {SignedWith} signedWith
 * @param {"document" | "client"} reading
 */
export function authorization(method, target, body, { apiKey, apiSecret, timestamp, nonce }, reading) {
  const read =
    reading === "document" ? target.toLowerCase() : decodeURIComponent(target.replaceAll("+", " "));
  const content = body.length > 0 ? createHash("md5").update(body).digest("base64") : "";
  const text = `${apiKey}${method.toLowerCase()}${urlencode(read)}${timestamp}${nonce}${content}`;
  const signature = createHmac("sha256", apiSecret).update(text).digest("base64");
  return `hmac ${apiKey}:${signature}:${nonce}:${timestamp}`;
}

/**
 * @param {import("./combell/index.js").CombellSandbox} combell
 * @param {() => number} [now]
 */
export function signedClient(combell, now = Date.now) {
  return (/** @type {string} */ method, /** @type {string} */ target, /** @type {Call} */ call = {}) => {
    const body = call.body ?? (call.json === undefined ? "" : JSON.stringify(call.json));
    const signedWith = {
      ...combell.credentials,
      timestamp: String(Math.floor(now() / 1000)),
      nonce: randomUUID(),
      ...call.sign,
    };
    const headers = {
      authorization: authorization(method, target, body, signedWith, call.reading ?? "document"),
      ...(body.length > 0
        ? {
            "content-type": call.contentType ?? "application/json",
            "content-length": String(Buffer.byteLength(body)),
          }
        : {}),
      ...call.headers,
    };
    return send(combell.url, method, target, headers, body, call.signal);
  };
}

/**
 * Sends the target as it is: nothing is normalised on the way.
 *
 * @param {string} url
 * @param {string} method
 * @param {string} target
 * @param {Record<string, string>} [headers]
 * @param {string | Buffer} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<RawAnswer>}
 */
export function send(url, method, target, headers = {}, body = "", signal) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path: target, headers, agent: false, signal },
      (answer) => {
        /** @type {Buffer[]} */
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes,
            text: bytes.toString("utf8"),
            get json() {
              return /** @type {Reply} */ (JSON.parse(bytes.toString("utf8")));
            },
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
