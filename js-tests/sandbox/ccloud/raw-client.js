// A raw client of ccloud for the sandbox's own tests.

import { send } from "../raw-client.js";

/**
 * @typedef {import("../raw-client.js").RawAnswer} RawAnswer
 * @typedef {import("../raw-client.js").Reply} Reply
 * @typedef {import("./index.js").CcloudSandbox} CcloudSandbox
 *
 * @typedef {object} Call
 * @property {unknown} [json] body
 * @property {string | Buffer} [body] body as it is
 * @property {Record<string, string>} [headers] in place of those made here
 */

/** @param {CcloudSandbox} ccloud */
export const bearerClient =
  (ccloud) =>
  (/** @type {string} */ method, /** @type {string} */ target, /** @type {Call} */ call = {}) => {
    const body = call.body ?? (call.json === undefined ? "" : JSON.stringify(call.json));
    const headers = {
      authorization: `Bearer ${ccloud.issueToken()}`,
      ...(body.length > 0
        ? { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }
        : {}),
      ...call.headers,
    };
    return send(ccloud.url, method, `/api/v1${target}`, headers, body);
  };

/** @param {Reply | undefined} list */
export const items = (list) => /** @type {Reply[]} */ (/** @type {unknown} */ (list));
