// What the tests need to know of each provider beyond the schemas of its spec: who is calling, and how a body
// is written. A provider that is built and is not here fails the tests.

import assert from "node:assert/strict";
import { sign, stringToSign } from "../sandbox/combell/signature.js";

/**
 * @typedef {import("./servers.js").Recorded} Recorded
 * @typedef {{ [name: string]: unknown }} Fields
 *
 * @typedef {object} Adapter
 * @property {string} className
 * @property {{ [name: string]: string }} credentials
 * @property {Fields} inBody what proves who is calling, where that goes along in the body
 * @property {(request: Recorded, options: { now: number, anonymous: boolean }) => string | undefined} checkHeaders
 *   fails where the headers do not prove who is calling; gives what must not be used twice
 * @property {(request: Recorded) => unknown} readBody
 * @property {(body: unknown) => unknown} expectBody what readBody gives for a body that was written rightly
 * @property {(answer: unknown, operation: string) => unknown} succeed an answer that fits the schema, changed
 *   where the provider would mean a failure by it
 */

const json = {
  readBody: (/** @type {Recorded} */ { headers, body }) => {
    assert.equal(headers["content-type"], "application/json");
    return JSON.parse(body.toString("utf8"));
  },
  expectBody: (/** @type {unknown} */ body) => body,
};

const form = {
  readBody: (/** @type {Recorded} */ { headers, body }) => {
    assert.equal(headers["content-type"], "application/x-www-form-urlencoded");
    return sorted([...new URLSearchParams(body.toString("latin1"))]);
  },
  expectBody: (/** @type {unknown} */ body) => sorted(brackets("", body)),
};

/**
 * Nested values as PHP reads them: `customer[name]`, `servers[0]`.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {[name: string, value: string][]}
 */
function brackets(name, value) {
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => brackets(name ? `${name}[${key}]` : key, inner));
}

/** @param {[name: string, value: string][]} pairs */
const sorted = (pairs) => pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));

const noHeaders = (/** @type {Recorded} */ { headers }) => {
  assert.equal(headers.authorization, undefined);
  return undefined;
};

const asItIs = (/** @type {unknown} */ answer) => answer;

/** @type {Adapter["checkHeaders"]} */
function checkSignature({ method, path, query, headers, body }, { now }) {
  const { apiKey = "", apiSecret = "" } = adapterOf("combell").credentials;
  const parts = /^hmac ([^:\s]+):([A-Za-z0-9+/]{43}=):([^:\s]+):(\d+)$/.exec(headers.authorization ?? "");
  assert.ok(parts, `Authorization: ${headers.authorization}`);
  const [, key, signature, nonce = "", timestamp = ""] = parts;
  assert.equal(key, apiKey);
  assert.equal(Number(timestamp), Math.floor(now / 1000));
  const text = stringToSign("client", { apiKey, method, path, query, timestamp, nonce, body });
  assert.equal(signature, sign(apiSecret, text), "the signature");
  return nonce;
}

/** @type {{ [provider: string]: Adapter }} */
const ADAPTERS = {
  combell: {
    className: "Combell",
    credentials: { apiKey: "test-key", apiSecret: "test/secret+1" },
    inBody: {},
    checkHeaders: checkSignature,
    ...json,
    succeed: asItIs,
  },
  hostkey: {
    className: "Hostkey",
    credentials: { token: "test token+1" },
    inBody: { token: "test token+1" },
    checkHeaders: noHeaders,
    ...form,
    succeed(answer) {
      const { result } = /** @type {Fields} */ (answer ?? {});
      if (typeof result === "string") return { .../** @type {Fields} */ (answer), result: "OK" };
      if (typeof result === "number") return { .../** @type {Fields} */ (answer), result: 0 };
      return answer;
    },
  },
  ccloud: {
    className: "Ccloud",
    credentials: { accessToken: "test-token" },
    inBody: {},
    checkHeaders({ headers }, { anonymous }) {
      assert.equal(headers.authorization, anonymous ? undefined : "Bearer test-token");
      return undefined;
    },
    ...json,
    succeed: asItIs,
  },
  artnet: {
    className: "Artnet",
    credentials: { customerId: "12345", apiKey: "test key+1" },
    inBody: { id: "12345", api_key: "test key+1" },
    checkHeaders: noHeaders,
    ...form,
    succeed: asItIs,
  },
  combahton: {
    className: "Combahton",
    credentials: { email: "test@example.com", secret: 'test"secret' },
    inBody: { email: "test@example.com", secret: 'test"secret' },
    checkHeaders: noHeaders,
    ...json,
    succeed(answer) {
      const fields = /** @type {Fields} */ (answer);
      return typeof answer === "object" && fields && "success" in fields
        ? { ...fields, success: true }
        : answer;
    },
  },
};

/**
 * @param {string} provider
 * @returns {Adapter}
 */
export function adapterOf(provider) {
  const adapter = ADAPTERS[provider];
  if (!adapter) throw new Error(`adapters.js has nothing about ${provider}`);
  return adapter;
}
