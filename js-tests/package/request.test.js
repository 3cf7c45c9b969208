// Requests of the caller's own, and requests that are only prepared.

import assert from "node:assert/strict";
import { after, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { adapterOf } from "./adapters.js";
import { rejection } from "./rejection.js";
import { startRecorder } from "./servers.js";
import { RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();
const { checkHeaders, credentials } = adapterOf("combell");
const NOW = Date.UTC(2030, 5, 5);

const recorder = await startRecorder();
after(() => recorder.close());
beforeEach(() => {
  recorder.requests.length = 0;
  recorder.answer = () => ({ headers: { "content-type": "application/json" }, body: '{"ok":true}' });
});

const api = new combell.Combell({ ...credentials, baseUrl: recorder.url, now: () => NOW });

describe("a request of one's own", () => {
  /** @type {[description: any, target: string, type: string | undefined, body: string][]} */
  const REQUESTS = [
    [{ method: "GET", path: "/v2/new" }, "/v2/new", undefined, ""],
    [{ method: "GET", path: "/v2/other/a%20b/" }, "/v2/other/a%20b/", undefined, ""],
    [
      { method: "GET", path: "/v2/new", query: { a: "x y&z", n: 7, f: false, l: ["1", 2] } },
      "/v2/new?a=x%20y%26z&n=7&f=false&l=1&l=2",
      undefined,
      "",
    ],
    [{ method: "DELETE", path: "/v2/new/1", effect: "destroy" }, "/v2/new/1", undefined, ""],
    [
      { method: "POST", path: "/v2/new", json: { a: [1, { b: null }] }, effect: "write" },
      "/v2/new",
      "application/json",
      '{"a":[1,{"b":null}]}',
    ],
    [{ method: "PUT", path: "/v2/new", json: [], effect: "write" }, "/v2/new", "application/json", "[]"],
    [
      { method: "PATCH", path: "/v2/new", json: null, effect: "write" },
      "/v2/new",
      "application/json",
      "null",
    ],
    [
      { method: "PUT", path: "/v2/new", json: false, effect: "write" },
      "/v2/new",
      "application/json",
      "false",
    ],
    [{ method: "PUT", path: "/v2/new", json: "a", effect: "write" }, "/v2/new", "application/json", '"a"'],
    [
      { method: "POST", path: "/v2/new", form: { a: "x y", b: { c: [1, 2] } }, effect: "write" },
      "/v2/new",
      "application/x-www-form-urlencoded",
      "a=x+y&b[c][0]=1&b[c][1]=2",
    ],
    [
      { method: "POST", path: "/v2/new", query: { a: 1 }, json: { a: 2 }, effect: "read" },
      "/v2/new?a=1",
      "application/json",
      '{"a":2}',
    ],
  ];
  for (const [description, target, type, body] of REQUESTS) {
    it(`goes out as it is described: ${inspect(description, { breakLength: 1000 })}`, async () => {
      assert.deepEqual(await api.request(description), { ok: true });
      const [request] = recorder.requests;
      assert.ok(request);
      assert.equal(request.method, description.method);
      assert.equal(request.query ? `${request.path}?${request.query}` : request.path, target);
      assert.equal(request.headers["content-type"], type);
      // Brackets may be percent-encoded in a form, and need not be.
      assert.equal(decodeURIComponent(request.body.toString()), body);
      checkHeaders(request, { now: NOW, anonymous: false });
    });
  }

  it("is not taken for the one before it", async () => {
    const own = new combell.Combell({ ...credentials, baseUrl: recorder.url });
    await own.request({ method: "GET", path: "/v2/one", query: { a: 1 } });
    await own.request({ method: "GET", path: "/v2/two", query: { b: 1 } });
    await own.request({ method: "POST", path: "/v2/three", json: {}, effect: "write" });
    assert.deepEqual(
      recorder.requests.map(({ method, path, query }) => `${method} ${path} ${query}`),
      ["GET /v2/one a=1", "GET /v2/two b=1", "POST /v2/three "],
    );
  });

  it("gives what comes: JSON, a place, text or nothing", async () => {
    const get = () => api.request({ method: "GET", path: "/v2/new" });
    recorder.answer = () => ({ status: 204 });
    assert.equal(await get(), undefined);
    recorder.answer = () => ({ status: 201, headers: { location: "/v2/new/a%20b" } });
    assert.deepEqual(await get(), { location: "/v2/new/a%20b", id: "a b" });
    recorder.answer = () => ({ status: 404, body: "{}" });
    assert.ok((await rejection(get())) instanceof combell.NotFoundError);
    assert.equal((await rejection(get())).operation, "request");
  });

  it("may be given a HEAD, which is answered by headers alone", async () => {
    recorder.answer = () => ({ headers: { "content-type": "application/json", "x-a": "b" } });
    const { data, response } = await api.request({ method: "HEAD", path: "/v2/new" }).withResponse();
    assert.equal(data, undefined);
    assert.equal(response.headers.get("x-a"), "b");
  });

  it("is repeated as its effect allows", async () => {
    for (const [effect, times] of /** @type {const} */ ([
      ["read", 3],
      ["write", 1],
      ["destroy", 1],
      ["purchase", 1],
    ])) {
      recorder.requests.length = 0;
      recorder.answer = () => ({ status: 500 });
      const error = await rejection(api.request({ method: "POST", path: "/v2/new", json: {}, effect }));
      assert.ok(error instanceof combell.ServerError);
      assert.equal(recorder.requests.length, times, effect);
    }
  });

  /** @type {[description: unknown, path: string][]} */
  const WRONG = [
    [undefined, ""],
    [null, ""],
    ["/v2/accounts", ""],
    [{ path: "/v2" }, "method"],
    [{ method: "get", path: "/v2" }, "method"],
    [{ method: "TRACE", path: "/v2" }, "method"],
    [{ method: "GET" }, "path"],
    [{ method: "GET", path: "v2" }, "path"],
    [{ method: "GET", path: "" }, "path"],
    [{ method: "GET", path: "//example.com/v2" }, "path"],
    [{ method: "GET", path: "https://example.com/v2" }, "path"],
    [{ method: "GET", path: "/v2?a=b" }, "path"],
    [{ method: "GET", path: "/v2#a" }, "path"],
    [{ method: "GET", path: "/v2\\a" }, "path"],
    [{ method: "GET", path: "/v2/../a" }, "path"],
    [{ method: "GET", path: "/v2/%2E%2e/a" }, "path"],
    [{ method: "GET", path: "/v2/." }, "path"],
    [{ method: "GET", path: "/v2/%zz" }, "path"],
    [{ method: "GET", path: "/v2/{id}" }, "path"],
    [{ method: "GET", path: "/v2/a b" }, "path"],
    [{ method: "GET", path: "/v2/\n" }, "path"],
    [{ method: "GET", path: "/v2", query: "a=b" }, "query"],
    [{ method: "GET", path: "/v2", query: [] }, "query"],
    [{ method: "GET", path: "/v2", json: {} }, "method"],
    [{ method: "POST", path: "/v2", json: {} }, "effect"],
    [{ method: "POST", path: "/v2", json: {}, effect: "wipe" }, "effect"],
    [{ method: "POST", path: "/v2", json: {}, effect: "constructor" }, "effect"],
    [{ method: "POST", path: "/v2", json: {}, form: {}, effect: "write" }, "form"],
    [{ method: "GET", path: "/v2", body: "a" }, "body"],
    [{ method: "GET", path: "/v2", query: { a: { b: 1 } } }, "query.a"],
    [{ method: "GET", path: "/v2", query: { a: Number.NaN } }, "query.a"],
    [{ method: "POST", path: "/v2", json: { a: [() => 1] }, effect: "write" }, "json.a[0]"],
    [{ method: "POST", path: "/v2", json: { a: Number.NaN }, effect: "write" }, "json.a"],
    [{ method: "POST", path: "/v2", json: new Map(), effect: "write" }, "json"],
    [{ method: "POST", path: "/v2", form: { a: Symbol("s") }, effect: "write" }, "form.a"],
  ];
  for (const [description, path] of WRONG) {
    it(`is refused where it is of no use: ${inspect(description, { breakLength: 1000 })}`, async () => {
      const error = await rejection(api.request(description));
      assert.ok(error instanceof combell.InputError, inspect(error));
      const paths = error.issues.map((/** @type {any} */ issue) => issue.path);
      assert.ok(paths.includes(path), inspect(paths));
      assert.equal(recorder.requests.length, 0);
    });
  }
});

describe("a prepared request", () => {
  it("is signed, complete, and not sent", async () => {
    const request = await client().prepare("dnsRecords.create", RECORD);
    assert.ok(request instanceof Request);
    assert.deepEqual([request.method, request.redirect], ["POST", "manual"]);
    assert.deepEqual(sent(), []);
    const response = await fetch(request);
    assert.equal(response.status, 201);
  });

  it("has the headers of client and call, and its own in any case", async () => {
    const request = await client({ headers: { "x-a": "client", authorization: "none" } }).prepare(
      "servicepacks.list",
      {},
      { headers: { "x-b": "call", Authorization: "none" } },
    );
    assert.deepEqual([request.headers.get("x-a"), request.headers.get("x-b")], ["client", "call"]);
    assert.match(request.headers.get("authorization") ?? "", /^hmac /);
  });

  it("is good for one use: each is signed anew", async () => {
    const own = client();
    const [one, other] = await Promise.all([
      own.prepare("servicepacks.list"),
      own.prepare("servicepacks.list"),
    ]);
    assert.notEqual(one.headers.get("authorization"), other.headers.get("authorization"));
    assert.equal(sandbox.requests.length, 0);
  });
});
