// What createProxy is given: nothing is open by a slip, and every fault is told at once.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DOMAIN, read, requestOf, setUp } from "./setup.js";

const { clients, hostwire, make, proxies, sent } = await setUp();
const authorize = () => "somebody";
const right = { clients: { combell: clients.combell() }, authorize, allow: {} };
const store = { take: () => ({ allowed: true }) };

/** @type {[name: string, options: unknown, path: string][]} */
const WRONG = [
  ["nothing", undefined, "options"],
  ["null", null, "options"],
  ["text", "x", "options"],
  ["no authorize", { ...right, authorize: undefined }, "authorize"],
  ["an authorize that is no function", { ...right, authorize: true }, "authorize"],
  ["no allow", { ...right, allow: undefined }, "allow"],
  ["allow as text", { ...right, allow: "*" }, "allow"],
  ["allow as a list", { ...right, allow: ["*"] }, "allow"],
  ["allow as true", { ...right, allow: true }, "allow"],
  ["allow for no client", { ...right, allow: { hostkey: ["*"] } }, "allow.hostkey"],
  ["allow for all providers", { ...right, allow: { "*": ["*"] } }, "allow.*"],
  ["allow for a prototype", { ...right, allow: { constructor: ["*"] } }, "allow.constructor"],
  ["a rule as text", { ...right, allow: { combell: "*" } }, "allow.combell"],
  ["an unknown operation", { ...right, allow: { combell: ["x.y"] } }, "allow.combell[0]"],
  ["an empty operation", { ...right, allow: { combell: [""] } }, "allow.combell[0]"],
  ["a star over no reads", { ...right, allow: { combell: ["mailZones.configure.*"] } }, "allow.combell[0]"],
  ["a star of two", { ...right, allow: { combell: ["**"] } }, "allow.combell[0]"],
  ["a star within", { ...right, allow: { combell: ["dnsRecords.l*"] } }, "allow.combell[0]"],
  ["an operation that is a prototype's", { ...right, allow: { combell: ["toString"] } }, "allow.combell[0]"],
  ["a rule of null", { ...right, allow: { combell: [null] } }, "allow.combell[0]"],
  [
    "a slip in a rule",
    { ...right, allow: { combell: [{ operation: "*", param: DOMAIN }] } },
    "allow.combell[0]",
  ],
  [
    "a Map of params",
    { ...right, allow: { combell: [{ operation: "*", params: new Map() }] } },
    "allow.combell[0]",
  ],
  [
    "params of null",
    { ...right, allow: { combell: [{ operation: "*", params: null }] } },
    "allow.combell[0]",
  ],
  [
    "a bound of null",
    { ...right, allow: { combell: [{ operation: "*", params: { x: null } }] } },
    "allow.combell[0]",
  ],
  [
    "a bound of an object",
    { ...right, allow: { combell: [{ operation: "*", params: { x: {} } }] } },
    "allow.combell[0]",
  ],
  [
    "an empty list",
    { ...right, allow: { combell: [{ operation: "*", params: { x: [] } }] } },
    "allow.combell[0]",
  ],
  [
    "a list of lists",
    { ...right, allow: { combell: [{ operation: "*", params: { x: [["y"]] } }] } },
    "allow.combell[0]",
  ],
  [
    "secrets as text",
    { ...right, allow: { combell: [{ operation: "*", secrets: "no" }] } },
    "allow.combell[0]",
  ],
  ["no clients", { ...right, clients: undefined, allow: {} }, "clients"],
  ["an empty list of clients", { ...right, clients: {} }, "clients"],
  ["a client of another name", { ...right, clients: { hostkey: clients.combell() } }, "clients.hostkey"],
  [
    "credentials for a client",
    { ...right, clients: { combell: { apiKey: "a", apiSecret: "b" } } },
    "clients.combell",
  ],
  ["a copy of a client", { ...right, clients: { combell: { ...clients.combell() } } }, "clients.combell"],
  [
    "a child of a client",
    { ...right, clients: { combell: Object.create(clients.combell()) } },
    "clients.combell",
  ],
  ["a class", { ...right, clients: { combell: hostwire.Combell } }, "clients.combell"],
  ["an unknown option", { ...right, autorize: authorize }, "autorize"],
  ["a client's option", { ...right, baseUrl: "http://evil.example" }, "baseUrl"],
  ["an observer that is none", { ...right, onDenied: "log" }, "onDenied"],
  ["a base path without a slash", { ...right, basePath: "api" }, "basePath"],
  ["a base path with a query", { ...right, basePath: "/api?x" }, "basePath"],
  ["a base path with dots", { ...right, basePath: "/api/../x" }, "basePath"],
  ["a base path in percent", { ...right, basePath: "/a%2fb" }, "basePath"],
  ["a base path of two slashes", { ...right, basePath: "//api" }, "basePath"],
  ["all origins", { ...right, cors: { origins: "*" } }, "cors.origins"],
  ["all origins in a list", { ...right, cors: { origins: ["*"] } }, "cors.origins[0]"],
  ["a pattern of origins", { ...right, cors: { origins: ["https://*.example.com"] } }, "cors.origins[0]"],
  ["an expression for origins", { ...right, cors: { origins: [/./] } }, "cors.origins[0]"],
  ["the origin null", { ...right, cors: { origins: ["null"] } }, "cors.origins[0]"],
  ["an origin with a path", { ...right, cors: { origins: ["https://example.com/"] } }, "cors.origins[0]"],
  ["an origin without a scheme", { ...right, cors: { origins: ["example.com"] } }, "cors.origins[0]"],
  ["cors without origins", { ...right, cors: {} }, "cors.origins"],
  ["all headers", { ...right, cors: { origins: [], headers: ["*"] } }, "cors.headers[0]"],
  ["two headers in one", { ...right, cors: { origins: [], headers: ["a\r\nb"] } }, "cors.headers[0]"],
  ["cookies by text", { ...right, cors: { origins: [], credentials: "false" } }, "cors.credentials"],
  ["an unknown limit", { ...right, limits: { bodybytes: 1 } }, "limits.bodybytes"],
  ["a rate of null", { ...right, limits: { rate: null } }, "limits.rate.limit"],
  ["a rate of 0", { ...right, limits: { rate: 0 } }, "limits.rate.limit"],
  ["a rate of true", { ...right, limits: { rate: true } }, "limits.rate.limit"],
  ["no calls at all", { ...right, limits: { rate: { limit: 0, windowSeconds: 1 } } }, "limits.rate.limit"],
  [
    "no end of calls",
    { ...right, limits: { rate: { limit: Number.POSITIVE_INFINITY, windowSeconds: 1 } } },
    "limits.rate.limit",
  ],
  [
    "a window of text",
    { ...right, limits: { rate: { limit: 1, windowSeconds: "1", store } } },
    "limits.rate.windowSeconds",
  ],
  ["no concurrency", { ...right, limits: { concurrency: 0 } }, "limits.concurrency"],
  [
    "endless concurrency",
    { ...right, limits: { concurrency: Number.POSITIVE_INFINITY } },
    "limits.concurrency",
  ],
  ["a larger body", { ...right, limits: { bodyBytes: (1 << 20) + 1 } }, "limits.bodyBytes"],
  ["a body of NaN", { ...right, limits: { bodyBytes: Number.NaN } }, "limits.bodyBytes"],
  ["deeper JSON", { ...right, limits: { depth: 1000 } }, "limits.depth"],
  ["a timer that runs at once", { ...right, limits: { timeoutMs: 2 ** 31 } }, "limits.timeoutMs"],
  ["a time of text", { ...right, limits: { bodyTimeoutMs: "10" } }, "limits.bodyTimeoutMs"],
  ["a keyOf that is none", { ...right, limits: { keyOf: "id" } }, "limits.keyOf"],
];

describe("createProxy", () => {
  for (const [name, options, path] of WRONG) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => proxies.createProxy(options),
        (/** @type {any} */ error) => {
          assert.ok(error instanceof hostwire.InputError, String(error));
          assert.ok(
            error.issues.some((/** @type {any} */ issue) => issue.path === path),
            JSON.stringify(error.issues),
          );
          return true;
        },
      );
    });
  }

  it("tells every fault at once", () => {
    const options = {
      authorise: authorize,
      allow: { combell: ["dnsRecord.list"] },
      limits: { depth: 0 },
      cors: {},
    };
    assert.throws(
      () => proxies.createProxy({ ...options, clients: { combell: clients.combell() } }),
      ({ issues }) => {
        const paths = issues.map((/** @type {any} */ { path }) => path);
        assert.deepEqual(paths.sort(), [
          "allow.combell[0]",
          "authorise",
          "authorize",
          "cors.origins",
          "limits.depth",
        ]);
        assert.match(JSON.stringify(issues), /did you mean authorize\?.*did you mean dnsRecords\.list\?/);
        return true;
      },
    );
  });

  it("opens nothing with rules for nobody", async () => {
    for (const allow of [{}, { combell: [] }]) {
      assert.equal((await make({ allow }).proxy.fetch(requestOf("http://proxy.example"))).status, 403);
    }
    assert.deepEqual(sent(), []);
  });

  it("goes by its base path, whole and letter by letter", async () => {
    const { proxy } = make({ basePath: "/api/hosting" });
    const at = async (/** @type {string} */ path) =>
      (await proxy.fetch(requestOf("http://proxy.example", { path }))).status;
    assert.equal(await at("/api/hosting/combell/dnsRecords.list"), 200);
    for (const path of [
      "/combell/dnsRecords.list",
      "/api/hostingcombell/dnsRecords.list",
      "/api/hosting/",
      "/api/hosting//combell/dnsRecords.list",
      "/API/hosting/combell/dnsRecords.list",
      "/api%2fhosting/combell/dnsRecords.list",
      "/x/api/hosting/combell/dnsRecords.list",
    ]) {
      assert.equal(await at(path), 404, path);
    }
    assert.deepEqual(sent(), ["dnsRecords.list"]);
  });

  it("does not go by what is done to its options later", async () => {
    const rules = [{ operation: "dnsRecords.list", params: { domain_name: "example.net" } }];
    const allow = { combell: rules };
    const { proxy } = make({ allow });
    allow.combell = [];
    rules.push({ operation: "dnsRecords.list", params: { domain_name: "example.com" } });
    Object.assign(rules[0] ?? {}, { params: undefined });
    assert.equal((await proxy.fetch(requestOf("http://proxy.example"))).status, 403);
    assert.deepEqual(sent(), []);
  });

  it("is not disturbed by observers that throw or reject", async () => {
    const observers = [
      () => {
        throw new Error("x");
      },
      () => Promise.reject(new Error("x")),
    ];
    for (const observer of observers) {
      const { proxy } = make({ onRequest: observer, onResponse: observer, onDenied: observer });
      assert.equal((await proxy.fetch(requestOf("http://proxy.example"))).status, 200);
      const denied = await read(await proxy.fetch(requestOf("http://proxy.example", { path: "/" })));
      assert.equal(denied.status, 404);
    }
  });
});
