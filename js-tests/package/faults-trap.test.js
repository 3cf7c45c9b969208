// The core traps: that call fails, calls that are under way are told, and the next gets a fresh instance.

import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { rejection } from "./rejection.js";
import { ACCOUNT, setUp } from "./setup.js";

/** No types of Node tell of it. */
const wasm = /** @type {any} */ (globalThis).WebAssembly;

/** A module whose one function does nothing but trap: `(module (func (export "f") unreachable))`. */
const TRAP = new Uint8Array([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
  ...[10, 5, 1, 3, 0, 0, 11],
]);
const trap = /** @type {() => never} */ (new wasm.Instance(new wasm.Module(TRAP)).exports.f);

/** How often the core was instantiated. */
let instances = 0;
/** How often each export was called. @type {Map<string, number>} */
let called = new Map();
/** The export that is to trap, and how often it may be called before. @type {{ name: string, after: number } | undefined} */
let next;

const { instantiate } = wasm;
/** @param {any[]} args */
async function instantiateTrapped(...args) {
  const [source, imports] = args;
  const made = await instantiate(source, imports);
  if (!Object.hasOwn(imports ?? {}, "./hostwire_bg.js")) return made;
  instances++;
  const exports = Object.fromEntries(
    Object.entries(made.exports).map(([name, value]) => [
      name,
      typeof value === "function" ? trapped(name, value) : value,
    ]),
  );
  return { exports };
}

/**
 * @param {string} name
 * @param {Function} run
 */
const trapped =
  (name, run) =>
  (/** @type {unknown[]} */ ...args) => {
    called.set(name, (called.get(name) ?? 0) + 1);
    if (name !== next?.name || next.after-- > 0) return run(...args);
    next = undefined;
    return trap();
  };

const { combell, sandbox, client } = await setUp();
const account = { account_id: 200001 };

beforeEach(() => {
  next = undefined;
});

/** Frees what a call has when it has ended. */
const FREE = "__wbg_task_free";

/** How often an instance's exports are called where calls go every way. @type {[name: string, count: number][]} */
let ways = [];

before(async () => {
  Object.assign(wasm, { instantiate: instantiateTrapped });
  await rejection(everyWay(client()));
  called = new Map();
  await rejection(everyWay(client()));
  ways = [...called];
});

/**
 * Goes every way into the core that ordinary calls go: a repetition, a page, a job and a refusal.
 *
 * @param {any} api
 */
async function everyWay(api) {
  sandbox.reset();
  sandbox.misbehave({ fault: { type: "status", status: 503 } });
  sandbox.nextJob({ polls: 0 });
  await api.accounts.list();
  await api.accounts.create(ACCOUNT).wait();
  await api.accounts.get({ account_id: 1 });
}

/** Makes an instance trap, so that it is used no more. */
async function breakInstance() {
  next = { name: "client_call", after: 0 };
  const error = await rejection(client().accounts.get(account));
  assert.equal(error.name, "HostwireError");
  assert.match(error.message, /core failed on this call/);
  assert.equal(next, undefined);
}

/**
 * @param {any} error
 * @returns {unknown}
 */
const rootOf = (error) => (error.cause === undefined ? error : rootOf(error.cause));

/** So that a promise which stays pending fails the test. */
const SOON = { timeout: 60_000 };

describe("a trap", () => {
  it(
    "fails that call with a HostwireError, and the next gets a fresh instance, wherever it is",
    SOON,
    async () => {
      const old = client();
      await old.accounts.get(account);
      const places = ways
        .filter(([name]) => name !== FREE)
        // Wherever a call waits, and is gone on with; of the others the first.
        .flatMap(([name, count]) =>
          Array.from({ length: /poll|closure.*invoke/.test(name) ? count : 1 }, (_, after) => ({
            name,
            after,
          })),
        );
      assert.ok(places.filter(({ name }) => name === "task_poll").length >= 8, JSON.stringify(places));
      for (const place of places) {
        const where = JSON.stringify(place);
        await old.accounts.get(account);
        const before = instances;
        next = place;
        const error = await rejection(everyWay(client()));
        assert.equal(next, undefined, `${where} was not reached`);
        assert.equal(error.name, "HostwireError", where);
        assert.ok(error instanceof combell.HostwireError);
        assert.ok(rootOf(error) instanceof wasm.RuntimeError, `${where}: ${error.cause}`);
        assert.equal((await old.accounts.get(account)).id, 200001, "a client that was there before");
        assert.equal((await client().accounts.get(account)).id, 200001, "a new client");
        assert.equal(instances, before + 1, where);
      }
    },
  );

  it("as a call's memory is freed leaves the call its result", async () => {
    const api = client();
    await api.accounts.get(account);
    const before = instances;
    next = { name: FREE, after: 0 };
    assert.equal((await api.accounts.get(account)).id, 200001);
    assert.equal(next, undefined);
    assert.equal((await api.accounts.get(account)).id, 200001);
    assert.equal(instances, before + 1);
  });

  it("ends calls that are under way with an error that says so, and repeats none", SOON, async () => {
    const api = client();
    await api.accounts.get(account);
    sandbox.reset();
    sandbox.misbehave({ fault: "hang", times: 10 });
    const calls = Array.from({ length: 10 }, (_, index) =>
      rejection(index % 2 ? api.accounts.create(ACCOUNT) : api.accounts.get(account)),
    );
    while (sandbox.requests.length < 10) await new Promise((resolve) => setImmediate(resolve));
    await breakInstance();
    for (const error of await Promise.all(calls)) {
      assert.ok(error instanceof combell.HostwireError);
      assert.equal(error.name, "HostwireError");
      assert.match(error.message, /during another call; whether this one was carried out is not known/);
    }
    assert.equal(sandbox.requests.length, 10);
  });

  it("ends what waits for a job, and what waits to be repeated", SOON, async () => {
    const waits = [
      async (/** @type {() => void} */ onWait) => {
        const created = client().accounts.create(ACCOUNT);
        return created.wait({ intervalMs: 60_000, onProgress: () => setImmediate(onWait) });
      },
      async (/** @type {() => void} */ onWait) => {
        sandbox.misbehave({ fault: { type: "rateLimit", retryAfter: 60 } });
        return client({ onRetry: () => setImmediate(onWait) }).accounts.list();
      },
    ];
    for (const wait of waits) {
      sandbox.reset();
      /** @type {Promise<void>} */
      const broken = new Promise((resolve) => {
        wait(() => resolve(breakInstance())).catch((error) => errors.push(error));
      });
      /** @type {any[]} */
      const errors = [];
      await broken;
      while (errors.length === 0) await new Promise((resolve) => setImmediate(resolve));
      assert.match(errors[0].message, /during another call/);
    }
  });

  it("from within an observer of another call ends that call too, and nothing is sent for it", async () => {
    /** @type {Promise<void> | undefined} */
    let breaking;
    const onRequest = () => {
      breaking ??= breakInstance();
    };
    sandbox.reset();
    const error = await rejection(client({ onRequest }).accounts.create(ACCOUNT));
    await breaking;
    assert.match(error.message, /during another call/);
    assert.deepEqual(sandbox.requests, []);
  });

  it("leaves nothing of the instance to be freed by garbage collection, which would trap again", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    await Promise.all(Array.from({ length: 20 }, () => client().accounts.get(account)));
    await breakInstance();
    called = new Map();
    for (let round = 0; round < 5; round++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve));
    }
    assert.deepEqual([...called], []);
  });

  it("is followed by one new instance, however many calls come next", async () => {
    const api = client();
    await breakInstance();
    const before = instances;
    await Promise.all(Array.from({ length: 20 }, () => api.accounts.get(account)));
    assert.equal(instances, before + 1);
  });
});

describe("a core that cannot be loaded", () => {
  it("fails the call, and is tried again by the next", async () => {
    const api = client();
    await breakInstance();
    const fault = new Error("no memory");
    Object.assign(wasm, { instantiate: () => Promise.reject(fault) });
    const errors = await Promise.all([1, 2].map(() => rejection(api.accounts.get(account))));
    Object.assign(wasm, { instantiate: instantiateTrapped });
    for (const error of errors) {
      assert.ok(error instanceof combell.HostwireError);
      assert.equal(error.cause, fault);
    }
    assert.equal((await api.accounts.get(account)).id, 200001);
  });

  it("is waited for no longer than the call's signal allows", async () => {
    await breakInstance();
    Object.assign(wasm, { instantiate: () => new Promise(() => undefined) });
    const reason = new Error("enough");
    const gone = new AbortController();
    setImmediate(() => gone.abort(reason));
    assert.equal(await rejection(client().accounts.get(account, { signal: gone.signal })), reason);
  });
});
