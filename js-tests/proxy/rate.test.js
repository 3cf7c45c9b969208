// The rate holds to the number, whoever calls how often at once, and a store that fails opens nothing.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kindOf, OTHER_TOKEN, read, requestOf, setUp } from "./setup.js";

const { make, start, sent, sandbox, proxies } = await setUp();
const HOST = "http://proxy.example";

/** @param {any} proxy @param {import("./setup.js").Ask} [ask] */
const ask = async (proxy, ask) => await read(await proxy.fetch(requestOf(HOST, ask)));
/** @param {Awaited<ReturnType<typeof read>>} answer */
const refusal = (answer) => [answer.status, kindOf(answer)];
const MANY = 200;
const OTHER = { authorization: `Bearer ${OTHER_TOKEN}` };
const RATE = [429, "RateLimitError proxy_rate"];
/** A window in which nothing comes back while a test runs. */
const LONG = { windowSeconds: 1_000_000 };

describe("The rate", () => {
  it("holds to the number for many calls at once, and for each caller by itself", async () => {
    for (const limit of [1, 6, 7, 50]) {
      sandbox.combell.reset();
      const { call } = await start({ limits: { rate: { limit, ...LONG }, concurrency: MANY } });
      const answers = await Promise.all(Array.from({ length: MANY }, async () => read(await call())));
      const refused = answers.filter(({ status }) => status !== 200);
      assert.equal(refused.length, MANY - limit);
      for (const answer of refused) {
        assert.deepEqual(refusal(answer), RATE);
        assert.ok(answer.data.retryAfterMs > 1000);
        assert.equal(answer.headers.get("retry-after"), String(Math.ceil(answer.data.retryAfterMs / 1000)));
      }
      assert.equal(sent().length, limit);
      assert.equal((await call({ headers: OTHER })).status, 200);
    }
  });

  it("counts refused calls of known callers too, and none of unknown ones", async () => {
    const { proxy } = make({ limits: { rate: { limit: 2, ...LONG } } });
    for (let round = 0; round < 5; round++) {
      assert.equal((await ask(proxy, { headers: { authorization: "Bearer wrong" } })).status, 401);
    }
    assert.equal((await ask(proxy, { operation: "combell/accounts.list" })).status, 403);
    assert.equal((await ask(proxy, { body: "{" })).status, 400);
    assert.deepEqual(refusal(await ask(proxy)), RATE);
    assert.deepEqual(sent(), []);
  });

  it("is exact for every limit, and gives one call back when it says so", () => {
    for (let limit = 1; limit <= 300; limit++) {
      for (const windowSeconds of [1, 7, 60, 3600]) {
        const clock = { ms: 1_780_000_000_123 };
        const store = proxies.memoryStore(() => clock.ms);
        const take = () => store.take("caller", limit, windowSeconds);
        let taken = 0;
        while (take().allowed) taken++;
        assert.equal(taken, limit, `${limit} in ${windowSeconds} s`);
        clock.ms += take().retryAfterMs;
        assert.deepEqual([take().allowed, take().allowed], [true, windowSeconds * 1000 < limit], `${limit}`);
      }
    }
  });

  it("never lets more than twice the limit through in a window, however calls are spread", () => {
    const clock = { ms: 0 };
    const store = proxies.memoryStore(() => clock.ms);
    /** @type {number[]} */
    const taken = [];
    for (; clock.ms < 5000; clock.ms += 7) if (store.take("caller", 10, 1).allowed) taken.push(clock.ms);
    for (const from of taken) {
      assert.ok(taken.filter((ms) => ms >= from && ms < from + 1000).length <= 20);
    }
    assert.ok(taken.length <= 60, String(taken.length));
  });

  /** @type {[string, (key: string) => unknown, number, string][]} */
  const stores = [
    ["throws", throwing("at db.internal"), 503, "ServerError proxy_limits_failed"],
    ["rejects", () => Promise.reject(new Error("at db.internal")), 503, "ServerError proxy_limits_failed"],
    ["says nothing", () => undefined, ...tuple(RATE)],
    ["says null", () => null, ...tuple(RATE)],
    ["says true", () => true, ...tuple(RATE)],
    ["says text", () => ({ allowed: "true" }), ...tuple(RATE)],
    ["says 1", () => ({ allowed: 1 }), ...tuple(RATE)],
    ["forgets to say", async () => ({ retryAfterMs: 5 }), ...tuple(RATE)],
  ];
  for (const [name, take, status, kind] of stores) {
    it(`lets nothing through where the store ${name}`, async () => {
      const { proxy } = make({ limits: { rate: { limit: 5, windowSeconds: 60, store: { take } } } });
      const answer = await ask(proxy);
      assert.deepEqual(refusal(answer), [status, kind]);
      assert.doesNotMatch(answer.all, /internal/);
      assert.deepEqual(sent(), []);
    });
  }

  it("answers all the same where the store's wait makes no sense", async () => {
    for (const retryAfterMs of [Number.NaN, -5, Number.POSITIVE_INFINITY, "soon", 5n, {}]) {
      const take = () => ({ allowed: false, retryAfterMs });
      const { proxy } = make({ limits: { rate: { limit: 5, windowSeconds: 60, store: { take } } } });
      assert.ok((await ask(proxy)).status >= 429);
    }
    assert.deepEqual(sent(), []);
  });

  it("asks the store for who is calling, with the limit", async () => {
    /** @type {unknown[][]} */
    const asked = [];
    const take = (/** @type {unknown[]} */ ...given) => {
      asked.push(given);
      return { allowed: true };
    };
    const limits = { rate: { limit: 5, windowSeconds: 60, store: { take } } };
    await ask(make({ limits }).proxy);
    await ask(make({ limits, authorize: () => "by name" }).proxy);
    await ask(make({ limits, authorize: () => ({ team: 7 }) }).proxy);
    await ask(make({ limits: { ...limits, keyOf: () => "all of them" } }).proxy);
    assert.deepEqual(
      asked,
      ["tests", "by name", '{"team":7}', "all of them"].map((key) => [key, 5, 60]),
    );
  });

  it("lets nothing through where keyOf does not name the caller by text", async () => {
    for (const keyOf of [
      async () => "a",
      () => ({}),
      () => undefined,
      () => 5,
      throwing("x"),
      throwing(null),
    ]) {
      const { proxy } = make({ limits: { keyOf } });
      assert.ok([500, 503].includes((await ask(proxy)).status));
    }
    const circle = {};
    Object.assign(circle, { circle });
    assert.equal((await ask(make({ authorize: () => circle }).proxy)).status, 500);
    assert.deepEqual(sent(), []);
  });
});

/** @param {(string | number)[]} refused @returns {[number, string]} */
function tuple([status, kind]) {
  return [Number(status), String(kind)];
}

/** @param {unknown} thrown @returns {() => never} */
function throwing(thrown) {
  return () => {
    throw thrown;
  };
}
