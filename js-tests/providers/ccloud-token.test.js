// ccloud's access token: one for any number of calls, renewed once where it is refused.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { setUp } from "./setup.js";

const { hostwire, sandbox, client, clientWith, clock, sent, body } = await setUp("ccloud");
const TOKEN = "oauth.token";
const LIST = "tags.list";

describe("ccloud's token", () => {
  it("is got once for 50 first calls at the same time", async () => {
    const api = client();
    await Promise.all(Array.from({ length: 50 }, () => api.tags.list({})));
    assert.equal(sandbox.logins, 1);
    assert.deepEqual([sent()[0], sent().length], [TOKEN, 51]);
  });

  it("is asked for as OAuth2 has it, and goes out as a header", async () => {
    await client().tags.list({});
    const { clientId, clientSecret } = sandbox.credentials;
    assert.deepEqual(JSON.parse(body(0)), {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: "*",
    });
    const [login, call] = sandbox.requests;
    assert.equal(login?.headers.authorization, undefined);
    assert.match(String(call?.headers.authorization), /^Bearer sandbox\.\S+$/);
    assert.equal(body(1), "");
  });

  it("is kept until shortly before its end", async () => {
    sandbox.configure({ tokenLifetimeSeconds: 3600 });
    const api = client();
    await api.tags.list({});
    clock.ms += 3_539_000;
    await api.tags.list({});
    assert.equal(sandbox.logins, 1);
    clock.ms += 2_000;
    await Promise.all([api.tags.list({}), api.tags.list({})]);
    assert.equal(sandbox.logins, 2);
  });

  it("that is refused is renewed once, for many calls at the same time", async () => {
    const api = client();
    await api.tags.list({});
    sandbox.expireTokens();
    sandbox.requests.length = 0;
    const { response } = await api.tags.list({}).withResponse();
    assert.deepEqual([sent(), response.attempts], [[LIST, TOKEN, LIST], 2]);
    sandbox.expireTokens();
    await Promise.all(Array.from({ length: 30 }, () => api.tags.list({})));
    assert.equal(sandbox.logins, 3);
  });

  it("that is refused is renewed for a purchase too: a 401 proves that nothing was ordered", async () => {
    const api = client();
    await api.tags.list({});
    sandbox.expireTokens();
    sandbox.requests.length = 0;
    await api.customers.addons.set({ addon: "report", count: 1 });
    assert.deepEqual(sent(), ["customers.addons.set", TOKEN, "customers.addons.set"]);
  });

  it("refused a second time is an AuthenticationError, and no loop", async () => {
    sandbox.configure({ tokenLifetimeSeconds: 0 });
    const error = await rejection(client().tags.list({}));
    assert.ok(error instanceof hostwire.AuthenticationError);
    assert.match(error.message, /Unauthenticated\. Check the client id and secret, or the access token/);
    assert.deepEqual(sent(), [TOKEN, LIST, TOKEN, LIST]);
  });

  it("is not got for wrong input", async () => {
    const error = await rejection(client().tasks.get({ id: "x" }));
    assert.ok(error instanceof hostwire.InputError);
    assert.deepEqual(sent(), []);
  });

  it("is got though only reads are allowed", async () => {
    await client({ allow: ["read"] }).tags.list({});
    assert.deepEqual(sent(), [TOKEN, LIST]);
  });

  it("comes before a request that is only prepared, which is authenticated", async () => {
    const request = await client().prepare(LIST, {});
    assert.match(String(request.headers.get("authorization")), /^Bearer sandbox\./);
  });

  it("is got by hand with the client's credentials, and good for a client", async () => {
    const { access_token: accessToken, token_type, expires_in } = await client().oauth.token({ scope: "*" });
    assert.deepEqual([token_type, expires_in], ["Bearer", 31_536_000]);
    await clientWith({ accessToken }).tags.list({});
    assert.deepEqual(sent(), [TOKEN, LIST]);
  });

  it("is shared through a store", async () => {
    const values = new Map();
    const tokenStore = {
      get: async (/** @type {string} */ key) => values.get(key),
      set: async (/** @type {string} */ key, /** @type {string} */ value) => void values.set(key, value),
      delete: async (/** @type {string} */ key) => void values.delete(key),
    };
    await client({ tokenStore }).tags.list({});
    await client({ tokenStore }).tags.list({});
    assert.equal(sandbox.logins, 1);
    const [key] = values.keys();
    for (const secret of Object.values(sandbox.credentials)) assert.ok(!key.includes(secret));
  });
});

describe("an access token that is given", () => {
  it("is used as it is, and never renewed", async () => {
    const accessToken = sandbox.issueToken();
    const api = clientWith({ accessToken });
    await api.tags.list({});
    sandbox.expireTokens();
    const error = await rejection(api.tags.list({}));
    assert.ok(error instanceof hostwire.AuthenticationError);
    assert.deepEqual(sent(), [LIST, LIST]);
    assert.equal(sandbox.requests[0]?.headers.authorization, `Bearer ${accessToken}`);
  });

  it("is not given together with a client's credentials", () => {
    assert.throws(() => client({ accessToken: "x" }), hostwire.InputError);
    assert.throws(() => clientWith({ clientId: "x" }), /clientSecret is missing/);
  });
});

describe("a wrong client", () => {
  it("is an AuthenticationError that says what to check", async () => {
    for (const given of [{ clientSecret: "wrong" }, { clientId: "wrong" }]) {
      const error = await rejection(client(given).tags.list({}));
      assert.ok(error instanceof hostwire.AuthenticationError, String(error));
      assert.match(error.message, /Client authentication failed/);
      assert.match(error.message, /Check the client id and secret/);
      assert.deepEqual([error.code, error.status, error.operation], ["invalid_client", 401, TOKEN]);
    }
    assert.deepEqual(sent(), [TOKEN, TOKEN], "a login that is refused is not tried again");
  });
});
