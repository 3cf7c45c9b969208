// A walk through combahton: what is ordered is there, what is changed shows, what is deleted is gone.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { combahtonClient } from "./json-client.js";
import { SAMPLE_CERTIFICATE, SAMPLE_KEY } from "./samples.js";

/** @typedef {import("../raw-client.js").Reply} Reply */

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof combahtonClient>} */
let client;
/** @type {ReturnType<typeof combahtonClient>["call"]} */
let call;
/** @type {ReturnType<typeof combahtonClient>["refused"]} */
let refused;
let clock = 1_780_000_000_000;

before(async () => {
  sandbox = await startSandbox({ providers: ["combahton"], combahton: { now: () => clock, credit: 40 } });
  client = combahtonClient(sandbox.combahton);
  ({ call, refused } = client);
});
beforeEach(() => sandbox.combahton.reset());
after(() => sandbox.close());

/**
 * @param {Reply | undefined} reply
 * @returns {Reply[]}
 */
const items = (reply) => /** @type {Reply[]} */ (/** @type {unknown} */ (reply));

describe("combahton's customer", () => {
  const credit = async () => Number((await call("customer.credits.view")).amount);

  it("orders products, which the credit pays for", async () => {
    assert.equal(await credit(), 40);
    const before = items(await call("customer.contract.viewAll")).length;
    assert.equal(before, 33);
    assert.deepEqual(await call("customer.contract.order", { id: 2050 }), {
      status: "order_placed",
      id: "603033",
    });
    assert.equal(await credit(), 20.01);
    const contracts = items(await call("customer.contract.viewAll"));
    assert.equal(contracts.length, 34);
    const contract = await call("customer.contract.view", { id: 603033 });
    assert.deepEqual(contracts.at(-1), contract);
    assert.equal(contract.ordered_time, String(clock / 1000));
    assert.equal((await call("kvm.server.view", { id: "603033" })).status, "stopped");
    assert.equal((await call("ipaddr.view.ipv4", { ipaddr: "192.0.2.40" })).contract, "603033");
    const [invoice] = items(await call("customer.invoices.viewAll"));
    assert.deepEqual([invoice?.amount, invoice?.subject], ["19.99", "603033 KVM L"]);

    await call("customer.contract.order", { id: "2100" });
    const { subnet } = await call("customer.contract.view", { id: "603034" });
    assert.equal(subnet, "198.51.100.24/29");
    for (const id of ["2050", "2051", "1"])
      assert.equal(await refused("customer.contract.order", { id }), "error");
    assert.equal(await credit(), 8.01);
  });

  it("extends contracts, by hand and by themselves", async () => {
    const view = async (id = "603000") => await call("customer.contract.view", { id });
    const { lifetime, autoextend } = await view();
    assert.deepEqual(await call("customer.contract.extend", { id: "603000" }), { status: "extended" });
    assert.equal((await view()).lifetime, Number(lifetime) + 30 * 24 * 3600);
    assert.equal(await credit(), 35.01);
    assert.equal(autoextend, "1");
    const off = { id: "603000", switch: "disable" };
    assert.equal((await call("customer.contract.autoextend", off)).status, "autoextend_disabled");
    assert.equal((await view()).autoextend, "0");
    const on = { ...off, switch: "enable" };
    assert.equal((await call("customer.contract.autoextend", on)).status, "autoextend_enabled");
    assert.equal((await view()).autoextend, "1");
    assert.equal(await refused("customer.contract.extend", { id: "603029" }), "error", "it is not prepaid");
    assert.equal(await refused("customer.contract.autoextend", { ...on, switch: "maybe" }), "error");
  });

  it("has invoices, as a list and as PDF files", async () => {
    const all = items(await call("customer.invoices.viewAll"));
    assert.equal(all.length, 100);
    assert.deepEqual([all[0]?.id, all.at(-1)?.id], ["104", "5"]);
    assert.deepEqual(items(await call("customer.invoices.viewUnpaid")), all.slice(0, 2));
    sandbox.combahton.configure({ unpaidInvoices: 0 });
    assert.deepEqual(await call("customer.invoices.viewUnpaid"), { status: "invoices_paid" });

    const { status, headers, bytes } = await client.post("customer.invoices.view", { id: "104" });
    assert.equal(status, 200);
    assert.equal(headers["content-type"], "application/pdf");
    assert.equal(headers["content-disposition"], 'attachment; filename="invoice-104.pdf"');
    const file = bytes.toString("latin1");
    assert.match(file, /^%PDF-1\.4\n%\xe2\xe3\xcf\xd3\n[\s\S]*\(Invoice 104\) Tj[\s\S]*%%EOF\n$/);
    const start = Number(/startxref\n(\d+)\n/.exec(file)?.[1]);
    assert.ok(file.startsWith("xref\n0 6\n", start));
    for (const [index, entry] of [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].entries()) {
      assert.ok(file.startsWith(`${index + 1} 0 obj\n`, Number(entry[1])));
    }
    assert.equal(await refused("customer.invoices.view", { id: "0" }), "id_unauthenticated");
  });

  it("has SSH keys", async () => {
    const sshkeys = "ssh-ed25519 AAAAC3Nz you@example.com\nssh-rsa AAAAB3Nz\n";
    assert.deepEqual(await call("customer.settings.sshkeys", { sshkeys }), { status: "OK" });
    assert.equal(sandbox.combahton.world.sshKeys, sshkeys);
    assert.equal(await refused("customer.settings.sshkeys", { sshkeys: "-----BEGIN" }), "error");
    await call("customer.settings.sshkeys", { sshkeys: "" });
    assert.equal(sandbox.combahton.world.sshKeys, "");
  });
});

describe("combahton's DDoS filters", () => {
  const ipaddr = "192.0.2.10";
  const state = async () => await call("antiddos.status.show", { ipaddr });
  const route = async (/** @type {4 | 7} */ layer, /** @type {string} */ routing) =>
    (await call(`antiddos.layer${layer}.routing`, { ipaddr, routing })).status;

  it("are on always, now, or when there is an attack", async () => {
    const first = await state();
    assert.deepEqual(Object.values(first), ["0", "on", "off", "off", "off", "off", "off"]);
    assert.equal(await route(4, "permanent"), "routing_changed");
    const { l4_dynamic, l4_permanent, last_change } = await state();
    assert.deepEqual([l4_dynamic, l4_permanent, last_change], ["off", "on", String(clock / 1000)]);
    await route(4, "dynamic_perm");
    clock += 1_799_000;
    assert.equal((await state()).l4_permanent, "on");
    clock += 1000;
    assert.equal((await state()).l4_permanent, "off");
    assert.equal((await state()).l4_dynamic, "on");
  });

  it("of layer 7 are on by themselves, or behind those of layer 4", async () => {
    await route(7, "only_on");
    assert.equal((await state()).l7_only, "on");
    for (const routing of ["on", "activate"]) {
      assert.equal(await refused("antiddos.layer7.routing", { ipaddr, routing }), "error");
    }
    await route(4, "permanent");
    for (const [on, off] of /** @type {const} */ ([
      ["on", "off"],
      ["activate", "deactivate"],
    ])) {
      await route(7, on);
      assert.equal((await state()).l7_permanent, "on");
      await route(7, off);
      assert.equal((await state()).l7_permanent, "off");
    }
    await route(7, "on");
    await route(7, "only_off");
    const { l7_only, l7_permanent } = await state();
    assert.deepEqual([l7_only, l7_permanent], ["off", "on"]);
    const other = { ipaddr: "192.0.2.11" };
    assert.equal((await call("antiddos.status.show", other)).l4_permanent, "off", "each address has its own");
  });

  it("have domain names, with a certificate or without", async () => {
    const names = async () => items(await call("antiddos.layer7.sslView")).map(({ domain }) => domain);
    const pair = { cert: SAMPLE_CERTIFICATE, key: SAMPLE_KEY };
    assert.deepEqual(await names(), []);
    assert.equal((await call("antiddos.layer7.sslAdd", { domain: "example.com", ...pair })).status, "added");
    assert.equal((await call("antiddos.layer7.add", { domain: "plain.example" })).status, "added");
    assert.deepEqual(await names(), ["example.com"]);
    for (const [name, domain, status] of /** @type {const} */ ([
      ["add", "EXAMPLE.com", "exists"],
      ["add", "plain.example", "exists"],
      ["add", "lost.invalid", "id_unauthenticated"],
      ["add", "no domain", "error"],
      ["delete", "example.com", "id_unauthenticated"],
      ["sslDelete", "plain.example", "id_unauthenticated"],
    ])) {
      assert.equal(await refused(`antiddos.layer7.${name}`, { domain }), status, `${name} ${domain}`);
    }
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const otherKey = privateKey.export({ type: "pkcs8", format: "pem" });
    for (const odd of [{ key: otherKey }, { key: "x" }, { cert: "x" }, { cert: SAMPLE_KEY }]) {
      const fields = { domain: "new.example", ...pair, ...odd };
      assert.equal(await refused("antiddos.layer7.sslAdd", fields), "ssl_chain_invalid");
    }
    assert.equal(await refused("antiddos.layer7.sslAdd", { domain: "example.com", ...pair }), "exists");
    assert.equal((await call("antiddos.layer7.sslDelete", { domain: "example.com" })).status, "deleted");
    assert.equal((await call("antiddos.layer7.delete", { domain: "plain.example" })).status, "deleted");
    assert.deepEqual(await names(), []);
    assert.equal(await refused("antiddos.layer7.delete", { domain: "plain.example" }), "id_unauthenticated");
  });

  it("have seen incidents, or none", async () => {
    assert.equal(items(await call("antiddos.incidents.showAll")).length, 100);
    const own = items(await call("antiddos.incidents.show", { ipaddr }));
    assert.equal(own.length, 25);
    assert.ok(own.every((incident) => String(incident.ipaddr) === ipaddr));
    const blank = { status: "blank" };
    assert.deepEqual(await call("antiddos.incidents.show", { ipaddr: "192.0.2.20" }), blank);
    sandbox.combahton.configure({ incidents: 0 });
    assert.deepEqual(await call("antiddos.incidents.showAll"), blank);
  });
});

describe("combahton's addresses", () => {
  it("have names", async () => {
    for (const [version, ipaddr, written] of /** @type {const} */ ([
      ["ipv4", "192.0.2.10", "192.0.2.10"],
      ["ipv6", "2001:db8:100::10", "2001:0DB8:0100:0::10"],
    ])) {
      const set = await call(`ipaddr.rdns.${version}`, { ipaddr, ptr: "mail.example.net" });
      assert.equal(set.status, "rdns_changed");
      assert.deepEqual(await call(`ipaddr.view.${version}`, { ipaddr: written }), {
        ipaddr,
        contract: "603000",
        rdns: "mail.example.net",
      });
      assert.equal(await refused(`ipaddr.rdns.${version}`, { ipaddr, ptr: "no host" }), "error");
    }
    assert.equal(await refused("ipaddr.view.ipv4", { ipaddr: "2001:db8:100::10" }), "error");
    assert.equal(await refused("ipaddr.view.ipv6", { ipaddr: "192.0.2.10" }), "error");
    assert.equal(await refused("antiddos.status.show", { ipaddr: "192.0.2.8/29" }), "error");
  });

  it("of subnets are routed to a server", async () => {
    const change = { contract: "603030", nexthop: "192.0.2.15" };
    assert.deepEqual(await call("ipsubnet.nexthop.change", change), { status: "success" });
    assert.equal((await call("customer.contract.view", { id: "603030" })).nexthop, "192.0.2.15");
    for (const [fields, status] of /** @type {const} */ ([
      [{ nexthop: "203.0.113.1" }, "failed"],
      [{ contract: "603000" }, "failed"],
      [{ contract: "1" }, "id_unauthenticated"],
      [{ nexthop: "::1" }, "error"],
    ])) {
      assert.equal(await refused("ipsubnet.nexthop.change", { ...change, ...fields }), status);
    }
  });
});

describe("combahton's KVM servers", () => {
  const id = "603000";
  const view = async () => await call("kvm.server.view", { id });

  it("start and stop", async () => {
    assert.deepEqual(await view(), {
      contract: "603000",
      product: "2037",
      node: "kvm20",
      macaddr: "00:00:5E:00:53:00",
      ostemplate: "none",
      status: "running",
      backup: "1",
    });
    const done = { success: true };
    for (const [name, status] of /** @type {const} */ ([
      ["stop", "stopped"],
      ["stop", "stopped"],
      ["start", "running"],
      ["start", "running"],
      ["reset", "running"],
    ])) {
      assert.deepEqual(await call(`kvm.server.${name}`, { id }), done);
      assert.equal((await view()).status, status);
    }
    await call("kvm.server.stop", { id });
    assert.deepEqual(await call("kvm.server.reset", { id }), { success: false });
    sandbox.combahton.configure({ strictControl: true });
    assert.deepEqual(await call("kvm.server.stop", { id }), { success: false });
    assert.deepEqual(await call("kvm.server.start", { id }), done);
    assert.deepEqual(await call("kvm.server.start", { id }), { success: false });
  });

  it("say in one way or the other that it went well", async () => {
    const forms = {
      mixed: [{ success: true }, "OK"],
      success: [{ success: true }, undefined],
      status: [{ status: "OK" }, "OK"],
    };
    for (const [controlAnswers, [control, vnc]] of Object.entries(forms)) {
      sandbox.combahton.configure({ controlAnswers });
      assert.deepEqual(await call("kvm.server.start", { id }), control);
      const access = await call("kvm.server.vnc", { id, source: "203.0.113.10" });
      assert.equal(access.status, vnc);
      assert.equal(access.source, "203.0.113.10");
      assert.match(String(access.vnc_port), /^537\d\d$/);
      assert.match(String(access.vnc_password), /^[\w-]{12}$/);
    }
    await call("kvm.server.stop", { id });
    assert.deepEqual(await call("kvm.server.reset", { id }), { status: "error" });
  });

  it("are reinstalled, and busy until they have been looked at often enough", async () => {
    const templates = await call("kvm.server.reinstallTemplates", { id });
    const [, second] = items(templates);
    assert.equal(await refused("kvm.server.reinstall", { id, template: "99" }), "error");
    assert.deepEqual(await call("kvm.server.reinstallTemplates"), templates, "of no server in particular");
    const reinstall = { id, template: Number(second?.id) };
    assert.deepEqual(await call("kvm.server.reinstall", reinstall), { status: "OK" });
    for (const [name, fields] of /** @type {const} */ ([
      ["start", {}],
      ["vnc", { source: "203.0.113.10" }],
      ["reinstallTemplates", {}],
      ["reinstall", reinstall],
      ["view", {}],
      ["view", {}],
    ])) {
      assert.equal(await refused(`kvm.server.${name}`, { id, ...fields }), "id_reinstalling");
    }
    const { ostemplate, status } = await view();
    assert.deepEqual([ostemplate, status], ["Ubuntu 24.04", "running"]);
    assert.deepEqual(await call("kvm.server.stop", { id }), { success: true });
    assert.equal((await view()).status, "stopped");

    sandbox.combahton.configure({ jobPolls: 0 });
    await call("kvm.server.reinstall", { id, template: "1" });
    assert.equal((await view()).ostemplate, "Debian 12");
  });
});

describe("combahton's world", () => {
  it("is the same after every reset", async () => {
    const lists = ["customer.contract.viewAll", "customer.invoices.viewAll", "antiddos.incidents.showAll"];
    const look = () => Promise.all(lists.map((name) => call(name)));
    const first = await look();
    await call("customer.contract.order", { id: "2037" });
    sandbox.combahton.configure({ incidents: 3 });
    assert.notDeepEqual(await look(), first);
    sandbox.combahton.reset();
    assert.deepEqual(await look(), first);
  });
});
