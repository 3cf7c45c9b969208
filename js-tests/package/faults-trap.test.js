// The core traps: that call fails, and nothing else does.

import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { setUp } from "./setup.js";

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
/** @type {Set<string>} the exports that calls go through */
const called = new Set();
/** @type {string | undefined} the export that is to trap when it is called next */
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
    called.add(name);
    if (name !== next) return run(...args);
    next = undefined;
    return trap();
  };

const { combell, sandbox, client } = await setUp();
const account = { account_id: 200001 };

beforeEach(() => {
  next = undefined;
});

before(async () => {
  Object.assign(wasm, { instantiate: instantiateTrapped });
  await rejection(everyWay(client()));
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
  await api.accounts.create({ identifier: "new.example", servicepack_id: 1001 }).wait();
  await api.accounts.get({ account_id: 1 });
}

/** Frees that a garbage collector makes are no part of a call. */
const ways = () => [...called].filter((name) => !name.endsWith("_free"));

/** Makes an instance trap, so that it is used no more. */
async function breakInstance() {
  next = ways().find((name) => /request/i.test(name));
  const error = await rejection(client().accounts.get(account));
  assert.equal(error.name, "HostwireError");
  assert.equal(next, undefined);
}

/**
 * @param {any} error
 * @returns {unknown}
 */
const rootOf = (error) => (error.cause === undefined ? error : rootOf(error.cause));

describe("a trap", () => {
  it("fails that call with a HostwireError, and the next gets a fresh instance, wherever it is", async () => {
    assert.ok(ways().length >= 5, String(ways()));
    const old = client();
    await old.accounts.get(account);
    for (const way of ways()) {
      // Some ways are taken at the first use of an instance only.
      await breakInstance();
      const before = instances;
      next = way;
      const error = await rejection(everyWay(client()));
      assert.equal(next, undefined, `${way} was not called`);
      assert.equal(error.name, "HostwireError", way);
      assert.ok(error instanceof combell.HostwireError);
      assert.ok(rootOf(error) instanceof wasm.RuntimeError, `${way}: ${error.cause}`);
      assert.equal((await old.accounts.get(account)).id, 200001, "a client that was there before");
      assert.equal((await client().accounts.get(account)).id, 200001, "a new client");
      assert.equal(instances, before + 2, way);
    }
  });

  it("does not harm calls that are under way", async () => {
    const api = client();
    await api.accounts.get(account);
    sandbox.misbehave({ fault: { type: "latency", ms: 50 }, times: 10 });
    const calls = Array.from({ length: 10 }, () => api.accounts.get(account));
    while (sandbox.requests.length < 10) await new Promise((resolve) => setImmediate(resolve));
    await breakInstance();
    const ids = (await Promise.all(calls)).map(({ id }) => id);
    assert.deepEqual(ids, Array(10).fill(200001));
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
});
