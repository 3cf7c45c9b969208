// Each way of misbehaving, as a client sees it.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, beforeEach, describe, it } from "node:test";
import { KINDS } from "./faults.js";
import { startSandbox } from "./index.js";
import { authorization, send, signedClient } from "./raw-client.js";

/** @type {import("./index.js").Sandbox} */
let sandbox;
/** @type {import("./combell/index.js").CombellSandbox} */
let combell;
/** @type {ReturnType<typeof signedClient>} */
let call;

before(async () => {
  sandbox = await startSandbox({ combell: { accounts: 12 } });
  combell = sandbox.combell;
  call = signedClient(combell);
});
beforeEach(() => combell.reset());
after(() => sandbox.close());

const list = () => call("GET", "/v2/accounts?take=2");
const record = { type: "TXT", record_name: "note", content: "Hello" };
const createRecord = () => call("POST", "/v2/dns/example.com/records", { json: record });
const isMade = () =>
  combell.world.zones
    .find("example.com")
    .records.all()
    .some(({ content }) => content === "Hello");
const last = () => combell.requests.at(-1);

/**
 * The bytes that come back, until the other side ends or the wanted number is there.
 *
 * @param {number} [enough]
 * @returns {Promise<{ text: string, ended: boolean }>}
 */
function rawBytes(enough = Number.POSITIVE_INFINITY) {
  const { port } = new URL(combell.url);
  const target = "/v2/accounts?take=2";
  const signedWith = {
    ...combell.credentials,
    timestamp: String(Math.floor(Date.now() / 1000)),
    nonce: "raw",
  };
  const value = authorization("GET", target, "", signedWith, "document");
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (text.length < enough) return;
      resolve({ text, ended: false });
      socket.destroy();
    });
    socket.on("end", () => resolve({ text, ended: true }));
    socket.on("error", reject);
    socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\nauthorization: ${value}\r\n\r\n`);
  });
}

describe("a fault", () => {
  it("latency delays the answer and carries on", async () => {
    combell.misbehave({ fault: { type: "latency", ms: 20 } });
    const begun = performance.now();
    assert.equal((await list()).status, 200);
    assert.ok(performance.now() - begun >= 19);
    assert.deepEqual([last()?.status, last()?.fault], [200, "latency"]);
  });

  it("reset drops the connection, and nothing is done", async () => {
    combell.misbehave({ fault: "reset" });
    await assert.rejects(createRecord(), { code: "ECONNRESET" });
    assert.equal(isMade(), false);
    assert.deepEqual(
      [last()?.status, last()?.fault, last()?.operationId],
      [null, "reset", "dnsRecords.create"],
    );
  });

  it("resetAfter drops the connection after the work is done", async () => {
    combell.misbehave({ fault: "resetAfter" });
    await assert.rejects(createRecord(), { code: "ECONNRESET" });
    assert.equal(isMade(), true);
    assert.deepEqual([last()?.status, last()?.fault], [null, "resetAfter"]);
  });

  it("status answers it, and nothing is done", async () => {
    combell.misbehave({ fault: { type: "status", status: 503, headers: { "Retry-After": "7" } } });
    const failed = await createRecord();
    assert.deepEqual([failed.status, failed.headers["retry-after"]], [503, "7"]);
    assert.equal(failed.json.error_code, "sandbox_misbehaviour");
    assert.equal(isMade(), false);

    combell.misbehave({ fault: { type: "status", status: 418, body: { tea: true } } });
    assert.deepEqual((await list()).json, { tea: true });
    combell.misbehave({ fault: { type: "status", status: 502, body: "<p>", contentType: "text/html" } });
    const page = await list();
    assert.deepEqual([page.text, page.headers["content-type"]], ["<p>", "text/html"]);
    combell.misbehave({ fault: { type: "status", status: 302, headers: { location: "/elsewhere" } } });
    assert.equal((await list()).headers.location, "/elsewhere");
    combell.misbehave({ fault: { type: "status", status: 204 } });
    assert.equal((await list()).text, "");
  });

  it("uses up the nonce where the provider has seen the request", async () => {
    const sign = { nonce: "once" };
    combell.misbehave({ fault: { type: "status", status: 500 } });
    assert.equal((await call("GET", "/v2/accounts", { sign })).status, 500);
    assert.equal((await call("GET", "/v2/accounts", { sign })).status, 401);
  });

  it("rateLimit answers 429 and says how long to wait, in each of the ways there are", async () => {
    combell.misbehave({ fault: { type: "rateLimit", retryAfter: 3 } });
    const seconds = await createRecord();
    assert.deepEqual([seconds.status, seconds.headers["retry-after"]], [429, "3"]);
    assert.deepEqual(
      [seconds.headers["x-ratelimit-reset"], seconds.headers["x-ratelimit-remaining"]],
      ["3", "0"],
    );
    assert.equal(seconds.json.error_code, "rate_limit_exceeded");
    assert.equal(isMade(), false);

    const date = "Wed, 21 Oct 2026 07:28:00 GMT";
    combell.misbehave({ fault: { type: "rateLimit", retryAfter: date, reset: null } });
    const dated = await list();
    assert.equal(dated.headers["retry-after"], date);
    assert.equal(dated.headers["x-ratelimit-reset"], undefined);

    combell.misbehave({ fault: { type: "rateLimit", retryAfter: null, reset: 9 } });
    const reset = await list();
    assert.equal(reset.headers["retry-after"], undefined);
    assert.equal(reset.headers["x-ratelimit-reset"], "9");

    combell.misbehave({ fault: "rateLimit" });
    assert.equal((await list()).headers["retry-after"], "0");
  });

  it("hang never answers", async () => {
    combell.misbehave({ fault: "hang" });
    const abort = new AbortController();
    const hanging = call("GET", "/v2/accounts", { signal: abort.signal });
    assert.equal((await list()).status, 200, "others are answered meanwhile");
    while (combell.requests.length < 2) await new Promise(setImmediate);
    abort.abort();
    await assert.rejects(hanging, { name: "AbortError" });
  });

  it("hangBody sends half of the body and keeps the connection", async () => {
    const whole = (await list()).bytes.length;
    for (const chunked of [false, true]) {
      combell.reset();
      combell.misbehave({ fault: { type: "hangBody", chunked } });
      const { text, ended } = await rawBytes(300);
      assert.equal(ended, false);
      assert.match(
        text,
        chunked ? /transfer-encoding: chunked/i : new RegExp(`content-length: ${whole}\r\n`, "i"),
      );
      assert.deepEqual([last()?.status, last()?.fault], [200, "hangBody"]);
    }
  });

  it("cutBody sends half of the body and ends the connection", async () => {
    const whole = await list();
    for (const chunked of [false, true]) {
      combell.reset();
      combell.misbehave({ fault: { type: "cutBody", chunked } });
      const { text, ended } = await rawBytes();
      assert.equal(ended, true);
      const half = whole.text.slice(0, Math.ceil(whole.bytes.length / 2));
      assert.ok(text.includes(half) && !text.includes(whole.text));
      combell.misbehave({ fault: { type: "cutBody", chunked } });
      await assert.rejects(list(), { code: "ECONNRESET" });
    }
  });

  it("brokenJson, html, contentType and emptyBody spoil the body", async () => {
    combell.misbehave({ fault: "brokenJson" });
    const broken = await list();
    assert.equal(broken.status, 200);
    assert.equal(Number(broken.headers["content-length"]), broken.bytes.length);
    assert.throws(() => broken.json, SyntaxError);

    combell.misbehave({ fault: "html" });
    const page = await createRecord();
    assert.deepEqual([page.status, page.headers["content-type"]], [200, "text/html; charset=utf-8"]);
    assert.match(page.text, /^<!doctype html>/);
    assert.equal(isMade(), false);
    combell.misbehave({ fault: { type: "html", status: 503, body: "<b>" } });
    assert.deepEqual([(await list()).text, last()?.status], ["<b>", 503]);

    const right = await list();
    combell.misbehave({ fault: { type: "contentType", contentType: "application/pdf" } });
    const mistyped = await list();
    assert.deepEqual([mistyped.headers["content-type"], mistyped.text], ["application/pdf", right.text]);

    combell.misbehave({ fault: "emptyBody" });
    const empty = await list();
    assert.deepEqual([empty.status, empty.text, empty.headers["content-length"]], [200, "", "0"]);
    assert.equal(empty.headers["x-paging-totalresults"], "12");
  });

  it("noLocation and headers change the headers", async () => {
    combell.misbehave({ fault: "noLocation" });
    const created = await createRecord();
    assert.deepEqual([created.status, created.headers.location], [201, undefined]);
    assert.equal(isMade(), true);

    const headers = { "X-Paging-TotalResults": "many", "X-New": "1", "x-ratelimit-limit": null };
    combell.misbehave({ fault: { type: "headers", headers } });
    const odd = await list();
    assert.equal(odd.headers["x-paging-totalresults"], "many");
    assert.equal(odd.headers["x-new"], "1");
    assert.equal(odd.headers["x-ratelimit-limit"], undefined);
  });

  it("of the body finds one where the answer has none", async () => {
    const operation = "mailboxes.changePassword";
    const change = () =>
      call("PUT", "/v2/mailboxes/info@example.com/password", { json: { password: "correct4horse" } });
    assert.equal((await change()).status, 204);
    combell.misbehave({ operation, fault: "brokenJson" });
    const broken = await change();
    assert.equal(broken.status, 200);
    assert.throws(() => broken.json, SyntaxError);
    combell.misbehave({ operation, fault: "cutBody" });
    await assert.rejects(change(), { code: "ECONNRESET" });
  });
});

describe("a rule", () => {
  const fault = /** @type {const} */ ({ type: "status", status: 503 });
  const statuses = async (/** @type {(() => Promise<{ status: number }>)[]} */ ...calls) => {
    const seen = [];
    for (const one of calls) seen.push((await one()).status);
    return seen;
  };

  it("fits one request unless it says otherwise", async () => {
    const rule = combell.misbehave({ fault });
    assert.deepEqual(await statuses(list, list), [503, 200]);
    assert.equal(rule.hits, 1);
    combell.misbehave({ fault, times: 2, after: 1 });
    assert.deepEqual(await statuses(list, list, list, list), [200, 503, 503, 200]);
    const endless = combell.misbehave({ fault, times: "always" });
    assert.deepEqual(await statuses(list, list, list), [503, 503, 503]);
    endless.cancel();
    assert.deepEqual(await statuses(list), [200]);
  });

  it("fits by operation, method and path", async () => {
    const domains = () => call("GET", "/v2/domains");
    combell.misbehave({ operation: "domains.list", fault });
    assert.deepEqual(await statuses(list, domains, domains), [200, 503, 200]);
    combell.misbehave({ operation: "dnsRecords.*", fault });
    assert.deepEqual(await statuses(list, createRecord, createRecord), [200, 503, 201]);
    combell.misbehave({ method: "post", path: "/v2/dns/*", fault });
    assert.deepEqual(await statuses(list, createRecord), [200, 503]);
    combell.misbehave({ path: "/v2/accounts", fault });
    assert.deepEqual(await statuses(domains, list), [200, 503]);
  });

  it("waits for its turn behind an earlier one, and delays go with any", async () => {
    combell.misbehave({ fault });
    combell.misbehave({ fault: { type: "status", status: 500 } });
    combell.misbehave({ fault: { type: "latency", ms: 1 }, times: 3 });
    assert.deepEqual(await statuses(list, list, list), [503, 500, 200]);
    assert.deepEqual(
      combell.requests.map((request) => request.fault),
      ["status latency", "status latency", "latency"],
    );
    combell.misbehave({ fault });
    combell.behave();
    assert.deepEqual(await statuses(list), [200]);
  });

  it("that cannot be meant is refused", () => {
    const cases = [
      [{ fault: "explode" }, /no fault explode\. There are latency, reset/],
      [{ fault: "latency" }, /latency needs ms/],
      [{ fault: { type: "status", status: "500" } }, /status has to be a whole number/],
      [{ fault: { type: "status", status: 101 } }, /from 200 to 599/],
      [{ fault: { type: "headers", headers: "x" } }, /headers has to be an object/],
      [{ fault: { type: "reset", ms: 5 } }, /the fault reset has no ms/],
      [{ fault: "reset", operation: "accounts.lits" }, /there is no operation accounts\.lits/],
      [{ fault: "reset", time: 3 }, /a rule has no time/],
      [{ fault: "reset", times: -1 }, /times has to be/],
      [{ fault: "reset", after: 0.5 }, /after has to be/],
      [{ fault: "reset", path: 5 }, /path has to be text/],
      [null, /a rule has to be an object/],
    ];
    for (const [rule, message] of cases) {
      const given = /** @type {import("./misbehave.js").Rule} */ (rule);
      assert.throws(() => combell.misbehave(given), { name: "TypeError", message });
    }
    assert.throws(() => combell.configure({ readin: "both" }), /no setting readin\. There are reading/);
    assert.throws(() => combell.configure({ jobPolls: -1 }), /jobPolls has to be/);
  });
});

describe("the control surface", () => {
  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [json]
   */
  const control = (method, path, json) =>
    send(combell.url, method, path, {}, json === undefined ? "" : JSON.stringify(json));

  it("tells the keys, the settings and the faults", async () => {
    const info = (await control("GET", "/_sandbox")).json;
    assert.deepEqual(info.credentials, combell.credentials);
    assert.equal(info.settings?.reading, "both");
    assert.deepEqual(Object.keys(info.faults ?? {}), Object.keys(KINDS));
    assert.equal(info.url, combell.url);
  });

  it("does over HTTP what tests do in process, and is not recorded", async () => {
    const rules = [
      { fault: "reset" },
      { operation: "accounts.list", fault: { type: "status", status: 500 } },
    ];
    assert.deepEqual((await control("POST", "/_sandbox/misbehave", rules)).json, { rules: 2 });
    await assert.rejects(list());
    assert.equal((await list()).status, 500);
    await control("POST", "/_sandbox/misbehave", { fault: "reset" });
    await control("DELETE", "/_sandbox/misbehave");
    assert.equal((await list()).status, 200);

    assert.equal(
      (await control("POST", "/_sandbox/config", { reading: "client", jobPolls: 0 })).json.jobPolls,
      0,
    );
    assert.equal(combell.reading, "client");
    await control("POST", "/_sandbox/next-job", { outcome: "failed" });
    const json = { identifier: "new.example", servicepack_id: 1001 };
    const accepted = await call("POST", "/v2/accounts", { json });
    assert.equal((await call("GET", String(accepted.headers.location))).json.status, "failed");
    await control("POST", "/_sandbox/next-certificate-request", { validation: "file" });

    const { requests } = (await control("GET", "/_sandbox/requests")).json;
    const shown = /** @type {import("./raw-client.js").Reply[]} */ (/** @type {unknown} */ (requests));
    assert.equal(shown.length, combell.requests.length);
    const [creation] = shown.filter((request) => String(request.operationId) === "accounts.create");
    assert.equal(creation?.body, JSON.stringify(json));
    assert.equal(Buffer.from(String(creation?.bodyBase64), "base64").toString(), JSON.stringify(json));
    assert.deepEqual([creation?.status, creation?.fault, creation?.method], [202, null, "POST"]);

    await control("DELETE", "/_sandbox/requests");
    assert.equal(combell.requests.length, 0);
    await control("POST", "/_sandbox/reset");
    assert.equal(combell.reading, "both");
  });

  it("says what it did not understand", async () => {
    const unknown = await control("POST", "/_sandbox/misbehave", { fault: "explode" });
    assert.equal(unknown.status, 400);
    assert.match(String(unknown.json.error), /no fault explode/);
    assert.equal((await send(combell.url, "POST", "/_sandbox/config", {}, "{")).status, 400);
    assert.equal((await control("POST", "/_sandbox/config", [])).status, 400);
    assert.equal((await control("POST", "/_sandbox/next-job", { outcome: "odd" })).status, 400);
    assert.equal(
      (await control("POST", "/_sandbox/next-certificate-request", { validation: "odd" })).status,
      400,
    );
    assert.equal((await control("GET", "/_sandbox/nothing")).status, 404);
    assert.equal((await control("GET", "/_sandboxes")).json.error_code, "path_unknown");
  });
});
