// Every operation of Hostkey, with parameters generated from the spec. The sandbox holds each answer against
// the spec before it sends it, so an answer that is no failure also fits.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { loadSpec, propertiesOf } from "../../spec.js";
import { valuesFor } from "../generate.js";
import { startSandbox } from "../index.js";
import { formClient } from "./form-client.js";

/**
 * @typedef {import("../../spec.js").Located} Located
 * @typedef {ReturnType<typeof formClient>} Client
 */

const spec = loadSpec("hostkey");
const VIRTUAL = 34_533;
const PHYSICAL = 32_645;
/** Enough for each optional field to be there and not to be there. */
const RUNS = 3;
const KEY = `ssh-ed25519 ${"A".repeat(68)} you@example.com`;

/** Values that name what is there, by the name of the field; those of one operation go before. */
const VALUES = {
  account_id: [12_345],
  amount: [0.5, 1, 2.25],
  bucket_name: ["backups"],
  contact_id: [122],
  deploy_notify: ["true", "false"],
  domain_id: [301],
  component: ["eq"],
  email: ["robin@example.com"],
  eq_id: [VIRTUAL, PHYSICAL],
  group: ["ALL", "GPU"],
  hostname: ["web-1"],
  id: [VIRTUAL, PHYSICAL],
  id_list: [`${VIRTUAL},${PHYSICAL}`],
  instance: [108, 15],
  instance_id: [108, 15],
  invoice_id: [23_502],
  invoices: [[23_502], [23_502, 23_504]],
  ip: ["198.18.0.12"],
  key: [KEY],
  location: ["NL", "FI"],
  location_name: ["NL"],
  main: ["198.18.0.11", "198.18.0.12"],
  order_data: ['{"comment":"Please check."}'],
  os_id: [180],
  own_os: [0, 1],
  pin: [1907],
  post_install_callback: ["https://example.com/ready"],
  old_pin: [1907],
  port: ["eth0"],
  preset: ["vm.pico", "108"],
  root_pass: ["Correct4horse-"],
  s3uid: ["s3_user_12345"],
  server_id: [VIRTUAL],
  soft_id: [18, 20, 49],
  traffic_plan: ["25"],
  zone: ["example.com"],
};

/** @type {Record<string, Record<string, unknown[]>>} */
const OWN = {
  "apiKeys.add": { ip: ["10.0.0.2, 10.4.6.3/24", ""], login_notify_method: ["none"] },
  "apiKeys.edit": { id: [501], ip: ["10.0.0.2", ""], login_notify_method: ["none"] },
  "apiKeys.view": { id: [501] },
  "apiKeys.delete": { id: [501] },
  "apiKeys.history": { id: [501], period_from: ["2024-01-01"], period_to: ["2040-12-31"] },
  "auth.login": { key: ["sandbox-key"], ttl: [60, 7200] },
  "auth.whmcslogin": { user: ["robin@example.com"], password: ["sandbox-password"], ttl: [60] },
  "presets.show": { id: [108, 61] },
  "net.addIpv4": {
    id: [VIRTUAL],
    amount: [1, 2],
    ip: ["198.18.9.1"],
    ips: [["198.18.9.2", "198.18.9.3"], ["198.18.9.4"]],
    vlan: [415],
  },
  "iso.add": { name: ["rescue.iso"] },
  "iso.upload": { url: ["https://example.com/own.iso"], name: ["own.iso"] },
  "iso.delete": { id: [13] },
  "s3.createAccount": { plan_id: [1], bucket_name: ["photos"] },
  "s3.createBucket": { bucket_name: ["photos"] },
  "s3.createOrder": { plan_id: [2] },
  "s3.deleteFile": { file: ["db/monday.sql.gz"] },
  "whmcs.getProductInvoice": { product: [5724, 5725] },
  "presets.search": { name: ["vm.pico"] },
  "trafficPlans.list": { id: [VIRTUAL, 44_717] },
  "eq.orderStockServer": { id: [44_717], location_name: ["FI"], traffic_plan: ["40"] },
  "stocks.show": { id: [44_717] },
  "jenkins.call": { task: [1, "2", "gpu_driver"], params: [{ reboot: "true" }] },
  "pdns.addDomain": { name: ["new.example"] },
  "pdns.addZone": { name: ["new.example"] },
  "pdns.addSubdomain": { name: ["shop"] },
  "pdns.deleteDomain": { id: [301] },
  "pdns.deleteSubdomain": { id: [1201] },
  "pdns.addDns": {
    name: ["www"],
    type: ["CNAME"],
    content: [["a.example"]],
    port: [5060],
    changetype: ["update"],
    old_name: ["www"],
  },
  "pdns.deleteDns": { name: ["@"], type: ["MX"], content: [["mx.example.com"]], priority: [10] },
  "sshKeys.delete": { id: [61] },
  "rhr.chat": { id: [5101] },
  "rhr.discard": { id: [5101] },
  "tags.remove": { tag: ["hostname"] },
  "whmcs.updateClient": { billing_email: ["new@example.com"] },
  "whmcs.transactions": { transaction_id: [31_001] },
  "ip.getIp": { ip: ["198.18.0.11", "2001:db8:1::2"] },
  "iso.mountIso": { iso_id: [11, 12], name: ["debian-12-netinst.iso"] },
};

for (const id of [
  "net.blockIp",
  "net.unblockIp",
  "net.removeIpv4",
  "ip.getPtr",
  "ip.updatePtr",
  "ip.setMain",
]) {
  OWN[id] = { id: [VIRTUAL] };
}
for (const id of ["eq.console", "vm.getSnapshot", "vm.loadStats"]) OWN[id] = { id: [VIRTUAL] };
for (const name of ["create", "remove", "restore"]) {
  OWN[`vm.${name}Snapshot`] = { id: [VIRTUAL], name: ["before-update_1"] };
}
for (const id of ["nat.addStaticNat", "nat.removeStaticNat", "eq.addIpmiUser", "eq.removeIpmiUser"]) {
  OWN[id] = { id: [PHYSICAL] };
}
for (const id of ["eq.sensors", "eq.unitReset"]) OWN[id] = { id: [PHYSICAL] };

/**
 * What has to be done before, and the fields that it gives.
 *
 * @type {Record<string, (client: Client) => Promise<Record<string, unknown>>>}
 */
const BEFORE = {
  "eqCallback.check": async ({ call }) => {
    const { callback } = await call("eq.status", { id: VIRTUAL });
    return { key: callback, reinstall_key: callback };
  },
  "natCallback.check": async ({ call }) => ({
    key: (await call("nat.removeStaticNat", { id: PHYSICAL })).callback,
  }),
  "eq.createPxe": async ({ call }) => ({
    id: VIRTUAL,
    reinstall_key: (await call("eq.reinstall", { id: VIRTUAL })).callback,
  }),
  "iso.delete": async ({ call }) => {
    await call("iso.upload", { url: "https://example.com/own.iso", name: "own.iso" });
    return {};
  },
  "nat.clearStaticNat": async ({ follow }) => ({
    ip: (await follow("nat.addStaticNat", { id: PHYSICAL, pin: 1907 })).scope,
  }),
  "s3.cancelPaymentAccountDeletion": async ({ call }) => {
    await call("s3.deletePaymentAccount", { account_id: 12_345 });
    return {};
  },
  "whmcs.deleteCancellationRequest": async ({ call }) => {
    await call("whmcs.requestCancellation", { id: VIRTUAL, cancellation_type: 0 });
    return { id: VIRTUAL };
  },
  "pdns.deleteSubdomain": async ({ call }) => {
    await call("pdns.addSubdomain", { params: { server_id: VIRTUAL, domain_id: 301, name: "shop" } });
    return {};
  },
  "vm.removeSnapshot": async ({ follow }) => {
    await follow("vm.createSnapshot", { id: VIRTUAL, name: "before-update_1" });
    await follow("eq.off", { id: VIRTUAL, pin: 1907 });
    return {};
  },
  "vm.restoreSnapshot": async ({ follow }) => {
    await follow("vm.createSnapshot", { id: VIRTUAL, name: "before-update_1" });
    return {};
  },
};

/**
 * Optional fields without which a call makes no sense.
 *
 * @type {Record<string, Record<string, unknown>>}
 */
const ALWAYS = {
  "eq.setPin": { old_pin: 1907 },
  "iso.listIso": { server_id: VIRTUAL },
  "iso.mountIso": { iso_id: 11 },
};

/**
 * What a caller gives: constants and copies are filled in by the client.
 *
 * @param {string} id
 * @param {Located} schema
 * @returns {fc.Arbitrary<Record<string, unknown>>}
 */
function paramsFor(id, schema) {
  const there = Object.entries({ ...VALUES, ...OWN[id] });
  const known = Object.fromEntries(there.map(([name, values]) => [name, fc.constantFrom(...values)]));
  const filledIn = [...propertiesOf(spec, schema)]
    .filter(([, { node }]) => "const" in node || "x-copy-of" in node)
    .map(([name]) => name);
  return valuesFor(spec, schema, known).map((value) => {
    const fields = Object.entries({ ...ALWAYS[id], .../** @type {object} */ (value) });
    return Object.fromEntries(fields.filter(([name]) => !filledIn.includes(name)));
  });
}

describe("every operation of Hostkey", () => {
  /** @type {import("../index.js").Sandbox} */
  let sandbox;
  /** @type {Client} */
  let client;
  before(async () => {
    sandbox = await startSandbox({ providers: ["hostkey"], hostkey: { jobPolls: 0, pinSet: false } });
    client = formClient(sandbox.hostkey);
  });
  after(() => sandbox.close());

  const called = new Set();
  for (const { id, body } of spec.operations.values()) {
    it(`is reached and answers as the spec says: ${id}`, async () => {
      assert.ok(body);
      const inputs = fc.sample(paramsFor(id, body.schema), { numRuns: RUNS, seed: 7 });
      for (const params of inputs) {
        sandbox.hostkey.reset();
        await client.login();
        const prepared = await BEFORE[id]?.(client);
        const answer = await client.raw(id, { ...params, ...prepared });
        const what = `${id} ${JSON.stringify({ ...params, ...prepared })}: ${answer.text.slice(0, 500)}`;
        assert.equal(answer.status, 200, what);
        assert.equal(sandbox.hostkey.requests.at(-1)?.operationId, id, what);
        if (!String(answer.headers["content-type"]).startsWith("application/json")) continue;
        const { result, error, code, message } = answer.json;
        assert.equal(error, undefined, what);
        assert.equal(code, undefined, what);
        assert.notEqual(result, -1, what);
        if (result === undefined) assert.equal(message, undefined, what);
      }
      called.add(id);
    });
  }

  it("is refused where a field is missing that it needs, or there is one that it does not have", async () => {
    for (const { id, body } of spec.operations.values()) {
      assert.ok(body);
      sandbox.hostkey.reset();
      await client.login();
      const required = /** @type {string[]} */ (spec.resolve(body.schema).node.required ?? []);
      const [params = {}] = fc.sample(paramsFor(id, body.schema), { numRuns: 1, seed: 7 });
      const fields = { ...params, ...(await BEFORE[id]?.(client)) };
      for (const name of required.filter((one) => one !== "action")) {
        const { [name]: _, ...others } = fields;
        const text = await client.refused(id, others);
        assert.match(text, /is required|no known operation/, id);
      }
      assert.match(await client.refused(id, { ...fields, further: 1 }), /body further is not known/, id);
    }
    assert.deepEqual(sandbox.hostkey.internalErrors, []);
  });

  it("needs a token, unless it is marked as one that goes without; then it does not look at one", async () => {
    for (const { id, node, body } of spec.operations.values()) {
      assert.ok(body);
      sandbox.hostkey.reset();
      await client.login();
      const prepared = node["x-auth"] === undefined ? {} : await BEFORE[id]?.(client);
      const [params = {}] = fc.sample(paramsFor(id, body.schema), { numRuns: 1, seed: 7 });
      const withToken = { ...params, ...prepared, token: "0123456789abcdef" };
      if (node["x-auth"] === undefined)
        assert.equal(await client.refused(id, withToken), "Invalid token", id);
      else await client.call(id, withToken);
    }
  });

  it("was in this list", () => {
    assert.equal(called.size, spec.operations.size);
    assert.deepEqual(sandbox.hostkey.internalErrors, []);
  });
});
