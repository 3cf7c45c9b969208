// Artnet: forms in PHP's brackets, and failures told by `success` whatever the status is.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { reveals } from "../package/leaks.js";
import { rejection } from "../package/rejection.js";
import { parseForm } from "../sandbox/body.js";
import { answering, setUp } from "./setup.js";

const { hostwire, sandbox, client, sent, body } = await setUp("artnet");
/** @param {number} [index] */
const form = (index = -1) => JSON.parse(JSON.stringify(parseForm(body(index))));

/** @param {AsyncIterable<any>} list */
async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

/** @param {unknown} answer @param {number} [status] */
const told = (answer, status = 200) =>
  client({ fetch: answering(() => Response.json(answer, { status })).fetch, maxRetries: 0 });

async function primaryZone() {
  const { zones_list } = await client().dns.list({});
  const zone = zones_list.find((/** @type {any} */ { domain }) => domain === "example.com");
  const { zone_details } = await client().dns.detailsPrimary({ zone_id: zone.id });
  return zone_details;
}

describe("Artnet's forms", () => {
  it("carry the credentials as the fields id and api_key", async () => {
    await client().customer.details({});
    const { customerId, apiKey } = sandbox.credentials;
    assert.deepEqual(form(), { id: customerId, api_key: apiKey });
    assert.equal(
      sandbox.requests[0]?.headers["content-type"]?.split(";")[0],
      "application/x-www-form-urlencoded",
    );
    assert.ok(!sandbox.requests[0]?.query);
  });

  it("carry lists of objects in brackets, and what arrives is what was meant", async () => {
    const zone = await primaryZone();
    const records = [
      { name: "@", ttl: 300, type: "A", data1: "192.0.2.77" },
      { name: "ż", ttl: 300, type: "TXT", data1: 'a=b&c[d]=%41 + "q" ; żółw' },
    ];
    await client().dns.editPrimaryRecords({ zone_id: zone.id, serial: zone.serial, records });
    assert.deepEqual(
      Object.values(form().records).map((/** @type {any} */ one) => ({ ...one, ttl: Number(one.ttl) })),
      records,
    );
    assert.deepEqual((await primaryZone()).records, records);
  });

  it("carry objects in lists in objects, to any depth", async () => {
    const { rulesets_list } = await client().firewall.list({});
    const id = rulesets_list[0].id;
    const side = (/** @type {string} */ ip) => ({ ip, mask_short: 32, port: { begin: "22", end: "23" } });
    const rule = {
      policy: "ACCEPT",
      protocol: "6",
      source: side("192.0.2.1"),
      destination: side("198.51.100.10"),
    };
    await client().firewall.save({ ruleset_id: id, rules: { in: [rule, rule], out: [] } });
    assert.equal(form().rules.in[1].source.port.end, "23");
    assert.match(decodeURIComponent(body(-1)), /rules\[in\]\[1\]\[source\]\[port\]\[end\]=23/);
    const details = await client().firewall.details({ ruleset_id: id });
    assert.ok(inspect(details, { depth: 9 }).includes("192.0.2.1"));
  });

  it("carry yes and no as words", async () => {
    await client().customer.edit({ customer: { business: "false" } });
    assert.equal(form().customer.business, "false");
    const instances = (await client().cloudInstance.list({})).instances_list;
    const params = { instance_id: instances[0].id, instance_password: "wrong", shutdown: "true" };
    await client()
      .cloudInstance.bootModeBoot(params)
      .catch(() => undefined);
    assert.equal(form().shutdown, "true");
  });

  it("take a boolean for such a word, which loses nothing", async () => {
    await client().customer.edit({ customer: { business: false } });
    assert.equal(form().customer.business, "false");
  });

  it("refuse half a record by its path, with every fault at once", async () => {
    const records = [
      { name: "@", ttl: 300, type: "A", data1: "192.0.2.77" },
      { name: "www", ttl: "soon", type: true },
      "text",
    ];
    const error = await rejection(client().dns.editPrimaryRecords({ zone_id: 1, serial: "1", records }));
    assert.ok(error instanceof hostwire.InputError);
    const paths = error.issues.map((/** @type {any} */ { path }) => path);
    for (const path of ["records[1].ttl", "records[1].type", "records[1].data1", "records[2]"]) {
      assert.ok(paths.includes(path), `${path} in ${paths}`);
    }
    assert.deepEqual(sent(), []);
  });
});

describe("Artnet's confirmation", () => {
  it("is filled in", async () => {
    const { items } = await client().vps.list({ limit: 1 });
    await client().vps.powerOff({ service_id: items[0].id });
    assert.equal(form().confirm, "confirm");
  });

  it("is no param", async () => {
    const error = await rejection(client().vps.powerOff({ service_id: 1, confirm: "no" }));
    assert.ok(error instanceof hostwire.InputError);
    assert.equal(error.issues[0].path, "confirm");
  });
});

describe("success false", () => {
  it("is an error by its code, with the code and the English words", async () => {
    for (const [code, Class] of /** @type {const} */ ([
      ["authorization-failed", "AuthenticationError"],
      ["unknown-command", "NotFoundError"],
      ["not-found", "NotFoundError"],
      ["service-not-found", "NotFoundError"],
      ["internal-operation-error", "ServerError"],
      ["invalid-param-value", "ValidationError"],
      ["invalid-service-type", "ValidationError"],
      ["domain-already-exists", "ApiError"],
    ])) {
      const answer = { success: false, error: { code, description: { pl: "Źle", en: "That is wrong" } } };
      const error = await rejection(told(answer).customer.details({}));
      assert.equal(error.name, Class, code);
      assert.ok(error instanceof hostwire[Class] && error instanceof hostwire.ApiError);
      assert.deepEqual([error.code, error.status], [code, 200]);
      assert.match(error.message, /That is wrong/);
      assert.ok(!error.message.includes("Źle"));
      assert.deepEqual(error.body, answer);
    }
  });

  it("is a ValidationError where a value is incorrect", async () => {
    const refused = await rejection(client().customer.edit({ customer: { email: "no address" } }));
    assert.equal(refused.code, "incorrect-param-value");
    assert.ok(refused instanceof hostwire.ValidationError, refused.name);
  });

  it("with a status that tells more has that status's class, and the words all the same", async () => {
    const answer = {
      success: false,
      error: { code: "invalid-id", description: { pl: "Źle", en: "That is wrong" } },
    };
    for (const [status, Class] of /** @type {const} */ ([
      [400, "ValidationError"],
      [403, "PermissionError"],
      [404, "NotFoundError"],
      [500, "ServerError"],
      [503, "ServerError"],
      [418, "ValidationError"],
    ])) {
      const error = await rejection(told(answer, status).customer.details({}));
      assert.deepEqual([error.name, error.status, error.code], [Class, status, "invalid-id"]);
      assert.match(error.message, /That is wrong/);
    }
  });

  it("has the Polish words where there are no English ones", async () => {
    const answer = { success: false, error: { code: "x", description: { pl: "Tylko po polsku" } } };
    assert.match((await rejection(told(answer).customer.details({}))).message, /Tylko po polsku/);
  });

  it("for wrong credentials says what to check", async () => {
    const error = await rejection(client({ apiKey: "WrongKey000000000000" }).customer.details({}));
    assert.ok(error instanceof hostwire.AuthenticationError);
    assert.match(error.message, /Check the customer number and the API key/);
    assert.deepEqual(sent().length, 1);
  });

  it("with every status the sandbox can give is thrown", async () => {
    for (const failureStatus of [200, 400, 403, 404, 422, 500]) {
      sandbox.configure({ failureStatus });
      const error = await rejection(client({ maxRetries: 0 }).vps.details({ service_id: 1 }));
      assert.ok(error instanceof hostwire.ApiError);
      assert.deepEqual([error.status, error.code], [failureStatus, "authorization-failed"], String(error));
    }
  });
});

describe("Artnet's lists", () => {
  it("are walked without totals, until a page is empty", async () => {
    const items = await all(client().services.list({ limit: 50 }));
    assert.ok(items.length > 100);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    assert.deepEqual([form(0).limit, form(0).offset], ["50", undefined]);
    assert.deepEqual([form(1).limit, form(1).offset], ["50", "50"]);
    assert.equal(sent().length, Math.ceil(items.length / 50) + 1);
  });

  it("are walked to their end where the provider gives fewer on a page than were asked for", async () => {
    const items = await all(client().services.list({}));
    sandbox.configure({ maxLimit: 40 });
    assert.equal((await all(client().services.list({ limit: 100 }))).length, items.length);
  });

  it("start where they are told to", async () => {
    const items = await all(client().services.list({}));
    assert.equal((await all(client().services.list({ limit: 40, offset: 30 }))).length, items.length - 30);
  });
});

describe("Artnet's answers", () => {
  it("keep their warnings", async () => {
    const answer = { success: true, warnings: [{ origin: "7", code: "invalid-origin" }] };
    const params = {
      subnetwork_id: 1,
      dns_subclass: "a",
      serial: 1,
      ptr_records: [{ origin: "7", ptr: "a.example" }],
    };
    const error = await told(answer)
      .revDns.edit(params)
      .catch((/** @type {any} */ thrown) => thrown);
    assert.deepEqual(error, answer);
  });

  it("with a new key are gone on with, and carry it", async () => {
    const api = client();
    const { apiKey: old } = { ...sandbox.credentials };
    const answer = await api.customer.regenerateApiKey({});
    assert.equal(answer.api_key, sandbox.credentials.apiKey);
    assert.notEqual(answer.api_key, old);
    await api.customer.details({});
    await Promise.all([api.customer.details({}), api.dns.list({})]);
    assert.equal(form().api_key, answer.api_key);
    const request = await api.prepare("customer.details", {});
    assert.ok((await request.text()).includes(answer.api_key));
    assert.ok(!reveals(inspect(api, { depth: 9, showHidden: true }), answer.api_key));
  });

  it("with a new key mask it from then on, in codes too", async () => {
    const api = client();
    const { api_key } = await api.customer.regenerateApiKey({});
    const { fetch } = answering((_, init) =>
      Response.json({ success: false, error: { code: String(init.body) } }),
    );
    const other = client({ fetch });
    assert.ok(!reveals(inspect(await rejection(other.customer.details({})), { depth: 9 }), api_key));
  });

  it("in text/html are read as what they are", async () => {
    const { fetch } = answering(
      () => new Response('{"success":true,"language":"pl"}', { headers: { "content-type": "text/html" } }),
    );
    assert.equal((await client({ fetch }).customer.getLanguage({})).language, "pl");
  });
});
