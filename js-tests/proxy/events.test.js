// What observers are told: who called what and how it ended, and no params or secrets unless asked for.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { assertHides, caller } from "./asking.js";
import { DOMAIN, requestOf, setUp, TOKEN } from "./setup.js";

const setup = await setUp();
const { make, sandbox } = setup;
const { combell } = sandbox;
const HOST = "http://proxy.example";
const { apiKey, apiSecret } = combell.credentials;
const call = caller(setup);

describe("Events", () => {
  const record = { ...DOMAIN, type: "TXT", record_name: "x", content: "content-of-the-record" };
  const mailbox = { mailbox_name: "info@example.com", password: "Correct-horse-1" };

  it("tell who called what and how it ended, and no params", async () => {
    const { events } = await call("combell/dnsRecords.create", record);
    const named = {
      caller: { id: "tests" },
      provider: "combell",
      operation: "dnsRecords.create",
      effect: "write",
    };
    assert.deepEqual(events.requests, [named]);
    const [{ durationMs, ...ended }] = events.responses;
    assert.ok(durationMs >= 0);
    assert.deepEqual(ended, { ...named, status: 200, attempts: 1 });
    assertHides(inspect(events, { depth: 9 }), record.content, "example.com", TOKEN, apiKey, apiSecret);
  });

  it("tell of failures by the name of their class, and with how many attempts", async () => {
    combell.misbehave({ operation: "accounts.get", times: "always", fault: { type: "status", status: 503 } });
    const { proxy, events } = make({ allow: { combell: ["accounts.get"] } });
    await proxy.fetch(requestOf(HOST, { operation: "combell/accounts.get", params: { account_id: 12 } }));
    const [{ status, error, attempts }] = events.responses;
    assert.deepEqual([status, error, attempts], [503, "ServerError", 3]);
  });

  it("tell params only where that is asked for, and secret ones masked", async () => {
    const { events } = await call("combell/mailboxes.changePassword", mailbox, { eventParams: true });
    for (const [event] of [events.requests, events.responses]) {
      assert.deepEqual(event.params, { ...mailbox, password: "***" });
    }
    const silent = await call("combell/mailboxes.changePassword", mailbox);
    assert.ok(!("params" in silent.events.requests[0]));
    const wrong = await call(
      "combell/mailboxes.changePassword",
      { ...mailbox, wrong: 1 },
      { eventParams: true },
    );
    assertHides(inspect(wrong.events, { depth: 9 }), mailbox.password);
  });

  it("tell of refusals without what was sent", async () => {
    const { proxy, events } = make();
    const asks = [
      { headers: { authorization: "Bearer guess-of-somebody-0123" } },
      { body: '{"secret-of-somebody":' },
      { operation: "combell/dnsRecords.create", params: { domain_name: "secret-of-somebody" } },
      { path: "/combell/secret-of-somebody" },
    ];
    for (const ask of asks) await proxy.fetch(requestOf(HOST, ask));
    assert.deepEqual(
      events.denied.map(({ status, code, caller, provider, operation }) => [
        status,
        code,
        caller?.id,
        provider,
        operation,
      ]),
      [
        [401, "unauthorized", undefined, "combell", "dnsRecords.list"],
        [400, "body", "tests", "combell", "dnsRecords.list"],
        [403, "params", "tests", "combell", "dnsRecords.create"],
        [404, "no_such_operation", undefined, undefined, undefined],
      ],
    );
    assert.deepEqual([events.requests, events.responses], [[], []]);
    assert.doesNotMatch(inspect(events, { depth: 9 }), /of-somebody/);
  });
});
