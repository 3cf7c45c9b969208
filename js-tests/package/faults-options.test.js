// What a client and a call are given besides params, and what comes of it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { rejection } from "./rejection.js";
import { ACCOUNT, RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent } = await setUp();
const { InputError } = combell;

/** @param {any} error */
const byPath = (error) =>
  Object.fromEntries(error.issues.map((/** @type {any} */ { path, message }) => [path, message]));

describe("the clock that was given", () => {
  it("is what requests are signed with", async () => {
    const now = Date.UTC(2031, 4, 5);
    sandbox.configure({ clockOffsetMs: now - Date.now() });
    await client({ now: () => now }).servicepacks.list();
    const [request] = sandbox.requests;
    assert.equal(request?.headers.authorization?.split(":")[3], String(now / 1000));
  });

  it("is refused where it does not tell the time", async () => {
    for (const time of [Number.NaN, undefined, "now", Number.POSITIVE_INFINITY]) {
      const error = await rejection(client({ now: () => time }).servicepacks.list());
      assert.ok(error instanceof InputError, String(time));
    }
    assert.deepEqual(sent(), []);
  });
});

describe("allow", () => {
  it("keeps other effects from being sent", async () => {
    const api = client({ allow: ["read"] });
    const calls = {
      "accounts.create": () => api.accounts.create(ACCOUNT),
      "dnsRecords.create": () => api.dnsRecords.create(RECORD),
      "dnsRecords.delete": () => api.dnsRecords.delete({ domain_name: "example.com", record_id: "1" }),
      "prepare dnsRecords.create": () => api.prepare("dnsRecords.create", RECORD),
      request: () => api.request({ method: "POST", path: "/v2/accounts", json: ACCOUNT, effect: "purchase" }),
    };
    for (const [name, call] of Object.entries(calls)) {
      const error = await rejection(call());
      assert.ok(error instanceof combell.NotAllowedError && error instanceof combell.HostwireError, name);
      assert.match(error.message, /effect (write|destroy|purchase)/);
    }
    assert.deepEqual(sent(), []);
    assert.equal((await api.accounts.get({ account_id: 200001 })).id, 200001);
  });

  it("keeps everything from being sent where it is empty", async () => {
    const error = await rejection(client({ allow: [] }).servicepacks.list());
    assert.ok(error instanceof combell.NotAllowedError);
  });

  it("counts as it was when the client was made", async () => {
    const allow = ["read"];
    const api = client({ allow });
    allow.push("write");
    assert.ok((await rejection(api.dnsRecords.create(RECORD))) instanceof combell.NotAllowedError);
  });
});

describe("headers", () => {
  it("go along, those of the call before those of the client", async () => {
    const headers = { "X-One": "client", "x-two": "client" };
    await client({ headers }).servicepacks.list({}, { headers: { "X-TWO": "call" } });
    const [request] = sandbox.requests;
    assert.equal(request?.headers["x-one"], "client");
    assert.equal(request?.headers["x-two"], "call");
  });

  it("do not take the place of what authenticates and describes a request", async () => {
    const headers = { Authorization: "hmac other", "Content-Type": "text/plain" };
    await client({ headers }).dnsRecords.create(RECORD, { headers });
    const [request] = sandbox.requests;
    assert.match(request?.headers.authorization ?? "", new RegExp(`^hmac ${sandbox.credentials.apiKey}:`));
    assert.equal(request?.headers["content-type"], "application/json");
  });
});

describe("a call refuses", () => {
  /** @type {[options: unknown, path: string][]} */
  const WRONG = [
    [null, "options"],
    [[], "options"],
    ["abort", "options"],
    [{ signal: {} }, "options.signal"],
    [{ signal: new AbortController() }, "options.signal"],
    [{ timeoutMs: 0 }, "options.timeoutMs"],
    [{ timeoutMs: 2 ** 31 }, "options.timeoutMs"],
    [{ maxRetries: -1 }, "options.maxRetries"],
    [{ headers: { a: "b\nc" } }, "options.headers"],
    [{ extra: [] }, "options.extra"],
    [{ baseUrl: "https://example.com" }, "options.baseUrl"],
  ];
  it("options that are wrong, each by its name", async () => {
    for (const [options, path] of WRONG) {
      for (const call of [
        () => client().servicepacks.list({}, options),
        () => client().request({ method: "GET", path: "/v2/servicepacks" }, options),
        () => client().prepare("servicepacks.list", {}, options),
      ]) {
        const error = await rejection(call());
        assert.ok(error instanceof InputError, `${inspect(options)}: ${error}`);
        assert.deepEqual(Object.keys(byPath(error)), [path]);
      }
    }
    assert.deepEqual(sent(), []);
  });

  it("an option that is not known, with the one that is meant", async () => {
    const error = await rejection(client().servicepacks.list({}, { timeout_ms: 5 }));
    assert.match(byPath(error)["options.timeout_ms"], /did you mean timeoutMs\?/);
  });
});
