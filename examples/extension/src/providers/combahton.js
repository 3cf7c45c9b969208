import { ApiError, Combahton } from "hostwire/combahton";
import { operations } from "hostwire/combahton/operations";
import { askEach } from "../unlisted.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("../types.js").Fact} Fact
 * @typedef {import("hostwire/combahton").KvmServer} KvmServer
 */

/** @param {Item} item */
const idOf = ({ ref }) => ({ id: String(ref.id) });

/** @param {string} status */
const stateOf = (status) => (status === "running" ? "on" : status === "stopped" ? "off" : "unknown");

/**
 * The provider's documentation does not name the fields of some answers, so all are shown.
 *
 * @param {Readonly<Record<string, unknown>>} answer
 * @returns {Fact[]}
 */
const factsOf = (answer) =>
  Object.entries(answer).map(([name, value]) => ({
    label: name
      .replaceAll("_", " ")
      .replace("vnc", "VNC")
      .replace(/^l(\d)/, "layer $1"),
    value: String(value),
    ...(/pass/i.test(name) ? { secret: true } : {}),
  }));

/**
 * @param {Combahton} client
 * @param {import("hostwire/combahton").Contract} contract
 * @param {AbortSignal} signal
 * @returns {Promise<Item | undefined>} undefined: the contract is for something else
 */
async function serverItem(client, { contract, name }, signal) {
  const id = String(contract);
  try {
    const { status, node, ostemplate } = await client.kvm.server.view({ id }, { signal });
    const template = ostemplate === "none" ? "" : ostemplate;
    return {
      key: `server:${id}`,
      kind: "server",
      name: `Server ${id}`,
      detail: [name, template, node].filter(Boolean).join(" · "),
      ips: [],
      state: stateOf(status),
      ref: { id },
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // A server that is being reinstalled cannot be looked at, but is one.
    if (error.code !== "id_reinstalling") return undefined;
    return {
      key: `server:${id}`,
      kind: "server",
      name: `Server ${id}`,
      detail: "being reinstalled",
      ips: [],
      ref: { id },
    };
  }
}

/**
 * @param {string} ip
 * @returns {Item}
 */
const addressItem = (ip) => ({ key: `address:${ip}`, kind: "address", name: ip, ips: [ip], ref: { ip } });

/** @type {import("../types.js").Provider<Combahton, KvmServer>} */
export const provider = {
  name: "combahton",
  label: "combahton",
  short: "Ch",
  hue: 340,
  addresses: ["https://api.combahton.net"],
  credentials: [
    { name: "email", label: "E-mail address" },
    { name: "secret", label: "API key", secret: true },
  ],
  operations,
  connect: ({ email = "", secret = "" }, options) => new Combahton({ ...options, email, secret }),
  connectByProxy: (options) => new Combahton(options),

  lists: {
    async servers(client, signal) {
      const contracts = await client.customer.contract.viewAll({}, { signal });
      const items = await askEach(contracts, (contract) => serverItem(client, contract, signal));
      return items.filter((item) => item !== undefined);
    },
    // There is no list of addresses. Those that were attacked are the ones to look after.
    async addresses(client, signal) {
      const incidents = await client.antiddos.incidents.showAll({}, { signal });
      const ips = Array.isArray(incidents)
        ? incidents.flatMap(({ ipaddr }) => (ipaddr ? String(ipaddr) : []))
        : [];
      return [...new Set(ips)].map((ip) => ({ ...addressItem(ip), detail: "has been attacked" }));
    },
  },

  typed: addressItem,

  async look(client, item) {
    if (item.kind === "server") {
      const { status, ostemplate, macaddr } = await client.kvm.server.view(idOf(item));
      const facts = factsOf({ state: status, system: ostemplate, "MAC address": macaddr });
      return { state: stateOf(status), facts };
    }
    const [ip = ""] = item.ips;
    const view = ip.includes(":") ? client.ipaddr.view.ipv6 : client.ipaddr.view.ipv4;
    const [{ contract, rdns }, { last_change: _, ...filters }] = await Promise.all([
      view({ ipaddr: ip }),
      client.antiddos.status.show({ ipaddr: ip }),
    ]);
    return { facts: factsOf({ contract, "reverse DNS": rdns || "none", ...filters }) };
  },

  jobs: {
    // The answer names no job: a reinstallation is followed by looking at the server.
    paramsOf: (_, item) => idOf(item),
    follow: (client, { id }, options) => client.kvm.server.wait({ id: String(id) }, options),
    progressOf: () => "Installing",
  },

  actions: [
    {
      name: "start",
      label: "Start",
      icon: "play",
      operation: "kvm.server.start",
      kinds: ["server"],
      async run(client, item, _, signal) {
        await client.kvm.server.start(idOf(item), { signal });
        return { says: `${item.name} is starting.` };
      },
    },
    {
      name: "stop",
      label: "Stop",
      icon: "stop",
      operation: "kvm.server.stop",
      kinds: ["server"],
      consequence: "It is switched off. What it has not written to disk may be lost.",
      async run(client, item, _, signal) {
        await client.kvm.server.stop(idOf(item), { signal });
        return { says: `${item.name} is stopping.` };
      },
    },
    {
      name: "reboot",
      label: "Reboot",
      icon: "restart",
      operation: "kvm.server.reset",
      kinds: ["server"],
      consequence: "Its power is cut for a moment. What it has not written to disk is lost.",
      async run(client, item, _, signal) {
        await client.kvm.server.reset(idOf(item), { signal });
        return { says: `${item.name} is restarting.` };
      },
    },
    {
      name: "console",
      label: "Open console",
      icon: "terminal",
      operation: "kvm.server.vnc",
      kinds: ["server"],
      fields: [{ name: "source", label: "Your IPv4 address", hint: "the only one that may connect" }],
      async run(client, item, { source = "" }, signal) {
        const {
          status: _,
          success: __,
          ...access
        } = await client.kvm.server.vnc({ ...idOf(item), source }, { signal });
        return { says: `${item.name} can be reached with a VNC viewer.`, facts: factsOf(access) };
      },
    },
    {
      name: "reinstall",
      label: "Reinstall",
      icon: "disc",
      operation: "kvm.server.reinstall",
      kinds: ["server"],
      consequence: "Everything that is on it is lost.",
      fields: [{ name: "template", label: "Template", choices: "asked" }],
      async choices(client, item) {
        const templates = await client.kvm.server.reinstallTemplates(idOf(item));
        return templates.map(({ id, name }) => ({ value: String(id), label: String(name ?? id) }));
      },
      start: (client, item, { template = "" }, signal) =>
        client.kvm.server.reinstall({ ...idOf(item), template }, { signal }),
      done: ({ name }, { ostemplate }) => ({ says: `${name} has ${ostemplate} now.` }),
    },
    {
      name: "routing",
      label: "Set DDoS routing mode",
      icon: "shield",
      operation: "antiddos.layer4.routing",
      kinds: ["address"],
      fields: [
        {
          name: "routing",
          label: "Layer 4 filters",
          choices: [
            { value: "dynamic", label: "Only during an attack" },
            { value: "permanent", label: "Always" },
            { value: "dynamic_perm", label: "For 30 minutes" },
          ],
        },
      ],
      async run(client, { name }, { routing }, signal) {
        // Unknown values are hostwire's to refuse.
        const mode = /** @type {"dynamic" | "permanent" | "dynamic_perm"} */ (routing);
        await client.antiddos.layer4.routing({ ipaddr: name, routing: mode }, { signal });
        return { says: `The DDoS routing of ${name} is set.` };
      },
    },
    {
      name: "reverseDns",
      label: "Set reverse DNS",
      icon: "globe",
      operation: "ipaddr.rdns.ipv4",
      kinds: ["address"],
      fields: [{ name: "ptr", label: "Name", hint: "mail.example.net" }],
      async run(client, { name }, { ptr = "" }, signal) {
        const set = name.includes(":") ? client.ipaddr.rdns.ipv6 : client.ipaddr.rdns.ipv4;
        await set({ ipaddr: name, ptr }, { signal });
        return { says: `${name} is called ${ptr} now.` };
      },
    },
  ],
};
