// A client for the tests of the Artnet sandbox, with a form encoder of its own.

import assert from "node:assert/strict";
import { loadSpec } from "../../spec.js";
import { send } from "../raw-client.js";

/** @typedef {import("../raw-client.js").Reply} Reply */

export const FORM = { "content-type": "application/x-www-form-urlencoded" };

export const spec = loadSpec("artnet");

/**
 * @param {unknown} value
 * @param {string} [name]
 * @returns {string[]}
 */
function pairs(value, name) {
  if (typeof value !== "object" || value === null) {
    return [`${encodeURIComponent(name ?? "")}=${encodeURIComponent(String(value))}`];
  }
  return Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : pairs(item, name === undefined ? key : `${name}[${key}]`),
  );
}

/** @param {object} fields */
export const encodeForm = (fields) => pairs(fields).join("&");

/**
 * A part of an answer that is a list.
 *
 * @param {Reply | undefined} reply
 * @returns {Reply[]}
 */
export const items = (reply) => /** @type {Reply[]} */ (/** @type {unknown} */ (reply));

/**
 * @param {string} operationId
 * @returns {string}
 */
export function pathOf(operationId) {
  const operation = spec.operations.get(operationId) ?? assert.fail(`no operation ${operationId}`);
  return spec.basePath + operation.path;
}

/** @param {import("./index.js").ArtnetSandbox} artnet */
export function artnetClient(artnet) {
  /** @param {object} fields */
  const withCredentials = (fields) => {
    const { customerId, apiKey } = artnet.credentials;
    return encodeForm({ id: customerId, api_key: apiKey, ...fields });
  };

  /**
   * @param {string} operationId
   * @param {object} [fields]
   */
  const post = (operationId, fields = {}) =>
    send(artnet.url, "POST", pathOf(operationId), FORM, withCredentials(fields));

  return {
    post,

    /**
     * The answer of a call that succeeds.
     *
     * @param {string} operationId
     * @param {object} [fields]
     * @returns {Promise<Reply>}
     */
    async call(operationId, fields) {
      const { status, text, json } = await post(operationId, fields);
      assert.equal(status, 200, text);
      assert.equal(json.success, true, `${operationId}: ${text}`);
      return json;
    },

    /**
     * The error of a call that fails.
     *
     * @param {string} operationId
     * @param {object} [fields]
     * @returns {Promise<Reply & { code: string }>}
     */
    async refused(operationId, fields) {
      const { text, json } = await post(operationId, fields);
      assert.equal(json.success, false, `${operationId}: ${text}`);
      return /** @type {Reply & { code: string }} */ (/** @type {unknown} */ (json.error ?? {}));
    },

    /**
     * Posts a body as it is, after the credentials.
     *
     * @param {string} operationId
     * @param {string} body
     */
    raw: (operationId, body) =>
      send(artnet.url, "POST", pathOf(operationId), FORM, `${withCredentials({})}&${body}`),
  };
}
