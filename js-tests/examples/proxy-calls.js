// What the callers of the two example proxies may do, and what not: the same for both.

/**
 * @typedef {import("../../pkg/index.js").Combell} Combell
 * @typedef {import("../../pkg/index.js").Hostkey} Hostkey
 * @typedef {{ combell: Combell, hostkey: Hostkey }} Clients
 *
 * @typedef {object} ProxyCall
 * @property {string} what
 * @property {"combell" | "hostkey"} provider
 * @property {string} operation what arrives there where it is let through
 * @property {(clients: Clients) => PromiseLike<unknown>} call
 * @property {string} [dashboard] the refusal's code; nothing where the dashboard may do it
 * @property {string} [editor]
 */

/** Whose records the editor may touch, and one that it may not. */
export const ZONE = "example.com";
const OTHER = "example.net";

const CLOSED = "proxy_not_allowed";
const BOUND = "proxy_params";
const RECORD = { type: "A", record_name: "shop", content: "192.0.2.1" };

/**
 * @param {import("../sandbox/index.js").CombellSandbox} sandbox
 * @returns {ProxyCall[]}
 */
export function callsOf(sandbox) {
  /** @param {string} domain_name */
  const recordOf = (domain_name) => {
    const record = sandbox.world.zones
      .find(domain_name)
      .records.all()
      .find(({ type }) => type === "A");
    if (!record) throw new Error(`${domain_name} has no A record`);
    return { domain_name, record_id: record.id };
  };
  /** @type {{ [operation: string]: (clients: Clients, domain_name: string) => PromiseLike<unknown> }} */
  const records = {
    "dnsRecords.list": ({ combell }, domain_name) => combell.dnsRecords.list({ domain_name }),
    "dnsRecords.get": ({ combell }, name) => combell.dnsRecords.get(recordOf(name)),
    "dnsRecords.create": ({ combell }, domain_name) => combell.dnsRecords.create({ domain_name, ...RECORD }),
    "dnsRecords.update": ({ combell }, name) => combell.dnsRecords.update({ ...recordOf(name), ...RECORD }),
    "dnsRecords.delete": ({ combell }, name) => combell.dnsRecords.delete(recordOf(name)),
  };
  const reading = ["dnsRecords.list", "dnsRecords.get"];
  const ofRecords = Object.entries(records).flatMap(([operation, call]) =>
    [ZONE, OTHER].map((zone) => ({
      what: `${operation} of ${zone}`,
      provider: /** @type {const} */ ("combell"),
      operation,
      call: (/** @type {Clients} */ clients) => call(clients, zone),
      ...(!reading.includes(operation) && { dashboard: CLOSED }),
      ...(zone === OTHER && { editor: BOUND }),
    })),
  );

  /** @type {[name: string, call: (clients: Clients) => PromiseLike<unknown>, dashboard?: string, editor?: string][]} */
  const others = [
    ["combell/domains.list", ({ combell }) => combell.domains.list(), undefined, CLOSED],
    ["combell/accounts.list", ({ combell }) => combell.accounts.list(), undefined, CLOSED],
    [
      "combell/mailboxes.list",
      ({ combell }) => combell.mailboxes.list({ domain_name: ZONE }),
      undefined,
      CLOSED,
    ],
    [
      "combell/accounts.create",
      ({ combell }) => combell.accounts.create({ identifier: "new.example", servicepack_id: 1001 }),
      CLOSED,
      CLOSED,
    ],
    [
      "combell/domains.editNameServers",
      ({ combell }) =>
        combell.domains.editNameServers({ domain_name: ZONE, name_servers: ["ns1.example.net"] }),
      CLOSED,
      CLOSED,
    ],
    ["hostkey/eq.list", ({ hostkey }) => hostkey.eq.list(), undefined, CLOSED],
    ["hostkey/eq.show", ({ hostkey }) => hostkey.eq.show({ id: 34533 }), undefined, CLOSED],
    ["hostkey/eq.reboot", ({ hostkey }) => hostkey.eq.reboot({ id: 34533, pin: 1907 }), CLOSED, CLOSED],
    ["hostkey/auth.logout", ({ hostkey }) => hostkey.auth.logout(), CLOSED, CLOSED],
    [
      "hostkey/pdns.deleteDns",
      ({ hostkey }) =>
        hostkey.pdns.deleteDns({ params: { zone: ZONE, name: "www", type: "A", content: ["192.0.2.1"] } }),
      CLOSED,
      CLOSED,
    ],
  ];
  return [
    ...ofRecords,
    {
      what: "dnsRecords.list of the zone in other letters",
      provider: "combell",
      operation: "dnsRecords.list",
      call: ({ combell }) => combell.dnsRecords.list({ domain_name: ZONE.toUpperCase() }),
      editor: BOUND,
    },
    ...others.map(([name, call, dashboard, editor]) => {
      const [provider, operation] = /** @type {["combell" | "hostkey", string]} */ (name.split("/"));
      return {
        ...{ what: name, provider, operation, call },
        ...(dashboard && { dashboard }),
        ...(editor && { editor }),
      };
    }),
  ];
}
