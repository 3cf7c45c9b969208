// Params that are of no use, of every kind that JavaScript has: nothing is sent, nothing else is harmed.

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { rejection } from "./rejection.js";
import { RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();
const api = client();

afterEach(async () => {
  const polluted = /** @type {{ [name: string]: unknown }} */ ({});
  for (const name of ["polluted", "type", "content", "toJSON"]) assert.equal(polluted[name], undefined);
  assert.equal((await api.accounts.get({ account_id: 200001 })).id, 200001, "the next call works");
});

/**
 * @param {PromiseLike<unknown>} call
 * @returns {Promise<string[]>} the paths of what is wrong
 */
async function faultsOf(call) {
  const error = await rejection(call);
  assert.ok(error instanceof combell.InputError, inspect(error));
  assert.deepEqual([error.provider, sent()], ["combell", []]);
  return error.issues.map((/** @type {any} */ { path, message }) => {
    assert.equal(typeof message, "string");
    assert.notEqual(message, "");
    return path;
  });
}

class Unhelpful {
  get content() {
    throw new Error("not today");
  }
}

const cyclic = /** @type {unknown[]} */ ([]);
cyclic.push({ name: cyclic });

/** @type {unknown} */
let deep = "deep";
for (let depth = 0; depth < 100_000; depth++) deep = [deep];

const throwing = new Proxy(
  {},
  {
    get() {
      throw new Error("not today");
    },
    ownKeys() {
      throw new Error("not today");
    },
  },
);

/** What no wire form has a place for. */
const FOREIGN = {
  "a function": () => 1,
  "a class": Unhelpful,
  "a symbol": Symbol("s"),
  "a promise": Promise.resolve("192.0.2.1"),
  "a Map": new Map([["a", 1]]),
  "a Set": new Set([1]),
  "an Error": new Error("e"),
  "a RegExp": /a/,
  bytes: new Uint8Array(2),
  "an ArrayBuffer": new ArrayBuffer(2),
  NaN: Number.NaN,
  Infinity: Number.NEGATIVE_INFINITY,
  "a cycle": cyclic,
  "a deep value": deep,
  "an invalid Date": new Date(Number.NaN),
  "a toJSON that gives nothing": { toJSON: () => undefined },
  "a toJSON that gives a function": { toJSON: () => () => 1 },
  "a toJSON that throws": {
    toJSON() {
      throw new Error("not today");
    },
  },
  "a proxy that throws": throwing,
  "half a surrogate pair": "a\ud800b",
  "the other half": "\udc00",
};

describe("params", () => {
  it("have to be an object", async () => {
    const wrong = [null, [], [RECORD], "text", 7, true, 7n, Symbol("s"), () => RECORD];
    const classes = [new Map(), new Set(), new Date(), Promise.resolve(RECORD), new Uint8Array(2), /a/];
    for (const params of [...wrong, ...classes, throwing]) {
      assert.deepEqual(await faultsOf(api.dnsRecords.create(params)), [""]);
      assert.deepEqual(await faultsOf(api.prepare("dnsRecords.create", params)), [""]);
    }
  });

  it("reject, and do not throw before there is a promise", async () => {
    const call = api.dnsRecords.create(null);
    assert.ok(call instanceof Promise);
    await faultsOf(call);
  });

  for (const [what, value] of Object.entries(FOREIGN)) {
    it(`may not hold ${what}`, async () => {
      // A param in the path, in the query, in the body, and below that.
      const create = { ...RECORD, content: value };
      assert.deepEqual(await faultsOf(api.dnsRecords.create(create)), ["content"]);
      assert.deepEqual(await faultsOf(api.accounts.get({ account_id: value })), ["account_id"]);
      assert.deepEqual(await faultsOf(api.dnsRecords.get({ domain_name: "a", record_id: value })), [
        "record_id",
      ]);
      assert.deepEqual(await faultsOf(api.accounts.list({ identifier: value })), ["identifier"]);
      const servers = { domain_name: "example.com", name_servers: ["ns1.example.com", value] };
      const [path] = await faultsOf(api.domains.editNameServers(servers));
      assert.match(path ?? "", /^name_servers\[1\]/);
    });
  }

  it("with a getter that throws say which", async () => {
    const params = {
      ...RECORD,
      get content() {
        throw new Error("not today");
      },
    };
    assert.deepEqual(await faultsOf(api.dnsRecords.create(params)), ["content"]);
  });

  it("may not hold numbers, texts and flags that would have to be guessed", async () => {
    /** @type {{ [name: string]: unknown[] }} */
    const wrong = {
      ttl: [
        "",
        " 300",
        "300 ",
        "3e2",
        "0x12c",
        "300.0",
        300.5,
        "three",
        true,
        [300],
        {},
        59,
        86401,
        2 ** 31,
        59n,
      ],
      content: [true, null, {}, [], ["192.0.2.1"], 1e21],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const paths = await faultsOf(api.dnsRecords.create({ ...RECORD, [name]: value }));
        assert.deepEqual(paths, [name], inspect(value));
      }
    }
    const file = { sha1_fingerprint: "AB", password: "correct4horse" };
    for (const file_format of [true, null, [], {}, ["pfx"]]) {
      const paths = await faultsOf(api.sslCertificates.download({ ...file, file_format }));
      assert.deepEqual(paths, ["file_format"], inspect(file_format));
    }
    for (const will_renew of [1, 0, "yes", "True", "", null, {}]) {
      const paths = await faultsOf(api.domains.configure({ domain_name: "example.com", will_renew }));
      assert.deepEqual(paths, ["will_renew"], inspect(will_renew));
    }
  });

  it("may not move a request to another path", async () => {
    for (const domain_name of ["", ".", ".."]) {
      assert.deepEqual(await faultsOf(api.domains.get({ domain_name })), ["domain_name"]);
    }
  });

  it("may not be long", async () => {
    for (const content of ["x".repeat(2_000_000), "\u20ac".repeat(500_000), Array(200_000).fill([])]) {
      const error = await rejection(api.dnsRecords.create({ ...RECORD, content }));
      assert.ok(error instanceof combell.InputError);
      assert.match(error.message, /at most 1 MiB/);
    }
    assert.deepEqual(sent(), []);
  });

  it("that are not known are named, JavaScript's own names among them", async () => {
    const odd = JSON.parse(
      '{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": {} }, "toString": 1 }',
    );
    const params = Object.assign(JSON.parse(JSON.stringify(odd)), RECORD);
    Object.defineProperty(params, "__proto__", { value: { polluted: 1 }, enumerable: true });
    assert.deepEqual((await faultsOf(api.dnsRecords.create(params))).sort(), [
      "__proto__",
      "constructor",
      "toString",
    ]);
    const nested = { csr: "x", certificate_type: "standard", validation_level: "domain_validated" };
    const attributes = { additional_validation_attributes: [{ name: "Firstname" }, odd] };
    const paths = await faultsOf(api.sslCertificateRequests.create({ ...nested, ...attributes }));
    const at = "additional_validation_attributes[1]";
    assert.deepEqual(paths.sort(), [`${at}.__proto__`, `${at}.constructor`, `${at}.toString`]);
  });

  it("with a name that is no Unicode are refused", async () => {
    await faultsOf(api.dnsRecords.create({ ...RECORD, "\ud800": 1 }));
  });

  it("with the core's own mark are refused", async () => {
    await faultsOf(api.dnsRecords.create({ ...RECORD, content: { "\u0000": "a trick" } }));
    await faultsOf(api.dnsRecords.create({ ...RECORD, "\u0000": "a trick" }));
    await faultsOf(api.dnsRecords.create({ "\u0000": "a trick" }));
  });

  it("are all told at once, with what may have been meant", async () => {
    const error = await rejection(
      api.dnsRecords.create({
        domain_name: "..",
        typ: "A",
        ttl: 5,
        content: 1n,
        recordname: "x",
        weight: "w",
      }),
    );
    const told = Object.fromEntries(
      error.issues.map((/** @type {any} */ { path, message }) => [path, message]),
    );
    assert.deepEqual(Object.keys(told).sort(), ["domain_name", "recordname", "ttl", "typ", "weight"]);
    assert.match(told.typ, /did you mean type\?/);
    assert.match(told.recordname, /did you mean record_name\?/);
    for (const path of Object.keys(told)) assert.ok(error.message.includes(`${path} ${told[path]}`));
    assert.equal(error.operation, "dnsRecords.create");
  });

  it("of an operation that is not known are no matter", async () => {
    assert.deepEqual(await faultsOf(api.prepare("accounts.crate", {})), ["operation"]);
    assert.deepEqual(await faultsOf(api.prepare("__proto__", {})), ["operation"]);
  });
});

describe("extra", () => {
  it("goes along, in the body or the query", async () => {
    sandbox.configure({ unknownFields: "ignore" });
    await api.dnsRecords.create(RECORD, { extra: { newer: { a: [1, "b"] } } });
    assert.deepEqual(JSON.parse(String(sandbox.requests[0]?.body)).newer, { a: [1, "b"] });
    const { url } = await api.prepare(
      "accounts.list",
      { take: 1 },
      { extra: { newer: "a b", list: [1, 2] } },
    );
    const query = new URL(url).searchParams;
    assert.deepEqual([query.get("newer"), query.getAll("list")], ["a b", ["1", "2"]]);
  });

  it("may not hold what has no wire form: it would be lost in silence", async () => {
    for (const value of Object.values(FOREIGN)) {
      const [path] = await faultsOf(api.dnsRecords.create(RECORD, { extra: { newer: value } }));
      assert.match(path ?? "", /^extra\.newer/, inspect(value, { depth: 1 }));
    }
  });

  it("does not take the place of a param", async () => {
    assert.deepEqual(await faultsOf(api.dnsRecords.create(RECORD, { extra: { type: "MX" } })), [
      "extra.type",
    ]);
    assert.deepEqual(await faultsOf(api.accounts.list({ take: 1 }, { extra: { take: 2 } })), ["extra.take"]);
  });
});

describe("values", () => {
  /** @type {[what: string, given: unknown, sent: unknown][]} */
  const CONVERTED = [
    ["text", "192.0.2.1", "192.0.2.1"],
    ["a number for text", 603123, "603123"],
    ["a bigint for text", 9007199254740993n, "9007199254740993"],
    ["a Date for text", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["what toJSON gives", { toJSON: () => "192.0.2.2" }, "192.0.2.2"],
    ["what toJSON's toJSON gives", { toJSON: () => ({ toJSON: () => 5 }) }, "5"],
    ["characters of every kind", '\u0000\u2028 \u{1f600} "\\/', '\u0000\u2028 \u{1f600} "\\/'],
  ];
  for (const [what, given, expected] of CONVERTED) {
    it(`are converted where nothing is lost: ${what}`, async () => {
      // Not sent: the sandbox would have its own opinion of them.
      const request = await api.prepare("dnsRecords.create", { ...RECORD, content: given });
      assert.deepEqual((await request.json()).content, expected);
    });
  }

  it("are converted where a number or a flag is wanted", async () => {
    const create = await api.prepare("dnsRecords.create", { ...RECORD, ttl: 300n, priority: "10" });
    const { ttl, priority } = await create.json();
    assert.deepEqual([ttl, priority], [300, 10]);
    const flag = await api.prepare("domains.configure", { domain_name: "a.example", will_renew: "false" });
    assert.deepEqual(await flag.json(), { will_renew: false });
    const account = await api.prepare("accounts.get", { account_id: "603123" });
    assert.ok(account.url.endsWith("/603123"));
  });

  it("that are undefined are left out, null stays where it is allowed", async () => {
    const given = { ...RECORD, ttl: undefined, priority: null };
    const request = await api.prepare("dnsRecords.create", given);
    assert.deepEqual(await request.json(), { type: "A", content: "192.0.2.1", priority: null });
  });

  it("count as they were when the call was made", async () => {
    const params = { domain_name: "example.com", name_servers: ["ns1.example.com", "ns2.example.com"] };
    const call = api.domains.editNameServers(params);
    params.domain_name = "example.net";
    params.name_servers.push("ns3.example.com");
    await call;
    assert.match(sandbox.requests[0]?.path ?? "", /example\.com/);
    assert.equal(JSON.parse(String(sandbox.requests[0]?.body)).name_servers.length, 2);
  });

  it("may come from objects without a prototype, frozen ones, and classes with fields", async () => {
    class Fields {
      account_id = 200001;
    }
    const bare = Object.assign(Object.create(null), { account_id: 200001 });
    for (const params of [bare, Object.freeze({ account_id: 200001 }), new Fields()]) {
      assert.equal((await api.accounts.get(params)).id, 200001);
    }
  });
});
