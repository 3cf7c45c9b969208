// What ccloud refuses, and in which shape.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { send } from "../raw-client.js";
import { bearerClient } from "./raw-client.js";

/** @typedef {import("./raw-client.js").RawAnswer} RawAnswer */

const order = {
  pool: "pool_iw_ssd",
  cores: 2,
  memory: 4,
  disks: [50],
  image: "stretch_uefi",
  type: "unmanaged",
};

describe("a request to ccloud", () => {
  /** @type {import("../index.js").Sandbox} */
  let sandbox;
  /** @type {import("./index.js").CcloudSandbox} */
  let ccloud;
  /** @type {ReturnType<typeof bearerClient>} */
  let call;
  before(async () => {
    sandbox = await startSandbox({ providers: ["ccloud"], ccloud: { servers: 10 } });
    ccloud = sandbox.ccloud;
    call = bearerClient(ccloud);
  });
  beforeEach(() => ccloud.reset());
  after(() => sandbox.close());

  /**
   * @param {RawAnswer} answer
   * @param {number} status
   */
  function assertError(answer, status) {
    assert.equal(answer.status, status, answer.text);
    const { errors, code, msg } = answer.json.error ?? {};
    assert.deepEqual([errors, code, typeof msg], [{}, status, "string"]);
  }

  /** @param {RawAnswer} answer */
  function fields(answer) {
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.json.message, "The given data was invalid.");
    const errors = Object.entries(answer.json.errors ?? {});
    for (const [, texts] of errors) assert.ok(Array.isArray(texts) && texts.length > 0);
    return errors.map(([field]) => field).sort();
  }

  it("to an unknown path is 404, with another method 405, whoever sends it", async () => {
    assertError(await send(ccloud.url, "GET", "/ccloud/servers"), 404);
    assertError(await send(ccloud.url, "GET", "/api/v1/ccloud/nothing"), 404);
    const answer = await send(ccloud.url, "PATCH", "/api/v1/ccloud/servers");
    assertError(answer, 405);
    assert.equal(answer.headers.allow, "GET, POST");
  });

  it("for something that does not exist is 404, even where its id has the wrong type", async () => {
    assertError(await call("GET", "/ccloud/servers/vs1"), 404);
    assertError(await call("GET", "/ccloud/tasks/99999"), 404);
    assertError(await call("GET", "/ccloud/tasks/first"), 404);
    assertError(await call("PUT", "/servers/vs10000/addons/backup", { json: { count: 1 } }), 404);
    assertError(await call("GET", "/ccloud/servers/vs10001/snapshots/scheduled"), 404);
  });

  it("goes to the literal path where a variable one fits too, but only with its method", async () => {
    assert.ok(Array.isArray((await call("GET", "/ccloud/customers/invoices/preview")).json));
    assert.equal(ccloud.requests.at(-1)?.operationId, "customers.invoices.preview");
    assertError(
      await call("PUT", "/ccloud/servers/vs10000/snapshots/scheduled", { json: { name: "x" } }),
      404,
    );
    assert.equal(ccloud.requests.at(-1)?.operationId, "servers.snapshots.rename");
  });

  it("for what the customer may not see is 403", async () => {
    assertError(await call("GET", "/ccloud/servers/vs10003/password"), 403);
  });

  it("is 409 while the server is being built or deleted", async () => {
    await call("POST", "/ccloud/servers", { json: { ...order, hostname: "fresh" } });
    assertError(await call("POST", "/ccloud/servers/fresh/state/start"), 409);
    assertError(await call("DELETE", "/ccloud/servers/fresh", { json: { hostname: "fresh" } }), 409);
    await call("DELETE", "/ccloud/servers/vs10000", { json: { hostname: "vs10000" } });
    assertError(await call("PUT", "/ccloud/servers/vs10000/cores", { json: { cores: 4 } }), 409);
  });

  it("names every field that is wrong", async () => {
    const wrong = {
      ...order,
      cores: "2",
      memory: undefined,
      disks: [50, "x"],
      type: 1,
      password: "short",
    };
    const answer = await call("POST", "/ccloud/servers", { json: wrong });
    assert.deepEqual(fields(answer), ["cores", "disks.1", "memory", "password", "type"]);
    assert.ok(!answer.text.includes("short"), "the password is not repeated");
    assert.deepEqual(fields(await call("POST", "/ccloud/servers", { json: { ...order, colour: 1 } })), [
      "colour",
    ]);
    const query = "limit=many&page=1.5&build_in_progress=maybe&nope=1";
    assert.deepEqual(fields(await call("GET", `/ccloud/servers?${query}`)), [
      "build_in_progress",
      "limit",
      "nope",
      "page",
    ]);
  });

  it("without a body is one without fields", async () => {
    assert.deepEqual(fields(await call("POST", "/ccloud/servers")), Object.keys(order).sort());
    const path = "/ccloud/servers/vs10000";
    const adapter = ccloud.world.servers.find("vs10000").adapters[0]?.id;
    assert.equal((await call("POST", `${path}/network/${adapter}/ip`)).status, 200);
    assert.deepEqual(fields(await call("GET", path, { json: {} })), ["request"]);
  });

  it("with a body that cannot be read is 400 or 415", async () => {
    assertError(await call("POST", "/ccloud/servers", { body: "{" }), 400);
    const headers = { "content-type": "text/plain" };
    const authorization = `Bearer ${ccloud.issueToken()}`;
    assertError(
      await call("POST", "/ccloud/servers", { body: "x", headers: { ...headers, authorization } }),
      415,
    );
  });

  it("has to repeat the hostname in order to delete a server", async () => {
    const remove = (/** @type {unknown} */ json) => call("DELETE", "/ccloud/servers/vs10000", { json });
    assert.deepEqual(fields(await remove(undefined)), ["hostname"]);
    assert.deepEqual(fields(await remove({ hostname: "vs10002" })), ["hostname"]);
    assert.equal((await remove({ hostname: "vs10000" })).status, 200);
  });

  it("may have one text for each field, another shape of errors, and unknown fields, where that is set", async () => {
    ccloud.configure({ validationTexts: "text", errorShape: "message", unknownFields: "ignore" });
    const answer = await call("POST", "/ccloud/servers", { json: { ...order, cores: 0, colour: "red" } });
    assert.deepEqual(
      [answer.status, answer.json.errors],
      [422, { cores: "There has to be at least 1 core." }],
    );
    const missing = await call("GET", "/ccloud/servers/vs1");
    assert.deepEqual([missing.status, missing.json], [404, { message: "There is no such server." }]);
  });

  it("is refused for what the schema cannot say", async () => {
    /** @type {[method: string, path: string, json: unknown, fields: string[]][]} */
    const cases = [
      ["POST", "/ccloud/servers", { ...order, pool: "pool_iw1_hdd" }, ["pool"]],
      ["POST", "/ccloud/servers", { ...order, hostname: "vs10000" }, ["hostname"]],
      ["POST", "/ccloud/servers", { ...order, hostname: "No name", image: "odd" }, ["hostname", "image"]],
      [
        "POST",
        "/ccloud/servers",
        { ...order, cores: 0, memory: -1, disks: [] },
        ["cores", "disks", "memory"],
      ],
      ["POST", "/ccloud/servers", { ...order, image: "win2022_uefi", disks: [10] }, ["disks.0"]],
      ["POST", "/ccloud/servers", { ...order, cores: 1e6 }, ["cores"]],
      ["POST", "/ccloud/servers", { ...order, disks: [5, 1e9] }, ["disks"]],
      ["POST", "/ccloud/servers", { ...order, addons: [{ name: "odd" }] }, ["addons"]],
      ["POST", "/ccloud/servers", { ...order, subnets: [1, 2] }, ["subnets"]],
      [
        "POST",
        "/ccloud/servers",
        { ...order, subnets: [99], subnets_intern: [2] },
        ["subnets", "subnets_intern"],
      ],
      ["POST", "/ccloud/servers", { ...order, rollouts: ["app_mssql"] }, ["rollouts"]],
      ["POST", "/servers/vs10000/redeploy", { image: "odd" }, ["image"]],
      ["PUT", "/ccloud/servers/vs10000/memory", { memory: 0 }, ["memory"]],
      ["PUT", "/servers/vs10000/addons/monitoring", { count: 0 }, ["count"]],
      ["POST", "/ccloud/servers/vs10000/dvds", { name: "odd.iso" }, ["name"]],
      ["PUT", "/ccloud/servers/vs10000/disks/sc0s0", { size: 0 }, ["size"]],
      ["DELETE", "/ccloud/servers/ts12345/disks/sc0s0", undefined, ["id"]],
      ["PUT", "/ccloud/servers/vs10000/bootorder", { id: 9 }, ["id"]],
      [
        "POST",
        "/ccloud/servers/vs10000/snapshots/scheduled",
        { frequency: 3, next_run: "2023-02-30 15:00" },
        ["next_run"],
      ],
      ["POST", "/subscriptions/2/import", { hostname: "odd" }, ["hostname"]],
      ["POST", "/subscriptions/2/export/all", { target_subscription: "odd" }, ["target_subscription"]],
      [
        "POST",
        "/ccloud/customers/quotes",
        { pool: "odd", cores: -1, addons: [{}] },
        ["addons", "cores", "pool"],
      ],
    ];
    for (const [method, path, json, expected] of cases) {
      const answer = await call(method, path, { json });
      assert.deepEqual(fields(answer), expected, `${path} ${JSON.stringify(json)}`);
    }
  });

  it("meets the faults that it is to meet, in a shape of ccloud's", async () => {
    ccloud.misbehave({ operation: "servers.list", fault: { type: "status", status: 503 } });
    assertError(await call("GET", "/ccloud/servers"), 503);
    ccloud.misbehave({ fault: { type: "rateLimit", retryAfter: 3 } });
    const limited = await call("GET", "/ccloud/servers");
    assertError(limited, 429);
    assert.equal(limited.headers["retry-after"], "3");
    ccloud.misbehave({ fault: { type: "status", status: 401 } });
    assert.deepEqual((await call("GET", "/ccloud/servers")).json, { message: "Unauthenticated." });
  });
});
