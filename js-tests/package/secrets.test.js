// No secret appears where it does not belong, whatever the provider, the network or the caller does.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { reveals, shown } from "./leaks.js";
import { rejection } from "./rejection.js";
import { ACCOUNT, setUp } from "./setup.js";

/** Characters that JSON, URLs, forms and inspect each write in their own way. */
const API_SECRET = "Qx7/+=\"<k>'&z_!~%41\\W";
const FREE_PASSWORD = "pä ß\"w\\rd/&=+%41?#'!_~.(x)";
/** What the provider's rules for passwords allow. */
const PASSWORD = "Pa/ss_w0rd!?%41é";

const { combell, client, sandbox } = await setUp({ credentials: { apiKey: "key", apiSecret: API_SECRET } });

/** @type {{ [name: string]: { secrets: string[], call: (api: any) => Promise<unknown> } }} */
const CALLS = {
  "a read": { secrets: [], call: (api) => api.accounts.list({ take: 1 }) },
  "a password in the query": {
    secrets: [FREE_PASSWORD],
    call: (api) =>
      api.sslCertificates.download({ sha1_fingerprint: "AB", file_format: "pfx", password: FREE_PASSWORD }),
  },
  "a password in the body": {
    secrets: [PASSWORD],
    call: (api) =>
      api.mailboxes.create({ email_address: "a@example.com", password: PASSWORD, account_id: 1 }),
  },
  "an auth code in the body": {
    secrets: [FREE_PASSWORD],
    call: (api) => api.domains.transfer({ domain_name: "a.example", auth_code: FREE_PASSWORD }),
  },
};

/**
 * What a provider might say that repeats what it was sent, and more.
 *
 * @param {string} url
 * @param {RequestInit} init
 * @param {string[]} secrets
 */
const echo = (url, init, secrets) => [url, String(init.body), API_SECRET, ...secrets].join(" and ");

/** PHP escapes slashes, and everything that is not ASCII. */
const phpJson = (/** @type {unknown} */ value) =>
  JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(
      /[\u0080-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );

const JSON_TYPE = { "content-type": "application/json" };

/** @typedef {(echoed: string) => Response} Echo */

/** @type {{ [what: string]: Echo }} */
const ANSWERS = {
  "a refusal in JSON": (echoed) =>
    Response.json({ error_code: echoed, error_text: echoed, [echoed]: { deep: [echoed] } }, { status: 400 }),
  "faults of values": (echoed) =>
    Response.json({ validation_errors: [{ error_code: echoed, error_text: echoed }] }, { status: 422 }),
  "a refusal as PHP writes JSON": (echoed) =>
    new Response(phpJson({ error_text: echoed, errors: [echoed] }), { status: 409, headers: JSON_TYPE }),
  "a 401": (echoed) => Response.json({ error_text: echoed }, { status: 401 }),
  "a 500 as text": (echoed) => new Response(echoed, { status: 500 }),
  "a 500 as a web page": (echoed) =>
    new Response(`<pre>${echoed}</pre>`, { status: 500, headers: { "content-type": "text/html" } }),
  "a success as a web page": (echoed) =>
    new Response(`<pre>${echoed}</pre>`, { headers: { "content-type": "text/html" } }),
  "JSON that is cut off": (echoed) =>
    new Response(JSON.stringify({ echoed }).slice(0, -1), { headers: JSON_TYPE }),
  "a list that is none": (echoed) => Response.json({ echoed }),
  headers: (echoed) => {
    const latin = echoed.replace(/[^\x20-\xff]/g, "?");
    return new Response("", { status: 404, headers: { "x-echo": latin, "www-authenticate": latin } });
  },
  "a redirect": (echoed) =>
    new Response("", { status: 302, headers: { location: `/login?then=${encodeURIComponent(echoed)}` } }),
};

/**
 * @param {string} what
 * @param {any} value
 * @param {string[]} secrets
 */
function assertHidden(what, value, secrets) {
  const text = typeof value === "string" ? value : shown(value);
  for (const secret of [API_SECRET, ...secrets]) {
    if (reveals(text, secret)) assert.fail(`${what} reveals ${secret}:\n${text}`);
  }
}

/** @param {unknown[]} events */
const watching = (events) => {
  const note = (/** @type {unknown} */ event) => void events.push(event);
  return { onRequest: note, onResponse: note, onRetry: note };
};

describe("what a provider repeats is in no error and no event", () => {
  for (const [name, { secrets, call }] of Object.entries(CALLS)) {
    for (const [what, answer] of Object.entries(ANSWERS)) {
      it(`${name}, answered by ${what}`, async () => {
        /** @type {unknown[]} */
        const events = [];
        const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) =>
          answer(echo(url, init, secrets));
        const outcome = await call(client({ fetch, maxRetries: 1, ...watching(events) })).then(
          () => undefined,
          (error) => error,
        );
        // Some answers are good enough for some calls; where they are not, the error has to be one of ours.
        if (outcome) {
          assert.ok(outcome instanceof combell.HostwireError, inspect(outcome));
          assertHidden("the error", outcome, secrets);
        }
        assert.ok(events.length > 0);
        assertHidden("an event", events, secrets);
      });
    }
  }
});

describe("what a fetch says of its failure is in no error and no event", () => {
  const failed = (/** @type {string} */ text) => new Error(`request to ${text} failed`);
  /** @type {{ [what: string]: (text: string) => unknown }} */
  const FAILURES = {
    "the address in its message": failed,
    "the address in its cause": (text) => new TypeError("fetch failed", { cause: failed(text) }),
    "the address deep in its causes": (text) => {
      let error = failed(text);
      for (let depth = 0; depth < 8; depth++) error = new Error("failed", { cause: error });
      return error;
    },
    "the address in its stack": (text) => {
      const error = new Error("failed");
      error.stack = `Error: failed\n    at fetch (${text})`;
      return error;
    },
    "the address in a property": (text) =>
      Object.assign(new Error("failed"), { url: text, config: { text } }),
    "the address in a property of its cause": (text) =>
      new Error("failed", { cause: Object.assign(new Error("failed"), { request: { url: text } }) }),
    "the address in one of several errors": (text) => new AggregateError([failed(text)], "all failed"),
    "the address in place of an error": (text) => text,
    "an object with the address": (text) => ({ url: text, message: text }),
    "an error with an odd name": (text) => Object.assign(new Error("failed"), { name: text }),
  };
  for (const [name, { secrets, call }] of Object.entries(CALLS)) {
    for (const [what, fail] of Object.entries(FAILURES)) {
      it(`${name}, failed with ${what}`, async () => {
        /** @type {unknown[]} */
        const events = [];
        const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
          throw fail(echo(url, init, secrets));
        };
        const api = client({ fetch, maxRetries: 1, ...watching(events) });
        const error = await rejection(call(api));
        assert.ok(error instanceof combell.ConnectionError);
        assertHidden("the error", error, secrets);
        assertHidden("an event", events, secrets);
      });
    }
  }
});

describe("a secret in an answer does not make another error of it", () => {
  const download = (/** @type {any} */ api, /** @type {string} */ password) =>
    api.sslCertificates.download({ sha1_fingerprint: "AB", file_format: "pfx", password });

  it("where it looks like a number in the body, or like a part of JSON", async () => {
    for (const [password, body] of [
      ["2026", '{"error_text":"No.","year":2026,"id":120261}'],
      ["true", '{"error_text":"No.","final":true}'],
      ['":"No', '{"error_text":"No."}'],
      ['":[{"', '{"validation_errors":[{"error_text":"No."}]}'],
      ["null", '{"error_text":"No.","more":null}'],
      ["text", '{"error_text":"No.","text":1,"context":2}'],
    ]) {
      const fetch = async () => new Response(body, { status: 400, headers: JSON_TYPE });
      const error = await rejection(download(client({ fetch }), String(password)));
      assert.ok(error instanceof combell.ValidationError, `${password}: ${error}`);
      assert.ok(!reveals(shown(error.body), String(password)), `${password}: ${inspect(error.body)}`);
    }
  });

  it("and is not shown in part where a long text is cut", async () => {
    for (let before = 470; before < 520; before += 5) {
      const error_text = `${"x".repeat(before)}${API_SECRET}`;
      const fetch = async () => Response.json({ error_text }, { status: 400 });
      const error = await rejection(client({ fetch }).accounts.list());
      assert.ok(!error.message.includes(API_SECRET.slice(0, 5)), error.message);
    }
    for (let before = 1980; before < 2020; before += 5) {
      const text = `${"x".repeat(before)}${API_SECRET}`;
      const fetch = async () => new Response(text, { status: 400 });
      const error = await rejection(client({ fetch }).accounts.list());
      assert.ok(!error.body.includes(API_SECRET.slice(0, 5)), error.body);
    }
  });
});

describe("a job that fails", () => {
  for (const [what, status] of /** @type {const} */ ([
    ["with its own answer", 200],
    ["because asking is refused", 400],
  ])) {
    it(`shows no secret of the call that started it, nor a credential: ${what}`, async () => {
      const user = { database_name: "ID1_shop", name: "shop", password: PASSWORD };
      const said = `could not set ${PASSWORD}, ${API_SECRET}`;
      const fetch = async (/** @type {string} */ url) =>
        url.endsWith("/users")
          ? new Response(null, { status: 202, headers: { location: "/v2/provisioningjobs/1" } })
          : Response.json({ status: "failed", error_text: said, said: [said] }, { status });
      const error = await rejection(client({ fetch }).mySqlDatabases.createUser(user).wait());
      assert.ok(error instanceof combell.HostwireError);
      assert.deepEqual(error.job, { job_id: "1" });
      assertHidden("the error", error, [PASSWORD]);
    });
  }
});

describe("nothing is shown by", () => {
  it("a client, however one looks at it", async () => {
    const api = client({ headers: { "x-a": "b" } });
    await api.accounts.list();
    const looks = {
      inspect: inspect(api, { depth: 10, showHidden: true, getters: true }),
      JSON: JSON.stringify(api),
      String: String(api),
      properties: inspect(Object.getOwnPropertyDescriptors(api), { depth: 10, showHidden: true }),
      prototype: inspect(Object.getPrototypeOf(api), { depth: 10, showHidden: true }),
      resource: inspect(api.accounts, { depth: 10, showHidden: true }),
      function: String(api.accounts.list),
      clone: inspect({ ...api }, { depth: 10, showHidden: true }),
    };
    for (const [look, text] of Object.entries(looks)) assertHidden(look, text, []);
  });

  it("a call, before and after it has ended", async () => {
    for (const { secrets, call } of Object.values(CALLS)) {
      const fetch = async () => new Response("", { status: 404 });
      const promise = call(client({ fetch }));
      assertHidden("a pending call", inspect(promise, { depth: 10, showHidden: true }), secrets);
      await rejection(promise);
      assertHidden("a failed call", inspect(promise, { depth: 10, showHidden: true }), secrets);
    }
  });

  it("a call that is refused, timed out, aborted, or not allowed", async () => {
    const wrong = "Wr0ng\npass word";
    const mailbox = { email_address: "a@example.com", password: wrong, account_id: 1, acount: PASSWORD };
    const error = await rejection(client().mailboxes.create(mailbox));
    assert.ok(error instanceof combell.InputError);
    assertHidden("an InputError", error, [wrong, PASSWORD]);

    for (const { secrets, call } of Object.values(CALLS)) {
      const hanging = client({ fetch: () => new Promise(() => undefined), timeoutMs: 5, maxRetries: 1 });
      assertHidden("a TimeoutError", await rejection(call(hanging)), secrets);
      assertHidden("a NotAllowedError", await rejection(call(client({ allow: [] }))), secrets);
    }
  });

  it("a response's address", async () => {
    const [certificate] = sandbox.world.certificates.all();
    const { sha1_fingerprint } = certificate ?? {};
    const file = { sha1_fingerprint, file_format: "pfx", password: FREE_PASSWORD };
    const { response } = await client().sslCertificates.download(file).withResponse();
    assert.match(response.url, /password=\*\*\*/);
    assertHidden("response.url", response.url, [FREE_PASSWORD]);
  });

  it("an event about a password of any length", async () => {
    for (const password of ["", "a", "ab", "***", "x".repeat(5000)]) {
      /** @type {any[]} */
      const events = [];
      const api = client({ fetch: async () => new Response("", { status: 404 }), ...watching(events) });
      const file = { sha1_fingerprint: "AB", file_format: "pfx", password };
      await rejection(api.sslCertificates.download(file));
      for (const { url } of events) assert.match(url, /[?&]password=\*\*\*(&|$)/);
    }
  });

  it("an error about a request of one's own, or a page, or a wait", async () => {
    const fetch = async () => Response.json({ error_text: API_SECRET }, { status: 403 });
    const api = client({ fetch });
    const errors = [
      await rejection(api.request({ method: "GET", path: "/v2/new", query: { token: FREE_PASSWORD } })),
      await rejection(api.accounts.list()[Symbol.asyncIterator]().next()),
      await rejection(api.provisioningJobs.wait({ job_id: "1" })),
      await rejection(api.accounts.create(ACCOUNT).wait()),
    ];
    for (const error of errors) {
      assert.ok(error instanceof combell.PermissionError);
      assertHidden("the error", error, [FREE_PASSWORD]);
    }
  });
});
