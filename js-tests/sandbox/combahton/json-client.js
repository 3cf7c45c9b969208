// A client for the tests of the combahton sandbox.

import assert from "node:assert/strict";
import { loadSpec, propertiesOf } from "../../spec.js";
import { send } from "../raw-client.js";

/** @typedef {import("../raw-client.js").Reply} Reply */

export const JSON_TYPE = { "content-type": "application/json" };

export const spec = loadSpec("combahton");

/**
 * The constants that tell an operation from the others: component, method, action.
 *
 * @param {string} operationId
 * @returns {Record<string, unknown>}
 */
export function constantsOf(operationId) {
  const { body } = spec.operations.get(operationId) ?? assert.fail(`no operation ${operationId}`);
  const properties = [...propertiesOf(spec, body?.schema ?? assert.fail())];
  return Object.fromEntries(
    properties.flatMap(([name, { node }]) => ("const" in node ? [[name, node.const]] : [])),
  );
}

/** @param {import("./index.js").CombahtonSandbox} combahton */
export function combahtonClient(combahton) {
  /**
   * @param {string} operationId
   * @param {object} [fields]
   * @param {Record<string, string>} [headers]
   */
  const post = (operationId, fields = {}, headers = {}) => {
    const data = { ...combahton.credentials, ...constantsOf(operationId), ...fields };
    return send(combahton.url, "POST", "/v2", { ...JSON_TYPE, ...headers }, JSON.stringify(data));
  };

  return {
    post,

    /**
     * @param {string} operationId
     * @param {object} [fields]
     * @returns {Promise<Reply>}
     */
    async call(operationId, fields) {
      const { status, headers, text, json } = await post(operationId, fields);
      assert.equal(status, 200, text);
      assert.equal(headers["x-sandbox-reason"], undefined, `${operationId}: ${text}`);
      return json;
    },

    /**
     * The status of a call that fails.
     *
     * @param {string} operationId
     * @param {object} [fields]
     */
    async refused(operationId, fields) {
      const { status, headers, text, json } = await post(operationId, fields);
      assert.equal(status, 200, text);
      assert.deepEqual(Object.keys(json), ["status"], `${operationId}: ${text}`);
      assert.notEqual(headers["x-sandbox-reason"], undefined, `${operationId}: ${text}`);
      return String(json.status);
    },
  };
}
