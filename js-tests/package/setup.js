// What most test files begin with: the installed package, and a sandbox that every test finds as new.

import { after, before, beforeEach, mock } from "node:test";
import { startSandbox } from "../sandbox/index.js";
import { importInstalled, installPackage } from "./install.js";

/**
 * @typedef {import("../sandbox/combell/index.js").CombellSandbox} CombellSandbox
 * @typedef {{ [name: string]: unknown }} Options
 *
 * @typedef {object} Setup
 * @property {any} combell the module `hostwire/combell`
 * @property {CombellSandbox} sandbox
 * @property {(options?: Options) => any} client a client of the sandbox
 * @property {() => string[]} sent the operations that arrived, in their order
 * @property {() => string[]} nonces of the requests that arrived
 */

/**
 * @param {import("../sandbox/index.js").SandboxOptions["combell"]} [options]
 * @returns {Promise<Setup>}
 */
export async function setUp(options) {
  const [combell] = await importInstalled(installPackage());
  const all = await startSandbox({ combell: options });
  const sandbox = all.combell;
  before(noWaiting);
  beforeEach(() => sandbox.reset());
  after(() => all.close());
  return {
    combell,
    sandbox,
    client: (more) => new combell.Combell({ ...sandbox.credentials, baseUrl: sandbox.url, ...more }),
    sent: () => sandbox.requests.map(({ operationId }) => String(operationId)),
    nonces: () => sandbox.requests.map(({ headers }) => headers.authorization?.split(":")[2] ?? ""),
  };
}

/** Waits before a repetition are random; so they are none. */
export const noWaiting = () => void mock.method(Math, "random", () => 0);

/** What a record of example.com needs. */
export const RECORD = { domain_name: "example.com", type: "A", content: "192.0.2.1" };

/** What an account needs. */
export const ACCOUNT = { identifier: "new.example", servicepack_id: 1001 };
