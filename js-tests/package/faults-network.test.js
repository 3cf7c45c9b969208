// The network fails: what is sent again, and what never is.

import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { rejection } from "./rejection.js";
import { closedAddress, startRaw } from "./servers.js";
import { ACCOUNT, RECORD, setUp } from "./setup.js";

const { combell, sandbox, client, sent, nonces } = await setUp();

/** An id that the sandbox gives its first A record. */
const recordId = () =>
  sandbox.world.zones
    .get("example.com")
    ?.records.all()
    .find(({ type }) => type === "A")?.id;

/** @type {{ [effect: string]: { name: string, repeatable: boolean, call: (api: any) => Promise<unknown> } }} */
const OPERATIONS = {
  "a read": { name: "accounts.list", repeatable: true, call: (api) => api.accounts.list() },
  "an idempotent write": {
    name: "dnsRecords.update",
    repeatable: true,
    call: (api) => api.dnsRecords.update({ ...RECORD, record_id: recordId() }),
  },
  "a write that is not idempotent": {
    name: "dnsRecords.create",
    repeatable: false,
    call: (api) => api.dnsRecords.create(RECORD),
  },
  "a purchase": {
    name: "accounts.create",
    repeatable: false,
    call: (api) => api.accounts.create(ACCOUNT),
  },
};

/** @typedef {import("../sandbox/misbehave.js").Rule["fault"]} Fault */

/**
 * Faults after which nobody knows whether the operation was carried out.
 *
 * @type {[fault: Fault, name: string][]}
 */
const AMBIGUOUS = [
  ["reset", "ConnectionError"],
  ["resetAfter", "ConnectionError"],
  ["cutBody", "ConnectionError"],
  [{ type: "cutBody", chunked: true }, "ConnectionError"],
  ["hang", "TimeoutError"],
  ["hangBody", "TimeoutError"],
  [{ type: "hangBody", chunked: true }, "TimeoutError"],
  [{ type: "status", status: 408 }, "ApiError"],
  [{ type: "status", status: 500 }, "ServerError"],
  [{ type: "html", status: 502 }, "ServerError"],
  [{ type: "status", status: 503, headers: { "retry-after": "0" } }, "ServerError"],
  [{ type: "status", status: 504 }, "ServerError"],
];

/** Answers that make any repetition pointless. */
const FINAL = [400, 403, 404, 409, 410, 422].map((status) => ({
  type: /** @type {const} */ ("status"),
  status,
}));

for (const [effect, { name, repeatable, call }] of Object.entries(OPERATIONS)) {
  describe(effect, () => {
    for (const [fault, error] of AMBIGUOUS) {
      it(`is sent ${repeatable ? "again" : "once"} where this happened: ${JSON.stringify(fault)}`, async () => {
        sandbox.misbehave({ fault });
        // Time enough for the second attempt; the first hangs however long it is.
        const api = client(error === "TimeoutError" ? { timeoutMs: repeatable ? 600 : 50 } : {});
        if (repeatable) await call(api);
        else assert.equal((await rejection(call(api))).name, error);
        assert.deepEqual(sent(), repeatable ? [name, name] : [name]);
        assert.equal(new Set(nonces()).size, sandbox.requests.length, "a nonce was used twice");
      });
    }

    it(`is sent ${effect === "a purchase" ? "once" : "again"} after a 429`, async () => {
      sandbox.misbehave({ fault: "rateLimit" });
      if (effect !== "a purchase") await call(client());
      else assert.equal((await rejection(call(client()))).name, "RateLimitError");
      assert.equal(sandbox.requests.length, effect === "a purchase" ? 1 : 2);
    });

    it("is sent once where it was refused", async () => {
      for (const fault of FINAL) {
        sandbox.reset();
        sandbox.misbehave({ fault });
        assert.equal((await rejection(call(client()))).status, fault.status);
        assert.deepEqual(sent(), [name]);
      }
    });

    it("is sent once where the answer is none that the provider gives", async () => {
      sandbox.misbehave({ fault: "html" });
      const error = await rejection(call(client()));
      assert.ok(error instanceof combell.ResponseError);
      assert.deepEqual(sent(), [name]);
    });

    it("is sent once with maxRetries 0, of the client or of the call", async () => {
      sandbox.misbehave({ fault: "rateLimit", times: "always" });
      await rejection(call(client({ maxRetries: 0 })));
      assert.equal(sandbox.requests.length, 1);
    });
  });
}

describe("repetitions", () => {
  it("are two unless more or fewer are asked for", async () => {
    sandbox.misbehave({ fault: { type: "status", status: 500 }, times: "always" });
    for (const [options, callOptions, times] of /** @type {const} */ ([
      [{}, {}, 3],
      [{ maxRetries: 4 }, {}, 5],
      [{ maxRetries: 4 }, { maxRetries: 1 }, 2],
      [{}, { maxRetries: 0 }, 1],
    ])) {
      sandbox.requests.length = 0;
      const error = await rejection(client(options).accounts.list({}, callOptions));
      assert.equal(sandbox.requests.length, times);
      assert.equal(error.attempts, times);
    }
  });

  it("are each told to onRetry, and each attempt to onRequest", async () => {
    sandbox.misbehave({ fault: "reset" });
    sandbox.misbehave({ fault: { type: "status", status: 503 } });
    /** @type {unknown[]} */
    const events = [];
    await client({
      onRequest: (/** @type {any} */ { attempt }) => events.push(["sent", attempt]),
      onResponse: (/** @type {any} */ { attempt, status }) => events.push(["answered", attempt, status]),
      onRetry: (/** @type {any} */ { attempt, reason }) => events.push(["again", attempt, reason]),
    }).accounts.list();
    assert.deepEqual(events, [
      ["sent", 1],
      ["again", 1, "ConnectionError"],
      ["sent", 2],
      ["answered", 2, 503],
      ["again", 2, "ServerError"],
      ["sent", 3],
      ["answered", 3, 200],
    ]);
  });
});

describe("without a server", () => {
  it("a call is a ConnectionError that says why", async () => {
    const baseUrl = await closedAddress();
    const error = await rejection(client({ baseUrl }).accounts.list());
    assert.ok(error instanceof combell.ConnectionError);
    assert.equal(error.attempts, 3);
    assert.ok(error.cause instanceof Error);
    assert.match(causes(error), /ECONNREFUSED/);
    assert.equal(error.operation, "accounts.list");
  });
});

/** @param {any} error */
function causes(error) {
  let text = "";
  for (let cause = error.cause; cause; cause = cause.cause) text += `${cause.code ?? ""} ${cause.message}\n`;
  return text;
}

describe("a server that sends what is not HTTP, or not all of it:", () => {
  /** @type {import("./servers.js").Server | undefined} */
  let server;
  afterEach(() => server?.close());

  const JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  /** @type {[what: string, bytes: string, end: boolean, name: string][]} */
  const ANSWERS = [
    ["nothing, and closes", "", true, "ConnectionError"],
    ["no HTTP", "SSH-2.0-OpenSSH_9.6\r\n", true, "ConnectionError"],
    ["half of the headers, and closes", "HTTP/1.1 200 OK\r\ncontent-ty", true, "ConnectionError"],
    ["half of the headers, and hangs", "HTTP/1.1 200 OK\r\ncontent-ty", false, "TimeoutError"],
    [
      "half of the body, and closes",
      `${JSON_HEAD}content-length: 50\r\n\r\n[{"id":`,
      true,
      "ConnectionError",
    ],
    ["half of the body, and hangs", `${JSON_HEAD}content-length: 50\r\n\r\n[{"id":`, false, "TimeoutError"],
    ["half of a chunk", `${JSON_HEAD}transfer-encoding: chunked\r\n\r\nff\r\n[{`, true, "ConnectionError"],
    [
      "gzip that is none",
      `${JSON_HEAD}content-encoding: gzip\r\ncontent-length: 4\r\n\r\nnone`,
      true,
      "ConnectionError",
    ],
    ["a body until it closes that is cut off", `${JSON_HEAD}\r\n[{"id": 1}, {"i`, true, "ResponseError"],
  ];
  for (const [what, bytes, end, name] of ANSWERS) {
    it(what, async () => {
      const raw = await startRaw(bytes, { end });
      server = raw;
      const api = client({ baseUrl: raw.url, ...(name === "TimeoutError" && { timeoutMs: 50 }) });
      assert.equal((await rejection(api.accounts.create(ACCOUNT))).name, name);
      assert.equal(raw.received.length, 1, "the purchase was sent again");
      assert.equal((await rejection(api.accounts.list({}, { maxRetries: 1 }))).name, name);
    });
  }
});
