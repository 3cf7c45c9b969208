// Every operation of combahton: once so that it succeeds, and with input made from the spec. The sandbox holds
// each answer against the spec before it sends it, and close() fails where one did not fit.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { valuesFor } from "../generate.js";
import { startSandbox } from "../index.js";
import { combahtonClient, spec } from "./json-client.js";
import { SAMPLE_CERTIFICATE, SAMPLE_KEY } from "./samples.js";

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

const domain = "example.com";
const v4 = { ipaddr: "192.0.2.10" };
const v6 = { ipaddr: "2001:db8:100::10" };
const ptr = "mail.example.net";
const id = "603000";

/** @type {[operationId: string, fields?: object][]} */
const CALLS = [
  ["customer.credits.view"],
  ["customer.invoices.viewAll"],
  ["customer.invoices.viewUnpaid"],
  ["customer.contract.viewAll"],
  ["customer.contract.view", { id }],
  ["customer.contract.extend", { id }],
  ["customer.contract.autoextend", { id, switch: "disable" }],
  ["customer.contract.order", { id: "2050" }],
  ["customer.settings.sshkeys", { sshkeys: "ssh-ed25519 AAAA you@example.com\nssh-rsa BBBB" }],
  ["antiddos.status.show", v4],
  ["antiddos.layer4.routing", { ...v4, routing: "permanent" }],
  ["antiddos.layer7.routing", { ...v4, routing: "on" }],
  ["antiddos.layer7.add", { domain, protector: "aes" }],
  ["antiddos.layer7.delete", { domain }],
  ["antiddos.layer7.sslAdd", { domain, cert: SAMPLE_CERTIFICATE, key: SAMPLE_KEY }],
  ["antiddos.layer7.sslView"],
  ["antiddos.layer7.sslDelete", { domain }],
  ["antiddos.incidents.show", v4],
  ["antiddos.incidents.showAll"],
  ["ipaddr.view.ipv4", v4],
  ["ipaddr.rdns.ipv4", { ...v4, ptr }],
  ["ipaddr.view.ipv6", v6],
  ["ipaddr.rdns.ipv6", { ...v6, ptr }],
  ["ipsubnet.nexthop.change", { contract: "603030", nexthop: "192.0.2.12" }],
  ["kvm.server.view", { id }],
  ["kvm.server.start", { id }],
  ["kvm.server.stop", { id }],
  ["kvm.server.start", { id }],
  ["kvm.server.reset", { id }],
  ["kvm.server.vnc", { id, source: "203.0.113.10" }],
  ["kvm.server.reinstallTemplates", { id }],
  ["kvm.server.reinstall", { id, template: "1" }],
];

describe("every operation of combahton", () => {
  it("succeeds where it should", async () => {
    for (const [operationId, fields] of CALLS) {
      const answer = await client.call(operationId, fields);
      assert.notEqual(answer.success, false, operationId);
    }
    const invoice = await client.post("customer.invoices.view", { id: "1" });
    assert.deepEqual([invoice.status, invoice.headers["content-type"]], [200, "application/pdf"]);
    const called = new Set(["customer.invoices.view", ...CALLS.map(([operationId]) => operationId)]);
    assert.deepEqual(
      [...spec.operations.keys()].filter((operationId) => !called.has(operationId)),
      [],
    );
    assert.equal(called.size, 32);
  });

  it("answers valid input with success or with a status that it may have", async () => {
    const { world } = sandbox.combahton;
    const contracts = fc.constantFrom(...world.contracts.all().map(({ contract }) => contract));
    const addresses = world.addresses.all().map(({ ipaddr }) => ipaddr);
    const known = {
      id: fc.oneof(contracts, fc.constantFrom("1", "2037")),
      contract: contracts,
      ipaddr: fc.constantFrom(...addresses.filter((ip) => !ip.includes(":"))),
      nexthop: fc.constantFrom("192.0.2.11", "203.0.113.1"),
      domain: fc.constantFrom(domain, "shop.example", "lost.invalid", "no domain"),
      cert: fc.constantFrom(SAMPLE_CERTIFICATE, "x"),
      key: fc.constant(SAMPLE_KEY),
      template: fc.constantFrom("1", "12", "99"),
      sshkeys: fc.constantFrom("ssh-ed25519 AAAA", "", "x"),
    };
    for (const operation of spec.operations.values()) {
      const isV6 = operation.id.endsWith("ipv6");
      const own = isV6
        ? { ...known, ipaddr: fc.constantFrom(...addresses.filter((ip) => ip.includes(":"))) }
        : known;
      const allowed = /** @type {string[]} */ (operation.node["x-errors"]);
      await fc.assert(
        fc.asyncProperty(valuesFor(spec, operation.body?.schema ?? assert.fail(), own), async (fields) => {
          const input = /** @type {object} */ (fields);
          const { status, headers, text } = await client.post(operation.id, input);
          assert.equal(status, 200, text);
          assert.equal(sandbox.combahton.requests.at(-1)?.operationId, operation.id);
          if (headers["x-sandbox-reason"] === undefined) return;
          assert.ok(allowed.includes(JSON.parse(text).status), `${operation.id}: ${text}`);
          assert.doesNotMatch(String(headers["x-sandbox-reason"]), /^body /, "the input was valid");
        }),
        { numRuns: 12, seed: 20260606 },
      );
    }
    assert.deepEqual(sandbox.combahton.internalErrors, []);
  });

  it("does not know things that are not the customer's", async () => {
    const foreign = { id: "999999", contract: "999999", ipaddr: "203.0.113.99", domain: "lost.invalid" };
    for (const { id: operationId, node } of spec.operations.values()) {
      const errors = /** @type {string[]} */ (node["x-errors"]);
      const [, fields] = CALLS.find(([name]) => name === operationId) ?? ["", { id }];
      if (!errors.includes("id_unauthenticated")) continue;
      const changed = Object.entries(foreign).filter(([name]) => name in (fields ?? {}));
      const ipaddr = operationId.endsWith("ipv6") ? { ipaddr: "2001:db8::99" } : {};
      const input = { ...fields, ...Object.fromEntries(changed), ...ipaddr };
      assert.equal(await client.refused(operationId, input), "id_unauthenticated", operationId);
    }
  });
});
