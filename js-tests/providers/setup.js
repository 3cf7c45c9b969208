// What the test files of a provider begin with: the installed package, and that provider's sandbox, which
// every test finds as new. The clock is the client's and the sandbox's alike.

import { after, before, beforeEach } from "node:test";
import { importInstalled, installPackage } from "../package/install.js";
import { noWaiting } from "../package/setup.js";
import { startSandbox } from "../sandbox/index.js";

/**
 * @typedef {import("../sandbox/index.js").Sandbox} Sandbox
 * @typedef {import("../sandbox/index.js").SandboxOptions} SandboxOptions
 * @typedef {{ [name: string]: unknown }} Options
 */

const CLASSES = { hostkey: "Hostkey", ccloud: "Ccloud", artnet: "Artnet", combahton: "Combahton" };

export const START = 1_780_000_000_000;

/** So that waiting for a job takes no time. */
export const QUICK = { intervalMs: 1 };

/**
 * @template {keyof typeof CLASSES} Name
 * @param {Name} name
 * @param {SandboxOptions[Name]} [options]
 */
export async function setUp(name, options) {
  const project = installPackage();
  const [hostwire] = await importInstalled(project, [name]);
  const clock = { ms: START };
  const now = () => clock.ms;
  const all = await startSandbox({ providers: [name], [name]: { now, ...options } });
  /** @type {Sandbox[Name]} */
  const sandbox = all[name];
  before(noWaiting);
  beforeEach(() => {
    clock.ms = START;
    sandbox.reset();
  });
  after(() => all.close());
  return {
    project,
    /** @type {any} the module of the provider */
    hostwire,
    sandbox,
    clock,
    /** @type {(more?: Options) => any} a client of the sandbox */
    client: (more) =>
      new hostwire[CLASSES[name]]({ ...credentialsOf(sandbox), baseUrl: sandbox.url, now, ...more }),
    /** @type {(given: Options) => any} a client with other credentials than the sandbox's */
    clientWith: (given) => new hostwire[CLASSES[name]]({ baseUrl: sandbox.url, now, ...given }),
    /** The operations that arrived, in their order. */
    sent: () => sandbox.requests.map(({ operationId }) => String(operationId)),
    /** @param {number} index of the request, from the end where it is negative */
    body: (index) => String(sandbox.requests.at(index)?.body),
  };
}

/**
 * A fetch that answers by itself.
 *
 * @param {(url: string, init: RequestInit) => Response | Promise<Response>} answer
 */
export function answering(answer) {
  /** @type {{ url: string, init: RequestInit }[]} */
  const calls = [];
  const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    calls.push({ url, init });
    return await answer(url, init);
  };
  return { fetch, calls };
}

/** Collects what the observers of a client are told. */
export function watch() {
  /** @type {any[]} */
  const events = [];
  /** @type {any[]} */
  const retries = [];
  const note = (/** @type {unknown} */ event) => void events.push(event);
  const onRetry = (/** @type {unknown} */ event) => {
    note(event);
    retries.push(event);
  };
  return { events, retries, observers: { onRequest: note, onResponse: note, onRetry } };
}

/**
 * The PIN is no credential: tests that want it give it.
 *
 * @param {{ credentials: {} }} sandbox
 */
function credentialsOf({ credentials }) {
  const { pin, ...rest } = /** @type {Options} */ (credentials);
  return rest;
}
