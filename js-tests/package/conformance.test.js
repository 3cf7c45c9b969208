// Every operation of every provider that is built: random params that the spec allows go out as it says, and
// random answers that it allows come back as they are. CONFORMANCE_RUNS and CONFORMANCE_SEED set how many and
// which; a failure names the seed, and the smallest params that fail.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { loadSpec } from "../spec.js";
import { adapterOf } from "./adapters.js";
import { importInstalled, installPackage } from "./install.js";
import { answersOf, shownAnswers, successesOf } from "./operation-answers.js";
import {
  asText,
  expectedBody,
  expectedQuery,
  expectedSegments,
  readQuery,
  validParams,
} from "./operation-params.js";
import { startRecorder } from "./servers.js";

/**
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("../spec.js").Spec} Spec
 * @typedef {import("./operation-params.js").Params} Params
 * @typedef {import("./servers.js").Recorded} Recorded
 */

const RUNS = Number(process.env.CONFORMANCE_RUNS ?? 12);
const SEED = Number(process.env.CONFORMANCE_SEED ?? 20261121);
const NOW = Date.UTC(2030, 1, 3, 4, 5, 6, 789);

const project = installPackage();
const modules = await importInstalled(project, project.providers);

for (const [index, provider] of project.providers.entries()) {
  const spec = loadSpec(provider);
  const adapter = adapterOf(provider);
  const recorder = await startRecorder();
  // One for each call: some answers change what a client does next, a new API key for instance.
  const newClient = () =>
    new modules[index][adapter.className]({
      ...adapter.credentials,
      baseUrl: recorder.url + spec.basePath,
      now: () => NOW,
    });
  /** @type {Set<string>} */
  const exercised = new Set();
  /** @type {Set<string>} */
  const used = new Set();
  let calls = 0;

  /**
   * @param {Operation} operation
   * @param {Params} given
   * @param {Params} params the same without another spelling
   * @param {import("./operation-answers.js").Case} answered
   */
  const check = async (operation, given, params, { answer, expected }) => {
    recorder.requests.length = 0;
    recorder.answer = () => answer;
    const result = await operation.id.split(".").reduce((at, step) => at[step], newClient())(given);
    const [request, ...others] = recorder.requests;
    assert.ok(request && others.length === 0, `${recorder.requests.length} requests arrived`);
    checkRequest(spec, operation, params, request, adapter);
    const proof = adapter.checkHeaders(request, { now: NOW, anonymous: isAnonymous(operation) });
    assert.ok(!proof || !used.has(proof), "what proves who is calling was used twice");
    if (proof) used.add(proof);
    assert.deepEqual(result, expected(result, params));
    calls++;
  };

  describe(provider, () => {
    after(() => recorder.close());

    for (const operation of spec.operations.values()) {
      it(operation.id, async () => {
        const params = validParams(spec, operation);
        for (const [status, response] of successesOf(operation)) {
          const answers = answersOf(spec, operation, status, response, adapter);
          await fc.assert(
            fc.asyncProperty(params, answers, fc.boolean(), async (params, answer, spelled) => {
              const given = spelled ? asText(spec, operation, params) : params;
              await check(operation, given, params, answer);
            }),
            { seed: SEED, numRuns: RUNS, endOnFailure: false },
          );
          for (const shown of shownAnswers(spec, operation, status)) {
            const [some = {}] = fc.sample(params, { seed: SEED, numRuns: 1 });
            await check(operation, some, some, shown);
          }
        }
        exercised.add(operation.id);
      });
    }

    it("has its operations as data", async () => {
      const [{ operations }] = await importInstalled(project, [`${provider}/operations`]);
      const told = [...spec.operations.values()].map(({ id, method, path, effect, idempotent, node }) => ({
        ...{ name: id, method, path, effect, idempotent },
        summary: node.summary,
      }));
      assert.deepEqual(operations, told);
    });

    it("has had every operation exercised", (t) => {
      t.diagnostic(`${provider}: ${exercised.size} of ${spec.operations.size} operations, ${calls} calls`);
      assert.deepEqual([...exercised].sort(), [...spec.operations.keys()].sort());
    });
  });
}

/**
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {Params} params
 * @param {Recorded} request
 * @param {import("./adapters.js").Adapter} adapter
 */
function checkRequest(spec, operation, params, request, adapter) {
  assert.equal(request.method, operation.method);
  assert.ok(request.path.startsWith(`${spec.basePath}/`));
  const segments = request.path.slice(spec.basePath.length).split("/").slice(1);
  assert.deepEqual(segments.map(decodeURIComponent), expectedSegments(operation, params));
  // A plus may be read as itself or as a space.
  assert.doesNotMatch(request.query, /\+/);
  assert.deepEqual(readQuery(request.query), expectedQuery(operation, params));
  if (!operation.body) {
    assert.equal(request.body.length, 0);
    assert.equal(request.headers["content-type"], undefined);
    return;
  }
  const body = expectedBody(spec, operation, params);
  const expected = isAnonymous(operation) ? body : withFields(body, adapter.inBody);
  if (request.body.length === 0 && !operation.body.required) {
    assert.deepEqual(expected, {});
  } else {
    assert.deepEqual(adapter.readBody(request), adapter.expectBody(expected));
  }
}

/** @param {Operation} operation */
const isAnonymous = ({ node }) => /** @type {{ scheme?: string }} */ (node["x-auth"])?.scheme === "none";

/**
 * @param {unknown} body
 * @param {Params} fields
 */
const withFields = (body, fields) =>
  Object.keys(fields).length > 0 ? { .../** @type {Params} */ (body), ...fields } : body;
