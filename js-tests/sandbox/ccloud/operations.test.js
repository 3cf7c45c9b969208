// Every operation of ccloud, with values made from the spec. The sandbox holds each answer against the spec
// before it sends it, so any status but 500 also says that the answer fits.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { knownValues, loadSpec } from "../../spec.js";
import { valuesFor } from "../generate.js";
import { startSandbox } from "../index.js";
import { bearerClient, items } from "./raw-client.js";

/**
 * @typedef {import("../../spec.js").Operation} Operation
 * @typedef {import("../../spec.js").Parameter} Parameter
 * @typedef {Record<string, fc.Arbitrary<unknown>>} Known
 */

const spec = loadSpec("ccloud");
const RUNS = { numRuns: 8, seed: 20260601 };

const amount = fc.integer({ min: 1, max: 64 });
const addon = fc.record(
  { name: fc.constantFrom("monitoring", "backup"), count: amount },
  { requiredKeys: ["name"] },
);

/** What the sandbox has, or has room for, by the name that requests give it. @type {Known} */
const KNOWN = {
  pool: fc.constantFrom("pool_iw_ssd", "pool_aw2_ssd"),
  image: fc.constantFrom("stretch_uefi", "buster_uefi"),
  addons: fc.array(addon, { maxLength: 2 }),
  count: amount,
  cores: amount,
  memory: amount,
  disk: amount,
  size: amount,
  disks: fc.array(fc.integer({ min: 5, max: 500 }), { minLength: 1, maxLength: 3 }),
  subnets: fc.constantFrom([], [1], [3, 1]),
  subnets_intern: fc.constant([]),
  rollouts: fc.constantFrom([], ["base_rollout", "app_apache"]),
  next_run: fc.constant("2023-11-30 15:00"),
  target_subscription: fc.constantFrom("S328100-001", "S328100-002"),
  limit: amount,
  page: amount,
  sort: fc.constantFrom("id", ""),
  order: fc.constantFrom("asc", "desc"),
  scope: fc.constant("*"),
};

const iso = fc.constantFrom("debian-12.iso", "rescue.iso");

/** Where a name means something else in one operation. @type {Record<string, Known>} */
const OWN = {
  "servers.create": { hostname: fc.constant("brand-new.example.com") },
  "servers.bootOrder.update": { id: fc.integer({ min: 1, max: 4 }) },
  "servers.delete": { hostname: fc.constant("vs10000") },
  "servers.dvds.create": { name: iso },
  "servers.dvds.update": { name: iso },
  "subscriptions.import": { hostname: fc.constantFrom("vs10000", "ts12345") },
};

/**
 * What a client adds to a request for a token.
 *
 * @param {import("../index.js").Sandbox} sandbox
 */
const clientIn = ({ ccloud: { credentials } }) => ({
  client_id: credentials.clientId,
  client_secret: credentials.clientSecret,
});

describe("every operation of ccloud", () => {
  /** @type {import("../index.js").Sandbox} */
  let sandbox;
  /** @type {ReturnType<typeof bearerClient>} */
  let call;
  before(async () => {
    sandbox = await startSandbox({ providers: ["ccloud"], ccloud: { servers: 3, jobPolls: 1 } });
    call = bearerClient(sandbox.ccloud);
  });
  after(() => sandbox.close());

  /**
   * @param {Operation} operation
   * @param {Parameter} parameter
   */
  function pathValue({ node }, { name, schema }) {
    if (name === "adapter_id")
      return fc.constant(sandbox.ccloud.world.servers.find("vs10000").adapters[0]?.id);
    const written = /** @type {import("../../spec.js").Dict[]} */ (node.parameters);
    const resolved = written.map((one) => spec.resolve({ node: one, pointer: "" }).node);
    const example = resolved.find((one) => one.name === name)?.example;
    return example === undefined ? valuesFor(spec, schema) : fc.constant(example);
  }

  /**
   * @param {Operation} operation
   * @param {Known} known
   * @param {(parameter: Parameter) => fc.Arbitrary<unknown>} inPath
   */
  function requests({ parameters, body }, known, inPath) {
    const values = parameters.map(
      (parameter) =>
        /** @type {const} */ ([
          parameter.name,
          parameter.in === "path"
            ? inPath(parameter)
            : (known[parameter.name] ?? valuesFor(spec, parameter.schema)),
        ]),
    );
    const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
    const json = body ? valuesFor(spec, body.schema, known) : fc.constant(undefined);
    return fc.record({
      params: fc.record(Object.fromEntries(values), { requiredKeys }),
      json: body?.required === false ? fc.option(json, { nil: undefined }) : json,
    });
  }

  /**
   * @param {Operation} operation
   * @param {Record<string, unknown>} params
   * @param {unknown} json
   */
  async function send(operation, params, json) {
    const value = (/** @type {string} */ name) => encodeURIComponent(String(params[name]));
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => value(name));
    const query = operation.parameters
      .filter((parameter) => parameter.in === "query" && params[parameter.name] !== undefined)
      .map(({ name }) => `${name}=${value(name)}`);
    const target = query.length > 0 ? `${path}?${query.join("&")}` : path;
    const body =
      operation.id === "oauth.token" ? { .../** @type {{}} */ (json), ...clientIn(sandbox) } : json;
    const answer = await call(operation.method, target, { json: body });
    assert.equal(sandbox.ccloud.requests.at(-1)?.operationId, operation.id);
    return answer;
  }

  /** @param {import("./raw-client.js").Reply} started */
  async function follow(started) {
    const id = Array.isArray(started) ? items(started)[0]?.id : started.id;
    /** @type {unknown[]} */
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await call("GET", `/ccloud/tasks/${id}`)).json.status);
    assert.deepEqual(statuses, ["processing", "done", "done"]);
  }

  for (const operation of spec.operations.values()) {
    const { id } = operation;

    it(`does what it is asked to: ${id}`, async () => {
      const request = requests(operation, { ...KNOWN, ...OWN[id] }, (parameter) =>
        pathValue(operation, parameter),
      );
      await fc.assert(
        fc.asyncProperty(request, async ({ params, json }) => {
          sandbox.ccloud.reset();
          const answer = await send(operation, params, json);
          assert.ok([200, 204].includes(answer.status), `${answer.status} ${answer.text}`);
          assert.ok(operation.responses.has(String(answer.status)));
          if (operation.node["x-async"]) await follow(answer.json);
        }),
        RUNS,
      );
    });
  }

  it("refuses what it cannot do, and never fails by itself", async () => {
    for (const operation of spec.operations.values()) {
      if (operation.id === "oauth.token") continue;
      const odd = requests(operation, {}, (parameter) =>
        fc.oneof(pathValue(operation, parameter), fc.string({ minLength: 1 })),
      );
      await fc.assert(
        fc.asyncProperty(odd, async ({ params, json }) => {
          const answer = await send(operation, params, json).catch((error) => assert.fail(error));
          const expected = [200, 204, 403, 404, 409, 422];
          assert.ok(expected.includes(answer.status), `${operation.id} ${answer.status} ${answer.text}`);
        }),
        RUNS,
      );
    }
  });

  it("is 404 for things that do not exist, where it names any", async () => {
    sandbox.ccloud.reset();
    for (const operation of spec.operations.values()) {
      if (!operation.path.includes("{")) continue;
      const known = { ...KNOWN, ...OWN[operation.id], hostname: fc.constant("no-such") };
      const request = requests(operation, known, ({ name, schema }) =>
        [knownValues(schema.node), schema.node.type].flat().includes("integer")
          ? fc.constant(999_999)
          : fc.constant(`no-such-${name}`.slice(0, 7)),
      );
      const [{ params, json } = assert.fail()] = fc.sample(request, { numRuns: 1, seed: 7 });
      const answer = await send(operation, params, json);
      assert.equal(answer.status, 404, `${operation.id}: ${answer.text}`);
      assert.equal(answer.json.error?.code, 404);
    }
  });

  it("is one of 83", () => assert.equal(spec.operations.size, 83));
});
