// What rules open and what they do not, and what of the params reaches the provider.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DOMAIN, kindOf, OTHER_TOKEN, read, requestOf, setUp } from "./setup.js";

const { make, start, sent, sandbox } = await setUp();
const RECORD = { type: "A", record_name: "www9", content: "192.0.2.9", ttl: 3600 };
const REFUSED = [403, "PermissionError proxy_params"];

/**
 * @param {unknown} rules of combell
 * @param {string} operation
 * @param {unknown} params
 */
async function tried(rules, operation, params) {
  const { proxy } = make({ allow: { combell: rules } });
  return await read(
    await proxy.fetch(requestOf("http://proxy.example", { operation: `combell/${operation}`, params })),
  );
}

/** @param {Awaited<ReturnType<typeof tried>>} answer */
const refusal = (answer) => [answer.status, kindOf(answer)];

describe("A rule", () => {
  it("with a star covers what reads, and nothing else", async () => {
    for (const rule of ["*", "dnsRecords.*"]) {
      assert.equal((await tried([rule], "dnsRecords.list", DOMAIN)).status, 200);
      for (const name of ["create", "update", "delete"]) {
        const answer = await tried([rule], `dnsRecords.${name}`, { ...DOMAIN, ...RECORD, record_id: "1" });
        assert.deepEqual(refusal(answer), [403, "PermissionError proxy_not_allowed"]);
      }
    }
    assert.deepEqual(sent(), ["dnsRecords.list", "dnsRecords.list"]);
  });

  it("with a star keeps to its resource", async () => {
    const answer = await tried(["ssh.*"], "sslCertificates.list", {});
    assert.deepEqual(refusal(answer), [403, "PermissionError proxy_not_allowed"]);
    assert.deepEqual(sent(), []);
  });

  it("with a star binds params as any other", async () => {
    const rules = [{ operation: "dnsRecords.*", params: DOMAIN }];
    assert.equal((await tried(rules, "dnsRecords.list", DOMAIN)).status, 200);
    assert.deepEqual(refusal(await tried(rules, "dnsRecords.list", { domain_name: "example.net" })), REFUSED);
    assert.deepEqual(sent(), ["dnsRecords.list"]);
  });

  it("fills in a single value that is left out", async () => {
    const answer = await tried(
      [{ operation: "dnsRecords.create", params: { ...DOMAIN, type: "A" } }],
      "dnsRecords.create",
      {
        record_name: "www9",
        content: "192.0.2.9",
      },
    );
    assert.equal(answer.status, 200);
    assert.equal(sandbox.combell.requests[0]?.path, "/v2/dns/example.com/records");
    assert.equal(JSON.parse(String(sandbox.combell.requests[0]?.body)).type, "A");
  });

  it("does not take a list of one for a single value", async () => {
    const rules = [{ operation: "dnsRecords.list", params: { domain_name: ["example.com"] } }];
    assert.deepEqual(refusal(await tried(rules, "dnsRecords.list", {})), REFUSED);
    assert.deepEqual(sent(), []);
  });

  it("takes a number and its text for the same, as the core does", async () => {
    const rules = [{ operation: "accounts.get", params: { account_id: 12 } }];
    for (const account_id of [12, "12"]) await tried(rules, "accounts.get", { account_id });
    for (const account_id of ["012", " 12", 12.5, "1e1"]) {
      assert.deepEqual(refusal(await tried(rules, "accounts.get", { account_id })), REFUSED);
    }
    assert.deepEqual(sent(), ["accounts.get", "accounts.get"]);
    assert.ok(sandbox.combell.requests.every(({ path }) => path === "/v2/accounts/12"));
  });

  it("is not mistaken by what an expression remembers", async () => {
    for (const flags of ["", "g", "y", "gy", "m", "gm", "i"]) {
      const domain_name = new RegExp("example\\.com", flags);
      domain_name.lastIndex = 3;
      const rules = [{ operation: "dnsRecords.list", params: { domain_name } }];
      const { proxy } = make({ allow: { combell: rules } });
      const ask = (/** @type {string} */ name) =>
        proxy.fetch(requestOf("http://proxy.example", { params: { domain_name: name } }));
      for (let round = 0; round < 3; round++) {
        assert.equal((await ask("example.com")).status, 200, flags);
        for (const name of ["xexample.com", "example.comx", "example.com\nx", "x\nexample.com\n"]) {
          assert.equal((await ask(name)).status, 403, `${flags} ${name}`);
        }
      }
    }
  });

  it("has a function say yes with true and nothing else", async () => {
    const answers = [1, "yes", {}, [], Promise.resolve(true), null, undefined, () => true];
    for (const answer of answers) {
      const rules = [{ operation: "dnsRecords.list", params: { domain_name: () => answer } }];
      assert.deepEqual(refusal(await tried(rules, "dnsRecords.list", DOMAIN)), REFUSED);
    }
    assert.deepEqual(sent(), []);
  });

  it("whose function throws lets nothing through, and does not say why", async () => {
    const domain_name = () => {
      throw new Error("the table of owners is at db.internal");
    };
    const answer = await tried(
      [{ operation: "dnsRecords.list", params: { domain_name } }],
      "dnsRecords.list",
      DOMAIN,
    );
    assert.deepEqual(refusal(answer), [500, "HostwireError proxy_failed"]);
    assert.doesNotMatch(answer.all, /internal/);
    assert.deepEqual(sent(), []);
  });

  it("may be one of several, each of which has to fit by itself", async () => {
    const rules = [
      { operation: "dnsRecords.create", params: { domain_name: "example.com", type: "A" } },
      { operation: "dnsRecords.create", params: { domain_name: "example.net", type: "AAAA" } },
    ];
    const crossed = { ...RECORD, domain_name: "example.com", type: "AAAA", content: "2001:db8::1" };
    assert.deepEqual(refusal(await tried(rules, "dnsRecords.create", crossed)), REFUSED);
    assert.deepEqual(sent(), []);
    const right = await tried(rules, "dnsRecords.create", { ...crossed, domain_name: "example.net" });
    assert.equal(right.status, 200);
  });

  it("tells who is refused which param it was, and nothing of the rules", async () => {
    const rules = [
      { operation: "dnsRecords.list", params: { domain_name: ["hidden-one.example", "hidden-two.example"] } },
      { operation: "accounts.get", params: { account_id: 4711 } },
    ];
    const answer = await tried(rules, "dnsRecords.list", DOMAIN);
    assert.deepEqual(
      answer.data.issues.map((/** @type {any} */ { path }) => path),
      ["domain_name"],
    );
    assert.doesNotMatch(answer.all, /hidden|4711|accounts/);
  });

  it("of one caller is not another's", async () => {
    const allow = async (/** @type {{ id: string }} */ { id }) => ({
      combell: id === "tests" ? ["dnsRecords.list"] : ["accounts.list"],
    });
    const { call } = await start({ allow });
    const other = { authorization: `Bearer ${OTHER_TOKEN}` };
    assert.equal((await call()).status, 200);
    const refused = await read(await call({ headers: other }));
    assert.deepEqual(refusal(refused), [403, "PermissionError proxy_not_allowed"]);
    assert.doesNotMatch(refused.all, /accounts/);
    assert.equal(
      (await call({ headers: other, operation: "combell/accounts.list", params: {} })).status,
      200,
    );
    assert.deepEqual(sent().sort(), ["accounts.list", "dnsRecords.list"]);
  });
});

describe("A function that gives rules", () => {
  /** @type {[string, unknown][]} */
  const garbage = [
    ["nothing", undefined],
    ["null", null],
    ["text", "*"],
    ["a star", ["*"]],
    ["true", true],
    ["an unknown provider", { "*": ["*"] }],
    ["a provider without a client", { hostkey: ["*"] }],
    ["text for a list", { combell: "*" }],
    ["a rule that is null", { combell: [null] }],
    ["an unknown operation", { combell: ["dnsRecords.explode"] }],
    ["a star in the middle", { combell: ["dns*.list"] }],
    ["an unknown name in a rule", { combell: [{ operation: "dnsRecords.list", parms: DOMAIN }] }],
    [
      "params in a Map",
      { combell: [{ operation: "dnsRecords.list", params: new Map([["domain_name", "x"]]) }] },
    ],
    ["params in a list", { combell: [{ operation: "dnsRecords.list", params: [DOMAIN] }] }],
    ["params that are null", { combell: [{ operation: "dnsRecords.list", params: null }] }],
    ["params that are a number", { combell: [{ operation: "dnsRecords.list", params: 1 }] }],
    ["a bound that is null", { combell: [{ operation: "dnsRecords.list", params: { domain_name: null } }] }],
    [
      "a bound that is undefined",
      { combell: [{ operation: "dnsRecords.list", params: { domain_name: undefined } }] },
    ],
    ["a bound of nothing", { combell: [{ operation: "dnsRecords.list", params: { domain_name: [] } }] }],
    ["secrets as text", { combell: [{ operation: "dnsRecords.list", secrets: "false" }] }],
  ];
  for (const [name, given] of garbage) {
    it(`opens nothing where it gives ${name}`, async () => {
      const { proxy, events } = make({ allow: () => given });
      const answer = await read(await proxy.fetch(requestOf("http://proxy.example")));
      assert.deepEqual([answer.status, kindOf(answer)], [500, "ServerError proxy_rules_failed"]);
      assert.equal(events.denied.length, 1);
      assert.deepEqual(sent(), []);
    });
  }

  it("opens nothing where it throws, and the caller does not learn why", async () => {
    const thrown = new Error("no answer of db.internal");
    for (const allow of [() => Promise.reject(thrown), throwing(thrown)]) {
      const { proxy, events } = make({ allow });
      const answer = await read(await proxy.fetch(requestOf("http://proxy.example")));
      assert.deepEqual([answer.status, kindOf(answer)], [500, "ServerError proxy_rules_failed"]);
      assert.doesNotMatch(answer.all, /internal/);
      assert.equal(events.denied[0].cause, thrown);
    }
    assert.deepEqual(sent(), []);
  });

  it("opens nothing where it gives no rules", async () => {
    for (const given of [{}, { combell: [] }]) {
      const { proxy } = make({ allow: () => given });
      const answer = await read(await proxy.fetch(requestOf("http://proxy.example")));
      assert.deepEqual([answer.status, kindOf(answer)], [403, "PermissionError proxy_not_allowed"]);
    }
    assert.deepEqual(sent(), []);
  });
});

/** @param {unknown} thrown @returns {() => never} */
function throwing(thrown) {
  return () => {
    throw thrown;
  };
}
