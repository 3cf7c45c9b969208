// What a tour of a provider is made of, and how it is walked.

import { count, duration } from "./output.js";

/**
 * @typedef {import("./output.js").Output} Output
 * @typedef {import("../sandbox/index.js").Sandbox} Sandbox
 * @typedef {import("../sandbox/index.js").SandboxOptions} SandboxOptions
 * @typedef {import("../sandbox/index.js").ProviderName} ProviderName
 * @typedef {import("../../pkg/types.js").ClientOptions} ClientOptions
 * @typedef {import("../../pkg/types.js").OperationInfo} OperationInfo
 *
 * @typedef {object} Tour
 * @property {ProviderName} provider its name in the package and in the sandbox
 * @property {string} title
 * @property {Record<string, string>} credentials the environment variable of each credential
 * @property {string} baseUrl the environment variable of another address
 * @property {SandboxOptions} sandbox
 * @property {{ sandbox: string[], live: string[] }} setup what a user writes once
 * @property {(surroundings: Surroundings) => Chapter[]} open
 *
 * @typedef {object} Surroundings
 * @property {unknown} hostwire the provider's module of the installed package
 * @property {Record<string, string | number>} credentials
 * @property {ClientOptions} options for every client of the tour
 * @property {Sandbox | undefined} sandbox undefined: the provider's own API, where nothing may be changed
 * @property {Traffic} traffic
 *
 * @typedef {object} Traffic What the clients' observers have seen.
 * @property {number} requests
 * @property {Map<string, number>} operations the number of requests of each, by name
 *
 * @typedef {object} Chapter
 * @property {string} title
 * @property {Step[]} steps
 *
 * @typedef {object} Step
 * @property {string} title
 * @property {string[]} code what a user writes
 * @property {(show: Output) => Promise<string>} run gives what came of it, in a few words
 */

/** Which step went wrong; the error itself is the cause. */
export class StepError extends Error {
  name = "StepError";
}

/** @returns {{ traffic: Traffic, options: Pick<ClientOptions, "onRequest"> }} */
export function watchTraffic() {
  /** @type {Traffic} */
  const traffic = { requests: 0, operations: new Map() };
  /** @type {ClientOptions["onRequest"]} */
  const onRequest = ({ operation }) => {
    traffic.requests += 1;
    traffic.operations.set(operation, 1 + (traffic.operations.get(operation) ?? 0));
  };
  return { traffic, options: { onRequest } };
}

/**
 * @param {Chapter[]} chapters
 * @param {Traffic} traffic
 * @param {Output} output
 */
export async function walk(chapters, traffic, output) {
  let number = 0;
  for (const { title, steps } of chapters) {
    output.title(title);
    for (const step of steps) {
      number += 1;
      output.step(number, step.title);
      output.code(step.code);
      const before = traffic.requests;
      const start = performance.now();
      try {
        const result = await step.run(output);
        const took = duration(performance.now() - start);
        output.success(result, `${count(traffic.requests - before, "request")}, ${took}`);
      } catch (cause) {
        throw new StepError(`Step ${number}, "${step.title}", did not go as expected.`, { cause });
      }
    }
  }
  return number;
}
