// What a client says of a proxy that is none, does not know it, or is down; and what cannot be had through a proxy.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { rejection } from "../package/rejection.js";
import { closedAddress } from "../package/servers.js";
import { ACCOUNT } from "../package/setup.js";
import { classOf, HEADERS, setUp, startServer, TOKEN } from "./served.js";

const { hostwire, sandbox, startProxy, proxiedClient, sent } = await setUp();
const { url } = await startProxy();
const ONCE = { maxRetries: 0 };
const get = (/** @type {any} */ client) => rejection(client.accounts.get({ account_id: 200_001 }));

/**
 * An address that always answers the same.
 *
 * @param {number} status
 * @param {{ [name: string]: string }} headers
 * @param {string} [body]
 */
const startOther = (status, headers, body = "") =>
  startServer((_, response) => response.writeHead(status, headers).end(body));

describe("a client whose proxy", () => {
  it("is down has a ConnectionError, after the repetitions of a read and the one try of a purchase", async () => {
    const nobody = await closedAddress();
    const read = await get(proxiedClient("combell", nobody));
    const purchase = await rejection(proxiedClient("combell", nobody).accounts.create(ACCOUNT));
    for (const error of [read, purchase])
      assert.ok(error instanceof hostwire.ConnectionError, inspect(error));
    assert.deepEqual([read.attempts, purchase.attempts], [3, 1]);
  });

  /** What is at the address, and is no proxy. @type {{ [what: string]: Parameters<typeof startOther> }} */
  const OTHERS = {
    "a web page": [200, { "content-type": "text/html" }, "<!doctype html><title>Hello</title>"],
    "a page that is not there": [404, { "content-type": "text/html" }, "<h1>Not found</h1>"],
    "an API of somebody else's": [200, { "content-type": "application/json" }, '{"id":200001}'],
    "an API that says no": [403, { "content-type": "application/json" }, '{"error":"forbidden"}'],
    "somebody else's problem": [
      409,
      { "content-type": "application/problem+json" },
      '{"type":"about:blank","title":"Conflict","status":409}',
    ],
    "an empty answer": [204, {}],
    "a gateway in front of a proxy that is down": [502, { "content-type": "text/plain" }, "Bad gateway"],
    "a header that is not JSON": [
      200,
      { "hostwire-response": "yes", "content-type": "application/json" },
      "{}",
    ],
    "a header that is JSON's null": [
      200,
      { "hostwire-response": "null", "content-type": "application/json" },
      "{}",
    ],
    "a header and a failure without a problem": [500, { "hostwire-response": "{}" }, "oh"],
    "a header and a problem without a type": [
      500,
      { "hostwire-response": "{}", "content-type": "application/problem+json" },
      '{"detail":"?"}',
    ],
    "a redirect": [302, { location: "https://elsewhere.example/" }],
  };
  for (const [what, answer] of Object.entries(OTHERS)) {
    it(`is ${what} has a ResponseError with its status`, async () => {
      const other = await startOther(...answer);
      const error = await get(proxiedClient("combell", other.url, ONCE));
      assert.ok(error instanceof hostwire.ResponseError, inspect(error));
      assert.deepEqual(
        [error.status, error.provider, error.operation],
        [answer[0], "combell", "accounts.get"],
      );
      assert.deepEqual([other.arrived, sent()], [1, []]);
    });
  }

  /** Headers that lie: what is told is odd, but no other kind of failure. @type {{ [what: string]: string }} */
  const LIES = {
    "a status that is text": '{"status":"200"}',
    "a total that is none": '{"total":{"toString":1}}',
    "attempts that are text": '{"attempts":"many"}',
    "a rate limit that is none": '{"rateLimit":7}',
    "names of prototypes": '{"__proto__":{"status":500},"constructor":1}',
    "a total with a line break": '{"total":"1\\r\\nset-cookie: a=b"}',
  };
  for (const [what, header] of Object.entries(LIES)) {
    it(`tells ${what} goes on, or has an error of this package`, async () => {
      const { url: lying } = await startOther(
        200,
        { "hostwire-response": header, "content-type": "application/json" },
        "[]",
      );
      const { accounts } = proxiedClient("combell", lying, ONCE);
      const told = await accounts.list().catch((/** @type {unknown} */ error) => error);
      assert.ok(!(told instanceof Error) || told instanceof hostwire.HostwireError, inspect(told));
      assert.equal(/** @type {any} */ ({}).status, undefined);
    });
  }

  it("names a class that there is not has an ApiError", async () => {
    for (const kind of ["NoSuchError", "constructor", "__proto__", "toString"]) {
      const { url: odd } = await startOther(
        400,
        { "hostwire-response": "{}", "content-type": "application/problem+json" },
        JSON.stringify({ type: `urn:hostwire:${kind}`, title: "?", status: 400, detail: "odd" }),
      );
      const error = await get(proxiedClient("combell", odd, ONCE));
      assert.ok(error instanceof hostwire.ApiError, inspect(error));
      assert.equal(error.message, "odd");
    }
  });

  /** Problems that lie. @type {{ [what: string]: object }} */
  const ODD_PROBLEMS = {
    "issues that are text": { issues: "path" },
    "issues that are a number": { issues: 7 },
    "issues that are an object": { issues: { length: 1, 0: { path: "a", message: "b" } } },
    "issues that are nothing": { issues: [null] },
    "issues without texts": { issues: [{ path: { toString: 1 }, message: 2 }] },
    "a detail that is no text": { detail: { toString: 1 } },
    "a wait that is none": { retryAfterMs: "soon" },
    "a code that is none": { code: { toString: 1 } },
  };
  for (const [what, problem] of Object.entries(ODD_PROBLEMS)) {
    for (const kind of ["InputError", "ApiError", "TimeoutError"]) {
      it(`has ${what} in a problem ends with an error of this package: ${kind}`, async () => {
        const { url: odd } = await startOther(
          400,
          { "hostwire-response": "{}", "content-type": "application/problem+json" },
          JSON.stringify({
            type: `urn:hostwire:${kind}`,
            title: "?",
            status: 400,
            detail: "odd",
            ...problem,
          }),
        );
        const error = await get(proxiedClient("combell", odd, ONCE));
        assert.ok(error instanceof hostwire.HostwireError, inspect(error));
      });
    }
  }

  // Without a proxy this is a ResponseError; the walk over such a page ends with a TypeError of the engine's.
  it("gives a list that is none has an error of this package", {}, async () => {
    const { url: odd } = await startOther(
      200,
      { "hostwire-response": '{"status":200}', "content-type": "application/json" },
      '{"not":"a list"}',
    );
    const error = await rejection(proxiedClient("combell", odd, ONCE).accounts.list());
    assert.ok(error instanceof hostwire.HostwireError, inspect(error));
  });

  it("does not know it has an AuthenticationError with the proxy's code", async () => {
    for (const headers of [
      {},
      { authorization: "Bearer another-token-of-nobody" },
      { authorization: TOKEN },
    ]) {
      const error = await get(new hostwire.Combell({ proxy: { url, headers }, ...ONCE }));
      assert.ok(error instanceof hostwire.AuthenticationError);
      assert.deepEqual([error.status, error.code, error.attempts], [401, "proxy_unauthorized", 1]);
    }
    assert.deepEqual(sent(), []);
  });

  it("lets it call less has a PermissionError with the proxy's code", async () => {
    const strict = await startProxy({ allow: { combell: ["dnsRecords.list"] } });
    const error = await get(proxiedClient("combell", strict.url));
    assert.ok(error instanceof hostwire.PermissionError);
    assert.deepEqual([error.code, strict.arrived, sent()], ["proxy_not_allowed", 1, []]);
  });

  it("has no client of the provider has a NotFoundError with the proxy's code", async () => {
    const { url: elsewhere } = await startProxy({ basePath: "/api/hosting" });
    for (const [name, at] of /** @type {const} */ ([
      ["combell", elsewhere],
      ["combell", `${url}/api`],
    ])) {
      const error = await get(proxiedClient(name, at));
      assert.ok(error instanceof hostwire.NotFoundError);
      assert.equal(error.code, "proxy_no_such_operation");
    }
    for (const at of [`${elsewhere}/api/hosting`, `${elsewhere}/api/hosting/`]) {
      assert.equal((await proxiedClient("combell", at).accounts.get({ account_id: 200_001 })).id, 200_001);
    }
  });

  it("allows fewer calls than are made waits and goes on, by the proxy's own Retry-After", async () => {
    const { url: slow } = await startProxy({ limits: { rate: { limit: 1, windowSeconds: 1 } } });
    const client = proxiedClient("combell", slow);
    const [first, second] = [
      await client.accounts.list({ take: 1 }),
      await client.accounts.list({ take: 1 }),
    ];
    assert.deepEqual(second.items, first.items);
    const error = await get(proxiedClient("combell", slow, ONCE));
    assert.ok(error instanceof hostwire.RateLimitError);
    assert.equal(error.code, "proxy_rate");
    assert.ok(error.retryAfterMs > 0 && error.retryAfterMs <= 1000, String(error.retryAfterMs));
  });
});

describe("through a proxy", () => {
  it("extra is refused, before anything is sent", async () => {
    const before = sandbox.combell.requests.length;
    const error = await rejection(proxiedClient("combell", url).accounts.list({}, { extra: { newer: 1 } }));
    assert.ok(error instanceof hostwire.InputError);
    assert.deepEqual(
      error.issues.map((/** @type {any} */ issue) => issue.path),
      ["options.extra"],
    );
    assert.equal(sandbox.combell.requests.length, before);
  });

  it("prepare and request are refused, whatever they are given", async () => {
    const client = proxiedClient("combell", url);
    for (const call of [
      client.prepare("accounts.list", {}),
      client.request({ method: "GET", path: "/v2/accounts" }),
      client.request(undefined),
    ]) {
      const error = await rejection(call);
      assert.ok(error instanceof hostwire.InputError);
      assert.equal(error.issues[0].path, "proxy");
    }
  });

  it("headers of the client and of the call go to the proxy and no further", async () => {
    const client = new hostwire.Combell({ proxy: { url }, headers: HEADERS });
    await client.accounts.get({ account_id: 200_001 }, { headers: { "x-of-the-call": "1" } });
    const [{ headers } = { headers: {} }] = sandbox.combell.requests;
    assert.equal(/** @type {any} */ (headers)["x-of-the-call"], undefined);
    assert.match(/** @type {any} */ (headers).authorization, /^hmac /);
  });

  it("headers cannot take the place of what the client says to the proxy", async () => {
    const headers = { ...HEADERS, "content-type": "text/plain", "hostwire-retries": "9" };
    sandbox.combell.misbehave({ fault: { type: "status", status: 503 }, times: "always" });
    await get(new hostwire.Combell({ proxy: { url, headers }, headers, ...ONCE }));
    assert.equal(sandbox.combell.requests.length, 1);
  });
});

describe("the option proxy", () => {
  /** What must not stand beside it, by provider. @type {{ [name: string]: { [option: string]: unknown }[] }} */
  const BESIDE = {
    combell: [{ apiKey: "key" }, { apiSecret: "secret" }],
    hostkey: [{ apiKey: "key" }, { token: "token" }, { pin: 1907 }, { tokenStore: new Map() }],
    ccloud: [{ clientId: "id" }, { clientSecret: "secret" }, { accessToken: "token" }],
    artnet: [{ customerId: "1" }, { apiKey: "key" }],
    combahton: [{ email: "a@b.example" }, { secret: "secret" }],
  };
  for (const [name, sets] of Object.entries(BESIDE)) {
    it(`of ${name} stands in place of credentials, addresses and stores`, () => {
      for (const beside of [...sets, { baseUrl: "https://api.example" }]) {
        const options = { proxy: { url: "https://proxy.example" }, ...beside };
        assert.throws(
          () => new hostwire[classOf(name)](options),
          (/** @type {any} */ error) =>
            error instanceof hostwire.InputError && error.issues[0].path === Object.keys(beside)[0],
          Object.keys(beside)[0],
        );
      }
    });
  }

  for (const proxy of [
    undefined,
    null,
    "https://proxy.example",
    {},
    { url: "" },
    { url: "proxy.example" },
    { url: "http://proxy.example" },
    { url: "https://user:pass@proxy.example" },
    { url: "https://proxy.example/?to=combell" },
    { url: "https://proxy.example/#there" },
    { url: "javascript:alert(1)" },
    { url: "https://proxy.example", headers: "authorization: none" },
    { url: "https://proxy.example", headers: { authorization: "a\r\nb" } },
    { url: "https://proxy.example", headers: { "a b": "c" } },
    { url: "https://proxy.example", token: "x" },
  ]) {
    it(`is refused as ${inspect(proxy)}`, () => {
      assert.throws(() => new hostwire.Combell({ proxy }), { name: "InputError" });
    });
  }

  it("shows its headers to nobody", () => {
    const client = proxiedClient("combell", url);
    for (const shown of [inspect(client, { depth: 9 }), JSON.stringify(client)]) {
      assert.ok(!shown.includes(TOKEN), shown);
    }
  });

  // The address is copied, the headers in it are not.
  it("cannot be changed behind the client's back", async () => {
    const proxy = { url, headers: { ...HEADERS } };
    const client = new hostwire.Combell({ proxy });
    proxy.url = "http://127.0.0.1:1";
    proxy.headers.authorization = "Bearer of-somebody-else";
    const outcome = await client.accounts
      .get({ account_id: 200_001 })
      .catch((/** @type {any} */ error) => error);
    assert.equal(outcome.id, 200_001, inspect(outcome));
  });
});
