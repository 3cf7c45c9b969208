// What the tests of a client behind a proxy begin with: a sandbox, and proxies that open all that it has.

import { createServer } from "node:http";
import { after, before, beforeEach } from "node:test";
import { importInstalled, installPackage } from "../package/install.js";
import { noWaiting } from "../package/setup.js";
import { PROVIDERS, startSandbox } from "../sandbox/index.js";

/**
 * @typedef {{ [name: string]: unknown }} Options
 * @typedef {import("../sandbox/index.js").ProviderName} ProviderName
 * @typedef {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => unknown} Listener
 */

export const TOKEN = "token-of-the-parity-tests";
export const HEADERS = { authorization: `Bearer ${TOKEN}` };

/** So that waiting for a job takes no time. */
export const QUICK = { intervalMs: 1 };

/** How the class of a provider's clients is called. @param {string} name */
export const classOf = (name) => name.charAt(0).toUpperCase() + name.slice(1);

/** Tests ask for more at once than callers usually do. */
export const LIMITS = { rate: /** @type {const} */ (false), concurrency: 1000 };

/**
 * @param {object} [options]
 * @param {ProviderName[]} [options.providers]
 * @param {boolean} [options.cors] lets web pages call the sandbox itself, to see what arrived
 */
export async function setUp({ providers = PROVIDERS, cors = false } = {}) {
  const project = installPackage();
  const [hostwire, proxies] = await importInstalled(project, ["", "proxy"]);
  const tables = await importInstalled(
    project,
    providers.map((name) => `${name}/operations`),
  );
  // What comes through a proxy is held against what comes without one.
  const sandbox = await startSandbox({ providers, cors, shapes: "documented" });
  before(noWaiting);
  beforeEach(() => {
    for (const name of providers) sandbox[name].reset();
  });
  after(() => sandbox.close());

  /** A client with credentials. @type {(name: ProviderName, more?: Options) => any} */
  const directClient = (name, more) =>
    new hostwire[classOf(name)]({ ...sandbox[name].credentials, baseUrl: sandbox[name].url, ...more });

  /** Everything that there is, each by its name; a star would cover reads only. */
  const allowAll = (secrets = false) =>
    Object.fromEntries(
      providers.map((name, index) => [
        name,
        tables[index].operations.map((/** @type {any} */ { name: operation }) => ({ operation, secrets })),
      ]),
    );

  /**
   * A proxy on Node's own web server; it ends with the test file.
   *
   * @param {Options} [options] of the proxy
   * @param {Options} [clientOptions] of the clients that it calls with
   */
  async function startProxy(options, clientOptions) {
    const proxy = proxies.createProxy({
      clients: Object.fromEntries(providers.map((name) => [name, directClient(name, clientOptions)])),
      authorize: proxies.bearerTokens([{ token: TOKEN, caller: { id: "tests" } }]),
      allow: allowAll(),
      limits: LIMITS,
      ...options,
    });
    return startServer(proxies.toNodeHandler(proxy));
  }

  /**
   * A client of a proxy.
   *
   * @param {ProviderName} name
   * @param {string} url
   * @param {Options} [more]
   */
  const proxiedClient = (name, url, more) =>
    new hostwire[classOf(name)]({ proxy: { url, headers: HEADERS }, ...more });

  /** Operations that arrived at the providers, in their order. */
  const sent = () => providers.flatMap((name) => sandbox[name].requests.map((one) => `${one.operationId}`));

  return { project, hostwire, proxies, sandbox, directClient, allowAll, startProxy, proxiedClient, sent };
}

/**
 * A web server that ends with the test file, and counts what arrives at it.
 *
 * @param {Listener} listener
 */
export async function startServer(listener) {
  const server = { url: "", arrived: 0, breakOff: () => http.closeAllConnections() };
  const http = createServer((request, response) => {
    server.arrived++;
    listener(request, response);
  });
  await new Promise((resolve) => http.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (http.address());
  server.url = `http://127.0.0.1:${port}`;
  after(() => {
    const closed = new Promise((resolve) => http.close(resolve));
    http.closeAllConnections();
    return closed;
  });
  return server;
}
