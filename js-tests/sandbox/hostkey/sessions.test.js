// Who may call: logins, tokens and their end.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { loadSpec } from "../../spec.js";
import { startSandbox } from "../index.js";
import { FORM, formClient } from "./form-client.js";

const KEY = "sandbox-key";
const SERVERS = [34_533, 32_645, 17_405];

let clock = Date.UTC(2026, 0, 1);
const start = clock / 1000;
/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {import("./index.js").HostkeySandbox} */
let hostkey;
/** @type {ReturnType<typeof formClient>} */
let client;

before(async () => {
  sandbox = await startSandbox({ providers: ["hostkey"], shapes: "documented", now: () => clock });
  hostkey = sandbox.hostkey;
});
beforeEach(() => {
  clock = start * 1000;
  hostkey.reset();
  client = formClient(hostkey);
});
after(() => sandbox.close());

describe("a login at Hostkey", () => {
  it("turns the API key into a token that opens the other calls", async () => {
    const session = await client.login();
    assert.match(String(session.token), /^[0-9a-f]{32}$/);
    assert.deepEqual([session.token_expire, session.new], [start + 7200, 1]);
    assert.deepEqual(session.servers, SERVERS);
    const permissions = /** @type {string[]} */ (/** @type {unknown} */ (session.permissions));
    assert.ok(permissions.includes("api_keys/edit") && permissions.includes("eq/order_instance"));
    const { result } = await client.call("auth.info");
    assert.deepEqual(result?.servers, { 34533: "34533", 32645: "32645", 17405: "17405" });
    assert.deepEqual([result?.token_expire, result?.deploy_keys], [start + 7200, []]);
  });

  it("gives the same token again while it holds", async () => {
    const first = await client.login();
    clock += 60_000;
    const second = await client.login();
    assert.deepEqual([second.token, second.new, second.token_expire], [first.token, 0, start + 7200]);
    assert.equal(hostkey.logins, 2);
    clock += 7200_000;
    const third = await client.login();
    assert.notEqual(third.token, first.token);
    assert.equal(third.new, 1);
  });

  it("gives tokens that live as long as is asked for, but no longer than is set", async () => {
    assert.equal((await client.login({ key: KEY, ttl: 60 })).token_expire, start + 60);
    hostkey.reset();
    hostkey.configure({ tokenLifetimeSeconds: 600 });
    assert.equal((await client.login({ key: KEY, ttl: 7200 })).token_expire, start + 600);
    assert.throws(() => hostkey.configure({ tokenLifetimeSeconds: 0 }), /above 0/);
  });

  it("is refused with a key that there is not, in an answer with status 200", async () => {
    const { status, json } = await client.raw("auth.login", { key: "other" });
    assert.deepEqual([status, json], [200, { result: -1, error: "API key not found" }]);
    assert.equal(hostkey.logins, 0);
    assert.match(await client.refused("auth.login", {}), /body key is required/);
  });

  it("takes user and password of the account as well", async () => {
    const { result, timings } = await client.call("auth.whmcslogin", hostkey.account);
    assert.deepEqual([result?.whmcs_token, result?.new], [null, 1]);
    assert.ok(timings);
    const wrong = { user: hostkey.account.user, password: "wrong" };
    assert.equal(await client.refused("auth.whmcslogin", wrong), "Wrong user or password");
  });

  it("says so where the account has no servers", async (test) => {
    const empty = await startSandbox({
      providers: ["hostkey"],
      shapes: "documented",
      hostkey: { servers: 0 },
    });
    test.after(() => empty.close());
    const { json } = await formClient(empty.hostkey).raw("auth.login", { key: KEY });
    assert.deepEqual([json.result, json.code], [-1, "NO_APPROPRIATE_SERVERS"]);
  });
});

describe("a token of Hostkey", () => {
  it("ends with its time, with a logout and where the sandbox is told to", async () => {
    for (const end of [
      () => {
        clock += 7200_000;
      },
      () => hostkey.configure({ clockOffsetMs: 7200_000 }),
      () => client.call("auth.logout"),
      () => hostkey.expireTokens(),
      () => fetch(`${hostkey.controlUrl}/expire-tokens`, { method: "POST" }),
      () => hostkey.reset(),
    ]) {
      hostkey.reset();
      await client.login();
      await client.call("eq.list");
      await end();
      assert.equal(await client.refused("eq.list"), "Invalid token");
      await client.login();
      await client.call("eq.list");
    }
  });

  it("is refused with status 401 or with any of the texts that the spec has, as is set", async () => {
    const { expired } = /** @type {{ expired: { messages: string[] } }} */ (
      loadSpec("hostkey").document["x-auth"]
    );
    assert.equal(expired.messages.length, 8);
    for (const message of expired.messages) {
      const text = `auth: ${message.toUpperCase()}.`;
      hostkey.configure({ tokenRefusal: text });
      assert.equal(await client.refused("eq.list"), text);
      hostkey.configure({ failureForm: "message" });
      assert.deepEqual((await client.raw("eq.list")).json, { code: -1, message: text });
      hostkey.configure({ failureForm: "error" });
    }
    hostkey.configure({ tokenRefusal: 401 });
    const { status, json } = await client.raw("eq.list");
    assert.deepEqual([status, json], [401, { result: -1, error: "Unauthorized" }]);
    assert.throws(() => hostkey.configure({ tokenRefusal: "go away" }), /tokenRefusal has to be 401, or/);
    assert.throws(() => hostkey.configure({ tokenRefusal: 403 }), /tokenRefusal has to be/);
  });

  it("comes before anything else that may be wrong with a form, and only in the form", async () => {
    const post = async (/** @type {string} */ path, /** @type {string} */ form) =>
      String((await client.post(path, form)).json.error);
    const { token } = await client.login();
    assert.equal(await post("/eq.php", "action=show&id=x&further=1"), "Invalid token");
    assert.equal(await post(`/eq.php?token=${token}`, "action=list"), "Invalid token");
    assert.equal(await post("/eq.php", `action=list&token[0]=${token}`), "Invalid token");
    const inQuery = await client.post(`/eq.php?action=list`, `action=list&token=${token}`);
    assert.match(inQuery.text, /query action is not known/);
    const headers = { ...FORM, authorization: `Bearer ${token}` };
    assert.match((await client.post("/eq.php", "action=list", headers)).text, /Invalid token/);
  });

  it("is bound to the address that logged in, unless fix_ip is 0", async () => {
    for (const [params, text] of /** @type {const} */ ([
      [{}, "Invalid token"],
      [{ fix_ip: 1 }, "Invalid token"],
      [{ fix_ip: 0 }, undefined],
    ])) {
      hostkey.reset();
      const { token } = await client.login({ key: KEY, ...params });
      hostkey.configure({ callerAddress: "198.51.100.7" });
      if (text) assert.equal(await client.refused("eq.list"), text);
      else await client.call("eq.list");
      assert.equal((await client.login({ key: KEY, ...params })).new, text ? 1 : 0, String(token));
    }
  });

  it("of a key for one server covers that server only", async () => {
    await client.login();
    const params = { name: "one", server_id: 32_645, login_notify_method: "none", active: 1 };
    const { data } = await client.call("apiKeys.add", { params });
    const limited = formClient(hostkey);
    assert.deepEqual((await limited.login({ key: data?.api_key })).servers, [32_645]);
    assert.deepEqual((await limited.call("eq.list")).servers, [32_645]);
    assert.match(await limited.refused("eq.show", { id: 34_533 }), /no such server/);
    await limited.call("eq.show", { id: 32_645 });
  });

  it("ends with its key", async () => {
    await client.login();
    const input = { name: "two", login_notify_method: "none", active: 1 };
    const { data } = await client.call("apiKeys.add", { params: input });
    const other = formClient(hostkey);
    await other.login({ key: data?.api_key });
    await client.call("apiKeys.edit", { params: { ...input, id: data?.id, active: 0 } });
    assert.equal(await other.refused("eq.list"), "Invalid token");
    assert.equal(await other.refused("auth.login", { key: data?.api_key }), "api key is disabled");
    const ip = "10.0.0.1, 203.0.113.0/24";
    await client.call("apiKeys.edit", { params: { ...input, id: data?.id, ip } });
    await other.login({ key: data?.api_key });
    hostkey.configure({ callerAddress: "198.51.100.7" });
    assert.match(await other.refused("auth.login", { key: data?.api_key }), /IP not allowed/);
    await client.login();
    await client.call("apiKeys.delete", { params: { id: data?.id } });
    assert.equal(await other.refused("auth.login", { key: data?.api_key }), "API key not found");
  });
});
