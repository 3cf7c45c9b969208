// How a call fails behind a proxy is how it fails without one: classes and what they tell, repetitions, aborts, time.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { ACCOUNT } from "../package/setup.js";
import { setUp, startServer } from "./served.js";
import { until } from "./until.js";

const { hostwire, sandbox, startProxy, directClient, proxiedClient, sent } = await setUp();
const proxy = await startProxy();
const ONCE = { maxRetries: 0 };

/** What an error tells, but for the address that it came from. @param {any} error */
const toldBy = (error) => {
  const { name, message, provider, operation, status, body, code } = error;
  const { issues, attempts, retryAfterMs, timeoutMs } = error;
  assert.ok(
    error instanceof hostwire[name] && error instanceof hostwire.HostwireError && error instanceof Error,
  );
  return {
    ...{ class: error.constructor === hostwire[name], name, message, provider, operation, status },
    ...{ code, issues, attempts, retryAfterMs, timeoutMs, body },
  };
};

/**
 * The error of a call with credentials, and of the same call behind the proxy.
 *
 * @param {(client: any) => PromiseLike<unknown>} call
 * @param {import("../sandbox/misbehave.js").Rule["fault"]} [fault]
 */
async function bothErrors(call, fault) {
  const errors = [];
  for (const client of [directClient("combell", ONCE), proxiedClient("combell", proxy.url, ONCE)]) {
    sandbox.combell.reset();
    if (fault) sandbox.combell.misbehave({ fault, times: "always" });
    errors.push(await rejection(call(client)));
  }
  return /** @type {[any, any]} */ (errors);
}

const getAccount = (/** @type {any} */ { accounts }) => accounts.get({ account_id: 200_001 });

describe("an error behind a proxy", () => {
  for (const status of [
    400, 402, 403, 404, 405, 408, 409, 410, 413, 418, 422, 429, 451, 499, 500, 502, 503, 504, 511,
  ]) {
    it(`is for a provider's ${status} what it is without one`, async () => {
      const [direct, proxied] = await bothErrors(getAccount, { type: "status", status });
      assert.deepEqual(toldBy(proxied), toldBy(direct));
      assert.equal(proxied.status, status);
    });
  }

  it("is for a 401 an AuthenticationError with the provider's status, though the proxy answers 502", async () => {
    const [direct, proxied] = await bothErrors(getAccount, { type: "status", status: 401 });
    assert.deepEqual(toldBy(proxied), toldBy(direct));
    const response = await fetch(`${proxy.url}/combell/accounts.get`, {
      method: "POST",
      headers: { authorization: "Bearer token-of-the-parity-tests", "content-type": "application/json" },
      body: '{"account_id":200001}',
    });
    assert.equal(response.status, 502);
    assert.equal((await response.json()).type, "urn:hostwire:AuthenticationError");
  });

  it("has the issues and codes that the provider tells", async () => {
    for (const call of [
      (/** @type {any} */ { accounts }) => accounts.create({ identifier: "..", servicepack_id: 1001 }),
      (/** @type {any} */ { dnsRecords }) =>
        dnsRecords.create({ domain_name: "example.com", type: "A", content: "no address" }),
      (/** @type {any} */ { accounts }) => accounts.get({ account_id: 1 }),
    ]) {
      const [direct, proxied] = await bothErrors(call);
      assert.deepEqual(toldBy(proxied), toldBy(direct));
    }
  });

  it("is an InputError of the client's own where the params are wrong, and nothing is sent", async () => {
    const before = proxy.arrived;
    const [direct, proxied] = await bothErrors(({ accounts }) => accounts.get({ account: 1, acount_id: 2 }));
    assert.deepEqual(toldBy(proxied), toldBy(direct));
    assert.equal(proxied.name, "InputError");
    assert.equal(proxy.arrived, before);
  });

  it("is a NotAllowedError of the client's own, or of the proxy's client", async () => {
    const own = await rejection(
      proxiedClient("combell", proxy.url, { allow: ["read"] }).accounts.create(ACCOUNT),
    );
    const reading = await startProxy({}, { allow: ["read"] });
    const theirs = await rejection(proxiedClient("combell", reading.url).accounts.create(ACCOUNT));
    for (const error of [own, theirs]) {
      assert.ok(error instanceof hostwire.NotAllowedError);
      assert.equal(error.operation, "accounts.create");
    }
    assert.deepEqual(sent(), []);
  });

  it("tells how long to wait, in milliseconds", async () => {
    const [direct, proxied] = await bothErrors(getAccount, { type: "rateLimit", retryAfter: 17 });
    assert.ok(proxied instanceof hostwire.RateLimitError);
    assert.deepEqual([proxied.retryAfterMs, direct.retryAfterMs], [17_000, 17_000]);
  });

  for (const fault of /** @type {const} */ (["html", "brokenJson", "emptyBody"])) {
    it(`is a ResponseError where the provider answers with ${fault}`, async () => {
      const [direct, proxied] = await bothErrors(getAccount, fault);
      const { body: _, ...told } = toldBy(direct);
      const { body, ...same } = toldBy(proxied);
      // What came in place of an answer may be anything, so it stays with the proxy.
      assert.equal(body, undefined);
      const message = told.message.replace(/(\(content-type [^)]*\)): .*$/, "$1");
      assert.deepEqual(same, { ...told, message });
      assert.equal(message === told.message, fault === "emptyBody");
    });
  }

  for (const fault of /** @type {const} */ (["reset", "resetAfter", "cutBody"])) {
    it(`is a ConnectionError where the provider's connection breaks off: ${fault}`, async () => {
      const [direct, proxied] = await bothErrors(getAccount, fault);
      // Why, and at which address, is the proxy's business.
      const { message: _, ...told } = toldBy(direct);
      const { message, ...same } = toldBy(proxied);
      assert.deepEqual(same, told);
      assert.equal(message, "combell could not be reached for accounts.get");
    });
  }

  it("of Artnet, Hostkey and combahton arrives where the provider says no with HTTP 200", async () => {
    for (const [name, call] of /** @type {const} */ ([
      ["artnet", (/** @type {any} */ client) => client.vps.details({ service_id: 999_999 })],
      ["hostkey", (/** @type {any} */ client) => client.eq.show({ id: 999_999 })],
      ["combahton", (/** @type {any} */ client) => client.kvm.server.view({ id: 999_999 })],
    ])) {
      const direct = await rejection(call(directClient(name, ONCE)));
      const proxied = await rejection(call(proxiedClient(name, proxy.url, ONCE)));
      assert.deepEqual(toldBy(proxied), toldBy(direct));
      assert.ok(proxied instanceof hostwire.ApiError);
    }
  });

  it("has the stack of whoever made the call", async () => {
    const { stack } = await rejection(getAccountOfNobody());
    assert.match(stack, /getAccountOfNobody/);
  });
});

async function getAccountOfNobody() {
  return await proxiedClient("combell", proxy.url).accounts.get({ account_id: 1 });
}

describe("repetitions behind a proxy", () => {
  const unavailable = { type: /** @type {const} */ ("status"), status: 503 };

  it("of a read that meets two 503 make three requests at the provider, and three at the proxy", async () => {
    const before = proxy.arrived;
    sandbox.combell.misbehave({ fault: unavailable, times: 2 });
    /** @type {unknown[]} */
    const retries = [];
    const onRetry = (/** @type {any} */ { attempt, status, reason }) =>
      retries.push([attempt, status, reason]);
    const { response } = await getAccount(proxiedClient("combell", proxy.url, { onRetry })).withResponse();
    assert.deepEqual([sandbox.combell.requests.length, proxy.arrived - before, response.attempts], [3, 3, 3]);
    assert.deepEqual(retries, [
      [1, 503, "ServerError"],
      [2, 503, "ServerError"],
    ]);
  });

  it("end after maxRetries, the client's or the call's, whatever the proxy's client would do", async () => {
    for (const [options, callOptions, requests] of /** @type {const} */ ([
      [{}, {}, 3],
      [{ maxRetries: 0 }, {}, 1],
      [{ maxRetries: 0 }, { maxRetries: 4 }, 5],
    ])) {
      sandbox.combell.reset();
      sandbox.combell.misbehave({ fault: unavailable, times: "always" });
      const { accounts } = proxiedClient("combell", proxy.url, options);
      const error = await rejection(accounts.get({ account_id: 200_001 }, callOptions));
      assert.deepEqual([sandbox.combell.requests.length, error.attempts], [requests, requests]);
    }
  });

  it("come after a 429 for a write too, as it was certainly not carried out", async () => {
    sandbox.combell.misbehave({ fault: { type: "rateLimit", retryAfter: 0 }, times: 2 });
    const record = { domain_name: "example.com", type: "A", record_name: "again", content: "192.0.2.1" };
    await proxiedClient("combell", proxy.url).dnsRecords.create(record);
    assert.equal(sandbox.combell.requests.length, 3);
  });

  for (const fault of [unavailable, /** @type {const} */ ("reset"), /** @type {const} */ ("resetAfter")]) {
    const named = typeof fault === "string" ? fault : fault.status;
    it(`are none for a purchase that meets ${named}`, async () => {
      const before = proxy.arrived;
      sandbox.combell.misbehave({ fault, times: "always" });
      const error = await rejection(proxiedClient("combell", proxy.url).accounts.create(ACCOUNT));
      assert.deepEqual([sandbox.combell.requests.length, proxy.arrived - before], [1, 1]);
      assert.equal(error.attempts, 1);
    });
  }

  it("are none for a purchase where the connection to the proxy breaks off", async () => {
    const broken = await startServer((_, response) => response.destroy());
    const error = await rejection(proxiedClient("combell", broken.url).accounts.create(ACCOUNT));
    assert.ok(error instanceof hostwire.ConnectionError);
    assert.equal(broken.arrived, 1);
  });

  it("are made by the proxy itself where a session token has ended: nothing was done on a refusal", async () => {
    const { eq } = proxiedClient("hostkey", proxy.url, ONCE);
    await eq.list();
    sandbox.hostkey.expireTokens();
    sandbox.hostkey.requests.length = 0;
    assert.equal((await eq.list()).result, "OK");
    assert.deepEqual(sent(), ["eq.list", "auth.login", "eq.list"]);
  });
});

describe("a call behind a proxy that is given up", { timeout: 60_000 }, () => {
  /** A provider that never answers, and sees connections being closed. */
  async function startSilent() {
    const seen = { open: 0, closed: 0 };
    const { url } = await startServer((_, response) => {
      seen.open++;
      response.on("close", () => seen.closed++);
    });
    return { url, seen };
  }

  it("by its signal rejects with the reason, and its provider call is broken off", async () => {
    const { url: baseUrl, seen } = await startSilent();
    /** @type {any[]} */
    const events = [];
    const { url } = await startProxy(
      { onResponse: (/** @type {any} */ event) => events.push(event) },
      { baseUrl },
    );
    const controller = new AbortController();
    const reason = { why: "changed my mind" };
    const call = rejection(
      getAccount({
        accounts: {
          get: (/** @type {any} */ params) =>
            proxiedClient("combell", url).accounts.get(params, { signal: controller.signal }),
        },
      }),
    );
    await until(() => seen.open === 1);
    controller.abort(reason);
    assert.equal(await call, reason);
    await until(() => seen.closed === 1);
    await until(() => events.length === 1);
    assert.deepEqual([events[0].status, events[0].error], [499, "AbortError"]);
    assert.equal(seen.open, 1);
  });

  it("by its timeout ends with a TimeoutError of its own, and its provider call is broken off", async () => {
    const { url: baseUrl, seen } = await startSilent();
    const { url } = await startProxy({}, { baseUrl });
    const error = await rejection(proxiedClient("combell", url, { ...ONCE, timeoutMs: 200 }).accounts.list());
    assert.ok(error instanceof hostwire.TimeoutError);
    assert.deepEqual([error.timeoutMs, error.attempts], [200, 1]);
    await until(() => seen.open === seen.closed);
  });

  it("by the proxy's client ends with that one's TimeoutError", async () => {
    const { url: baseUrl, seen } = await startSilent();
    const { url } = await startProxy({}, { baseUrl, timeoutMs: 30 });
    const error = await rejection(proxiedClient("combell", url, ONCE).accounts.list());
    assert.ok(error instanceof hostwire.TimeoutError);
    assert.deepEqual([error.timeoutMs, error.attempts, seen.open], [30, 1, 1]);
  });

  it("by the proxy's limit ends with a TimeoutError of that", async () => {
    const { url: baseUrl, seen } = await startSilent();
    const limits = { rate: false, timeoutMs: 40 };
    const { url } = await startProxy({ limits }, { baseUrl });
    const error = await rejection(proxiedClient("combell", url, ONCE).accounts.list());
    assert.ok(error instanceof hostwire.TimeoutError);
    assert.equal(error.timeoutMs, 40);
    await until(() => seen.open === seen.closed);
  });

  it("before it begins sends nothing", async () => {
    const before = proxy.arrived;
    const { accounts } = proxiedClient("combell", proxy.url);
    assert.equal(
      await rejection(accounts.list({}, { signal: AbortSignal.abort("never mind") })),
      "never mind",
    );
    assert.equal(proxy.arrived, before);
  });

  it("leaves no place taken: others of the same caller go on", async () => {
    const { url: baseUrl, seen } = await startSilent();
    const { url } = await startProxy({ limits: { rate: false, concurrency: 2 } }, { baseUrl });
    for (let round = 1; round <= 3; round++) {
      const controller = new AbortController();
      const { accounts } = proxiedClient("combell", url, ONCE);
      const calls = [1, 2].map(() => rejection(accounts.list({}, { signal: controller.signal })));
      await until(() => seen.open === 2 * round);
      const refused = await rejection(accounts.list());
      assert.equal(refused.code, "proxy_concurrency");
      controller.abort("enough");
      assert.deepEqual(await Promise.all(calls), ["enough", "enough"]);
      await until(() => seen.closed === 2 * round);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it("ends where the proxy's server is stopped under way", async () => {
    const silent = await startServer((request) => void request.resume());
    const call = rejection(proxiedClient("combell", silent.url, ONCE).accounts.list());
    await until(() => silent.arrived === 1);
    silent.breakOff();
    assert.ok((await call) instanceof hostwire.ConnectionError);
  });
});
