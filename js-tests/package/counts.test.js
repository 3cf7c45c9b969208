// What a call costs that can be counted, and is the same on every machine. Times are measured in bench/.

import assert from "node:assert/strict";
import { it } from "node:test";
import { importInstalled, installPackage } from "./install.js";

/** Calls of the core's functions, by their names. @type {{ [name: string]: number }} */
let called = {};
let instances = 0;

const { instantiate } = WebAssembly;
/** Instantiates so that calls are counted. @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
async function instantiateCounted(module, imports) {
  instances++;
  const { exports } = await instantiate(module, imports);
  const counted = Object.entries(exports).map(([name, value]) => {
    if (typeof value !== "function") return [name, value];
    const count = (/** @type {unknown[]} */ ...args) => {
      called[name] = (called[name] ?? 0) + 1;
      return value(...args);
    };
    return [name, count];
  });
  return { exports: Object.fromEntries(counted) };
}
Object.assign(WebAssembly, { instantiate: instantiateCounted });

const [{ Combell }] = await importInstalled(installPackage());

/** As little of an answer as is read, so that only the package's own turns are counted. */
const answer = {
  ok: true,
  status: 200,
  headers: new Headers({ "content-type": "application/json" }),
  text: async () => "[]",
};
const credentials = { apiKey: "key", apiSecret: "secret" };
const combell = new Combell({ ...credentials, fetch: async () => answer });
const get = () => combell.accounts.list({ asset_type: "domain", skip: 0, take: 25 });

/** How often what waits in line has its turn until a promise is settled. @param {Promise<unknown>} promise */
async function turnsUntil(promise) {
  let turns = 0;
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  for (; !settled; turns++) await undefined;
  return turns;
}

it("an import and a constructor load nothing; the first calls load one instance for all clients", async () => {
  assert.equal(instances, 0);
  const other = new Combell({ ...credentials, apiKey: "other", fetch: async () => answer });
  await Promise.all([get(), get(), other.accounts.list()]);
  assert.equal(instances, 1);
});

it("a call goes into the core to begin, to go on and to end, and with its answer", async (t) => {
  await get();
  called = {};
  await get();
  const { __wbindgen_malloc: taken, __wbindgen_free: freed, __wbindgen_realloc: _, ...work } = called;
  t.diagnostic(`${taken} times memory taken, ${freed} freed`);
  const counts = Object.entries(work).map(([name, count]) => [
    name.replace(/.*closures_+invoke.*/, "answer"),
    count,
  ]);
  assert.deepEqual(Object.fromEntries(counts), {
    client_call: 1,
    // Until the request is sent, and when the answer is there.
    task_poll: 2,
    answer: 1,
    // What would have taken a failure goes with what takes the answer.
    __wbindgen_destroy_closure: 2,
    __wbg_task_free: 1,
  });
});

const MOST_TURNS = 6;

it(`a call is done after at most ${MOST_TURNS} turns`, async (t) => {
  await get();
  const turns = await turnsUntil(get());
  t.diagnostic(`${turns} turns`);
  assert.ok(turns <= MOST_TURNS, `${turns} turns`);
});

it("the next item of a page takes one turn, and nothing of the core", async () => {
  const many = {
    ...answer,
    text: async () => JSON.stringify(Array.from({ length: 1000 }, (_, id) => ({ id }))),
  };
  const walker = new Combell({ ...credentials, fetch: async () => many });
  const items = walker.accounts.list({ take: 1000 })[Symbol.asyncIterator]();
  await items.next();
  called = {};
  assert.equal(await turnsUntil(items.next()), 1);
  assert.deepEqual(called, {});
});
