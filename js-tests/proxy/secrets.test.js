// What goes out: never the proxy's credentials, and of a provider's secrets only what a rule hands on.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { closedAddress } from "../package/servers.js";
import { assertHides, caller } from "./asking.js";
import { kindOf, OPEN, read, requestOf, setUp } from "./setup.js";

const setup = await setUp(["combell", "hostkey", "ccloud"]);
const { clients, make, start, sandbox, hostwire } = setup;
const { combell, hostkey } = sandbox;
const HOST = "http://proxy.example";
const { apiKey, apiSecret } = combell.credentials;

const call = caller(setup);

/** Ways in which a provider may repeat what it was sent. @type {[name: string, echo: (secret: string) => unknown][]} */
const ECHOES = [
  ["as it is", (secret) => `your key ${secret} is bad`],
  [
    "in fields",
    (secret) => ({ error_code: secret, error_text: `bad ${secret}`, request: { headers: [secret] } }),
  ],
  ["as a name", (secret) => ({ error_text: "x", [secret]: true })],
  [
    "in percent",
    (secret) => ({
      error_text: `https://x.example/?key=${encodeURIComponent(secret).replaceAll("-", "%2d")}`,
    }),
  ],
  ["in JSON in JSON", (secret) => ({ error_text: JSON.stringify({ key: JSON.stringify(secret) }) })],
  ["in capitals", (secret) => ({ error_text: secret.toUpperCase() })],
  ["as an issue", (secret) => ({ validation_errors: [{ error_code: secret, error_text: secret }] })],
];

describe("The proxy's credentials", () => {
  for (const status of [200, 400, 401, 403, 404, 409, 410, 422, 429, 500, 503]) {
    it(`do not come back in an answer of ${status}, in its text or its headers`, async () => {
      for (const [name, echo] of ECHOES) {
        for (const contentType of ["application/json", "text/plain", "text/html"]) {
          const body = echo(apiSecret);
          const text =
            typeof body === "string" && contentType === "application/json" ? JSON.stringify(body) : body;
          const headers = {
            "set-cookie": `session=${apiSecret}`,
            "x-powered-by": "Provider/1.0",
            server: "provider",
            location: `https://x.example/${apiSecret}`,
            "www-authenticate": `hmac ${apiSecret}`,
            "x-secret": apiSecret,
            "access-control-allow-origin": "*",
          };
          combell.misbehave({
            operation: "accounts.get",
            fault: {
              type: "status",
              status,
              headers,
              body: typeof text === "string" ? text : JSON.stringify(text),
              contentType,
            },
          });
          const answer = await call("combell/accounts.get", { account_id: 12 });
          assertHides(answer.all, apiSecret, apiSecret.toUpperCase());
          assertHides(inspect(answer.events, { depth: 9 }), apiSecret);
          const names = [...answer.headers.keys()].join();
          assert.doesNotMatch(
            names,
            /cookie|powered|server|location|authenticate|x-secret|access-control/,
            name,
          );
          assert.doesNotMatch(answer.all, /Provider\/1\.0/);
        }
      }
    });
  }

  it("do not come back in what is no answer at all", async () => {
    const faults = /** @type {const} */ ([
      { type: "status", status: 302, headers: { location: `https://x.example/${apiSecret}` } },
      { type: "html", status: 502, body: `<h1>${apiSecret}</h1>` },
      { type: "contentType", contentType: `text/${apiSecret}` },
      { type: "brokenJson" },
      { type: "reset" },
      { type: "cutBody" },
    ]);
    for (const fault of faults) {
      combell.misbehave({ operation: "accounts.get", fault });
      const answer = await call("combell/accounts.get", { account_id: 12 });
      assertHides(answer.all, apiSecret, apiKey);
    }
  });

  it("and what else came in place of an answer stays with the proxy", async () => {
    const body = '{"password":"hunter2-of-somebody"';
    for (const contentType of ["application/json", "text/plain", "text/html"]) {
      combell.misbehave({
        operation: "accounts.get",
        fault: { type: "status", status: 200, body, contentType },
      });
      const answer = await call("combell/accounts.get", { account_id: 12 });
      assertHides(answer.all, "hunter2");
      assert.match(answer.all, /the answer is not JSON/);
    }
  });

  it("do not come back in a file, nor in its name and its type", async () => {
    const session = "token-of-a-session-0123456789";
    const body = `%PDF ${session} and ${session}`;
    const contentType = `application/pdf; key=${session}`;
    const headers = { "content-disposition": `attachment; filename="${session}.pdf"` };
    hostkey.misbehave({
      operation: "whmcs.downloadInvoice",
      fault: { type: "status", status: 200, headers, body, contentType },
    });
    const client = new hostwire.Hostkey({ token: session, baseUrl: hostkey.url });
    const answer = await call(
      "hostkey/whmcs.downloadInvoice",
      { invoice_id: 1 },
      { clients: { hostkey: client } },
    );
    assert.equal(answer.status, 200);
    assert.equal(answer.text, "%PDF *** and ***");
    assertHides(answer.all, session);
    assert.match(String(answer.headers.get("content-disposition")), /^attachment;/);
    assert.match(String(answer.headers.get("content-security-policy")), /sandbox/);
  });

  it("leave a file as it is that holds none, to the last byte", async () => {
    const body = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));
    const client = clients.hostkey({
      fetch: async (/** @type {string} */ url, /** @type {RequestInit} */ init) =>
        String(init.body).includes("download_invoice")
          ? new Response(body, { headers: { "content-type": "application/pdf" } })
          : fetch(url, init),
    });
    const { proxy } = make({ clients: { hostkey: client }, allow: { hostkey: ["whmcs.downloadInvoice"] } });
    const asked = { operation: "hostkey/whmcs.downloadInvoice", params: { invoice_id: 1 } };
    const response = await proxy.fetch(requestOf(HOST, asked));
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), body);
  });

  it("do not come back where they were got by a login, nor where the login fails", async () => {
    const client = clients.hostkey();
    await client.eq.list();
    const token = new URLSearchParams(String(hostkey.requests.at(-1)?.body)).get("token") ?? "";
    assert.ok(token.length > 8);
    const body = { result: "OK", servers: [], session: token, text: `session ${token}` };
    hostkey.misbehave({ operation: "eq.list", fault: { type: "status", status: 200, body } });
    const answer = await call("hostkey/eq.list", {}, { clients: { hostkey: client } });
    assert.equal(answer.status, 200);
    assertHides(answer.all, token);

    const { apiKey: key } = hostkey.credentials;
    hostkey.misbehave({
      operation: "auth.login",
      times: "always",
      fault: { type: "status", status: 200, body: { result: -1, error: `no such key ${key}` } },
    });
    const refused = await call("hostkey/eq.list", {});
    assert.ok(refused.status >= 400);
    assertHides(refused.all, key);
  });

  it("are not told by the mask where they are short enough to be guessed: a PIN", async () => {
    const body = {
      result: "OK",
      servers: [],
      stamp: 1_719_070_000,
      near: 11_907,
      exact: 1907,
      text: "PIN 1907",
    };
    hostkey.misbehave({ operation: "eq.list", fault: { type: "status", status: 200, body } });
    const answer = await call("hostkey/eq.list", {});
    assert.deepEqual(answer.data, body);
  });

  it("that a provider refuses are the proxy's trouble, and not the caller's", async () => {
    const client = new hostwire.Combell({ apiKey, apiSecret: "of-somebody-else", baseUrl: combell.url });
    const answer = await call("combell/accounts.get", { account_id: 12 }, { clients: { combell: client } });
    assert.equal(answer.status, 502);
    assert.equal(answer.data.type, "urn:hostwire:AuthenticationError");
    assertHides(answer.all, "of-somebody-else", apiKey);
  });
});

describe("The proxy's network", () => {
  it("is not described by a provider that cannot be reached", async () => {
    const baseUrl = await closedAddress();
    const client = clients.combell({ baseUrl });
    const answer = await call("combell/accounts.get", { account_id: 12 }, { clients: { combell: client } });
    assert.deepEqual([answer.status, kindOf(answer)], [502, "ConnectionError"]);
    assert.doesNotMatch(answer.all, /127\.0\.0\.1|ECONNREFUSED|localhost/);
    assertHides(answer.all, new URL(baseUrl).port);
  });

  it("is not described by an observer or a rule that fails", async () => {
    const fetch = () => {
      throw Object.assign(new Error("connect db.internal:5432"), { name: "InternalError" });
    };
    const client = clients.combell({ fetch });
    const answer = await call("combell/accounts.get", { account_id: 12 }, { clients: { combell: client } });
    assert.equal(answer.status, 502);
    assert.doesNotMatch(answer.all, /internal|5432/i);
  });
});

describe("A provider's secrets", () => {
  it("are withheld where the spec tells of them, and handed on where the rule says so", async () => {
    const [server] = (await clients.ccloud().servers.list({ limit: 1 })).items;
    const params = { hostname: server.hostname };
    const asked = [
      [
        "ccloud/servers.password.get",
        (/** @type {any} */ data) => data[0].password,
        await clients.ccloud().servers.password.get(params),
      ],
      ["ccloud/servers.console.get", (/** @type {any} */ data) => data.url, undefined],
    ];
    for (const [operation, secretOf, direct] of /** @type {[string, (data: any) => string, any][]} */ (
      asked
    )) {
      for (const secrets of [undefined, false]) {
        const answer = await call(operation, params, { secrets });
        assert.equal(answer.status, 200);
        assert.equal(secretOf(answer.data), "***");
        if (direct) assertHides(answer.all, secretOf(direct));
      }
      const open = await call(operation, params, { secrets: true });
      assert.ok(secretOf(open.data).length > 3 && secretOf(open.data) !== "***");
      if (direct) assert.deepEqual(open.data, direct);
    }
  });

  it("are withheld where their name tells of them, at any depth and in refusals too", async () => {
    const hidden = [
      "root_password",
      "Password",
      "apiKey",
      "api_key",
      "client_secret",
      "privateKey",
      "passphrase",
    ];
    const secret = Object.fromEntries(hidden.map((name, index) => [name, `hidden-${index}`]));
    for (const [status, contentType] of /** @type {const} */ ([
      [200, "application/json"],
      [400, "application/json"],
      [500, "application/json"],
    ])) {
      const body = JSON.stringify({ id: 12, ...secret, list: [{ inside: [secret] }] });
      combell.misbehave({
        operation: "accounts.get",
        times: 2,
        fault: { type: "status", status, body, contentType },
      });
      const answer = await call("combell/accounts.get", { account_id: 12 });
      assert.doesNotMatch(answer.all, /hidden-/);
      const open = await call("combell/accounts.get", { account_id: 12 }, { secrets: true });
      assert.match(open.all, /hidden-0.*hidden-6/);
    }
  });

  it("that are all of an answer are refused before the provider is asked", async () => {
    const params = { sha1_fingerprint: "x", file_format: "pfx", password: "x" };
    const answer = await call("combell/sslCertificates.download", params);
    assert.deepEqual([answer.status, kindOf(answer)], [403, "PermissionError proxy_secret_answer"]);
    assert.deepEqual(combell.requests, []);
    await call("combell/sslCertificates.download", params, { secrets: true });
    assert.equal(combell.requests.length, 1);
  });

  it("are the job's key for nobody but whoever started it", async () => {
    const started = await call("hostkey/eq.off", { id: 34_533 });
    assert.equal(started.status, 200);
    assert.ok(started.data.callback.length > 8 && started.data.callback !== "***");
    const state = await call("hostkey/eqCallback.check", { key: started.data.callback });
    assert.equal(state.status, 200);
    const { callback } = started.data;
    assert.doesNotMatch(JSON.stringify(state.events), new RegExp(callback));
  });

  it("of two rules that fit are handed on by the one that says so", async () => {
    const [server] = (await clients.ccloud().servers.list({ limit: 1 })).items;
    const operation = "servers.password.get";
    const ask = { operation: `ccloud/${operation}`, params: { hostname: server.hostname } };
    const elsewhere = { operation, params: { hostname: "another" }, secrets: true };
    for (const [rules, isOpen] of /** @type {[unknown[], boolean][]} */ ([
      [[operation, { operation, secrets: true }], true],
      [[{ operation, secrets: true }, operation], true],
      [[elsewhere, operation], false],
      [["*", elsewhere], false],
    ])) {
      const { proxy } = make({ clients: { ccloud: clients.ccloud() }, allow: { ccloud: rules } });
      const { data } = await read(await proxy.fetch(requestOf(HOST, ask)));
      assert.equal(data[0].password !== "***", isOpen);
    }
  });
});

describe("An answer", () => {
  it("of a MiB comes through as it is", async () => {
    const list = Array.from({ length: 12_000 }, (_, index) => ({
      id: String(index),
      type: "TXT",
      record_name: "x",
      content: "x".repeat(50),
    }));
    const body = JSON.stringify(list);
    assert.ok(body.length > 1 << 20);
    combell.misbehave({
      operation: "dnsRecords.list",
      fault: { type: "status", status: 200, body, contentType: "application/json" },
    });
    const { call: ask } = await start();
    assert.deepEqual(await (await ask({ operation: OPEN })).json(), list);
  });

  it("that is nested without end does no harm", async () => {
    const body = `[${"[".repeat(200_000)}${"]".repeat(200_000)}]`;
    combell.misbehave({
      operation: "dnsRecords.list",
      fault: { type: "status", status: 200, body, contentType: "application/json" },
    });
    const { call: ask } = await start();
    const answer = await read(await ask());
    assert.deepEqual([answer.status, kindOf(answer)], [500, "HostwireError proxy_failed"]);
    assert.equal((await ask()).status, 200);
  });

  it("has nothing to do with prototypes, whatever its names", async () => {
    const body = '[{"id":"1","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]';
    combell.misbehave({
      operation: "dnsRecords.list",
      fault: { type: "status", status: 200, body, contentType: "application/json" },
    });
    const { call: ask } = await start();
    assert.equal((await ask()).status, 200);
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });
});
