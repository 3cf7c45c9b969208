// A call is given up: by the caller's signal in each phase, or by the clock.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { ACCOUNT, RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();

/** A fetch that tells of the answer's headers before the caller gets to see them. */
const tellingFetch = (/** @type {() => void} */ onHeaders) =>
  /** @type {typeof fetch} */ (
    async (...args) => {
      const response = await fetch(...args);
      onHeaders();
      return response;
    }
  );

/** A fetch that never settles, whatever happens to its signal. */
const deafFetch = () => new Promise(() => undefined);

/** @returns {Promise<void>} */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits until so many requests have arrived. */
async function arrived(count = 1) {
  while (sandbox.requests.length < count) await nextTurn();
}

/**
 * Each phase of a call, aborted in it.
 *
 * @typedef {(abort: () => void, signal: AbortSignal) => Promise<unknown>} Phase
 * @type {{ [name: string]: { requests: number, run: Phase } }}
 */
const PHASES = {
  "before the call": {
    requests: 0,
    run: (abort, signal) => {
      abort();
      return client().accounts.list({}, { signal });
    },
  },
  "right after the call": {
    requests: 0,
    run: (abort, signal) => {
      // The first call of the program still has the WebAssembly to load; this one may have.
      const call = client().accounts.list({}, { signal });
      abort();
      return call;
    },
  },
  "while the answer is waited for": {
    requests: 1,
    run: (abort, signal) => {
      sandbox.misbehave({ fault: "hang" });
      arrived().then(abort);
      return client().accounts.list({}, { signal });
    },
  },
  "while the body comes in": {
    requests: 1,
    run: (abort, signal) => {
      sandbox.misbehave({ fault: "hangBody" });
      const fetch = tellingFetch(() => setImmediate(abort));
      return client({ fetch }).accounts.list({}, { signal });
    },
  },
  "while a file comes in": {
    requests: 1,
    run: (abort, signal) => {
      const [certificate] = sandbox.world.certificates.all();
      sandbox.misbehave({ fault: "hangBody" });
      const fetch = tellingFetch(() => setImmediate(abort));
      const params = {
        sha1_fingerprint: certificate?.sha1_fingerprint,
        file_format: "pfx",
        password: "correct4horse",
      };
      return client({ fetch }).sslCertificates.download(params, { signal });
    },
  },
  "as a repetition is announced": {
    requests: 1,
    run: (abort, signal) => {
      sandbox.misbehave({ fault: { type: "status", status: 503 } });
      return client({ onRetry: abort }).accounts.list({}, { signal });
    },
  },
  "in the pause before a repetition": {
    requests: 1,
    run: (abort, signal) => {
      sandbox.misbehave({ fault: { type: "rateLimit", retryAfter: 60 } });
      return client({ onRetry: () => setImmediate(abort) }).accounts.list({}, { signal });
    },
  },
  "with a fetch that does not heed its signal": {
    requests: 0,
    run: (abort, signal) => {
      setImmediate(abort);
      return client({ fetch: deafFetch }).accounts.list({}, { signal });
    },
  },
  "in the pause of a wait": {
    requests: 2,
    run: async (abort, signal) => {
      const call = client().accounts.create(ACCOUNT);
      return call.wait({ signal, intervalMs: 60_000, onProgress: () => setImmediate(abort) });
    },
  },
  "while a wait asks": {
    requests: 2,
    run: async (abort, signal) => {
      sandbox.misbehave({ operation: "provisioningJobs.get", fault: "hang" });
      arrived(2).then(abort);
      return client().accounts.create(ACCOUNT).wait({ signal });
    },
  },
  "in a walk, between its pages": {
    requests: 1,
    run: async (abort, signal) => {
      for await (const _ of client().accounts.list({ take: 10 }, { signal })) abort();
    },
  },
};

describe("an abort", () => {
  for (const [phase, { requests, run }] of Object.entries(PHASES)) {
    it(`${phase} rejects with the signal's reason, and leaves no listener`, async () => {
      const controller = new AbortController();
      const reason = { phase };
      const thrown = await rejection(run(() => controller.abort(reason), controller.signal));
      assert.equal(thrown, reason);
      assert.equal(sandbox.requests.length, requests);
      assert.deepEqual(getEventListeners(controller.signal, "abort"), []);
    });
  }

  it("rejects with the reason itself, whatever it is", async () => {
    const reasons = [
      undefined,
      null,
      "text",
      new Error("mine"),
      new combell.TimeoutError("mine", { timeoutMs: 1 }),
      new combell.ConnectionError("mine"),
    ];
    for (const reason of reasons) {
      for (const maxRetries of [0, 2]) {
        sandbox.reset();
        sandbox.misbehave({ fault: "hang" });
        const controller = new AbortController();
        const { signal } = controller;
        arrived().then(() => controller.abort(reason));
        const thrown = await rejection(client({ maxRetries }).accounts.list({}, { signal }));
        assert.equal(thrown, signal.reason, String(reason));
        assert.equal(sandbox.requests.length, 1, "an aborted call was sent again");
      }
    }
  });

  it("may come from AbortSignal.timeout", async () => {
    sandbox.misbehave({ fault: "hang" });
    const signal = AbortSignal.timeout(50);
    const thrown = await rejection(client().accounts.list({}, { signal }));
    assert.equal(thrown, signal.reason);
    assert.equal(thrown.name, "TimeoutError");
    assert.ok(!(thrown instanceof combell.TimeoutError));
  });

  it("comes too late for a call that has ended", async () => {
    const controller = new AbortController();
    const call = client().accounts.get({ account_id: 200001 }, { signal: controller.signal });
    await call;
    controller.abort();
    assert.equal((await call).id, 200001);
  });

  it("reaches the fetch that was given", async () => {
    /** @type {AbortSignal | undefined} */
    let inner;
    const controller = new AbortController();
    const fetch = (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
      inner = init.signal ?? undefined;
      setImmediate(() => controller.abort("enough"));
      return new Promise(() => undefined);
    };
    await rejection(client({ fetch }).accounts.list({}, { signal: controller.signal }));
    assert.equal(inner?.aborted, true);
    assert.equal(inner?.reason, "enough");
  });
});

describe("a signal that lives long", () => {
  it("has no listener left after calls, however they ended", async () => {
    const { signal } = new AbortController();
    const api = client();
    for (const fault of /** @type {const} */ (["reset", "brokenJson", "rateLimit", "html", "emptyBody"])) {
      sandbox.misbehave({ fault });
      await api.accounts.list({}, { signal }).catch(() => undefined);
    }
    for await (const _ of api.accounts.list({ take: 100 }, { signal }));
    await api.accounts.list({ tak: 1 }, { signal }).catch(() => undefined);
    await api.accounts.create(ACCOUNT).wait({ signal, intervalMs: 1 });
    sandbox.misbehave({ fault: "hang" });
    await client({ timeoutMs: 20, maxRetries: 0 })
      .accounts.list({}, { signal })
      .catch(() => undefined);
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });
});

describe("a timeout", () => {
  const late = { timeoutMs: 50, maxRetries: 0 };

  it("is a TimeoutError that tells how long was waited", async () => {
    for (const fault of /** @type {const} */ (["hang", "hangBody"])) {
      sandbox.misbehave({ fault });
      const error = await rejection(client(late).accounts.list());
      assert.ok(error instanceof combell.TimeoutError, fault);
      assert.deepEqual([error.timeoutMs, error.attempts, error.operation], [50, 1, "accounts.list"]);
    }
  });

  it("may be set for one call", async () => {
    sandbox.misbehave({ fault: "hang" });
    const error = await rejection(client().dnsRecords.create(RECORD, { timeoutMs: 51 }));
    assert.equal(error.timeoutMs, 51);
    assert.deepEqual(sent(), ["dnsRecords.create"]);
  });

  it("does not depend on the fetch that was given", async () => {
    const error = await rejection(client({ ...late, fetch: deafFetch }).accounts.list());
    assert.ok(error instanceof combell.TimeoutError);
  });

  it("is for each attempt, not for all of them", async () => {
    sandbox.misbehave({ fault: "hang", times: "always" });
    const error = await rejection(client({ timeoutMs: 50 }).accounts.list());
    assert.equal(error.attempts, 3);
    assert.equal(sandbox.requests.length, 3);
  });
});
