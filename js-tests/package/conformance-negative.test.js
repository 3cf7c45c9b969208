// Every operation of every provider that is built: params that are wrong in one place are refused with the
// name of that place, and nothing is sent.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { loadSpec } from "../spec.js";
import { adapterOf } from "./adapters.js";
import { importInstalled, installPackage } from "./install.js";
import { validParams } from "./operation-params.js";
import { rejection } from "./rejection.js";
import { startRecorder } from "./servers.js";
import { wrongParams } from "./wrong-params.js";

const SEED = Number(process.env.CONFORMANCE_SEED ?? 20261121);

const project = installPackage();
const modules = await importInstalled(project, project.providers);

for (const [index, provider] of project.providers.entries()) {
  const { [adapterOf(provider).className]: Client, InputError } = modules[index];
  const spec = loadSpec(provider);
  const recorder = await startRecorder();
  const client = new Client({ ...adapterOf(provider).credentials, baseUrl: recorder.url + spec.basePath });
  let cases = 0;

  describe(provider, () => {
    after(() => recorder.close());

    for (const operation of spec.operations.values()) {
      it(operation.id, async () => {
        const whole = fc.sample(validParams(spec, operation, { whole: true }), { numRuns: 30, seed: SEED });
        // Where a list has no items, none of them can be wrong.
        const params = whole.find((params) => !JSON.stringify(params).includes("[]")) ?? whole[0] ?? {};
        recorder.requests.length = 0;
        const call = operation.id.split(".").reduce((at, step) => at[step], client);
        for (const { path, how, value } of wrongParams(spec, operation, params)) {
          const what = `${path}: ${how}: ${inspect(value, { depth: 4 })}`;
          const error = await rejection(call(value));
          assert.ok(error instanceof InputError, `${what}: ${error}`);
          assert.equal(error.operation, operation.id);
          /** @type {{ path: string, message: string }[]} */
          const issues = error.issues;
          assert.ok(issues.length > 0, what);
          for (const issue of issues) {
            assert.ok(issue.path === path || isBelow(issue.path, path), `${what}: ${inspect(issues)}`);
            assert.ok(error.message.includes(issue.message), what);
          }
          cases++;
        }
        assert.equal(recorder.requests.length, 0, "something was sent");
      });
    }

    it("has had something wrong in every operation", (t) => {
      t.diagnostic(`${provider}: ${cases} wrong calls`);
      assert.ok(cases >= spec.operations.size);
    });
  });
}

/**
 * @param {string} inner
 * @param {string} outer
 */
const isBelow = (inner, outer) => inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
