// Artnet's networks: DNS, reverse DNS, firewalls, blackholes, fail-over addresses.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { artnetClient, items } from "./form-client.js";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof artnetClient>["call"]} */
let call;
/** @type {ReturnType<typeof artnetClient>["refused"]} */
let refused;

before(async () => {
  sandbox = await startSandbox({ providers: ["artnet"] });
  ({ call, refused } = artnetClient(sandbox.artnet));
});
beforeEach(() => sandbox.artnet.reset());
after(() => sandbox.close());

describe("Artnet's DNS", () => {
  it("adds and deletes zones", async () => {
    assert.equal(items((await call("dns.list")).zones_list).length, 33);
    const { zone_details: zone } = await call("dns.addPrimary", { domain: "Nowa.example." });
    assert.deepEqual(zone, { id: zone?.id, domain: "nowa.example", type: "primary" });
    const { zone_details } = await call("dns.detailsPrimary", { zone_id: zone?.id });
    assert.deepEqual(zone_details?.records, []);
    assert.deepEqual(zone_details?.nameservers, ["ns1.artnet.pl", "ns2.artnet.pl"]);

    const input = { domain: "copied.example", master_nameserver: "ns1.example.net" };
    const { zone_details: secondary } = await call("dns.addSecondary", input);
    assert.deepEqual(secondary, { id: secondary?.id, ...input, type: "secoundary" });
    assert.deepEqual(
      (await call("dns.detailsSecondary", { zone_id: secondary?.id })).zone_details,
      secondary,
    );
    assert.deepEqual(items((await call("dns.list")).zones_list).at(-1), secondary);

    const code = async (/** @type {string} */ id, /** @type {object} */ fields) =>
      (await refused(id, fields)).code;
    assert.equal(await code("dns.detailsPrimary", { zone_id: secondary?.id }), "invalid-zone-type");
    assert.equal(await code("dns.detailsSecondary", { zone_id: zone?.id }), "invalid-zone-type");
    assert.equal(await code("dns.addPrimary", { domain: "COPIED.example" }), "domain-already-exists");
    assert.equal(await code("dns.addPrimary", { domain: "some.invalid" }), "domain-not-allowed");
    assert.equal(await code("dns.addPrimary", { domain: "no name" }), "incorrect-param-value");
    const lost = { domain: "lost.example", master_nameserver: "ns.invalid" };
    assert.equal(await code("dns.addSecondary", lost), "unresolveable-master-nameserver");
    await call("dns.delete", { zone_id: secondary?.id });
    assert.equal(await code("dns.delete", { zone_id: secondary?.id }), "invalid-zone-id");
    assert.equal(items((await call("dns.list")).zones_list).length, 34);
  });

  it("replaces the records of a zone, if the serial number is the present one", async () => {
    const details = async () => (await call("dns.detailsPrimary", { zone_id: 3001 })).zone_details;
    const first = await details();
    assert.equal(items(first?.records).length, 5);
    const mx = { name: "@", ttl: 300, type: "MX", data1: "10", data2: "mail" };
    const records = [
      { name: "www", ttl: 300, type: "AAAA", data1: "2001:db8::1" },
      { name: "", ttl: 300, type: "TXT", data1: 'a=1; b=[2] & "żółw"' },
      {
        name: "_sip._tcp",
        ttl: 0,
        type: "SRV",
        data1: "1",
        data2: "2",
        data3: "5060",
        data4: "sip.example.net.",
      },
      { ...mx, data1: 10, data3: "" },
      ...Array.from({ length: 12 }, (_, index) => ({
        name: `h${index}`,
        ttl: 1,
        type: "A",
        data1: "192.0.2.1",
      })),
    ];
    const edit = { zone_id: 3001, serial: first?.serial, records };
    await call("dns.editPrimaryRecords", edit);
    const second = await details();
    assert.equal(second?.serial, Number(first?.serial) + 1);
    assert.deepEqual(second?.records, [...records.slice(0, 3), mx, ...records.slice(4)]);
    assert.equal((await refused("dns.editPrimaryRecords", edit)).code, "incorrect-soa-serial");
    for (const record of [
      { name: "", ttl: 1, type: "A", data1: "192.0.2.1" },
      { name: "a", ttl: -1, type: "A", data1: "192.0.2.1" },
      { name: "a", ttl: 1, type: "A", data1: "192.0.2" },
      { name: "a", ttl: 1, type: "A", data1: "192.0.2.1", data2: "x" },
      { name: "a", ttl: 1, type: "MX", data1: "mail", data2: "10" },
      { name: "a", ttl: 1, type: "SRV", data1: "1", data2: "2", data3: "5060" },
      { name: "a b", ttl: 1, type: "TXT", data1: "x" },
      { name: "a", ttl: 1, type: "NS", data1: "ns1.example.net" },
    ]) {
      const error = await refused("dns.editPrimaryRecords", {
        zone_id: 3001,
        serial: second?.serial,
        records: [record],
      });
      assert.equal(error.code, "incorrect-param-value", JSON.stringify(record));
    }
    assert.deepEqual(await details(), second);
    const other = { ...edit, zone_id: 3003 };
    assert.equal((await refused("dns.editPrimaryRecords", other)).code, "invalid-zone-type");
  });
});

describe("Artnet's reverse DNS", () => {
  const V4 = "100.51.198.in-addr.arpa";
  const details = async (/** @type {object} */ subclass) =>
    (await call("revDns.details", subclass)).subclass_details;

  it("has subclasses of the size of a class C network", async () => {
    const list = items((await call("revDns.list")).subnetworks_list);
    const [first, sixth] = ["198.51.100.64", "198.18.4.0"].map((ip) =>
      list.find((one) => String(one.ip) === ip),
    );
    assert.deepEqual(first?.dns_subclasses, [V4]);
    assert.deepEqual(sixth?.dns_subclasses, ["4.18.198.in-addr.arpa", "5.18.198.in-addr.arpa"]);
    const subclass = await details({ subnetwork_id: first?.id, dns_subclass: V4 });
    assert.deepEqual(subclass, {
      serial: 2_026_010_101,
      type: "IPv4",
      prefix: "198.51.100",
      ptr_records: [
        { origin: "65", ptr: "mail.example.com", address: "198.51.100.65" },
        { origin: "66", ptr: "www.example.com", address: "198.51.100.66" },
      ],
    });
    const foreign = { subnetwork_id: first?.id, dns_subclass: "4.18.198.in-addr.arpa" };
    assert.equal((await refused("revDns.details", foreign)).code, "authorization-failed");
    const edit = { ...foreign, serial: 1, ptr_records: [{ origin: "1", ptr: "a.example" }] };
    assert.equal((await refused("revDns.edit", edit)).code, "invalid-subclass");
  });

  it("edits what can be edited and warns of the rest", async () => {
    const subclass = { subnetwork_id: 701, dns_subclass: V4 };
    const serial = (await details(subclass))?.serial;
    const { warnings } = await call("revDns.edit", {
      ...subclass,
      serial,
      ptr_records: [
        { origin: "67", ptr: "new.example.com" },
        { origin: "66", delete: "delete" },
        { origin: "68", ptr: "not a host" },
        { origin: "69" },
        { origin: "70", delete: "delete" },
        { origin: "80", ptr: "neighbour.example.com" },
      ],
    });
    assert.deepEqual(
      items(warnings).map(({ origin, address, task, code }) => [origin, address, task, code]),
      [
        ["68", "198.51.100.68", "edit", "incorrect-param-value"],
        ["69", "198.51.100.69", "edit", "incorrect-param-value"],
        ["70", "198.51.100.70", "delete", "invalid-origin"],
        ["80", "198.51.100.80", "edit", "ip-not-allowed"],
      ],
    );
    assert.deepEqual(Object.keys(items(warnings)[0]?.description ?? {}), ["pl", "en"]);
    const second = await details(subclass);
    assert.equal(second?.serial, Number(serial) + 1);
    assert.deepEqual(
      items(second?.ptr_records).map(({ origin, ptr }) => [origin, ptr]),
      [
        ["65", "mail.example.com"],
        ["67", "new.example.com"],
      ],
    );
    const ptr_records = [{ origin: "67", ptr: "new.example.com" }];
    assert.equal((await refused("revDns.edit", { ...subclass, serial, ptr_records })).code, "invalid-serial");
    const same = await call("revDns.edit", { ...subclass, serial: second?.serial, ptr_records });
    assert.deepEqual(same.warnings, []);
    assert.equal((await details(subclass))?.serial, second?.serial, "nothing was changed");
    const odd = { ...subclass, serial: second?.serial, ptr_records: [{ origin: "x", ptr: "a.example" }] };
    assert.equal((await refused("revDns.edit", odd)).code, "invalid-origin");
  });

  it("shares serial numbers between the subnetworks of a subclass", async () => {
    const [first, second] = [701, 703].map((subnetwork_id) => ({ subnetwork_id, dns_subclass: V4 }));
    const serial = (await details(second ?? {}))?.serial;
    await call("revDns.edit", { ...first, serial, ptr_records: [{ origin: "64", ptr: "a.example" }] });
    assert.equal((await details(second ?? {}))?.serial, Number(serial) + 1);
  });

  it("has subclasses of IPv6", async () => {
    const [subnetwork] = items((await call("revDns.list")).subnetworks_list).filter(
      ({ type }) => String(type) === "IPv6",
    );
    const [dns_subclass] = items(subnetwork?.dns_subclasses);
    const subclass = { subnetwork_id: subnetwork?.id, dns_subclass };
    const before = await details(subclass);
    assert.deepEqual([before?.type, before?.prefix], ["IPv6", "2001:db8:a:0:0:0:0"]);
    const ptr_records = [{ origin: "1f", ptr: "six.example.com" }];
    await call("revDns.edit", { ...subclass, serial: before?.serial, ptr_records });
    const address = "2001:db8:a:0:0:0:0:1f";
    assert.deepEqual((await details(subclass))?.ptr_records, [{ ...ptr_records[0], address }]);
  });
});

describe("Artnet's firewall", () => {
  const any = { ip: "0.0.0.0", mask_short: 0, port: { begin: "", end: "" } };
  const web = { ip: "198.51.100.10", mask_short: 32, port: { begin: 80, end: 443 } };
  const rule = { policy: "ACCEPT", protocol: 6, source: any, destination: web };
  const details = async () => (await call("firewall.details", { ruleset_id: "fw-2" })).ruleset_details;

  it("is switched on and off, and keeps its rules", async () => {
    const [, second] = items((await call("firewall.list")).rulesets_list);
    assert.equal(items(second?.services_ids_list).length, 3);
    const before = await details();
    assert.equal(before?.enabled, false);
    await call("firewall.enable", { ruleset_id: "fw-2" });
    assert.deepEqual(await details(), { ...before, enabled: true });
    await call("firewall.disable", { ruleset_id: "fw-2" });
    assert.deepEqual(await details(), before);
  });

  it("saves rules in their order, by direction", async () => {
    const rules = {
      in: [rule, { ...rule, protocol: "", destination: any, policy: "DROP" }],
      out: [{ policy: "ACCEPT", protocol: "", source: any, destination: any }],
    };
    await call("firewall.save", { ruleset_id: "fw-2", rules });
    const kept = { ...rule, protocol: "6", destination: { ...web, port: { begin: "80", end: "443" } } };
    assert.deepEqual((await details())?.rules, { in: [kept, rules.in[1]], out: rules.out });
    await call("firewall.save", { ruleset_id: "fw-2", rules: { in: [rule], out: [] } });
    assert.deepEqual((await details())?.rules, { in: [kept], out: [] });
  });

  it("saves nothing where something is wrong, and says in which rule", async () => {
    const before = await details();
    const save = (/** @type {unknown} */ rules) => refused("firewall.save", { ruleset_id: "fw-2", rules });
    assert.equal((await save({ in: Array.from({ length: 21 }, () => rule) })).code, "too-many-rules");
    for (const odd of [
      { ...rule, protocol: 256 },
      { ...rule, source: { ...any, ip: "::1" } },
      { ...rule, source: { ...any, mask_short: 33 } },
      { ...rule, destination: { ...web, port: { begin: 443, end: 80 } } },
      { ...rule, destination: { ...web, port: { begin: 80, end: "" } } },
      { ...rule, protocol: 1 },
      { ...rule, policy: "REJECT" },
      { ...rule, comment: "web" },
    ]) {
      const error = await save({ in: [rule, odd] });
      assert.equal(error.code, "rules-syntax-error", JSON.stringify(odd));
      assert.equal(items(error.errors_details)[0]?.rule, "in.1");
    }
    assert.equal((await save(undefined)).code, "incorrect-param-value");
    assert.deepEqual(await details(), before);
  });
});

describe("Artnet's addresses", () => {
  it("are blackholed and freed, but not where an administrator has done it", async () => {
    const list = async () => items((await call("ipBlackholing.list")).blackholed_ips_list);
    assert.deepEqual(await list(), [
      { ip: "198.51.100.70", type: "admin" },
      { ip: "198.51.100.71", type: "customer" },
    ]);
    await call("ipBlackholing.enable", { ip: "2001:DB8:A:0::5" });
    assert.deepEqual((await list()).at(-1), { ip: "2001:db8:a::5", type: "customer" });
    await call("ipBlackholing.disable", { ip: "198.51.100.71" });
    assert.equal((await list()).length, 2);
    for (const [name, ip, code] of /** @type {const} */ ([
      ["enable", "2001:db8:a:0:0:0:0:5", "ip-already-blackholed"],
      ["enable", "198.51.100", "incorrect-ip"],
      ["enable", "fe80::1%eth0", "incorrect-ip"],
      ["enable", "192.0.2.255", "ip-not-allowed"],
      ["disable", "198.51.100.71", "ip-not-blackholed"],
      ["disable", "198.51.100.70", "admin-blackhole"],
    ])) {
      assert.equal((await refused(`ipBlackholing.${name}`, { ip })).code, code, ip);
    }
  });

  it("that fail over go to one of the allowed ones", async () => {
    const services = items((await call("failOverIp.list")).services_list);
    const [first, last] = [services[0], services.at(-1)].map((service) => ({ service_id: service?.id }));
    const details = async () => (await call("failOverIp.details", first)).service_details;
    assert.equal((await details())?.real_ip, "198.51.100.10");
    await call("failOverIp.switch", { ...first, real_ip: "198.51.100.12" });
    assert.equal((await details())?.real_ip, "198.51.100.12");
    assert.equal((await call("failOverIp.details", last)).service_details?.real_ip, false);
    for (const [service, real_ip, code] of /** @type {const} */ ([
      [first, "198.51.100.20", "ip-not-allowed"],
      [first, "nowhere", "incorrect-param-value"],
      [last, "198.51.100.10", "internal-fail-over-ip-error"],
      [{ service_id: 12001 }, "198.51.100.10", "invalid-service-type"],
    ])) {
      assert.equal((await refused("failOverIp.switch", { ...service, real_ip })).code, code);
    }
  });
});
