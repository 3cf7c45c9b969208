// A raw client for Hostkey's own tests: forms written by hand, node:http and nothing between.

import assert from "node:assert/strict";
import { loadSpec, propertiesOf } from "../../spec.js";
import { send } from "../raw-client.js";

/**
 * @typedef {import("../raw-client.js").Reply} Reply
 * @typedef {import("../raw-client.js").RawAnswer} RawAnswer
 * @typedef {import("./index.js").HostkeySandbox} HostkeySandbox
 */

const spec = loadSpec("hostkey");

export const FORM = { "content-type": "application/x-www-form-urlencoded" };

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {string[]}
 */
function fieldsOf(name, value) {
  if (typeof value !== "object" || value === null) return [`${name}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([key, item]) =>
    fieldsOf(`${name}[${encodeURIComponent(key)}]`, item),
  );
}

/** @param {Record<string, unknown>} fields */
export const formOf = (fields) =>
  Object.entries(fields)
    .flatMap(([name, value]) => fieldsOf(name, value))
    .join("&");

/**
 * @param {string} id
 * @param {Record<string, unknown>} params
 */
function filled(id, params) {
  const operation = spec.operations.get(id);
  assert.ok(operation?.body, id);
  /** @type {Record<string, unknown>} */
  const fields = {};
  for (const [name, { node }] of propertiesOf(spec, operation.body.schema)) {
    if ("const" in node) fields[name] = node.const;
    if (typeof node["x-copy-of"] === "string") fields[name] = params[node["x-copy-of"]];
  }
  const auth = /** @type {{ scheme?: string } | undefined} */ (operation.node["x-auth"]);
  return { path: operation.path, isPublic: auth?.scheme === "none", fields: { ...fields, ...params } };
}

/** @param {HostkeySandbox} hostkey */
export function formClient(hostkey) {
  let token = "";

  /**
   * @param {string} path
   * @param {string | Buffer} body
   * @param {Record<string, string>} [headers]
   */
  const post = (path, body, headers = FORM) => send(hostkey.url, "POST", path, headers, body);

  /**
   * @param {string} id
   * @param {Record<string, unknown>} [params]
   * @returns {Promise<RawAnswer>}
   */
  async function raw(id, params = {}) {
    const { path, isPublic, fields } = filled(id, params);
    return await post(path, formOf(isPublic || "token" in fields ? fields : { ...fields, token }));
  }

  /**
   * An answer that is not a failure.
   *
   * @param {string} id
   * @param {Record<string, unknown>} [params]
   */
  async function call(id, params) {
    const answer = await raw(id, params);
    assert.equal(answer.status, 200, `${id}: ${answer.text}`);
    assert.ok(!isFailure(answer.json), `${id}: ${answer.text}`);
    return answer.json;
  }

  return {
    post,
    raw,
    call,

    /** @param {Record<string, unknown>} [params] */
    async login(params = { key: hostkey.credentials.apiKey, fix_ip: 0 }) {
      const answer = await call("auth.login", params);
      const session = answer.token === undefined ? answer.result : answer;
      token = String(session?.token);
      return session ?? assert.fail();
    },

    /**
     * The text of a failure.
     *
     * @param {string} id
     * @param {Record<string, unknown>} [params]
     */
    async refused(id, params) {
      const { status, json, text } = await raw(id, params);
      assert.equal(status, 200, text);
      assert.ok(isFailure(json), text);
      return String(json.error ?? json.message);
    },

    /**
     * Follows work to its end.
     *
     * @param {string} id
     * @param {Record<string, unknown>} [params]
     */
    async follow(id, params) {
      const { callback } = await call(id, params);
      const check = id.startsWith("nat.") ? "natCallback.check" : "eqCallback.check";
      for (let polls = 0; polls < 20; polls += 1) {
        const state = (await raw(check, { key: callback })).json;
        const isGoingOn = ["Not ready", "Stage"].includes(String(state.result));
        if (!isGoingOn && String(state.scope) !== "pending") return state;
      }
      return assert.fail(`${id} does not come to an end`);
    },
  };
}

/** @param {Reply} json */
export const isFailure = ({ result, error, code }) =>
  Number(result) < 0 || String(result) === "Error" || error !== undefined || code !== undefined;
