// Answers that say no, or say nothing that can be understood.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { startRecorder } from "./servers.js";
import { ACCOUNT, RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();

/** @typedef {import("../sandbox/misbehave.js").Rule["fault"]} Fault */

const ONCE = { maxRetries: 0 };

describe("a refusal", () => {
  const CLASSES = {
    400: "ValidationError",
    401: "AuthenticationError",
    403: "PermissionError",
    404: "NotFoundError",
    409: "ConflictError",
    410: "GoneError",
    422: "ValidationError",
    429: "RateLimitError",
    500: "ServerError",
    502: "ServerError",
    503: "ServerError",
    418: "ApiError",
  };
  for (const [status, name] of Object.entries(CLASSES)) {
    it(`with ${status} is a ${name} that knows the answer`, async () => {
      const body = { error_code: "some_code", error_text: "Some words." };
      const headers = { "x-request-id": "abc" };
      sandbox.misbehave({ fault: { type: "status", status: Number(status), body, headers } });
      const error = await rejection(client(ONCE).accounts.get({ account_id: 1 }));
      for (const Class of [combell[name], combell.ApiError, combell.HostwireError, Error]) {
        assert.ok(error instanceof Class);
      }
      assert.equal(error.name, name);
      assert.equal(error.status, Number(status));
      assert.equal(error.code, "some_code");
      assert.deepEqual(error.body, body);
      assert.equal(error.headers.get("x-request-id"), "abc");
      assert.deepEqual([error.attempts, error.provider, error.operation], [1, "combell", "accounts.get"]);
      assert.match(error.message, /Some words/);
      assert.match(error.stack, /faults-answers\.test\.js/, "the caller's stack");
    });
  }

  it("of values tells each of them in issues", async () => {
    const body = {
      validation_errors: [
        { error_code: "a", error_text: "A is wrong." },
        { error_code: "b", error_text: "B is wrong." },
      ],
    };
    sandbox.misbehave({ fault: { type: "status", status: 400, body } });
    const error = await rejection(client().dnsRecords.create(RECORD));
    assert.deepEqual(
      error.issues.map((/** @type {any} */ { code, message }) => [code, message]),
      [
        ["a", "A is wrong."],
        ["b", "B is wrong."],
      ],
    );
  });

  it("may come as a web page, as text, as broken JSON, or without a body", async () => {
    for (const [status, body, contentType] of /** @type {const} */ ([
      [502, "<html><h1>Bad Gateway</h1></html>", "text/html"],
      [403, "<html>Access denied</html>", "text/html"],
      [500, "out of memory", "text/plain"],
      [404, '{"error_code": "x', "application/json"],
      [404, "", "application/json"],
    ])) {
      sandbox.misbehave({ fault: { type: "status", status, body, contentType } });
      const error = await rejection(client(ONCE).accounts.get({ account_id: 1 }));
      assert.ok(error instanceof combell.ApiError, body);
      assert.equal(error.status, status);
      assert.equal(error.body, body || undefined);
      assert.equal(error.code, undefined);
    }
  });

  it("has a body that is cut where it is long", async () => {
    const body = "x".repeat(100_000);
    sandbox.misbehave({ fault: { type: "status", status: 500, body, contentType: "text/plain" } });
    const error = await rejection(client(ONCE).accounts.list());
    assert.ok(error.body.length < 10_000 && error.message.length < 2000);
  });

  it("whose body is JSON of any kind is still told", async () => {
    for (const body of [null, [], 7, "text", { error_text: { deep: [1] } }, { validation_errors: {} }]) {
      const text = JSON.stringify(body);
      sandbox.misbehave({
        fault: { type: "status", status: 422, body: text, contentType: "application/json" },
      });
      const error = await rejection(client(ONCE).accounts.list());
      assert.ok(error instanceof combell.ValidationError, text);
      assert.deepEqual(error.body, body);
    }
  });
});

describe("a 429", () => {
  const NOW = Date.UTC(2030, 0, 1, 12);
  /** @type {[what: string, fault: Fault, retryAfterMs: number | undefined][]} */
  const ASKED = [
    ["seconds", { type: "rateLimit", retryAfter: 7 }, 7000],
    ["no seconds at all", { type: "rateLimit", retryAfter: 0 }, 0],
    ["a date", { type: "rateLimit", retryAfter: new Date(NOW + 5000).toUTCString() }, 5000],
    ["a date that is past", { type: "rateLimit", retryAfter: new Date(NOW - 5000).toUTCString() }, 0],
    ["the end of the window", { type: "rateLimit", retryAfter: null, reset: 9 }, 9000],
    ["nothing", { type: "rateLimit", retryAfter: null, reset: null }, undefined],
    ["something else", { type: "rateLimit", retryAfter: "soon", reset: null }, undefined],
    ["a long time", { type: "rateLimit", retryAfter: 61 }, 61_000],
  ];
  for (const [what, fault, expected] of ASKED) {
    it(`asks to wait: ${what}`, async () => {
      sandbox.misbehave({ fault });
      const api = client({ ...ONCE, now: () => NOW });
      sandbox.configure({ clockOffsetMs: NOW - Date.now() });
      const error = await rejection(api.accounts.list());
      assert.ok(error instanceof combell.RateLimitError);
      assert.equal(error.retryAfterMs, expected);
    });
  }

  it("that asks for more than 60 seconds is not waited for", async () => {
    for (const fault of /** @type {Fault[]} */ ([
      { type: "rateLimit", retryAfter: 61 },
      { type: "rateLimit", retryAfter: null, reset: 3600 },
      { type: "rateLimit", retryAfter: new Date(Date.now() + 3_600_000).toUTCString() },
      { type: "status", status: 503, headers: { "retry-after": "120" } },
    ])) {
      sandbox.reset();
      sandbox.misbehave({ fault });
      const error = await rejection(client().accounts.list());
      assert.ok(error instanceof combell.RateLimitError || error instanceof combell.ServerError);
      assert.equal(error.attempts, 1);
      assert.deepEqual(sent(), ["accounts.list"]);
    }
  });

  it("is waited for as long as it asks", async () => {
    /** @type {number[]} */
    const delays = [];
    for (const fault of /** @type {Fault[]} */ ([
      { type: "rateLimit", retryAfter: 60 },
      { type: "rateLimit", retryAfter: null, reset: 30 },
    ])) {
      sandbox.misbehave({ fault });
      const controller = new AbortController();
      const api = client({
        onRetry: (/** @type {any} */ { delayMs }) => {
          delays.push(delayMs);
          controller.abort();
        },
      });
      await rejection(api.dnsRecords.create(RECORD, { signal: controller.signal }));
    }
    assert.deepEqual(delays, [60_000, 30_000]);
  });
});

describe("a success that is none", () => {
  /** @type {[what: string, fault: Fault][]} */
  const FAULTS = [
    ["a web page", "html"],
    ["JSON that is cut off", "brokenJson"],
    ["nothing", "emptyBody"],
    ["text", html("text/plain")],
    ["a web page that is said to be JSON", html("application/json")],
    ["a web page that is said to be nothing", html("")],
    ["an object in place of a list", { type: "status", status: 200, body: { items: [] } }],
    ["null in place of a list", json("null")],
    ["text in place of a list", json('"[]"')],
  ];
  for (const [what, fault] of FAULTS) {
    it(`is a ResponseError: ${what}`, async () => {
      sandbox.misbehave({ fault });
      const error = await rejection(client().accounts.list());
      assert.ok(error instanceof combell.ResponseError, String(error));
      assert.ok(!(error instanceof combell.ApiError));
      assert.deepEqual([error.status, error.attempts, error.operation], [200, 1, "accounts.list"]);
      assert.deepEqual(sent(), ["accounts.list"]);
    });
  }

  /** @param {string} contentType @returns {Fault} */
  function html(contentType) {
    return { type: "status", status: 200, body: "<!doctype html><p>Please wait", contentType };
  }
  /** @param {string} body @returns {Fault} */
  function json(body) {
    return { type: "status", status: 200, body, contentType: "application/json" };
  }

  it("is a ResponseError for a file as well", async () => {
    const [certificate] = sandbox.world.certificates.all();
    const file = {
      sha1_fingerprint: certificate?.sha1_fingerprint,
      file_format: "pfx",
      password: "pass1234",
    };
    for (const fault of /** @type {Fault[]} */ ([
      "html",
      "emptyBody",
      { type: "status", status: 200, body: { error_text: "No file today." } },
    ])) {
      sandbox.misbehave({ fault });
      const error = await rejection(client().sslCertificates.download(file));
      assert.ok(error instanceof combell.ResponseError, JSON.stringify(fault));
    }
  });

  it("may be JSON under any of JSON's types, or under none", async () => {
    for (const contentType of ["application/json", "application/vnd.api+json; charset=utf-8", "text/json"]) {
      sandbox.misbehave({ fault: { type: "contentType", contentType } });
      assert.equal((await client().accounts.get({ account_id: 200001 })).id, 200001, contentType);
    }
    sandbox.misbehave({ fault: { type: "headers", headers: { "content-type": null } } });
    assert.equal((await client().accounts.get({ account_id: 200001 })).id, 200001);
  });

  it("that names no place though it promises one says not to send it again", async () => {
    sandbox.misbehave({ fault: "noLocation" });
    const error = await rejection(client().accounts.create(ACCOUNT));
    assert.ok(error instanceof combell.ResponseError);
    assert.match(error.message, /do not send it again/);
    assert.deepEqual(sent(), ["accounts.create"]);
  });

  it("that names no place and promises none is a success all the same", async () => {
    sandbox.misbehave({ fault: "noLocation" });
    assert.equal(await client().dnsRecords.create(RECORD), undefined);
    sandbox.misbehave({ fault: "noLocation" });
    const call = client().domains.transfer({ domain_name: "moved.example", auth_code: "abc-123" });
    assert.equal(await call, undefined);
    const error = await rejection(call.wait());
    assert.match(error.message, /has taken domains\.transfer, but does not say which job to follow/);
    assert.deepEqual(sent(), ["dnsRecords.create", "domains.transfer"]);
  });

  for (const contentType of ["text/plain", "text/html", "application/octet-stream"]) {
    it(`that is JSON is read as such, though it is said to be ${contentType}`, async () => {
      sandbox.misbehave({ fault: { type: "contentType", contentType } });
      assert.equal((await client().accounts.list()).total, 350);
    });
  }
});

describe("a place", async () => {
  const here = await startRecorder();
  after(() => here.close());

  for (const [location, id] of /** @type {const} */ ([
    ["/v2/a/ID-7", "ID-7"],
    ["https://x.example/v2/a/ID%2F7?x=/y#/z", "ID/7"],
    ["/v2/a/7/", "7"],
    ["7", "7"],
    ["%zz", "%zz"],
    ["/", ""],
  ])) {
    it(`at ${location} has the id "${id}"`, async () => {
      here.answer = () => ({ status: 201, headers: { location } });
      assert.deepEqual(await client({ baseUrl: here.url }).dnsRecords.create(RECORD), { location, id });
    });
  }
});

describe("what a provider says", async () => {
  const here = await startRecorder();
  after(() => here.close());
  /** @param {string} text */
  const told = async (text) => {
    const body = JSON.stringify({ error_code: "no", error_text: text });
    here.answer = () => ({ status: 404, headers: { "content-type": "application/json" }, body });
    return (await rejection(client({ ...ONCE, baseUrl: here.url }).accounts.get({ account_id: 1 }))).message;
  };

  it("is quoted as it says it, without the full stop", async () => {
    assert.equal(
      await told('No "account" \\ é 😀.'),
      'Combell answered 404 to accounts.get: No "account" \\ é 😀 (no)',
    );
  });

  it("is quoted up to a length, and no character is cut in two", async () => {
    const message = await told("😀".repeat(5000));
    assert.equal(message, `Combell answered 404 to accounts.get: ${"😀".repeat(500)} (no)`);
  });

  it("may be nothing but full stops", async () => {
    assert.equal(await told("."), "Combell answered 404 to accounts.get (no)");
  });
});

describe("a redirect", async () => {
  const elsewhere = await startRecorder(() => ({
    headers: { "content-type": "application/json" },
    body: "[]",
  }));
  const here = await startRecorder();
  after(() => Promise.all([elsewhere.close(), here.close()]));

  for (const status of [301, 302, 303, 307, 308]) {
    it(`with ${status} is not followed, and no credential arrives there`, async () => {
      here.requests.length = 0;
      for (const location of [`${elsewhere.url}/v2/accounts`, "/v2/accounts"]) {
        here.answer = () => ({ status, headers: { location } });
        const api = client({ baseUrl: here.url });
        for (const call of [api.accounts.list(), api.dnsRecords.create(RECORD)]) {
          const error = await rejection(call);
          assert.ok(error instanceof combell.ResponseError);
          assert.equal(error.status, status);
          assert.match(error.message, /redirect/);
        }
      }
      assert.equal(here.requests.length, 4);
      assert.equal(elsewhere.requests.length, 0);
    });
  }

  it("that the provider documents is an answer, and not followed either", async () => {
    here.requests.length = 0;
    const location = `${elsewhere.url}/v2/sslcertificates/AB%2FCD?x=1`;
    here.answer = () => ({ status: 303, headers: { location } });
    const place = await client({ baseUrl: here.url }).sslCertificateRequests.get({ id: 1 });
    assert.deepEqual(place, { location, id: "AB/CD" });
    assert.equal(here.requests.length, 1);
    assert.equal(elsewhere.requests.length, 0);
  });
});
