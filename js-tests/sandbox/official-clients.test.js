// Requests as the providers' own clients send them. The sandbox takes every one of them, as the providers do, once
// it ignores fields that nobody knows.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { JSON_TYPE } from "./combahton/json-client.js";
import { FORM, isFailure } from "./hostkey/form-client.js";
import { startSandbox } from "./index.js";
import { send } from "./raw-client.js";

/** @param {string} name */
const requestsOf = (name) =>
  JSON.parse(readFileSync(new URL(`../fixtures/requests/${name}.json`, import.meta.url), "utf8")).requests;

/**
 * @param {import("node:test").TestContext} test
 * @param {import("./index.js").SandboxOptions} options
 */
async function start(test, options) {
  const sandbox = await startSandbox({ ...options, unknownFields: "ignore" });
  test.after(() => sandbox.close());
  return sandbox;
}

describe("the official Terraform client of Hostkey", () => {
  /** @type {{ operation: string, path: string, form: Record<string, string> }[]} */
  const requests = requestsOf("hostkey-terraform");

  /** Its traffic plan is not one of those that are here. */
  const RENAMED = { traffic_plan: ["23", "25"] };

  it("is understood, whichever shape comes first", async (test) => {
    assert.equal(requests.length, 28);
    for (const shapes of [0, 1]) {
      // An account has no PIN unless somebody sets one, and this client never sends any.
      const { hostkey } = await start(test, { providers: ["hostkey"], shapes, hostkey: { pinSet: false } });
      /** @type {Record<string, string[]>} */
      const renamed = { ...RENAMED };
      for (const { operation, path, form } of requests) {
        const fields = Object.entries(form).map(([name, value]) => {
          const [recorded, own] = renamed[name] ?? [];
          return [name, value === recorded ? String(own) : value];
        });
        const body = new URLSearchParams(fields).toString();
        const { status, json, text } = await send(hostkey.url, "POST", path, FORM, body);
        assert.equal(status, 200, `${operation}: ${text}`);
        assert.ok(!isFailure(json), `${operation}: ${text}`);
        assert.equal(hostkey.requests.at(-1)?.operationId, operation);
        if (operation === "auth.login") renamed.token = ["token-1", tokenIn(json)];
        if (operation === "eq.orderInstance") renamed.key = ["cb-1", String(json.callback)];
      }
      const server = hostkey.world.servers.find(34_533);
      assert.equal(server.tags.get("hostname")?.value, "renamed.example.com");
      assert.equal(server.addresses.all().length, 4);
      assert.equal(hostkey.world.cancellations.find(34_533).reason, "no longer needed");
    }
  });
});

/** @param {import("./raw-client.js").Reply} json */
const tokenIn = (json) => String(json.token ?? json.result?.token);

describe("combahton's command line client", () => {
  /** @type {{ path: string, json: Record<string, unknown> }[]} */
  const requests = requestsOf("combahton-cli");

  /** The recorded contract is a server here, and not a subnet; the address is nobody's. */
  const RENAMED = { contract: [603_000, 603_030], nexthop: ["192.0.2.1", "192.0.2.10"] };

  it("is understood", async (test) => {
    assert.equal(requests.length, 23);
    const { combahton } = await start(test, { providers: ["combahton"] });
    for (const { path, json } of requests) {
      const fields = Object.entries(json).map(([name, value]) => {
        const [recorded, own] = new Map(Object.entries(RENAMED)).get(name) ?? [];
        return [name, value === recorded ? own : value];
      });
      const body = JSON.stringify({ ...Object.fromEntries(fields), ...combahton.credentials });
      const { status, headers, text } = await send(combahton.url, "POST", path, JSON_TYPE, body);
      const what = `${json.component} ${json.method} ${json.action}: ${text}`;
      assert.equal(status, 200, what);
      assert.equal(headers["x-sandbox-reason"], undefined, what);
    }
    assert.equal(combahton.world.contracts.find(603_000).autoextend, true);
    assert.equal(combahton.world.servers.find(603_000).template, "Debian 12");
    assert.equal(combahton.world.contracts.find(603_030).nexthop, "192.0.2.10");
  });
});
