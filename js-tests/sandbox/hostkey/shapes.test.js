// The shapes that clients have met Hostkey's answers in, beside the documented ones.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { formClient } from "./form-client.js";

/** @typedef {import("./form-client.js").Reply} Reply */

const ID = 34_533;
const ORDER = {
  deploy_period: "monthly",
  preset: "108",
  location_name: "NL",
  os_id: 180,
  traffic_plan: "25",
  root_pass: "Correct4horse-",
};

/** @param {import("node:test").TestContext} test */
async function start(test) {
  const options = { jobPolls: 1, pinSet: false, shapes: 0 };
  const sandbox = await startSandbox({ providers: ["hostkey"], hostkey: options });
  test.after(() => sandbox.close());
  return { hostkey: sandbox.hostkey, client: formClient(sandbox.hostkey) };
}

/** @param {Reply | undefined} list */
const items = (list) => /** @type {Reply[]} */ (/** @type {unknown} */ (list));

describe("Hostkey's answers take turns", () => {
  it("with a token inside result or at the top, and either holds", async (test) => {
    const { client } = await start(test);
    const answers = [];
    for (const _ of [1, 2, 3]) {
      answers.push(await client.call("auth.login", { key: "sandbox-key", fix_ip: 0 }));
      await client.login();
      assert.equal((await client.call("eq.list")).result, "OK");
    }
    const tokens = answers.map(({ token, result }) => [token === undefined, result?.token === undefined]);
    // Each turn in between was the other client's.
    assert.deepEqual(tokens, [
      [true, false],
      [true, false],
      [true, false],
    ]);
    const again = await client.call("auth.login", { key: "sandbox-key", fix_ip: 0 });
    const flat = await client.call("auth.login", { key: "sandbox-key", fix_ip: 0 });
    assert.equal(flat.token, again.result?.token);
    assert.equal(flat.result, undefined);
  });

  it("with servers as numbers, objects or text", async (test) => {
    const { client } = await start(test);
    await client.login();
    const firsts = [];
    for (const _ of [1, 2, 3]) firsts.push(items((await client.call("eq.list")).servers)[0]);
    assert.deepEqual(firsts, [ID, { id: ID }, String(ID)]);
  });

  it("with what billing and the session have in one object or in another", async (test) => {
    const { client } = await start(test);
    await client.login();
    const invoices = [];
    for (const _ of [1, 2, 3]) invoices.push(await client.call("whmcs.getInvoices"));
    const [documented, plain, wrapped] = invoices;
    assert.deepEqual(plain, { result: "success", invoices: documented?.invoices?.invoice });
    assert.deepEqual(wrapped, { result: "success", invoices: documented?.invoices });

    const [data, live] = [
      await client.call("whmcs.getBillingData", { id: ID }),
      await client.call("whmcs.getBillingData", { id: ID }),
    ];
    const { result, product_id, ...rest } = data;
    assert.deepEqual([String(result), typeof product_id], ["OK", "number"]);
    assert.deepEqual(live, rest);

    const funds = [];
    for (const _ of [1, 2, 3]) funds.push(await client.call("whmcs.createAddfunds", { amount: 20 }));
    const first = Number(funds[0]?.invoiceid);
    assert.deepEqual(funds[1], { result: "OK", invoice: first + 1 });
    const invoice = { id: first + 2, status: "Unpaid", amount: "20.00", currency_code: "EUR" };
    assert.deepEqual(funds[2], { result: "OK", invoice });

    const [info, liveInfo] = [await client.call("auth.info"), await client.call("auth.info")];
    assert.equal(String(liveInfo.result), "OK");
    assert.equal(liveInfo.whmcs_id, info.result?.whmcs_id);
    assert.equal(liveInfo.data?.email, info.result?.email);
  });

  it("with work that has ended in OK or success, and orders that have ended in more than one way", async (test) => {
    const { client } = await start(test);
    await client.login();
    const ends = [];
    for (const _ of [1, 2]) ends.push((await client.follow("eq.status", { id: ID })).result);
    assert.deepEqual(ends, ["OK", "success"]);

    const scopes = [];
    for (const _ of [1, 2]) {
      const answer = await client.call("eq.orderInstance", ORDER);
      const { callback: key, id } = answer;
      assert.equal((await client.call("eqCallback.check", { key })).result, "Not ready");
      const { scope, context } = await client.call("eqCallback.check", { key });
      assert.equal(String(context?.id), String(id));
      scopes.push([typeof scope, typeof context?.id]);
    }
    assert.deepEqual(scopes, [
      ["object", "number"],
      ["string", "string"],
    ]);
  });

  it("with the key beside Not ready or without, snapshots as text or as they are, addresses alone or not", async (test) => {
    const { client } = await start(test);
    await client.login();
    await client.follow("vm.createSnapshot", { id: ID, name: "before" });
    const bare = [];
    const scopes = [];
    for (const _ of [1, 2]) {
      const { callback: key } = await client.call("vm.getSnapshot", { id: ID });
      bare.push((await client.call("eqCallback.check", { key })).key === undefined);
      scopes.push((await client.call("eqCallback.check", { key })).scope);
    }
    assert.deepEqual(bare.sort(), [false, true]);
    assert.deepEqual(JSON.parse(String(scopes[0])), scopes[1]);
    const added = [];
    for (const _ of [1, 2])
      added.push(items((await client.call("net.addIpv4", { id: ID, amount: 1 })).ips)[0]);
    assert.deepEqual([typeof added[0], Object.keys(added[1] ?? {})], ["string", ["ip", "vlan"]]);
  });
});
