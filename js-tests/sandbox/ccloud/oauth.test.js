// Who gets a token, what it is good for, and how long.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { send } from "../raw-client.js";
import { bearerClient } from "./raw-client.js";

/** @type {import("./index.js").CcloudSandbox} */
let ccloud;
let clock = Date.UTC(2026, 5, 1);

describe("ccloud's tokens", () => {
  /** @type {import("../index.js").Sandbox} */
  let sandbox;
  before(async () => {
    sandbox = await startSandbox({
      now: () => clock,
      providers: ["ccloud"],
      ccloud: { servers: 2, tokenLifetimeSeconds: 60 },
    });
    ccloud = sandbox.ccloud;
  });
  beforeEach(() => ccloud.reset());
  after(() => sandbox.close());

  const asked = () => ({
    grant_type: "client_credentials",
    client_id: ccloud.credentials.clientId,
    client_secret: ccloud.credentials.clientSecret,
    scope: "*",
  });

  /** @param {unknown} json */
  const logIn = (json) =>
    bearerClient(ccloud)("POST", "/oauth/token", { json, headers: { authorization: "" } });

  /** @param {string} authorization */
  const list = (authorization) => bearerClient(ccloud)("GET", "/ccloud/os", { headers: { authorization } });

  it("are given to whoever knows the secret, and let in until they expire", async () => {
    const answer = await logIn(asked());
    assert.equal(answer.status, 200, answer.text);
    const { access_token, ...rest } = answer.json;
    assert.deepEqual(rest, { token_type: "Bearer", expires_in: 60 });
    assert.equal((await list(`Bearer ${access_token}`)).status, 200);
    clock += 59_999;
    assert.equal((await list(`Bearer ${access_token}`)).status, 200);
    clock += 1;
    const late = await list(`Bearer ${access_token}`);
    assert.deepEqual([late.status, late.json], [401, { message: "Unauthenticated." }]);
    assert.equal(ccloud.logins, 1);
  });

  it("are counted, and stay valid beside each other", async () => {
    const first = (await logIn(asked())).json.access_token;
    const second = (await logIn(asked())).json.access_token;
    assert.notEqual(first, second);
    assert.equal(ccloud.logins, 2);
    assert.equal((await list(`Bearer ${first}`)).status, 200);
    assert.equal((await list(`Bearer ${second}`)).status, 200);
    ccloud.issueToken();
    assert.equal(ccloud.logins, 2, "a token without a login is no login");
  });

  it("end all at once where that is asked for, with every reset, and by the clock", async () => {
    for (const end of [
      ccloud.expireTokens,
      ccloud.reset,
      () => ccloud.configure({ clockOffsetMs: 60_000 }),
      () => send(ccloud.url, "POST", "/_sandbox/expire-tokens"),
    ]) {
      const authorization = `Bearer ${ccloud.issueToken()}`;
      assert.equal((await list(authorization)).status, 200);
      await end();
      assert.equal((await list(authorization)).status, 401);
    }
    ccloud.configure({ tokenLifetimeSeconds: 0 });
    assert.equal((await list(`Bearer ${ccloud.issueToken()}`)).status, 401);
  });

  it("can be had over HTTP without a login", async () => {
    const { json } = await send(ccloud.url, "POST", "/_sandbox/issue-token");
    assert.equal((await list(`Bearer ${json.access_token}`)).status, 200);
  });

  it("have to be sent as they should be", async () => {
    const token = ccloud.issueToken();
    for (const authorization of [
      "",
      token,
      `Basic ${token}`,
      `bearer ${token}`,
      "Bearer ",
      `Bearer ${token}x`,
    ]) {
      const answer = await list(authorization);
      assert.deepEqual([answer.status, answer.json], [401, { message: "Unauthenticated." }], authorization);
    }
  });

  it("that were asked for without a scope are good for nothing", async () => {
    const { scope: _, ...rest } = asked();
    const { access_token } = (await logIn(rest)).json;
    const answer = await list(`Bearer ${access_token}`);
    assert.deepEqual([answer.status, answer.json.error?.code], [403, 403]);
  });

  it("are refused in the shape of OAuth", async () => {
    /** @type {[change: object, status: number, error: string][]} */
    const cases = [
      [{ client_secret: "wrong" }, 401, "invalid_client"],
      [{ client_secret: undefined }, 401, "invalid_client"],
      [{ client_id: "other" }, 401, "invalid_client"],
      [{ client_id: undefined }, 400, "invalid_request"],
      [{ grant_type: "password" }, 400, "unsupported_grant_type"],
      [{ grant_type: undefined }, 400, "unsupported_grant_type"],
      [{ scope: "* servers" }, 400, "invalid_scope"],
      [{ scope: ["*"] }, 400, "invalid_request"],
    ];
    for (const [change, status, error] of cases) {
      const answer = await logIn({ ...asked(), ...change });
      assert.equal(answer.status, status, answer.text);
      const { error: code, error_description, hint, message } = answer.json;
      assert.equal(code, error);
      assert.equal(typeof message, "string");
      assert.equal(error_description, message);
      assert.equal(typeof hint, status === 400 ? "string" : "undefined");
    }
    assert.equal(ccloud.logins, 0);
  });

  it("are refused to bodies that cannot be read, in the same shape", async () => {
    const form = new URLSearchParams(asked()).toString();
    for (const [body, type] of [
      ["", "application/json"],
      ["{", "application/json"],
      ["[]", "application/json"],
      ["null", "application/json"],
      [form, "application/x-www-form-urlencoded"],
    ]) {
      const headers = { "content-type": String(type) };
      const answer = await send(ccloud.url, "POST", "/api/v1/oauth/token", headers, body);
      assert.deepEqual([answer.status, answer.json.error], [400, "unsupported_grant_type"], body);
    }
  });
});
