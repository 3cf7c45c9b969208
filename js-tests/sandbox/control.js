// The control surface under /_sandbox: what tests do in process, over HTTP. Not signed, not recorded.

import { KINDS } from "./faults.js";
import { asJson } from "./recorder.js";
import { isObject } from "./settings.js";

/**
 * @typedef {import("./misbehave.js").Rule} Rule
 * @typedef {import("./wire.js").WireReply} WireReply
 */

export const CONTROL_PATH = "/_sandbox";

/**
 * @param {import("./provider.js").Provider} provider
 * @param {import("./server.js").ProviderServer} running
 * @returns {(raw: ReturnType<typeof import("./exchange.js").rawRequest>) => WireReply}
 */
export function createControl(provider, running) {
  /** @type {Record<string, (value: unknown) => unknown>} */
  const endpoints = {
    "GET ": () => ({
      provider: provider.name,
      url: running.url,
      credentials: running.credentials,
      settings: provider.settings.all(),
      faults: Object.fromEntries(
        Object.entries(KINDS).map(([name, { says, required = [], optional = [] }]) => [
          name,
          { says, required, optional },
        ]),
      ),
      controls: Object.keys(endpoints).map((key) =>
        key.replace(/ \/?/, ` ${CONTROL_PATH}/`).replace(/\/$/, ""),
      ),
      internalErrors: running.internalErrors,
    }),
    "GET /requests": () => ({ requests: running.requests.map(asJson) }),
    "DELETE /requests": () => {
      running.requests.length = 0;
      return { requests: [] };
    },
    "POST /misbehave": (value) => {
      const rules = /** @type {Rule[]} */ ([value].flat());
      for (const rule of rules) running.misbehave(rule);
      return { rules: rules.length };
    },
    "DELETE /misbehave": () => {
      running.behave();
      return { rules: 0 };
    },
    "POST /config": (value) => {
      if (!isObject(value)) throw new TypeError("config: an object is expected");
      running.configure(value);
      return provider.settings.all();
    },
    "POST /reset": () => {
      running.reset();
      return { reset: true };
    },
    ...Object.fromEntries(Object.entries(provider.controls).map(([name, run]) => [`POST /${name}`, run])),
  };

  return ({ method, path, rawBody }) => {
    const endpoint = endpoints[`${method} ${path.slice(CONTROL_PATH.length).replace(/\/$/, "") || ""}`];
    if (!endpoint) return reply(404, { error: "No such control.", known: Object.keys(endpoints) });
    try {
      const value = rawBody.length > 0 ? JSON.parse(rawBody.toString("utf8")) : undefined;
      return reply(200, endpoint(value) ?? {});
    } catch (error) {
      return reply(400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

/**
 * @param {number} status
 * @param {unknown} json
 * @returns {WireReply}
 */
const reply = (status, json) => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: Buffer.from(`${JSON.stringify(json, null, 2)}\n`),
});
