// What the tests of the proxy begin with: the installed package, the sandbox, and proxies on real ports.

import { createServer } from "node:http";
import { connect } from "node:net";
import { after, before, beforeEach } from "node:test";
import { importInstalled, installPackage } from "../package/install.js";
import { noWaiting } from "../package/setup.js";
import { startSandbox } from "../sandbox/index.js";

/**
 * @typedef {{ [name: string]: unknown }} Options
 * @typedef {import("../sandbox/index.js").Sandbox} Sandbox
 *
 * @typedef {object} Refusal A problem, as far as tests look into it.
 * @property {string} type
 * @property {string} title
 * @property {number} status
 * @property {string} detail
 * @property {string} code
 * @property {number} [retryAfterMs]
 * @property {{ path: string, message: string }[]} [issues]
 * @property {string} [provider]
 * @property {string} [operation]
 * @property {unknown} [body]
 *
 * @typedef {object} Ask
 * @property {string} [path] after the proxy's address; the operation's unless given
 * @property {string} [operation] with its provider: `combell/dnsRecords.list`
 * @property {string} [method]
 * @property {{ [name: string]: string | undefined }} [headers] beside those of an ordinary call; undefined takes one away
 * @property {unknown} [params]
 * @property {BodyInit} [body] in place of the params
 * @property {AbortSignal} [signal]
 *
 * @typedef {object} Events
 * @property {any[]} requests
 * @property {any[]} responses
 * @property {any[]} denied
 *
 * @typedef {object} Started
 * @property {any} proxy
 * @property {string} url
 * @property {Events} events
 * @property {(ask?: Ask) => Promise<Response>} call
 */

export const TOKEN = "token-of-the-tests-0123456789";
export const OTHER_TOKEN = "token-of-another-0123456789";

/** An ordinary call, which every proxy of these tests lets through unless it is told otherwise. */
export const OPEN = "combell/dnsRecords.list";
export const DOMAIN = { domain_name: "example.com" };

/** What everybody may do unless a test says otherwise. */
export const RULES = {
  combell: ["dnsRecords.*", { operation: "dnsRecords.create", params: { ...DOMAIN, type: ["A", "AAAA"] } }],
};

/** @param {import("../sandbox/index.js").ProviderName[]} [providers] */
export async function setUp(providers = ["combell"]) {
  const [hostwire, proxies] = await importInstalled(installPackage(), ["", "proxy"]);
  // What comes through a proxy is held against what comes without one.
  const sandbox = await startSandbox({ providers, shapes: "documented" });
  const used = providers.map((name) => sandbox[name]);
  /** @type {(() => Promise<unknown>)[]} */
  const closers = [];
  before(noWaiting);
  beforeEach(() => {
    for (const provider of used) provider.reset();
  });
  after(async () => {
    await Promise.all(closers.map((close) => close()));
    await sandbox.close();
  });

  const clients = {
    combell: (/** @type {Options} */ more = {}) =>
      new hostwire.Combell({ ...sandbox.combell.credentials, baseUrl: sandbox.combell.url, ...more }),
    hostkey: (/** @type {Options} */ more = {}) =>
      new hostwire.Hostkey({ ...sandbox.hostkey.credentials, baseUrl: sandbox.hostkey.url, ...more }),
    ccloud: (/** @type {Options} */ more = {}) =>
      new hostwire.Ccloud({ ...sandbox.ccloud.credentials, baseUrl: sandbox.ccloud.url, ...more }),
  };

  const authorize = proxies.bearerTokens([
    { token: TOKEN, caller: { id: "tests" } },
    { token: OTHER_TOKEN, caller: { id: "another" } },
  ]);

  /**
   * A proxy of these options, and what it told its observers.
   *
   * @param {Options} [options]
   */
  function make(options = {}) {
    /** @type {Events} */
    const events = { requests: [], responses: [], denied: [] };
    const proxy = proxies.createProxy({
      clients: { combell: clients.combell() },
      authorize,
      allow: RULES,
      onRequest: (/** @type {unknown} */ event) => events.requests.push(event),
      onResponse: (/** @type {unknown} */ event) => events.responses.push(event),
      onDenied: (/** @type {unknown} */ event) => events.denied.push(event),
      ...options,
    });
    return { proxy, events };
  }

  /**
   * The same behind a web server of Node's. The servers end with the test file.
   *
   * @param {Options} [options]
   * @returns {Promise<Started>}
   */
  async function start(options) {
    const { proxy, events } = make(options);
    const server = createServer(proxies.toNodeHandler(proxy));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    closers.push(() => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    });
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    return { proxy, url, events, call: (ask) => fetch(requestOf(url, ask)) };
  }

  return {
    hostwire,
    proxies,
    sandbox,
    clients,
    make,
    start,
    /** The operations that arrived at any provider, in their order. */
    sent: () => used.flatMap(({ requests }) => requests.map(({ operationId }) => String(operationId))),
  };
}

/**
 * @param {string} url of a proxy
 * @param {Ask} [ask]
 */
export function requestOf(
  url,
  { operation = OPEN, path, method = "POST", headers, params, body, signal } = {},
) {
  const own = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers };
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  const bare = method === "GET" || method === "HEAD";
  return new Request(url + (path ?? `/${operation}`), {
    method,
    headers: /** @type {[string, string][]} */ (given),
    ...(!bare && { body: body ?? JSON.stringify(params ?? DOMAIN), duplex: "half" }),
    ...(signal && { signal }),
  });
}

/**
 * What came back, with all of it that a caller can read.
 *
 * @param {Response} response
 */
export async function read(response) {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    /** @type {any} */
    data: isJson ? JSON.parse(text) : undefined,
    /** Everything, to look for what must not be there. */
    all: JSON.stringify([...response.headers]) + text,
  };
}

/**
 * A refusal by the class of its error and the code, where it has one: `PermissionError proxy_params`.
 *
 * @param {{ data: Refusal }} answer
 */
export const kindOf = ({ data }) =>
  [data.type.replace("urn:hostwire:", ""), data.code].filter(Boolean).join(" ");

/**
 * Sends bytes as they are, and gives all that comes back until the other side ends the connection, or until `enough`.
 *
 * @param {string} url
 * @param {(string | Uint8Array)[]} parts
 * @param {(text: string) => boolean} [enough]
 * @returns {Promise<string>}
 */
export function sendRaw(url, parts, enough = isWhole) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname, () => {
      for (const part of parts) socket.write(part);
    });
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (enough(text)) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
}

/** Whether an answer is there to its last byte: chunks, or a length. @param {string} text */
function isWhole(text) {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  if (rest.length === 0) return false;
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  const body = rest.join("\r\n\r\n");
  return length === undefined
    ? body.endsWith("0\r\n\r\n") || /\r\n0\r\n$/.test(body)
    : body.length >= Number(length);
}

/** The status of an answer that came as bytes. @param {string} text */
export const rawStatus = (text) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);

/** The problem in an answer that came as bytes. @param {string} text @returns {Refusal} */
export const rawProblem = (text) => JSON.parse(/\{"type".*\}/.exec(text)?.[0] ?? "null");
