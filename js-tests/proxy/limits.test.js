// Calls at once, the time they may take, and a provider's own limits.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kindOf, OPEN, OTHER_TOKEN, read, requestOf, sendRaw, setUp } from "./setup.js";
import { until } from "./until.js";
import { hanging, rawHead, signalOf } from "./waiting.js";

const { clients, make, start, sent, sandbox } = await setUp();
const HOST = "http://proxy.example";

/** @param {any} proxy @param {import("./setup.js").Ask} [ask] */
const ask = async (proxy, ask) => await read(await proxy.fetch(requestOf(HOST, ask)));
/** @param {Awaited<ReturnType<typeof read>>} answer */
const refusal = (answer) => [answer.status, kindOf(answer)];
const OTHER = { authorization: `Bearer ${OTHER_TOKEN}` };
const BUSY = [429, "RateLimitError proxy_concurrency"];

describe("Calls at once", () => {
  it("are as many as may be and no more; the others are refused and not kept waiting", async () => {
    sandbox.combell.misbehave({ operation: "dnsRecords.list", times: 3, fault: "hang" });
    const { proxy } = make({ limits: { concurrency: 3, rate: false } });
    const gone = new AbortController();
    /** @type {Awaited<ReturnType<typeof read>>[]} */
    const answers = [];
    const { promise, resolve } = signalOf();
    const calls = Array.from({ length: 50 }, async () => {
      const answer = await ask(proxy, { signal: gone.signal });
      if (answers.push(answer) === 47) resolve();
    });
    await promise;
    assert.ok(answers.every((answer) => answer.status === 429 && kindOf(answer) === BUSY[1]));
    assert.equal((await ask(proxy, { headers: OTHER })).status, 200, "another caller has places of its own");
    gone.abort();
    await Promise.all(calls);
    const again = await Promise.all(Array.from({ length: 3 }, () => ask(proxy)));
    assert.deepEqual(
      again.map(({ status }) => status),
      [200, 200, 200],
    );
  });

  it("count while a body is awaited", async () => {
    // The call without a body is the first that is authorized; none of ours may take the place before it.
    const { promise: arrived, resolve: arrive } = signalOf();
    const authorize = () => {
      arrive();
      return { id: "tests" };
    };
    const { url, call } = await start({ authorize, limits: { concurrency: 1, bodyTimeoutMs: 60_000 } });
    const socket = sendRaw(url, [rawHead(url, "content-length: 2")], (text) => text.includes("\r\n\r\n"));
    await arrived;
    await until(async () => (await call()).status === 429);
    assert.deepEqual(refusal(await read(await call())), BUSY);
    void socket.catch(() => undefined);
  });

  it("give their places back, however they end", async () => {
    const { proxy } = make({
      limits: { concurrency: 1, rate: false },
      clients: { combell: clients.combell({ maxRetries: 0 }) },
    });
    sandbox.combell.misbehave({ operation: "dnsRecords.list", fault: "reset" });
    sandbox.combell.misbehave({ operation: "dnsRecords.list", fault: { type: "status", status: 500 } });
    sandbox.combell.misbehave({ operation: "dnsRecords.list", fault: "brokenJson" });
    const asks = [
      { body: "{" },
      { body: "x".repeat(2_000_000) },
      { headers: { "content-type": "text/plain" } },
      { params: { unknown: 1 } },
      { operation: "combell/dnsRecords.create", params: { domain_name: "example.net" } },
      {},
      {},
      {},
    ];
    for (const one of asks) {
      const { status } = await ask(proxy, one);
      assert.ok(status >= 400 && status !== 429, String(status));
    }
    assert.equal((await ask(proxy)).status, 200);
  });
});

describe("The deadline", () => {
  it("ends a call whose provider hangs, and the provider's call with it", async () => {
    const { fetch, aborted } = hanging();
    const { proxy, events } = make({
      clients: { combell: clients.combell({ fetch }) },
      limits: { timeoutMs: 30 },
    });
    const answer = await ask(proxy);
    assert.deepEqual(refusal(answer), [504, "TimeoutError"]);
    assert.equal(answer.data.timeoutMs, 30);
    await aborted;
    assert.deepEqual(
      events.responses.map(({ status, error }) => [status, error]),
      [[504, "TimeoutError"]],
    );
  });

  it("holds for all attempts together", async () => {
    sandbox.combell.misbehave({
      operation: "dnsRecords.list",
      times: "always",
      fault: { type: "rateLimit", retryAfter: 30 },
    });
    const { proxy } = make({ limits: { timeoutMs: 200 } });
    assert.deepEqual(refusal(await ask(proxy)), [504, "TimeoutError"]);
    assert.equal(sent().length, 1);
  });

  it("does not come where the caller is gone first; that reaches the provider too", async () => {
    const { fetch, begun, aborted } = hanging();
    const { call, events } = await start({ clients: { combell: clients.combell({ fetch }) } });
    const gone = new AbortController();
    const called = call({ signal: gone.signal }).catch((/** @type {unknown} */ error) => error);
    assert.equal(await Promise.race([begun, called]), undefined);
    gone.abort();
    await aborted;
    assert.equal(/** @type {Error} */ (await called).name, "AbortError");
    await until(() => events.responses.length === 1);
    assert.deepEqual([events.responses[0].status, events.responses[0].error], [499, "AbortError"]);
  });
});

describe("A provider's limit", () => {
  const noRepeats = { "hostwire-retries": "0" };

  it("is handed on with its wait", async () => {
    sandbox.combell.misbehave({ operation: "dnsRecords.list", fault: { type: "rateLimit", retryAfter: 7 } });
    const answer = await ask(make().proxy, { headers: noRepeats });
    assert.deepEqual([answer.status, answer.data.type], [429, "urn:hostwire:RateLimitError"]);
    assert.ok(!String(answer.data.code).startsWith("proxy_"));
    assert.equal(answer.data.retryAfterMs, 7000);
    assert.equal(answer.headers.get("retry-after"), "7");
    assert.equal(sent().length, 1);
  });

  it("of repeats can be lowered by the caller, and not raised", async () => {
    for (const [asked, attempts] of /** @type {const} */ ([
      ["0", 1],
      ["1", 2],
      ["2", 2],
      ["100", 2],
      ["999999", 2],
      ["-1", 2],
      ["1e3", 2],
      ["", 2],
      ["many", 2],
    ])) {
      sandbox.combell.reset();
      sandbox.combell.misbehave({
        operation: "dnsRecords.list",
        times: "always",
        fault: { type: "status", status: 503 },
      });
      const { proxy } = make({ clients: { combell: clients.combell({ maxRetries: 1 }) } });
      const answer = await ask(proxy, { operation: OPEN, headers: { "hostwire-retries": asked } });
      assert.deepEqual([answer.status, sent().length], [503, attempts], asked);
    }
  });
});
