// One call by way of a proxy that is made for it, and what came of it.

import assert from "node:assert/strict";
import { reveals } from "../package/leaks.js";
import { read, requestOf } from "./setup.js";

/**
 * @param {Awaited<ReturnType<typeof import("./setup.js").setUp>>} setup
 */
export function caller({ clients, make }) {
  /**
   * @param {string} operation with its provider
   * @param {unknown} params
   * @param {{ [name: string]: unknown }} [options] of the proxy, and `secrets` of the rule
   */
  return async (operation, params, { secrets, ...options } = {}) => {
    const [provider, name = ""] = /** @type {[keyof typeof clients, string]} */ (operation.split("/"));
    const allow = { [provider]: [{ operation: name, ...(secrets !== undefined && { secrets }) }] };
    const { proxy, events } = make({ clients: { [provider]: clients[provider]() }, allow, ...options });
    const headers = { "hostwire-retries": "0" };
    const request = requestOf("http://proxy.example", { operation, params, headers });
    return { ...(await read(await proxy.fetch(request))), events };
  };
}

/**
 * Nothing of the secrets is in a text, however it is escaped there.
 *
 * @param {string} text
 * @param {string[]} secrets
 */
export function assertHides(text, ...secrets) {
  for (const secret of secrets) assert.ok(!reveals(text, secret), `${secret} in ${text.slice(0, 500)}`);
}
