// What a program gives a client may itself call that client, at once or later, and may throw.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { QUICK, START, setUp } from "./setup.js";

const { sandbox, client, sent } = await setUp("hostkey");

const SERVER = { id: 34533, pin: 1907 };

/**
 * What a client is given, each with what it does by itself.
 *
 * @type {{ [name: string]: (act: () => unknown) => { [option: string]: unknown } }}
 */
const FUNCTIONS = {
  fetch: (act) => ({
    fetch: (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
      act();
      return fetch(url, init);
    },
  }),
  onRequest: (act) => ({ onRequest: act }),
  onResponse: (act) => ({ onResponse: act }),
  onRetry: (act) => ({ onRetry: act }),
  now: (act) => ({
    now: () => {
      act();
      return START;
    },
  }),
  "tokenStore.get": (act) => ({ tokenStore: { get: () => void act(), set() {}, delete() {} } }),
  "tokenStore.set": (act) => ({ tokenStore: { get() {}, set: () => void act(), delete() {} } }),
};

/** So that the first call is repeated. */
function prepare() {
  sandbox.reset();
  sandbox.misbehave({ operation: "eq.list", fault: { type: "status", status: 503 } });
}

describe("a client that is called from within", () => {
  for (const [name, give] of Object.entries(FUNCTIONS)) {
    it(`${name}, at once, answers both calls`, async () => {
      prepare();
      let isCalled = false;
      /** @type {Promise<any> | undefined} */
      let inner;
      const options = give(() => {
        if (isCalled) return;
        isCalled = true;
        inner = api.eq.list({});
      });
      const api = client(options);
      assert.equal((await api.eq.list({})).result, "OK");
      assert.ok(inner, "it was called");
      assert.equal((await inner).result, "OK");
      assert.equal(sandbox.logins, 1);
    });

    it(`${name}, and aborts both from there, ends both`, async () => {
      prepare();
      const gone = new AbortController();
      const reason = new Error("enough");
      /** @type {Promise<any> | undefined} */
      let inner;
      const options = give(() => {
        if (inner) return;
        inner = rejection(Promise.resolve().then(() => api.eq.list({}, { signal: gone.signal })));
        gone.abort(reason);
      });
      const api = client(options);
      assert.equal(await rejection(api.eq.list({}, { signal: gone.signal })), reason);
      assert.equal(await inner, reason);
    });
  }

  it("onProgress, at once, answers both calls", async () => {
    /** @type {Promise<any> | undefined} */
    let inner;
    const api = client();
    const onProgress = () => {
      inner ??= api.eq.list({});
    };
    const done = await api.eq.reboot(SERVER).wait({ ...QUICK, onProgress });
    assert.ok(done);
    assert.equal((await inner)?.result, "OK");
  });
});

describe("what throws", () => {
  const fault = new Error("it threw");
  const fail = () => {
    throw fault;
  };

  for (const name of ["onRequest", "onResponse", "onRetry", "tokenStore.get", "tokenStore.set"]) {
    it(`of ${name} changes nothing of the call`, async () => {
      prepare();
      assert.equal((await client(FUNCTIONS[name]?.(fail)).eq.list({})).result, "OK");
    });
  }

  it("of the clock is what the call rejects with, and nothing is sent", async () => {
    sandbox.reset();
    assert.equal(await rejection(client({ now: fail }).eq.list({})), fault);
    assert.deepEqual(sent(), []);
    assert.equal((await client().eq.list({})).result, "OK");
  });

  it("of onProgress is what the wait rejects with", async () => {
    assert.equal(
      await rejection(
        client()
          .eq.reboot(SERVER)
          .wait({ ...QUICK, onProgress: fail }),
      ),
      fault,
    );
  });

  it("of fetch is the cause of a ConnectionError", async () => {
    const error = await rejection(client({ fetch: fail, maxRetries: 0 }).eq.list({}));
    assert.equal(error.name, "ConnectionError");
    assert.equal(error.cause.message, "it threw");
  });
});
