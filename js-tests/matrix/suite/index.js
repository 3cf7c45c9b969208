// Calls of the package that run in every environment: plain functions, nothing of Node's own.

import { COMBELL_CASES } from "./combell.js";
import { PROVIDER_CASES } from "./providers.js";

/**
 * @typedef {object} Modules
 * @property {any} root the module `hostwire`
 * @property {any} combell the module `hostwire/combell`
 * @property {any} operations the module `hostwire/combell/operations`
 *
 * @typedef {{ url: string, controlUrl: string, credentials: {} }} SandboxInfo
 *
 * @typedef {object} Surroundings What a program is told.
 * @property {{ combell: SandboxInfo, hostkey: SandboxInfo, ccloud: SandboxInfo, artnet: SandboxInfo, combahton: SandboxInfo }} sandboxes
 * @property {{ [name: string]: unknown }} [options] for every client, `allowBrowser` in a web page
 * @property {Context["clientOf"]} [clientOf] makes clients in place of those with the sandbox's credentials
 *
 * @typedef {object} Context
 * @property {(options?: { [name: string]: unknown }) => any} client of Combell
 * @property {(className: string, options?: { [name: string]: unknown }) => any} clientOf
 * @property {(endpoint: string, value?: unknown) => Promise<any>} control of Combell's sandbox
 *
 * @typedef {(context: Modules & Surroundings & Context) => Promise<unknown>} Case
 * @typedef {{ value: unknown } | { error: string }} Outcome
 * @typedef {{ [name: string]: Outcome }} Outcomes
 */

const CASES = { ...PROVIDER_CASES, ...COMBELL_CASES };

/** Names of the calls, in the order in which they run. */
export const CASE_NAMES = Object.keys(CASES);

/**
 * Runs every call, each in a sandbox that starts anew. What comes of it can go through JSON.
 *
 * @param {Modules} modules
 * @param {Surroundings} surroundings
 * @returns {Promise<Outcomes>}
 */
export async function runSuite(modules, surroundings) {
  const { sandboxes, options } = surroundings;
  /** @type {Context["clientOf"]} */
  const direct = (className, more) => {
    const { credentials, url } = sandboxes[/** @type {keyof typeof sandboxes} */ (className.toLowerCase())];
    return new modules.root[className]({ ...credentials, baseUrl: url, ...options, ...more });
  };
  const clientOf = surroundings.clientOf ?? direct;
  const context = {
    ...modules,
    ...surroundings,
    clientOf,
    /** @type {Context["client"]} */
    client: (more) => clientOf("Combell", more),
    /** @type {Context["control"]} */
    control: (endpoint, value) => control(sandboxes.combell.controlUrl, endpoint, value),
  };
  /** @type {Outcomes} */
  const outcomes = {};
  for (const [name, run] of Object.entries(CASES)) {
    await context.control("POST /reset");
    outcomes[name] = await run(context).then(
      (value) => ({ value }),
      (error) => ({ error: String(error?.stack ?? error) }),
    );
  }
  return outcomes;
}

/**
 * What the sandbox's process does directly, over HTTP.
 *
 * @param {string} url
 * @param {string} endpoint `POST /misbehave`
 * @param {unknown} value
 */
async function control(url, endpoint, value) {
  const [method = "", path = ""] = endpoint.split(" ");
  const init = value === undefined ? { method } : { method, body: JSON.stringify(value) };
  const response = await fetch(url + path, init);
  if (!response.ok) throw new Error(`${endpoint}: ${await response.text()}`);
  return response.json();
}
