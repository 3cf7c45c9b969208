// Every operation of every provider through a proxy: random params arrive at the provider as they do without one,
// and random answers come back as they do. The proxy is called in this process; other tests put a network between.
// CONFORMANCE_RUNS and CONFORMANCE_SEED set how many and which.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { adapterOf } from "../package/adapters.js";
import { importInstalled, installPackage } from "../package/install.js";
import { answersOf, shownAnswers, successesOf } from "../package/operation-answers.js";
import { validParams } from "../package/operation-params.js";
import { startRecorder } from "../package/servers.js";
import { loadSpec } from "../spec.js";

/**
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("../package/operation-params.js").Params} Params
 */

const RUNS = Number(process.env.CONFORMANCE_RUNS ?? 3);
const SEED = Number(process.env.CONFORMANCE_SEED ?? 20261121);
const NOW = Date.UTC(2030, 1, 3, 4, 5, 6, 789);

const project = installPackage();
const modules = await importInstalled(project, project.providers);
const [{ createProxy }] = await importInstalled(project, ["proxy"]);

/** What comes back otherwise: a key that the proxy itself goes on with is the proxy's, and stays there. */
const KEPT = new Set(["customer.regenerateApiKey"]);

for (const [index, provider] of project.providers.entries()) {
  const spec = loadSpec(provider);
  const adapter = adapterOf(provider);
  const Class = modules[index][adapter.className];
  const recorder = await startRecorder();
  // New for each call: some answers change what a client does next, a new API key for instance.
  const newDirect = () =>
    new Class({
      ...adapter.credentials,
      baseUrl: recorder.url + spec.basePath,
      now: () => NOW,
    });
  const newProxied = (/** @type {string} */ operation) => {
    const proxy = createProxy({
      clients: { [provider]: newDirect() },
      authorize: () => "tests",
      allow: { [provider]: [{ operation, secrets: true }] },
      limits: { depth: 60 },
    });
    const fetch = (/** @type {string} */ url, /** @type {RequestInit} */ init) =>
      proxy.fetch(new Request(url, init));
    return new Class({ proxy: { url: "https://proxy.example" }, fetch });
  };

  /**
   * @param {any} client
   * @param {Operation} operation
   * @param {Params} params
   */
  const call = async (client, operation, params) => {
    recorder.requests.length = 0;
    const result = await operation.id.split(".").reduce((at, step) => at[step], client)(params);
    const arrived = recorder.requests.map(({ method, path, query, body }) => ({ method, path, query, body }));
    return { result, arrived };
  };

  describe(provider, () => {
    after(() => recorder.close());

    for (const operation of spec.operations.values()) {
      it(operation.id, async () => {
        /** @param {Params} params @param {import("../package/operation-answers.js").Case} answered */
        const check = async (params, { answer, expected }) => {
          recorder.answer = () => answer;
          const direct = await call(newDirect(), operation, params);
          const proxied = await call(newProxied(operation.id), operation, params);
          assert.equal(direct.arrived.length, 1);
          assert.deepEqual(proxied.arrived, direct.arrived);
          if (KEPT.has(operation.id)) return;
          assert.deepEqual(proxied.result, expected(proxied.result, params));
        };
        // The proxy takes no such name from anybody.
        const params = validParams(spec, operation).filter((one) => !/"__proto__"/.test(JSON.stringify(one)));
        for (const [status, response] of successesOf(operation)) {
          const answers = answersOf(spec, operation, status, response, adapter);
          await fc.assert(fc.asyncProperty(params, answers, check), {
            seed: SEED,
            numRuns: RUNS,
            endOnFailure: false,
          });
          const [some = {}] = fc.sample(params, { seed: SEED, numRuns: 1 });
          for (const shown of shownAnswers(spec, operation, status)) await check(some, shown);
        }
      });
    }
  });
}
