// What combahton refuses and in which shape, and how its answers go out where they are not what they should be.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { startSandbox } from "../index.js";
import { send } from "../raw-client.js";
import { combahtonClient, constantsOf, JSON_TYPE } from "./json-client.js";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof combahtonClient>} */
let client;
before(async () => {
  sandbox = await startSandbox({ providers: ["combahton"] });
  client = combahtonClient(sandbox.combahton);
});
beforeEach(() => sandbox.combahton.reset());
after(() => sandbox.close());

/**
 * @param {unknown} data
 * @param {Record<string, string>} [headers]
 */
const post = (data, headers = JSON_TYPE) =>
  send(sandbox.combahton.url, "POST", "/v2", headers, typeof data === "string" ? data : JSON.stringify(data));

const GOOD = { email: "robin@example.net", secret: "sandbox-secret-0123456789abcdef0" };
const VIEW = constantsOf("customer.credits.view");

describe("a request to combahton", () => {
  it("has its credentials among the data", async () => {
    assert.deepEqual(sandbox.combahton.credentials, GOOD);
    assert.deepEqual((await post({ ...GOOD, ...VIEW })).json, { amount: 250 });
    /** @param {unknown} data */
    const statusOf = async (data) => {
      const { status, json } = await post(data);
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(json), ["status"]);
      return json.status;
    };
    for (const bad of [
      { ...GOOD, email: "other@example.net" },
      { ...GOOD, email: "Robin@example.net" },
      { ...GOOD, secret: "x" },
      { ...GOOD, secret: `${GOOD.secret} ` },
    ]) {
      assert.equal(await statusOf({ ...bad, ...VIEW }), "auth_failed");
      assert.equal(await statusOf(bad), "auth_failed", "the caller is looked at first");
    }
    for (const bad of [
      VIEW,
      { ...VIEW, email: GOOD.email },
      { ...VIEW, secret: GOOD.secret },
      { ...VIEW, ...GOOD, secret: "" },
      { ...VIEW, ...GOOD, secret: 5 },
      { ...VIEW, ...GOOD, email: [GOOD.email] },
      [GOOD],
      "",
      "null",
      "{",
      '"email"',
    ]) {
      assert.equal(await statusOf(bad), "auth_params_undefined", JSON.stringify(bad));
    }
    const authorization = `Basic ${Buffer.from(`${GOOD.email}:${GOOD.secret}`).toString("base64")}`;
    assert.equal((await post(VIEW, { ...JSON_TYPE, authorization })).json.status, "auth_params_undefined");
  });

  it("names an operation by component, method and action", async () => {
    for (const odd of [
      { action: "explode" },
      { action: undefined },
      { component: "kvm" },
      { method: ["credits"] },
    ]) {
      const { status, headers, json } = await post({ ...GOOD, ...VIEW, ...odd });
      assert.deepEqual([status, json], [200, { status: "error" }]);
      assert.match(String(headers["x-sandbox-reason"]), /no known operation/);
    }
    const control = { component: "kvm", method: "server", action: "control", id: "603000" };
    assert.deepEqual((await post({ ...GOOD, ...control, command: "stop" })).json, { success: true });
    assert.equal(sandbox.combahton.requests.at(-1)?.operationId, "kvm.server.stop");
    assert.deepEqual((await post({ ...GOOD, ...control, command: "explode" })).json, { status: "error" });
  });

  it("has no fields but those of the operation, and of their types", async () => {
    const id = "603000";
    for (const fields of [{}, { id: null }, { id, contract: id }, { id, constructor: "x" }, { id: { id } }]) {
      const { status, headers, json } = await client.post("customer.contract.view", fields);
      assert.deepEqual([status, json], [200, { status: "error" }], JSON.stringify(fields));
      assert.match(String(headers["x-sandbox-reason"]), /^body /);
    }
    const routing = { ipaddr: "192.0.2.10", routing: 1 };
    assert.equal(await client.refused("antiddos.layer7.routing", routing), "error");
    const odd = await client.post("customer.contract.view", { id, "ключ\n": 1 });
    assert.match(String(odd.headers["x-sandbox-reason"]), /^body \?{5} is not known$/);
  });

  it("goes to one address, as JSON", async () => {
    const { url } = sandbox.combahton;
    const body = JSON.stringify({ ...GOOD, ...VIEW });
    assert.equal((await send(url, "POST", "/", JSON_TYPE, body)).status, 404);
    assert.equal((await send(url, "POST", "/v2/", JSON_TYPE, body)).status, 404);
    const got = await send(url, "GET", "/v2");
    assert.deepEqual([got.status, got.headers.allow, got.json], [405, "POST", { status: "error" }]);
    const form = await post("email=a&secret=b", { "content-type": "application/x-www-form-urlencoded" });
    assert.equal(form.status, 415);
    assert.equal((await post({ ...GOOD, ...VIEW }, {})).status, 415);
    assert.equal((await post("x".repeat(1_100_000))).status, 413);
    assert.equal(
      (await post({ ...GOOD, ...VIEW }, { "content-type": "application/json; charset=utf-8" })).status,
      200,
    );
  });

  it("is refused with the status that is set for failures", async () => {
    sandbox.combahton.configure({ failureStatus: 403 });
    for (const data of [{}, { ...GOOD, secret: "x" }, { ...GOOD, ...VIEW, id: "1" }]) {
      assert.equal((await post(data)).status, 403);
    }
    assert.equal((await post({ ...GOOD, ...VIEW })).status, 200);
    sandbox.combahton.misbehave({ fault: { type: "status", status: 502 } });
    const down = await post({ ...GOOD, ...VIEW });
    assert.deepEqual([down.status, down.json], [502, { status: "error" }]);
  });

  it("is never a fault of the sandbox, whatever is in it", async () => {
    const value = fc.oneof(
      fc.constantFrom("customer", "kvm", "server", "view", "603000"),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const data = fc.dictionary(
      fc.constantFrom("component", "method", "action", "command", "id", "ipaddr", "email", "__proto__"),
      value,
    );
    await fc.assert(
      fc.asyncProperty(data, fc.boolean(), async (fields, knows) => {
        const { status, json } = await post(knows ? { ...fields, ...GOOD } : fields);
        assert.equal(status, 200);
        assert.equal(typeof json, "object");
      }),
      { numRuns: 200, seed: 20260607 },
    );
  });
});

describe("combahton's lists", () => {
  const LISTS = /** @type {[string, object?][]} */ ([
    ["customer.invoices.viewAll"],
    ["customer.invoices.viewUnpaid"],
    ["customer.contract.viewAll"],
    ["antiddos.incidents.show", { ipaddr: "192.0.2.10" }],
    ["antiddos.incidents.showAll"],
    ["kvm.server.reinstallTemplates", { id: "603000" }],
  ]);

  it("may lack the commas between their objects", async () => {
    for (const [name, fields] of LISTS) {
      const whole = await client.call(name, fields);
      sandbox.combahton.configure({ joinedObjects: true });
      const { status, headers, text } = await client.post(name, fields);
      sandbox.combahton.configure({ joinedObjects: false });
      assert.deepEqual([status, headers["content-type"]], [200, "application/json; charset=utf-8"]);
      assert.throws(() => JSON.parse(text), SyntaxError, name);
      // Outside of strings only: one name has }{ in it.
      const mended = text.replaceAll(/("(?:[^"\\]|\\.)*")|\}\{/g, (_, string) => string ?? "},{");
      assert.deepEqual(JSON.parse(mended), whole);
    }
  });

  it("of one object or none, and single objects, are never wrong", async () => {
    sandbox.combahton.configure({ joinedObjects: true, unpaidInvoices: 1, incidents: 0 });
    assert.equal(Object.keys(await client.call("customer.invoices.viewUnpaid")).length, 1);
    assert.deepEqual(await client.call("antiddos.layer7.sslView"), []);
    assert.deepEqual(await client.call("antiddos.incidents.showAll"), { status: "blank" });
    assert.equal((await client.call("kvm.server.view", { id: "603000" })).status, "running");
  });

  it("may have }{ in a text", async () => {
    const { text } = await client.post("kvm.server.reinstallTemplates", { id: "603000" });
    assert.match(text, /\}\{/);
    assert.equal(JSON.parse(text).length, 4);
  });
});

describe("combahton's challenge page", () => {
  it("stands in place of every answer until its cookie comes along", async () => {
    sandbox.combahton.configure({ challenge: "a1B2c3" });
    const met = await client.post("customer.contract.order", { id: "2037" });
    assert.deepEqual([met.status, met.headers["content-type"]], [200, "text/html; charset=utf-8"]);
    assert.match(met.text, /Authentication required/);
    assert.equal(/layer7-validate=(\w*)/.exec(met.text)?.[1], "a1B2c3");
    assert.equal(sandbox.combahton.world.contracts.all().length, 33, "nothing was ordered");

    for (const cookie of ["layer7-validate=other", "validate=a1B2c3", "layer7-validate=a1B2c3x"]) {
      assert.match((await client.post("customer.credits.view", {}, { cookie })).text, /^<!DOCTYPE html>/);
    }
    for (const cookie of ["layer7-validate=a1B2c3", "a=b; layer7-validate=a1B2c3;c=d"]) {
      const { json } = await client.post("customer.credits.view", {}, { cookie });
      assert.deepEqual(json, { amount: 250 });
    }
    const { json } = await post({ ...VIEW }, { ...JSON_TYPE, cookie: "layer7-validate=a1B2c3" });
    assert.deepEqual(json, { status: "auth_params_undefined" });
    assert.match((await send(sandbox.combahton.url, "GET", "/")).text, /layer7-validate=a1B2c3/);

    sandbox.combahton.configure({ challenge: "other", challengeStatus: 503 });
    const again = await client.post("customer.credits.view", {}, { cookie: "layer7-validate=a1B2c3" });
    assert.equal(again.status, 503);
    assert.match(again.text, /layer7-validate=other/);
    sandbox.combahton.configure({ challenge: null });
    assert.deepEqual(await client.call("customer.credits.view"), { amount: 250 });
    assert.throws(() => sandbox.combahton.configure({ challenge: "a b" }), /letters and digits, or null/);
  });
});
