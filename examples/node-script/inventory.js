// Prints every server, domain and contract that you have, at all providers whose credentials are set.
//
// The table goes to stdout and what went wrong to stderr, so that `node inventory.js > inventory.txt` keeps the
// two apart. The exit code says how it went: 0, all providers answered; 1, one of them failed; 2, the
// environment does not say what to do.

import { Artnet, Ccloud, Combahton, Combell, Hostkey, HostwireError } from "hostwire";

/**
 * One line of the table.
 *
 * @typedef {{ kind: "server" | "domain" | "contract", name: string, note: string }} Row
 *
 * @typedef {object} Provider
 * @property {string[]} needs the environment variables that hold its credentials
 * @property {() => AsyncIterable<Row>} rows
 */

/**
 * Only called for variables that `needs` names or that may be missing.
 *
 * @param {string} name
 */
const env = (name) => process.env[name] ?? "";

/**
 * What every client gets. With `allow`, a client refuses to do anything but read: whatever else is added to this
 * script later, it cannot change or order anything by mistake.
 *
 * @param {string} provider
 */
const options = (provider) => ({
  allow: /** @type {const} */ (["read"]),
  // Where this is not set, the client calls the provider's own API.
  baseUrl: process.env[`${provider}_BASE_URL`],
});

/** @type {{ [name: string]: Provider }} */
const PROVIDERS = {
  Combell: {
    needs: ["COMBELL_API_KEY", "COMBELL_API_SECRET"],
    async *rows() {
      const combell = new Combell({
        ...options("COMBELL"),
        apiKey: env("COMBELL_API_KEY"),
        apiSecret: env("COMBELL_API_SECRET"),
      });
      // The list comes in pages. `for await` walks them all; `take` is how many items a page has.
      for await (const domain of combell.domains.list({ take: 100 })) {
        const expires = domain.expiration_date?.slice(0, 10);
        yield { kind: "domain", name: domain.domain_name ?? "", note: expires ? `expires ${expires}` : "" };
      }
    },
  },

  Hostkey: {
    needs: ["HOSTKEY_API_KEY"],
    async *rows() {
      // This client logs in by itself at its first call, and keeps its token for the next ones.
      const hostkey = new Hostkey({ ...options("HOSTKEY"), apiKey: env("HOSTKEY_API_KEY") });
      const { servers = [] } = await hostkey.eq.list();
      for (const listed of servers) {
        // The list has numbers, or objects with little else, so each server is asked for.
        const id = Number(typeof listed === "object" ? listed.id : listed);
        const { IP = [], location } = await hostkey.eq.show({ id });
        const address = IP.find(({ main_ip }) => main_ip === 1)?.IP ?? "";
        yield { kind: "server", name: String(id), note: `${location?.dc_location ?? ""} ${address}`.trim() };
      }
      const { data = [] } = await hostkey.pdns.listDomains();
      for (const { name = "" } of data) yield { kind: "domain", name, note: "" };
    },
  },

  ccloud: {
    needs: ["CCLOUD_CLIENT_ID", "CCLOUD_CLIENT_SECRET"],
    async *rows() {
      const ccloud = new Ccloud({
        ...options("CCLOUD"),
        clientId: env("CCLOUD_CLIENT_ID"),
        clientSecret: env("CCLOUD_CLIENT_SECRET"),
      });
      for await (const server of ccloud.servers.list({ limit: 100 })) {
        yield { kind: "server", name: server.hostname ?? "", note: server.custom_name ?? "" };
      }
    },
  },

  Artnet: {
    needs: ["ARTNET_CUSTOMER_ID", "ARTNET_API_KEY"],
    async *rows() {
      const artnet = new Artnet({
        ...options("ARTNET"),
        customerId: env("ARTNET_CUSTOMER_ID"),
        apiKey: env("ARTNET_API_KEY"),
      });
      for await (const { type, name, ip } of artnet.services.list({ limit: 100 })) {
        if (type === "domain") yield { kind: "domain", name, note: "" };
        if (type === "vps" || type === "dedicated" || type === "colocation") {
          yield { kind: "server", name, note: ip ?? "" };
        }
      }
      const { instances_list } = await artnet.cloudInstance.list();
      for (const { id, custom_name, state } of instances_list) {
        yield { kind: "server", name: custom_name ?? String(id), note: state ?? "" };
      }
    },
  },

  combahton: {
    needs: ["COMBAHTON_EMAIL", "COMBAHTON_SECRET"],
    async *rows() {
      const combahton = new Combahton({
        ...options("COMBAHTON"),
        email: env("COMBAHTON_EMAIL"),
        secret: env("COMBAHTON_SECRET"),
      });
      // combahton lists what you rent as contracts: servers, networks and protection alike.
      for (const { contract, name } of await combahton.customer.contract.viewAll()) {
        yield { kind: "contract", name: String(contract), note: String(name ?? "") };
      }
    },
  },
};

/**
 * All rows of a provider, or the error that kept them away: one provider that fails must not hide the others.
 *
 * @param {Provider} provider
 * @returns {Promise<{ rows: Row[], error?: HostwireError }>}
 */
async function collect({ rows }) {
  /** @type {Row[]} */
  const found = [];
  try {
    for await (const row of rows()) found.push(row);
    return { rows: found };
  } catch (error) {
    // Everything that goes wrong with a provider is a HostwireError. The rest are faults of this script.
    if (!(error instanceof HostwireError)) throw error;
    return { rows: found, error };
  }
}

/** @param {string[][]} lines */
function printTable(lines) {
  const [first = []] = lines;
  const widths = first.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

const wanted = Object.entries(PROVIDERS).filter(([, { needs }]) => needs.some((name) => process.env[name]));
const missing = wanted.flatMap(([, { needs }]) => needs.filter((name) => !process.env[name]));

if (wanted.length === 0 || missing.length > 0) {
  const all = Object.entries(PROVIDERS).map(([name, { needs }]) => `  ${name}: ${needs.join(", ")}`);
  console.error(missing.length > 0 ? `Not set: ${missing.join(", ")}.` : "No credentials are set.");
  console.error(`Set all variables of the providers that you want to see:\n${all.join("\n")}`);
  process.exitCode = 2;
} else {
  // The providers are asked at the same time.
  const answers = await Promise.all(
    wanted.map(async ([name, provider]) => ({ name, ...(await collect(provider)) })),
  );
  printTable([
    ["PROVIDER", "KIND", "NAME", "NOTE"],
    ...answers.flatMap(({ name, rows }) => rows.map((row) => [name, row.kind, row.name, row.note])),
  ]);
  for (const { name, rows, error } of answers) {
    if (!error) continue;
    // The name says what kind of failure it is, the message what to do about it. Neither holds a secret.
    console.error(`\n${name} failed after ${rows.length} rows. ${error.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
