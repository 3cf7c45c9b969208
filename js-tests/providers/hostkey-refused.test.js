// A token that Hostkey refuses: renewed once, and the call repeated where nothing can have been done.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { loadSpec } from "../spec.js";
import { setUp, watch } from "./setup.js";

const { hostwire, sandbox, client, clientWith, sent, body } = await setUp("hostkey");
const LOGIN = "auth.login";
const LIST = "eq.list";
const FUNDS = "whmcs.createAddfunds";
const { expired } = /** @type {{ expired: { messages: string[] } }} */ (
  loadSpec("hostkey").document["x-auth"]
);
const logins = () => sent().filter((name) => name === LOGIN).length;

/** @param {{ [name: string]: unknown }} [more] a client whose session the provider has ended */
async function stale(more) {
  const api = client(more);
  await api.eq.list({});
  sandbox.expireTokens();
  sandbox.requests.length = 0;
  return api;
}

describe("a refused token", () => {
  for (const refusal of [401, ...expired.messages.map((text) => `Error: ${text.toUpperCase()}!`)]) {
    it(`is renewed once and the call repeated: ${refusal}`, async () => {
      sandbox.configure({ tokenRefusal: refusal });
      const { retries, observers } = watch();
      const api = await stale(observers);
      const { response } = await api.eq.list({}).withResponse();
      assert.deepEqual(sent(), [LIST, LOGIN, LIST]);
      assert.equal(response.attempts, 2);
      assert.deepEqual(
        retries.map(({ operation, reason }) => [operation, reason]),
        [[LIST, "AuthenticationError"]],
      );
    });
  }

  it("is known by its words in message too", async () => {
    sandbox.configure({ failureForm: "message" });
    await (await stale()).eq.list({});
    assert.deepEqual(sent(), [LIST, LOGIN, LIST]);
  });

  it("is renewed though no retries are wanted: it costs no attempt of theirs", async () => {
    await (await stale({ maxRetries: 0 })).eq.list({});
    assert.deepEqual(sent(), [LIST, LOGIN, LIST]);
  });

  it("of many calls at the same time is renewed once", async () => {
    for (const refusal of [401, "Invalid token"]) {
      sandbox.configure({ tokenRefusal: refusal });
      const api = await stale();
      await Promise.all(Array.from({ length: 30 }, () => api.eq.list({})));
      assert.equal(logins(), 1);
    }
  });

  it("is renewed for writes and deletions, which were not carried out", async () => {
    sandbox.configure({ jobPolls: 0 });
    const api = await stale();
    const { callback } = await api.eq.reboot({ id: 34_533, pin: 1907 });
    assert.ok(callback);
    assert.deepEqual(sent(), ["eq.reboot", LOGIN, "eq.reboot"]);
  });

  it("a second time is an AuthenticationError, and no loop", async () => {
    for (const fault of /** @type {const} */ ([
      { type: "status", status: 401 },
      { type: "status", status: 200, body: { result: -1, error: "Invalid token" } },
    ])) {
      sandbox.reset();
      sandbox.misbehave({ operation: LIST, times: "always", fault });
      const error = await rejection(client().eq.list({}));
      assert.ok(error instanceof hostwire.AuthenticationError);
      assert.match(error.message, /Check the API key; a token may also have expired/);
      assert.equal(error.attempts, 2);
      assert.deepEqual(sent(), [LOGIN, LIST, LOGIN, LIST]);
    }
  });

  it("whose renewal fails gives the failure of the login", async () => {
    const api = await stale();
    sandbox.misbehave({ operation: LOGIN, times: "always", fault: { type: "status", status: 403 } });
    const error = await rejection(api.eq.list({}));
    assert.ok(error instanceof hostwire.PermissionError);
    assert.equal(error.operation, LOGIN);
  });
});

describe("a purchase with a refused token", () => {
  it("is not sent again where words in HTTP 200 refuse it", async () => {
    const api = await stale();
    const error = await rejection(api.whmcs.createAddfunds({ amount: 10 }));
    assert.ok(error instanceof hostwire.AuthenticationError);
    assert.deepEqual(sent(), [FUNDS]);
  });

  it("does not keep the next purchase from a new token", async () => {
    const api = await stale();
    await rejection(api.whmcs.createAddfunds({ amount: 10 }));
    await api.whmcs.createAddfunds({ amount: 10 });
    assert.deepEqual(sent(), [FUNDS, LOGIN, FUNDS]);
  });

  it("is sent again where HTTP 401 refuses it", async () => {
    sandbox.configure({ tokenRefusal: 401 });
    const api = await stale();
    await api.whmcs.createAddfunds({ amount: 10 });
    assert.deepEqual(sent(), [FUNDS, LOGIN, FUNDS]);
  });
});

describe("a token that is given", () => {
  it("is used as it is", async () => {
    const api = client();
    const { result } = await api.auth.login({ key: sandbox.credentials.apiKey });
    sandbox.requests.length = 0;
    await clientWith({ token: result.token }).eq.list({});
    assert.deepEqual(sent(), [LIST]);
    assert.ok(body(0).includes(result.token));
  });

  for (const refusal of [401, "Invalid token"]) {
    it(`is never renewed: ${refusal}`, async () => {
      sandbox.configure({ tokenRefusal: refusal });
      const error = await rejection(clientWith({ token: "not-a-token" }).eq.list({}));
      assert.ok(error instanceof hostwire.AuthenticationError);
      assert.deepEqual([sent(), error.attempts], [[LIST], 1]);
    });
  }
});
