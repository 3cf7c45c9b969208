// What the tests need to know of each provider beyond its spec. A provider that is built and is not here
// fails the tests.

import assert from "node:assert/strict";
import { sign, stringToSign } from "../sandbox/combell/signature.js";

/**
 * @typedef {import("./servers.js").Recorded} Recorded
 *
 * @typedef {object} Adapter
 * @property {string} className
 * @property {{ [name: string]: string }} credentials
 * @property {(request: Recorded, now: number) => string} checkAuth fails where the request does not prove who
 *   is calling; gives what must not be used twice
 * @property {(request: Recorded) => unknown} readBody what a body says, by the provider's own rules
 */

/** @type {Adapter["checkAuth"]} */
function checkCombell({ method, path, query, headers, body }, now) {
  const { apiKey = "", apiSecret = "" } = ADAPTERS.combell?.credentials ?? {};
  const parts = /^hmac ([^:\s]+):([A-Za-z0-9+/]{43}=):([^:\s]+):(\d+)$/.exec(headers.authorization ?? "");
  assert.ok(parts, `Authorization: ${headers.authorization}`);
  const [, key, signature, nonce = "", timestamp = ""] = parts;
  assert.equal(key, apiKey);
  assert.equal(Number(timestamp), Math.floor(now / 1000));
  const text = stringToSign("document", { apiKey, method, path, query, timestamp, nonce, body });
  assert.equal(signature, sign(apiSecret, text), "the signature");
  return nonce;
}

/** @type {{ [provider: string]: Adapter }} */
export const ADAPTERS = {
  combell: {
    className: "Combell",
    credentials: { apiKey: "test-key", apiSecret: "test/secret+1" },
    checkAuth: checkCombell,
    readBody({ headers, body }) {
      assert.equal(headers["content-type"], "application/json");
      return JSON.parse(body.toString("utf8"));
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
