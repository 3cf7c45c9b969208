// A fetch of the caller's own, and observers: whatever they do, a call ends as it should.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { ACCOUNT, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();

/** @param {() => unknown} answer */
function countingFetch(answer) {
  const counting = {
    count: 0,
    fetch() {
      counting.count++;
      return answer();
    },
  };
  return counting;
}

const fail = (/** @type {unknown} */ thrown) => () => {
  throw thrown;
};

describe("a fetch of one's own", () => {
  /** @type {{ [what: string]: () => unknown }} */
  const USELESS = {
    "throws before there is a promise": fail(new Error("no network here")),
    "throws what is no error": fail("no network here"),
    "throws nothing": fail(undefined),
    rejects: () => Promise.reject(new TypeError("no network here")),
    "rejects with nothing": () => Promise.reject(),
    "gives undefined": () => undefined,
    "gives null": async () => null,
    "gives a number": async () => 7,
    "gives an object": async () => ({}),
    "gives half a response": async () => ({ status: 200, headers: new Headers() }),
    "gives a response without headers": async () => ({ status: 200, text: async () => "{}" }),
    "gives a response that was read": async () => {
      const response = new Response("{}");
      await response.text();
      return response;
    },
    "gives a network error": async () => Response.error(),
  };
  for (const [what, answer] of Object.entries(USELESS)) {
    it(`that ${what} makes a HostwireError, and a purchase is not sent again`, async () => {
      const counting = countingFetch(answer);
      const error = await rejection(client({ fetch: counting.fetch }).accounts.create(ACCOUNT));
      assert.ok(error instanceof combell.HostwireError, String(error));
      assert.ok(!(error instanceof combell.ApiError), String(error));
      assert.deepEqual([error.provider, error.operation], ["combell", "accounts.create"]);
      assert.equal(counting.count, 1);
    });
  }

  it("that fails tells why in cause", async () => {
    for (const answer of [
      fail(new Error("no network here")),
      () => Promise.reject(new Error("no network here")),
    ]) {
      const { fetch } = countingFetch(answer);
      const error = await rejection(client({ fetch }).accounts.list({}, { maxRetries: 0 }));
      assert.ok(error instanceof combell.ConnectionError);
      assert.match(error.cause.message, /no network here/);
      assert.match(error.message, /no network here/);
    }
  });

  it("is called with a text and a plain description, and without a receiver", async () => {
    /** @type {any} */
    let seen;
    const fetch = function (/** @type {any[]} */ ...args) {
      // @ts-expect-error what a service binding would object to
      seen = { receiver: this, args };
      return Response.json([]);
    };
    await client({ fetch }).servicepacks.list();
    const [url, init] = seen.args;
    assert.equal(seen.receiver, undefined);
    assert.equal(url, `${sandbox.url}/v2/servicepacks`);
    assert.deepEqual([init.method, init.redirect, init.body], ["GET", "manual", undefined]);
    assert.ok(init.signal instanceof AbortSignal);
    assert.match(init.headers.authorization, /^hmac /);
  });

  it("is the global one where none is given, as it is at the time of the call", async (t) => {
    const api = client();
    const mocked = t.mock.method(globalThis, "fetch", async () => Response.json([]));
    await api.servicepacks.list();
    assert.equal(mocked.mock.callCount(), 1);
    assert.deepEqual(sent(), []);
  });
});

describe("observers", () => {
  /** @param {() => unknown} observer */
  const watched = (observer) => client({ onRequest: observer, onResponse: observer, onRetry: observer });

  it("that throw change nothing", async () => {
    sandbox.misbehave({ fault: { type: "status", status: 503 } });
    const account = await watched(fail(new Error("observer"))).accounts.get({ account_id: 200001 });
    assert.equal(account.id, 200001);
  });

  it("are told what happens", async () => {
    /** @type {any[]} */
    const events = [];
    sandbox.misbehave({ fault: { type: "status", status: 503 } });
    const note = (/** @type {any} */ event) => void events.push({ ...event });
    await client({ onRequest: note, onResponse: note, onRetry: note }).accounts.list({ take: 1 });
    assert.equal(events.length, 5);
    for (const [index, { provider, operation, method, url, attempt }] of events.entries()) {
      assert.deepEqual([provider, operation, method], ["combell", "accounts.list", "GET"]);
      assert.equal(url, `${sandbox.url}/v2/accounts?take=1`);
      assert.equal(attempt, index < 3 ? 1 : 2);
    }
    const [, answered, again] = events;
    assert.equal(answered.status, 503);
    assert.equal(typeof answered.durationMs, "number");
    assert.deepEqual([again.status, again.reason, again.delayMs], [503, "ServerError", 0]);
  });

  // The last one: where it fails, its call is still under way.
  it("that reject change nothing", async () => {
    sandbox.misbehave({ fault: { type: "status", status: 503 } });
    const account = await watched(() => Promise.reject(new Error("observer"))).accounts.get({
      account_id: 200001,
    });
    assert.equal(account.id, 200001);
    // An unhandled rejection would end the program about now.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
