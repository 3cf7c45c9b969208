// A proxy for Combell and Hostkey: it keeps their credentials, and its callers have tokens that are good for what
// RULES opens to them.
//
// Everything that differs from one installation to another is in the environment. The exit code says how it went: 0,
// it was told to stop; 1, it could not listen; 2, the environment is not right.

import { createServer } from "node:http";
import { Combell, Hostkey } from "hostwire";
import { bearerTokens, createProxy, toNodeHandler } from "hostwire/proxy";

/** How long calls may take to end once the server is told to stop. A call has 60 seconds at most. */
const LONGEST_STOP_MS = 65_000;

const { env } = process;

const NEEDED = [
  ...["COMBELL_API_KEY", "COMBELL_API_SECRET", "HOSTKEY_API_KEY"],
  ...["DASHBOARD_TOKEN", "DNS_EDITOR_TOKEN", "ZONE"],
];
const missing = NEEDED.filter((name) => !env[name]);
if (missing.length > 0) refuseToStart(`set ${missing.join(", ")}`);

/**
 * Only asked for what is set or may be missing.
 *
 * @param {string} name
 */
const setting = (name) => env[name] ?? "";

/** @typedef {"dashboard" | "dns-editor"} Caller */

/** Of every call of the editor, so that no other domain name's records can be reached by it. */
const params = { domain_name: setting("ZONE") };

/**
 * Who may do what. What is not opened here is closed.
 *
 * @type {Record<Caller, import("hostwire/proxy").Rules>}
 */
const RULES = {
  // A star covers what only reads. Passwords and other secrets in answers are "***"; a rule that may have them says
  // so: { operation: "mailboxes.get", secrets: true }.
  dashboard: { combell: ["*"], hostkey: ["*"] },
  "dns-editor": {
    combell: [
      { operation: "dnsRecords.*", params },
      // What changes something has to be named, one by one.
      { operation: "dnsRecords.create", params },
      { operation: "dnsRecords.update", params },
      { operation: "dnsRecords.delete", params },
    ],
  },
};

function makeProxy() {
  // Clients that could not buy anything, and at Hostkey change anything, if the rules let them.
  const combell = new Combell({
    apiKey: setting("COMBELL_API_KEY"),
    apiSecret: setting("COMBELL_API_SECRET"),
    baseUrl: env.COMBELL_BASE_URL,
    allow: ["read", "write", "destroy"],
  });
  const hostkey = new Hostkey({
    apiKey: setting("HOSTKEY_API_KEY"),
    baseUrl: env.HOSTKEY_BASE_URL,
    allow: ["read"],
  });
  return createProxy({
    clients: { combell, hostkey },
    authorize: bearerTokens([
      { token: setting("DASHBOARD_TOKEN"), caller: /** @type {Caller} */ ("dashboard") },
      { token: setting("DNS_EDITOR_TOKEN"), caller: "dns-editor" },
    ]),
    allow: (/** @type {Caller} */ caller) => RULES[caller],
    // Where no page is named, browsers let only pages of the proxy's own origin call. Programs are not asked for one.
    cors: { origins: env.PAGE_ORIGIN ? [env.PAGE_ORIGIN] : [] },
    // Counted in this process; where several run, each counts for itself.
    limits: { rate: { limit: 120, windowSeconds: 60 } },
    // Neither has params or answers in it, so the log can be kept without keeping anybody's data.
    onResponse: ({ caller, provider, operation, status, durationMs }) =>
      console.log(`${caller} ${provider}/${operation} ${status} ${durationMs} ms`),
    onDenied: ({ caller = "?", provider = "", operation = "", status, code }) =>
      console.log(`refused ${caller} ${provider}/${operation} ${status} ${code}`),
  });
}

/**
 * @param {string} why
 * @returns {never}
 */
function refuseToStart(why) {
  console.error(`The environment is not right: ${why}.`);
  process.exit(2);
}

/** @returns {import("hostwire/proxy").EdgeProxy} */
function startProxy() {
  try {
    return makeProxy();
  } catch (error) {
    // A token that is too short, an address that is none: hostwire says which, and does not repeat secrets.
    return refuseToStart(error instanceof Error ? error.message : String(error));
  }
}

const server = createServer(toNodeHandler(startProxy()));

// On this computer only, unless told otherwise: tokens must not cross a network without TLS, which is for a web
// server in front of this one.
const { HOST: host = "127.0.0.1", PORT: port = "8787" } = env;
server.on("error", (error) => {
  console.error(`Cannot listen: ${error.message}`);
  process.exit(1);
});
server.listen({ host, port: Number(port) }, () => {
  const address = server.address();
  console.log(`listening on http://${host}:${typeof address === "object" ? address?.port : port}`);
});

for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT"])) {
  // Once: who presses Ctrl+C again means it.
  process.once(signal, () => {
    console.log("stopping");
    // Nobody new gets in. Calls that are running come to their end: one that changes something must not be left
    // without an answer.
    server.close(() => process.exit(0));
    // A connection whose call has ended would stay open a while for another one.
    setInterval(() => server.closeIdleConnections(), 100).unref();
    setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
  });
}
