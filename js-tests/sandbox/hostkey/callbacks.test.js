// Work that a call only starts, and the PIN.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { formClient } from "./form-client.js";

const ID = 34_533;
const PHYSICAL = 32_645;
const PIN = 1907;

/** @param {unknown} key */
const gone = (key) => ({ code: -1, message: `AsyncKey ${key} not found` });

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {import("./index.js").HostkeySandbox} */
let hostkey;
/** @type {ReturnType<typeof formClient>} */
let client;

before(async () => {
  sandbox = await startSandbox({ providers: ["hostkey"], shapes: "documented" });
  hostkey = sandbox.hostkey;
  client = formClient(hostkey);
});
beforeEach(async () => {
  hostkey.reset();
  await client.login();
});
after(() => sandbox.close());

/** @param {unknown} key */
const check = async (key) => (await client.raw("eqCallback.check", { key })).json;

describe("Hostkey's callbacks", () => {
  it("tell that work is under way, then once what came out", async () => {
    const { callback: key, ...started } = await client.call("eq.off", { id: ID, pin: PIN });
    assert.deepEqual(started, { result: "OK", action: "off" });
    assert.match(String(key), /^[0-9a-f]{32}$/);
    assert.deepEqual(await check(key), { result: "Not ready", key });
    assert.deepEqual(await check(key), { result: "Not ready", key });
    assert.equal(hostkey.world.servers.find(ID).power, "on", "not before it is finished");
    assert.deepEqual(await check(key), {
      result: "OK",
      scope: "Post is off",
      context: { action: "off", id: "34533", location: "NL" },
      debug: "Chassis Power Control: Down/Off",
      key,
    });
    assert.equal(hostkey.world.servers.find(ID).power, "off");
    assert.deepEqual(await check(key), gone(key));
    assert.deepEqual(await check("0".repeat(32)), gone("0".repeat(32)));
  });

  it("get on with polls, as many as are set", async () => {
    for (const polls of [0, 1, 4]) {
      hostkey.configure({ jobPolls: polls });
      const { callback } = await client.call("eq.status", { id: ID });
      for (let poll = 0; poll < polls; poll += 1) assert.equal((await check(callback)).result, "Not ready");
      assert.equal((await check(callback)).scope, "on");
    }
  });

  it("can fail, end in what nobody knows, or be lost", async () => {
    const run = async (/** @type {import("./jobs.js").JobPlan} */ plan) => {
      hostkey.nextJob({ polls: 0, ...plan });
      return (await client.call("eq.off", { id: ID, pin: PIN })).callback;
    };
    const failed = await run({ outcome: "failed" });
    assert.equal((await check(failed)).result, "Error");
    assert.deepEqual(await check(failed), gone(failed));
    assert.equal(hostkey.world.servers.find(ID).power, "on");

    const odd = await run({ outcome: "unknown" });
    for (const _ of [1, 2, 3]) assert.equal((await check(odd)).result, "On hold");

    const lost = await run({ outcome: "lost" });
    assert.deepEqual(await check(lost), gone(lost));
    assert.equal(hostkey.world.servers.find(ID).power, "off", "it was done all the same");
    assert.equal((await client.follow("eq.status", { id: ID })).scope, "off");

    const vanished = await run({ outcome: "gone" });
    assert.deepEqual(await check(vanished), gone(vanished));
    for (const [plan, text] of /** @type {const} */ ([
      [{ outcome: "odd" }, /outcome has to be one of/],
      [{ polls: -1 }, /polls has to be/],
      [{ word: 1 }, /word has to be text/],
      [{ underWay: "odd" }, /underWay has to be/],
    ])) {
      assert.throws(() => hostkey.nextJob(/** @type {{}} */ (plan)), text);
    }
  });

  it("can fail in the ways that clients have met", async () => {
    /** @type {[plan: import("./jobs.js").JobPlan, state: object][]} */
    const cases = [
      [{ outcome: "cancelled" }, { result: "OK", context: { status: "cancelled" } }],
      [
        { outcome: "cancelled", word: "rejected" },
        { result: "OK", context: { status: "rejected" } },
      ],
      [{ outcome: "aborted" }, { result: "OK", context: { error: "off aborted by panel" } }],
      [{ outcome: "word" }, { result: "failed", scope: "", context: {}, debug: "" }],
      [
        { outcome: "word", word: "canceled" },
        { result: "canceled", scope: "", context: {}, debug: "" },
      ],
      [
        { outcome: "failed" },
        { result: "Error", scope: "off: could not be done", context: {}, debug: "off stopped" },
      ],
    ];
    for (const [plan, { context, ...state }] of /** @type {[{}, { context: object }][]} */ (cases)) {
      hostkey.nextJob({ polls: 1, ...plan });
      const { callback: key } = await client.call("eq.off", { id: ID, pin: PIN });
      assert.deepEqual(await check(key), { result: "Not ready", key });
      const ended = { ...state, context: { action: "off", id: String(ID), location: "NL", ...context }, key };
      assert.deepEqual(await check(key), ended);
      assert.deepEqual(await check(key), gone(key));
      assert.equal((await client.follow("eq.status", { id: ID })).scope, "on", "nothing was done");
    }
  });

  it("can be pending with result OK while the work still goes on", async () => {
    hostkey.nextJob({ polls: 2, underWay: "pending" });
    const { callback: key } = await client.call("eq.off", { id: ID, pin: PIN });
    const pending = { result: "OK", scope: "pending", context: { id: "", ip: "" }, key };
    assert.deepEqual([await check(key), await check(key)], [pending, pending]);
    assert.equal(hostkey.world.servers.find(ID).power, "on");
    assert.equal((await check(key)).scope, "Post is off");
  });

  it("can be planned over HTTP", async () => {
    const body = JSON.stringify({ outcome: "failed", polls: 0 });
    const { status } = await fetch(`${hostkey.controlUrl}/next-job`, { method: "POST", body });
    assert.equal(status, 200);
    assert.equal((await client.follow("eq.status", { id: ID })).result, "Error");
  });

  it("of NAT calls belong to nat_callback.php, and the others to eq_callback.php", async () => {
    const { callback } = await client.call("nat.addStaticNat", { id: PHYSICAL, pin: PIN });
    assert.deepEqual(await check(callback), gone(callback));
    const finished = await client.follow("nat.addStaticNat", { id: PHYSICAL, pin: PIN });
    assert.match(String(finished.scope), /^198\.18\./);
    const { callback: other } = await client.call("eq.status", { id: ID });
    assert.deepEqual((await client.raw("natCallback.check", { key: other })).json, gone(other));
  });

  it("need a key by one of two names", async () => {
    const { callback } = await client.call("eq.status", { id: ID });
    const state = await client.call("eqCallback.check", { reinstall_key: callback });
    assert.equal(state.result, "Not ready");
    assert.match(await client.refused("eqCallback.check", {}), /key is required/);
  });

  it("are carried out in order on one server, whether anybody asks or not", async () => {
    await client.call("eq.off", { id: ID, pin: PIN });
    assert.equal((await client.follow("eq.status", { id: PHYSICAL })).scope, "on");
    assert.equal(hostkey.world.servers.find(ID).power, "on");
    assert.equal((await client.follow("eq.status", { id: ID })).scope, "off");
  });
});

describe("Hostkey's PIN", () => {
  it("is wrong in an outcome with result OK, and nothing is done", async () => {
    const outcome = await client.follow("eq.off", { id: ID, pin: 1 });
    assert.deepEqual([outcome.result, outcome.scope], ["OK", "Invalid pin code"]);
    assert.equal(outcome.context?.action, "off");
    assert.equal(hostkey.world.servers.find(ID).power, "on");
    assert.equal((await client.follow("eq.novnc", { id: ID, pin: 1 })).scope, "Invalid pin code");
    assert.match(String((await client.follow("eq.novnc", { id: ID })).scope), /^https:/);
  });

  it("is refused at once where so set, and by calls that do everything at once", async () => {
    const graph = { id: ID, pin: 1, port: "eth0", graph: "1" };
    assert.equal(await client.refused("net.showCacti", graph), "Invalid pin code");
    hostkey.configure({ wrongPin: "refusal" });
    assert.equal(await client.refused("eq.off", { id: ID, pin: 1 }), "Invalid pin code");
  });

  it("can be checked, three times wrongly", async () => {
    const scope = async (/** @type {number} */ old_pin) =>
      (await client.follow("eq.checkPin", { old_pin })).scope;
    assert.equal(await scope(PIN), "Pin code is valid");
    for (const _ of [1, 2]) assert.equal(await scope(1), "Invalid pin code");
    assert.equal(await scope(PIN), "Pin code is valid");
    for (const _ of [1, 2, 3]) assert.equal(await scope(1), "Invalid pin code");
    assert.equal(await scope(PIN), "Invalid pin code", "blocked");
    assert.deepEqual((await client.follow("eq.checkPin", { old_pin: 1 })).context, {
      action: "check_pin",
      id: "0",
    });
    const unequal = { old_pin: PIN, pin: 2 };
    assert.match(await client.refused("eq.checkPin", unequal), /body pin has to be the same as old_pin/);
  });

  it("can be changed by whoever knows it", async () => {
    const set = async (/** @type {Record<string, number>} */ params) =>
      (await client.follow("eq.setPin", params)).scope;
    assert.equal(await set({ new_pin: 2 }), "Invalid pin code");
    assert.equal(await set({ old_pin: PIN, new_pin: 2 }), "Pin code changed");
    assert.equal((await client.follow("eq.on", { id: ID, pin: PIN })).scope, "Invalid pin code");
    assert.equal((await client.follow("eq.on", { id: ID, pin: 2 })).scope, "Post is on");
  });

  it("is not asked for while none is set, and has to be given once one is", async (test) => {
    const fresh = await startSandbox({ providers: ["hostkey"], hostkey: { pinSet: false } });
    test.after(() => fresh.close());
    const other = formClient(fresh.hostkey);
    await other.login();
    const switchOn = async (/** @type {object} */ params) =>
      (await other.follow("eq.on", { id: ID, ...params })).scope;
    assert.equal(await switchOn({}), "Post is on");
    assert.equal(await switchOn({ pin: 1 }), "Post is on");
    assert.equal((await other.follow("eq.checkPin", { old_pin: PIN })).scope, "Invalid pin code");
    await other.follow("eq.setPin", { new_pin: PIN });
    assert.equal(await switchOn({}), "Invalid pin code");
    assert.equal(await switchOn({ pin: PIN }), "Post is on");
  });

  it("is text: zeros in front of it count", async () => {
    await client.follow("eq.setPin", { old_pin: PIN, new_pin: "0042" });
    assert.equal((await client.follow("eq.on", { id: ID, pin: "42" })).scope, "Invalid pin code");
    assert.equal((await client.follow("eq.on", { id: ID, pin: "0042" })).scope, "Post is on");
  });
});
