// A provider of another kind than Combell, made up: form posts with nested fields, operations that share a
// path, a session token in the body, failures that come with status 200. It shows that the framework takes
// more than one kind.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { readSpec } from "../spec.js";
import { ok, Refusal } from "./answers.js";
import { bodyReadable, routeKnown, valuesValid } from "./checks.js";
import { send } from "./raw-client.js";
import { serve } from "./server.js";
import { createSettings } from "./settings.js";

const SPEC = `
openapi: 3.1.0
servers: [{url: https://api.example.com/panel}]
paths:
  /auth.php#login:
    post:
      operationId: auth.login
      x-effect: read
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [action, key]
              properties: {action: {const: login}, key: {type: string}}
      responses: {'200': {$ref: '#/components/responses/Answer'}}
  /server.php#rename:
    post:
      operationId: server.rename
      x-effect: write
      x-idempotent: true
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [action, id, params]
              properties:
                action: {type: string, const: rename}
                id: {type: integer, minimum: 1}
                params:
                  type: object
                  required: [name]
                  properties:
                    name: {$ref: '#/components/schemas/Name', maxLength: 9}
                    tags: {type: array, items: {type: integer}}
                    server: {type: integer, x-copy-of: id}
                    force: {type: boolean}
      responses: {'200': {$ref: '#/components/responses/Answer'}}
  /server.php#show:
    post:
      operationId: server.show
      x-effect: read
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {action: {const: show}}}
      responses: {'200': {$ref: '#/components/responses/Answer'}}
  /server.php#order:
    post:
      operationId: server.order
      x-effect: purchase
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [action, preset]
              properties: {action: {const: order}, preset: {type: string}, note: {type: string}}
      responses: {'200': {$ref: '#/components/responses/Answer'}}
  /server.php#order-anew:
    post:
      operationId: server.orderAnew
      x-effect: destroy
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [action, id]
              properties: {action: {const: order}, id: {type: integer}, note: {type: string}}
      responses: {'200': {$ref: '#/components/responses/Answer'}}
components:
  responses:
    Answer:
      description: An answer.
      content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}
  schemas:
    Name: {type: string, minLength: 1}
    Answer: {type: object, required: [result, data], properties: {result: {const: OK}}}
    Failure: {type: object, required: [result, error], properties: {result: {const: -1}, error: {type: string}}}
`;

/** @type {import("./server.js").ProviderServer} */
let server;
/** @type {{ body: unknown }[]} */
const seen = [];

before(async () => {
  const token = "t0ken";
  /** @type {import("./checks.js").Check} */
  const loggedIn = ({ operation, content }) => {
    if (operation?.id === "auth.login") return;
    const form = /** @type {Record<string, unknown>} */ ("value" in content ? content.value : {});
    if (form.token !== token) throw new Refusal(401, "token", "invalid token");
  };
  server = await serve(
    {
      name: "madeUp",
      spec: readSpec("made-up", SPEC),
      credentials: { apiKey: "key" },
      now: () => 0,
      checks: [routeKnown, bodyReadable, loggedIn, valuesValid],
      handlers: {
        "auth.login": () => ok({ result: "OK", data: { token } }),
        "server.rename": (/** @type {{ body: unknown }} */ { body }) => {
          seen.push({ body });
          return ok({ result: "OK", data: null });
        },
        "server.show": () => ok({ result: "OK", data: seen.length }),
        "server.order": () => ok({ result: "OK", data: "new" }),
        "server.orderAnew": (/** @type {{ caller: string }} */ { caller }) =>
          ok({ result: "OK", data: `again for ${caller}` }),
      },
      context: ({ headers }) => ({ caller: headers["x-caller"] ?? "nobody" }),
      refuse: ({ message, faults }) => ({
        status: 200,
        json: { result: -1, error: [message, ...faults.map((fault) => fault.text)].join("; ") },
        schema: "#/components/schemas/Failure",
      }),
      headers: () => ({}),
      settings: createSettings("madeUp", {}, {}),
      reset: () => void seen.splice(0),
      controls: {},
    },
    {},
  );
});
beforeEach(() => server.reset());
after(() => server.close());

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/**
 * @param {string} path
 * @param {string} form
 */
const post = (path, form) => send(server.url, "POST", `/panel${path}`, FORM, form);

describe("a provider with form posts and an envelope", () => {
  it("has its base path in its address", () => {
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/panel$/);
    assert.match(server.controlUrl, /:\d+\/_sandbox$/);
  });

  it("tells operations apart by the constants in the body", async () => {
    assert.deepEqual((await post("/auth.php", "action=login&key=k")).json, {
      result: "OK",
      data: { token: "t0ken" },
    });
    assert.equal((await post("/server.php", "action=show&token=t0ken")).json.data, 0);
    assert.deepEqual(
      server.requests.map((request) => request.operationId),
      ["auth.login", "server.show"],
    );
    assert.match(
      String((await post("/server.php", "action=explode&token=t0ken")).json.error),
      /no known operation/,
    );
  });

  it("tells operations with the same constants apart by the fields that they want", async () => {
    for (const [form, id] of [
      ["preset=p", "server.order"],
      ["id=1", "server.orderAnew"],
      ["id=1&note=n", "server.orderAnew"],
      ["note=n", "server.order"],
    ]) {
      await post("/server.php", `action=order&token=t0ken&${form}`);
      assert.equal(server.requests.at(-1)?.operationId, id, form);
    }
    const headers = { ...FORM, "x-caller": "me" };
    const form = "action=order&id=1&token=t0ken";
    const answer = await send(server.url, "POST", "/panel/server.php", headers, form);
    assert.equal(answer.json.data, "again for me", "the context knows the request");
  });

  it("does not take a group of fields for a constant", async () => {
    assert.match(String((await post("/server.php", "action[0]=show")).json.error), /no known operation/);
  });

  it("gets nested fields with the types of the schema", async () => {
    const form =
      "action=rename&id=12&params[name]=caf%C3%A9+1&params[tags][0]=3&params%5Btags%5D%5B1%5D=4" +
      "&params[server]=12&params[force]=true&token=t0ken";
    assert.equal((await post("/server.php", form)).json.result, "OK");
    const params = { name: "café 1", tags: [3, 4], server: 12, force: true };
    assert.deepEqual(seen, [{ body: { action: "rename", id: 12, params, token: "t0ken" } }]);
  });

  it("answers failures with status 200 and in its own shape", async () => {
    const refused = await post("/server.php", "action=show");
    assert.deepEqual([refused.status, refused.json], [200, { result: -1, error: "invalid token" }]);
    const form = "action=rename&id=0&params[name]=much+too+long&params[server]=1&token=t0ken";
    const { error } = (await post("/server.php", form)).json;
    assert.match(String(error), /body id must be >= 1/);
    assert.match(String(error), /body params\.name must NOT have more than 9 characters/);
    assert.match(String(error), /params\.server has to be the same as id/);
    for (const bad of ["a=%zz", "a=1&a=2", "a=1&a[b]=2"]) {
      assert.match(String((await post("/server.php", bad)).json.error), /no known operation/);
      assert.match(String((await post("/auth.php", bad)).json.error), /no known operation/);
    }
  });

  it("takes fields named like those that every object has", async () => {
    const form =
      "action=rename&id=1&params[name]=x&params[server]=1&__proto__[a]=b&constructor=c&token=t0ken";
    assert.equal((await post("/server.php", form)).json.result, "OK");
    assert.equal(/** @type {Record<string, unknown>} */ ({}).a, undefined);
  });

  it("misbehaves like any other", async () => {
    server.misbehave({ operation: "server.show", fault: { type: "status", status: 500 } });
    const failed = await post("/server.php", "action=show&token=t0ken");
    assert.deepEqual([failed.status, failed.json.result], [500, -1]);
    server.misbehave({ fault: { type: "rateLimit", retryAfter: 5 } });
    const limited = await post("/server.php", "action=show&token=t0ken");
    assert.deepEqual([limited.status, limited.headers["retry-after"]], [429, "5"]);
    server.misbehave({ fault: "reset" });
    await assert.rejects(post("/server.php", "action=show&token=t0ken"), { code: "ECONNRESET" });
  });

  it("has to have a handler for each operation, and no other", async () => {
    const provider = /** @type {import("./provider.js").Provider} */ ({
      name: "madeUp",
      spec: readSpec("made-up", SPEC),
      handlers: /** @type {Record<string, import("./provider.js").Handler>} */ ({
        "auth.login": () => ok({}),
      }),
    });
    await assert.rejects(
      serve(provider, {}),
      /no handler for server\.rename, server\.show, server\.order, server\.orderAnew/,
    );
  });
});
