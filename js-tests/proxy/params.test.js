// Params that no rule binds: they stay params, and nothing else of a request reaches the provider.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DOMAIN, kindOf, read, setUp } from "./setup.js";

const { clients, start, sent, sandbox } = await setUp();
const RECORD = { type: "A", record_name: "www9", content: "192.0.2.9", ttl: 3600 };

describe("Params that nothing binds", () => {
  const rules = { combell: ["domains.get", "mailboxes.list", "dnsRecords.create", "servicepacks.list"] };

  it("stay what they are: a value in the path names no other operation", async () => {
    const { call } = await start({ allow: rules });
    const values = [
      "../accounts",
      "..",
      ".",
      "a/../../accounts",
      "..%2faccounts",
      "%2e%2e",
      "x?take=1",
      "x#y",
      "x\\..\\y",
    ];
    for (const domain_name of [
      ...values,
      "x\r\nx-evil: 1",
      "x\u0000",
      "//evil.example",
      "\u2025/accounts",
      "x;y",
    ]) {
      await call({ operation: "combell/domains.get", params: { domain_name } });
    }
    assert.ok(sent().every((name) => name === "domains.get"));
    for (const { path, query, headers } of sandbox.combell.requests) {
      assert.match(path, /^\/v2\/domains\/[^/]+$/);
      assert.equal(query, "");
      assert.equal(headers["x-evil"], undefined);
    }
  });

  it("stay what they are: a value in the query adds no other", async () => {
    const { call } = await start({ allow: rules });
    for (const domain_name of ["x&take=1", "x&domain_name=y", "x#", "x\r\nhost: evil.example", "x+y%26z=1"]) {
      await call({ operation: "combell/mailboxes.list", params: { domain_name } });
    }
    for (const { query, headers } of sandbox.combell.requests) {
      assert.deepEqual([...new URLSearchParams(query).keys()], ["domain_name"]);
      assert.equal(headers.host, new URL(sandbox.combell.url).host);
    }
  });

  const options = {
    baseUrl: "http://evil.example",
    headers: { "x-evil": "1" },
    extra: { comment: "x" },
    fetch: "http://evil.example",
    proxy: { url: "http://evil.example" },
    apiKey: "mine",
    apiSecret: "mine",
    timeoutMs: 1,
    maxRetries: 100,
    allow: ["purchase"],
    signal: {},
    options: { headers: { "x-evil": "1" } },
    constructor: { prototype: { admin: true } },
    toString: "x",
    hasOwnProperty: "x",
    "\u0000": "x",
    "": "x",
  };
  for (const [name, value] of Object.entries(options)) {
    it(`are no options of the client: ${JSON.stringify(name)}`, async () => {
      const { call } = await start({ allow: rules });
      const params = Object.fromEntries([[name, value]]);
      const answer = await read(await call({ operation: "combell/servicepacks.list", params }));
      assert.deepEqual([answer.status, kindOf(answer)], [400, "InputError"]);
      assert.deepEqual(sent(), []);
    });
  }

  it("and headers of the caller do not reach the provider", async () => {
    const { call } = await start();
    const headers = {
      "x-evil": "1",
      cookie: "session=1",
      "x-forwarded-for": "192.0.2.1",
      "x-http-method-override": "DELETE",
      "accept-language": "nl",
      "user-agent": "evil",
    };
    assert.equal((await call({ headers })).status, 200);
    const [request] = sandbox.combell.requests;
    assert.ok(request);
    for (const name of ["x-evil", "cookie", "x-forwarded-for", "x-http-method-override", "origin"]) {
      assert.equal(request.headers[name], undefined, name);
    }
    assert.doesNotMatch(JSON.stringify(request.headers), /evil|Bearer/);
    assert.match(request.headers.authorization ?? "", /^hmac /);
  });

  it("keep the client's own `allow`, which no rule can widen", async () => {
    const { call } = await start({ clients: { combell: clients.combell({ allow: ["read"] }) } });
    const answer = await read(
      await call({ operation: "combell/dnsRecords.create", params: { ...DOMAIN, ...RECORD } }),
    );
    assert.deepEqual([answer.status, kindOf(answer)], [403, "NotAllowedError"]);
    assert.deepEqual(sent(), []);
  });
});
