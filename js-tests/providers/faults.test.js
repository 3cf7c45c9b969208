// What may go wrong on the way, for each of the four newer providers: the right error, and what is repeated by
// what it does. A purchase never goes out twice.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { setUp } from "./setup.js";

/**
 * @typedef {object} Calls
 * @property {[name: string, params: object]} read
 * @property {[name: string, params: object]} idempotent
 * @property {[name: string, params: object]} write not idempotent
 * @property {[name: string, params: object]} purchase
 */

/** @type {{ hostkey: Calls, ccloud: Calls, artnet: Calls, combahton: Calls }} */
const CALLS = {
  hostkey: {
    read: ["eq.show", { id: 34_533 }],
    idempotent: ["eq.on", { id: 34_533, pin: 1907 }],
    write: ["eq.reboot", { id: 34_533, pin: 1907 }],
    purchase: ["whmcs.createAddfunds", { amount: 10 }],
  },
  ccloud: {
    read: ["servers.get", { hostname: "vs10000" }],
    idempotent: ["servers.state.start", { hostname: "vs10000" }],
    write: ["servers.state.reset", { hostname: "vs10000" }],
    purchase: ["customers.addons.set", { addon: "report", count: 1 }],
  },
  artnet: {
    read: ["customer.details", {}],
    idempotent: ["customer.changeLanguage", { language: "en" }],
    write: ["dns.addPrimary", { domain: "new.example" }],
    purchase: ["offerDedicated.expressOrder", { server_id: 1 }],
  },
  combahton: {
    read: ["kvm.server.view", { id: "603000" }],
    idempotent: ["kvm.server.start", { id: "603001" }],
    write: ["kvm.server.reset", { id: "603000" }],
    purchase: ["customer.contract.order", { id: "2037" }],
  },
};

const CUT = /** @type {const} */ ({ type: "status", status: 503 });

for (const provider of /** @type {const} */ (["hostkey", "ccloud", "artnet", "combahton"])) {
  const { hostwire, sandbox, client } = await setUp(provider);
  const calls = CALLS[provider];

  /** @param {any} api @param {[string, object]} call */
  const run = (api, [name, params]) => name.split(".").reduce((at, step) => at[step], api)(params);
  /** @param {string} operation */
  const times = (operation) => sandbox.requests.filter(({ operationId }) => operationId === operation).length;

  /**
   * @param {[string, object]} call
   * @param {import("../sandbox/misbehave.js").Rule["fault"]} fault
   * @param {{ [name: string]: unknown }} [options]
   */
  async function failing(call, fault, options) {
    sandbox.misbehave({ operation: call[0], fault, times: "always" });
    const error = await rejection(run(client(options), call));
    return { error, sent: times(call[0]) };
  }

  describe(`${provider}: an answer that is wrong`, () => {
    /** @type {{ [what: string]: [fault: import("../sandbox/misbehave.js").Rule["fault"], Class: string]}} */
    const WRONG = {
      "a reset": ["reset", "ConnectionError"],
      "a body that breaks off": ["cutBody", "ConnectionError"],
      "a 500": [{ type: "status", status: 500 }, "ServerError"],
      "a 503 as a web page": [{ type: "html", status: 503 }, "ServerError"],
      "a web page": [{ type: "html", status: 200 }, "ResponseError"],
      "broken JSON": ["brokenJson", "ResponseError"],
      "no body": ["emptyBody", "ResponseError"],
      "a 429": [{ type: "rateLimit", retryAfter: 7 }, "RateLimitError"],
    };
    for (const [what, [fault, Class]] of Object.entries(WRONG)) {
      it(`${what} is a ${Class}`, async () => {
        const { error, sent } = await failing(calls.read, fault, { maxRetries: 0 });
        assert.equal(error.name, Class, String(error));
        assert.ok(error instanceof hostwire[Class]);
        assert.deepEqual([error.provider, error.operation, sent], [provider, calls.read[0], 1]);
        if (Class === "RateLimitError") assert.equal(error.retryAfterMs, 7000);
      });
    }

    it("that never comes is a TimeoutError", async () => {
      // The login, where there is one, has its time before.
      const api = client({ maxRetries: 0 });
      await run(api, calls.read);
      for (const fault of /** @type {const} */ (["hang", "hangBody"])) {
        sandbox.misbehave({ operation: calls.read[0], fault });
        const [name, params] = calls.read;
        const steps = name.split(".");
        const operation = steps.reduce((at, step) => at[step], api);
        const error = await rejection(operation(params, { timeoutMs: 100 }));
        assert.ok(error instanceof hostwire.TimeoutError, String(error));
        assert.equal(error.timeoutMs, 100);
      }
    });
  });

  describe(`${provider}: a failure that leaves open what was done`, () => {
    for (const fault of /** @type {const} */ (["resetAfter", CUT])) {
      const what = typeof fault === "string" ? fault : `status ${fault.status}`;
      it(`makes a read and an idempotent write go out again: ${what}`, async () => {
        assert.equal((await failing(calls.read, fault)).sent, 3);
        assert.equal((await failing(calls.idempotent, fault)).sent, 3);
      });

      it(`makes no other write and no purchase go out again: ${what}`, async () => {
        assert.equal((await failing(calls.write, fault)).sent, 1);
        assert.equal((await failing(calls.purchase, fault)).sent, 1);
      });
    }

    it("may be over the next time", async () => {
      sandbox.misbehave({ operation: calls.read[0], fault: "reset" });
      sandbox.misbehave({ operation: calls.read[0], fault: CUT });
      const { response } = await run(client(), calls.read).withResponse();
      assert.equal(response.attempts, 3);
    });
  });

  describe(`${provider}: too many requests`, () => {
    const TOO_MANY = /** @type {const} */ ({ type: "rateLimit", retryAfter: 0 });

    it("make a write go out again, which was refused before anything was done", async () => {
      assert.equal((await failing(calls.write, TOO_MANY)).sent, 3);
    });

    it("make no purchase go out again", async () => {
      assert.equal((await failing(calls.purchase, TOO_MANY)).sent, 1);
    });
  });

  it(`${provider}: what is wrong is not repeated`, async () => {
    assert.equal((await failing(calls.read, { type: "status", status: 404 })).sent, 1);
    assert.equal((await failing(calls.idempotent, "brokenJson")).sent, 1);
  });
}
