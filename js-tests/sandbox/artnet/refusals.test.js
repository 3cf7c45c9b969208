// What Artnet refuses and in which shape, how it reads forms, and its pages.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { startSandbox } from "../index.js";
import { send } from "../raw-client.js";
import { artnetClient, encodeForm, FORM, items, pathOf } from "./form-client.js";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof artnetClient>} */
let client;
before(async () => {
  sandbox = await startSandbox({ providers: ["artnet"] });
  client = artnetClient(sandbox.artnet);
});
beforeEach(() => sandbox.artnet.reset());
after(() => sandbox.close());

describe("a request to Artnet", () => {
  /**
   * @param {string} path
   * @param {object} fields
   */
  const post = (path, fields) => send(sandbox.artnet.url, "POST", path, FORM, encodeForm(fields));
  const GOOD = { id: "19052", api_key: "SandboxKey0000000000" };

  it("has its credentials among the fields", async () => {
    assert.deepEqual(sandbox.artnet.credentials, { customerId: GOOD.id, apiKey: GOOD.api_key });
    const path = pathOf("customer.getLanguage");
    assert.deepEqual((await post(path, GOOD)).json, { language: "pl", success: true });
    for (const bad of [
      {},
      { id: GOOD.id },
      { api_key: GOOD.api_key },
      { ...GOOD, id: "19053" },
      { ...GOOD, id: "019052" },
      { ...GOOD, api_key: "sandboxkey0000000000" },
      { ...GOOD, api_key: { 0: GOOD.api_key } },
    ]) {
      const { status, json } = await post(path, bad);
      assert.equal(status, 200);
      assert.deepEqual(json, {
        success: false,
        error: {
          code: "authorization-failed",
          description: { pl: "Brak autoryzacji", en: "Authorization failed" },
        },
      });
    }
    const authorization = `Basic ${Buffer.from(`${GOOD.id}:${GOOD.api_key}`).toString("base64")}`;
    const inHeader = await send(sandbox.artnet.url, "POST", path, { ...FORM, authorization }, "x=1");
    assert.equal(inHeader.json.error?.code, "authorization-failed");
    const inQuery = await send(sandbox.artnet.url, "POST", `${path}?${encodeForm(GOOD)}`, FORM);
    assert.equal(inQuery.json.error?.code, "authorization-failed");
  });

  it("is an unknown command where there is none of that name", async () => {
    for (const path of [
      "/api/customer/nothing",
      "/api/customer",
      "/api",
      "/api/vps/powerOn",
      "/customer/details",
    ]) {
      const { status, json } = await post(path, GOOD);
      assert.equal(status, 200, path);
      assert.deepEqual(json, {
        success: false,
        error: {
          code: "unknown-command",
          description: { pl: "Nieznane polecenie", en: "Unknown command: There is nothing at this path." },
        },
      });
    }
    const { status, headers, json } = await send(sandbox.artnet.url, "GET", pathOf("dns.list"));
    assert.deepEqual([status, headers.allow, json.error?.code], [405, "POST", "unknown-command"]);
  });

  it("has to be a form", async () => {
    const path = pathOf("customer.getLanguage");
    const types = { "content-type": "application/json" };
    const inJson = await send(sandbox.artnet.url, "POST", path, types, JSON.stringify(GOOD));
    assert.deepEqual([inJson.status, inJson.json.error?.code], [415, "content-type-unsupported"]);
    const untyped = await send(sandbox.artnet.url, "POST", path, {}, encodeForm(GOOD));
    assert.equal(untyped.status, 415);
    for (const odd of ["%zz=1", "x=%ff", "limit=1&limit=2", "rules=1&rules[in]=2"]) {
      const { status, json } = await client.raw("customer.getLanguage", odd);
      assert.deepEqual([status, json.error?.code], [200, "body-malformed"], odd);
    }
    const large = await client.raw("customer.getLanguage", "x".repeat(1_100_000));
    assert.deepEqual([large.status, large.json.error?.code], [413, "body-too-large"]);
    const utf8 = { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" };
    assert.equal((await send(sandbox.artnet.url, "POST", path, utf8, encodeForm(GOOD))).json.success, true);
  });

  it("has no fields but those of the command", async () => {
    for (const fields of [
      { id2: 1 },
      { customer: { nme: "x" } },
      { customer: { name: { first: "x" } } },
      { customer: "x" },
      { "customer[name": "x" },
    ]) {
      const error = await client.refused("customer.edit", fields);
      assert.equal(error.code, "incorrect-param-value", JSON.stringify(fields));
    }
    const { description } = await client.refused("customer.edit", { customer: { nme: "x" } });
    assert.match(String(description?.en), /body customer\.nme is not known/);
    assert.equal((await client.refused("dns.list", { service_id: 1 })).code, "incorrect-param-value");
    for (const name of ["__proto__", "constructor", "toString"]) {
      assert.equal((await client.refused("dns.list", { [name]: { a: 1 } })).code, "incorrect-param-value");
      const fields = encodeForm({ customer: { tel: "1" } });
      const inside = await client.raw("customer.edit", `${fields}&customer[${name}]=x`);
      assert.equal(inside.json.error?.code, "incorrect-param-value");
    }
  });

  it("has values of the types of the command, and all its faults are told at once", async () => {
    for (const service_id of ["x", "1.5", "", "0x1", " 1", "1e3"]) {
      assert.equal((await client.refused("vps.details", { service_id })).code, "incorrect-param-value");
    }
    const { description } = await client.refused("vps.powerOn", { service_id: "x" });
    assert.match(String(description?.en), /body confirm is required/);
    assert.match(String(description?.en), /body service_id must be integer/);
    assert.equal((await client.refused("vps.powerOn", { service_id: 1 })).code, "unconfirmed");
    const query = await send(
      sandbox.artnet.url,
      "POST",
      `${pathOf("dns.list")}?limit=1`,
      FORM,
      encodeForm(GOOD),
    );
    assert.equal(query.json.error?.code, "incorrect-param-value");
  });

  it("is refused with the status that is set for failures", async () => {
    sandbox.artnet.configure({ failureStatus: 400 });
    const { status, json } = await client.post("vps.details", { service_id: 1 });
    assert.deepEqual([status, json.error?.code], [400, "authorization-failed"]);
    assert.equal((await client.post("vps.list")).status, 200);
    assert.throws(() => sandbox.artnet.configure({ failureStatus: 99 }), /from 200 to 599/);
    sandbox.artnet.misbehave({ fault: { type: "status", status: 503 } });
    const down = await client.post("vps.list");
    assert.deepEqual([down.status, down.json.error?.code], [503, "sandbox-misbehaviour"]);
  });

  it("needs a customer ID that is a number", async () => {
    const credentials = { customerId: "robin", apiKey: "key" };
    await assert.rejects(
      startSandbox({ providers: ["artnet"], artnet: { credentials } }),
      /has to be a number/,
    );
  });
});

describe("Artnet's forms", () => {
  const record = { name: "a", ttl: 60, type: "TXT", data1: "x" };
  const serial = 2_026_010_101;

  /** @param {string} body */
  async function save(body) {
    sandbox.artnet.reset();
    const { json, text } = await client.raw(
      "dns.editPrimaryRecords",
      `zone_id=3002&serial=${serial}&${body}`,
    );
    assert.equal(json.success, true, text);
    const { zone_details } = await client.call("dns.detailsPrimary", { zone_id: 3002 });
    return items(zone_details?.records);
  }

  it("have brackets, escaped or not, and plus signs for spaces", async () => {
    const rest = "records[0][ttl]=60&records[0][type]=TXT";
    const plain = `records[0][name]=a&records[0][data1]=one+two%20three%2B&${rest}`;
    const escaped = plain.replaceAll("[", "%5B").replaceAll("]", "%5d");
    for (const body of [plain, escaped]) {
      assert.deepEqual(await save(body), [{ ...record, data1: "one two three+" }]);
    }
  });

  it("have lists with any indexes, in the order of their numbers", async () => {
    const names = async (/** @type {number[]} */ indexes) => {
      const records = Object.fromEntries(indexes.map((index) => [index, { ...record, name: `n${index}` }]));
      return (await save(encodeForm({ records }))).map(({ name }) => name);
    };
    assert.deepEqual(await names([0, 1, 2]), ["n0", "n1", "n2"]);
    assert.deepEqual(await names([5, 30, 200]), ["n5", "n30", "n200"]);
    assert.deepEqual(
      await names(Array.from({ length: 12 }, (_, index) => index)),
      Array.from({ length: 12 }, (_, index) => `n${index}`),
    );
    const service = client.refused("dns.editPrimaryRecords", {
      zone_id: 3002,
      serial,
      records: { x: record },
    });
    assert.equal((await service).code, "incorrect-param-value");
  });

  it("have lists without indexes", async () => {
    const body = "dns_servers[]=ns1.example.net&dns_servers[]=ns2.example.net";
    const { id } = sandbox.artnet.world.domains.all()[0] ?? assert.fail();
    assert.equal((await client.raw("domain.editDnsServers", `service_id=${id}&${body}`)).json.success, true);
    const { service_details } = await client.call("domain.details", { service_id: id });
    assert.deepEqual(service_details?.dns_servers, ["ns1.example.net", "ns2.example.net"]);
  });

  it("nest to any depth", async () => {
    const body = [
      "ruleset_id=fw-1",
      "rules[in][3][policy]=ACCEPT",
      "rules[in][3][protocol]=17",
      ...["source", "destination"].flatMap((end) => [
        `rules[in][3][${end}][ip]=192.0.2.0`,
        `rules[in][3][${end}][mask_short]=24`,
        `rules[in][3][${end}][port][begin]=53`,
        `rules[in][3][${end}][port][end]=53`,
      ]),
    ].join("&");
    assert.equal((await client.raw("firewall.save", body)).json.success, true);
    const { ruleset_details } = await client.call("firewall.details", { ruleset_id: "fw-1" });
    const [rule] = items(ruleset_details?.rules?.in);
    assert.deepEqual(rule?.source, { ip: "192.0.2.0", mask_short: 24, port: { begin: "53", end: "53" } });
    const deep = `customer${"[a]".repeat(50_000)}=1`;
    assert.equal((await client.raw("customer.edit", deep)).json.error?.code, "incorrect-param-value");
  });

  it("carry any text", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, async (notes) => {
        const instance_id = 5001;
        await client.call("cloudInstance.customPropertiesEdit", {
          instance_id,
          custom_properties: { notes },
        });
        const { instance_details } = await client.call("cloudInstance.details", { instance_id });
        assert.equal(instance_details?.custom_properties?.notes, notes);
      }),
      { numRuns: 100, seed: 20260604 },
    );
  });

  it("are never a fault of the sandbox, whatever is in them", async () => {
    const name = fc.constantFrom(
      "rules",
      "rules[in]",
      "rules[in][0][source]",
      "ruleset_id",
      "[",
      "a[",
      "]",
      "%00",
    );
    const value = fc.constantFrom("fw-1", "", "%F0%9F%98%80", "1", "x[0]", "%");
    const body = fc
      .array(
        fc.tuple(name, value).map((pair) => pair.join("=")),
        { maxLength: 6 },
      )
      .map((pairs) => pairs.join("&"));
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        assert.equal((await client.raw("firewall.save", sent)).status, 200);
      }),
      { numRuns: 200, seed: 20260605 },
    );
  });
});

describe("Artnet's pages", () => {
  it("begin where asked, and are as long as asked", async () => {
    const all = items((await client.call("vps.list")).services_list);
    for (const [limit, offset] of [
      [10, 0],
      [10, 25],
      [0, 0],
      [5, 30],
      [5, 999],
    ]) {
      const { services_list } = await client.call("vps.list", { limit, offset });
      assert.deepEqual(services_list, all.slice(offset, Number(offset) + Number(limit)));
    }
    for (const paging of [{ limit: -1 }, { offset: -1 }, { limit: "all" }]) {
      assert.equal((await client.refused("vps.list", paging)).code, "incorrect-param-value");
    }
  });

  it("have every email once, newest first", async () => {
    /** @type {number[]} */
    const times = [];
    for (let offset = 0; ; offset += 25) {
      const page = items((await client.call("customer.emailsList", { limit: 25, offset })).emails_list);
      if (page.length === 0) break;
      times.push(...page.map(({ time }) => Number(time)));
    }
    assert.equal(new Set(times).size, 60);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  it("may have a length of their own, and a greatest one", async () => {
    const length = async (/** @type {object} */ paging) =>
      items((await client.call("services.list", paging)).services_list).length;
    sandbox.artnet.configure({ defaultLimit: 20, maxLimit: 50 });
    assert.equal(await length({}), 20);
    assert.equal(await length({ limit: 45 }), 45);
    assert.equal(await length({ limit: 100 }), 50);
    sandbox.artnet.configure({ defaultLimit: null });
    assert.equal(await length({}), 50);
  });
});

describe("Artnet's world", () => {
  it("is the same after every reset", async () => {
    const look = async () => [
      await client.call("services.list"),
      await client.call("dns.list"),
      await client.call("cloudInstance.list"),
      await client.call("customer.emailsList"),
      await client.call("offerDedicated.expressOffer"),
    ];
    const first = await look();
    await client.call("offerDedicated.expressOrder", { server_id: 401 });
    await client.call("dns.delete", { zone_id: 3001 });
    sandbox.artnet.reset();
    assert.deepEqual(await look(), first);
  });
});
