// Hostkey's session: one login for any number of calls, kept until shortly before its end.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { parseForm } from "../sandbox/body.js";
import { answering, setUp } from "./setup.js";

const { hostwire, sandbox, client, clientWith, clock, sent, body } = await setUp("hostkey");
const LOGIN = "auth.login";
const LIST = "eq.list";

/** @param {any} api @param {number} count */
const many = (api, count) => Promise.all(Array.from({ length: count }, () => api.eq.list({})));
const logins = () => sent().filter((name) => name === LOGIN).length;

describe("Hostkey's login", () => {
  it("is made once for 50 first calls at the same time", async () => {
    await many(client(), 50);
    assert.equal(sandbox.logins, 1);
    assert.deepEqual([sent()[0], sent().length], [LOGIN, 51]);
  });

  it("asks for a token that is not bound to an address", async () => {
    await client().eq.list({});
    const form = parseForm(body(0));
    assert.deepEqual({ ...form }, { action: "login", key: sandbox.credentials.apiKey, fix_ip: "0" });
  });

  it("sends the token with the calls, and the key with none of them", async () => {
    await client().eq.list({});
    const { token, key } = parseForm(body(1));
    assert.match(String(token), /^[0-9a-f]{32}$/);
    assert.equal(key, undefined);
    assert.ok(!body(1).includes(sandbox.credentials.apiKey));
  });

  it("is not made again until shortly before the token's end, and then once", async () => {
    const api = client();
    await api.eq.list({});
    clock.ms += 7_139_000;
    await many(api, 5);
    assert.equal(logins(), 1);
    clock.ms += 2_000;
    await many(api, 5);
    assert.equal(logins(), 2);
    // The provider gives the same token again until it ends; from then on every call would log in, if the
    // end were not the answer's.
    clock.ms += 7_200_000;
    await many(api, 5);
    assert.equal(logins(), 3);
    await api.eq.list({});
    assert.equal(logins(), 3);
  });

  it("heeds the end that the answer tells: a short life is used for nine tenths", async () => {
    sandbox.configure({ tokenLifetimeSeconds: 100 });
    const api = client();
    await api.eq.list({});
    clock.ms += 89_000;
    await api.eq.list({});
    assert.equal(logins(), 1);
    clock.ms += 2_000;
    await api.eq.list({});
    assert.equal(logins(), 2);
  });

  it("that names no end is good for two hours", async () => {
    const { fetch, calls } = answering((_, init) =>
      Response.json({ result: String(init.body).includes("login") ? { token: "abc" } : "OK" }),
    );
    const api = client({ fetch });
    await api.eq.show({ id: 1 });
    clock.ms += 7_100_000;
    await api.eq.show({ id: 1 });
    assert.equal(calls.length, 3);
    clock.ms += 100_000;
    await api.eq.show({ id: 1 });
    assert.equal(calls.length, 5);
  });

  it("is made though only reads are allowed", async () => {
    await client({ allow: ["read"] }).eq.list({});
    assert.deepEqual(sent(), [LOGIN, LIST]);
  });

  it("is not made for what is not allowed", async () => {
    const error = await rejection(client({ allow: ["read"] }).eq.reboot({ id: 34_533, pin: 1907 }));
    assert.ok(error instanceof hostwire.NotAllowedError);
    assert.deepEqual(sent(), []);
  });

  it("is not made for wrong input", async () => {
    const error = await rejection(client().eq.show({ id: "x", nmae: 1 }));
    assert.ok(error instanceof hostwire.InputError);
    assert.deepEqual(error.issues.map((/** @type {any} */ { path }) => path).sort(), ["id", "nmae"]);
    assert.deepEqual(sent(), []);
  });

  it("is not made for operations that take no token, which go out without one", async () => {
    const api = client();
    await api.presets.list({ location: "NL" });
    await api.stocks.list({ location: "NL", group: "" }).catch(() => undefined);
    await api.jenkins.getTasks({});
    assert.ok(!sent().includes(LOGIN));
    await api.eq.list({});
    await api.presets.list({ location: "NL" });
    assert.equal(parseForm(body(-1)).token, undefined);
  });

  it("is made by hand too", async () => {
    const { result } = await clientWith({ token: "unused" }).auth.login({ key: sandbox.credentials.apiKey });
    assert.equal(parseForm(body(0)).token, undefined);
    await clientWith({ token: result.token }).eq.list({});
    assert.deepEqual(sent(), [LOGIN, LIST]);
  });

  it("comes before a request of one's own", async () => {
    const api = client();
    const answer = await api.request({
      method: "POST",
      path: "/eq.php",
      form: { action: "list" },
      effect: "read",
    });
    assert.ok(answer.servers ?? answer.result);
    assert.match(String(parseForm(body(-1)).token), /^[0-9a-f]{32}$/);
  });

  it("comes before a request that is only prepared, which is authenticated", async () => {
    const prepared = await client().prepare(LIST, {});
    assert.match(
      String(parseForm(await prepared.text()).token),
      /^[0-9a-f]{32}$/,
      "a prepared request is authenticated",
    );
  });
});

describe("Hostkey's login fails", () => {
  it("for a wrong key with an AuthenticationError that says what to check", async () => {
    const api = clientWith({ apiKey: "wrong-key" });
    const error = await rejection(api.eq.list({}));
    assert.ok(error instanceof hostwire.AuthenticationError, String(error));
    assert.match(error.message, /API key not found/);
    assert.match(error.message, /There is no such API key\. Check that it is complete/);
    assert.deepEqual([error.operation, error.status, error.code], [LOGIN, 200, "-1"]);
    assert.deepEqual(sent(), [LOGIN]);
    assert.ok((await rejection(api.eq.list({}))) instanceof hostwire.AuthenticationError);
    assert.equal(logins(), 2, "a failure is not remembered");
  });

  it("for all calls that wait for it, with one request", async () => {
    const api = clientWith({ apiKey: "wrong-key" });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => rejection(api.eq.list({}))));
    assert.ok(outcomes.every((error) => error instanceof hostwire.AuthenticationError));
    assert.equal(logins(), 1);
  });

  it("with a TimeoutError where it hangs, and the next call tries afresh", async () => {
    const rule = sandbox.misbehave({ operation: LOGIN, fault: "hang", times: "always" });
    const api = client({ timeoutMs: 100, maxRetries: 0 });
    const error = await rejection(api.eq.list({}));
    assert.ok(error instanceof hostwire.TimeoutError);
    assert.equal(error.operation, LOGIN);
    rule.cancel();
    await api.eq.list({}, { timeoutMs: 10_000 });
    assert.equal(logins(), 2);
  });

  it("with a ResponseError where the answer has no token, and does not show what it has", async () => {
    for (const result of [{}, { token: "" }, { token: 7 }, { token: "a b" }, { token: "line\nbreak" }]) {
      const { fetch, calls } = answering(() => Response.json({ result }));
      const error = await rejection(client({ fetch }).eq.list({}));
      assert.ok(error instanceof hostwire.ResponseError, String(error));
      assert.match(error.message, /token/);
      assert.equal(calls.length, 1);
    }
  });

  it("for the time being where the connection breaks: it is repeated", async () => {
    sandbox.misbehave({ operation: LOGIN, fault: "reset" });
    sandbox.misbehave({ operation: LOGIN, fault: { type: "status", status: 503 } });
    await client().eq.list({});
    assert.equal(logins(), 3);
  });
});

describe("a shared login", () => {
  it("is not taken from others by one caller who gives up", async () => {
    let letGo = () => {};
    const gate = new Promise((resolve) => {
      letGo = () => resolve(undefined);
    });
    const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
      if (String(init.body).includes("action=login")) await gate;
      return await globalThis.fetch(url, init);
    };
    const api = client({ fetch });
    await api.presets.list({ location: "NL" });
    const reason = new Error("given up");
    const controller = new AbortController();
    const first = rejection(api.eq.list({}, { signal: controller.signal }));
    const other = api.eq.list({});
    controller.abort(reason);
    assert.equal(await first, reason);
    letGo();
    await other;
    assert.equal(sandbox.logins, 1);
    await api.eq.list({});
    assert.equal(sandbox.logins, 1);
  });
});
