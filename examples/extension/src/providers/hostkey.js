import { ApiError, Hostkey } from "hostwire/hostkey";
import { operations } from "hostwire/hostkey/operations";
import { fullName, numberOf, RECORD_FIELD, recordFields } from "../dns.js";
import { Refused } from "../refused.js";
import { askEach } from "../unlisted.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("hostwire/hostkey").CallbackAnswer} CallbackAnswer
 * @typedef {import("hostwire/hostkey").DnsRecord} DnsRecord
 */

/** @param {Item} item */
const idOf = ({ ref }) => Number(ref.id);

/**
 * The provider's documentation says nothing of some answers, and so do their types.
 *
 * @param {unknown} value
 * @param {string} name
 */
function textOf(value, name) {
  if (typeof value !== "object" || value === null) return "";
  return String(Object.entries(value).find(([key]) => key === name)?.[1] ?? "");
}

/**
 * @param {Hostkey} client
 * @param {number} id
 * @param {AbortSignal} signal
 * @returns {Promise<Item>}
 */
async function serverItem(client, id, signal) {
  const base = { key: `server:${id}`, kind: /** @type {const} */ ("server"), ref: { id } };
  try {
    const { IP = [], hardware, location, tags = [] } = await client.eq.show({ id }, { signal });
    const name = tags.find(({ tag }) => tag === "hostname")?.value;
    return {
      ...base,
      name: name ? String(name) : `Server ${id}`,
      detail: [`no. ${id}`, hardware?.config, location?.dc_location].filter(Boolean).join(" · "),
      ips: [...new Set(IP.map((address) => address.IP))],
    };
  } catch (error) {
    // One server that cannot be shown must not hide the others.
    if (!(error instanceof ApiError)) throw error;
    return { ...base, name: `Server ${id}`, ips: [] };
  }
}

/**
 * What identifies a record: the provider gives it no number.
 *
 * @param {DnsRecord} record
 */
const recordKey = ({ name, type, content }) => JSON.stringify({ name, type, content });

/**
 * @param {string} key
 * @returns {Pick<DnsRecord, "name" | "type" | "content">}
 */
const recordOf = (key) => JSON.parse(key);

/** @type {import("../types.js").Provider<Hostkey, CallbackAnswer>} */
export const provider = {
  name: "hostkey",
  label: "Hostkey",
  short: "Hk",
  hue: 30,
  addresses: ["https://invapi.hostkey.com"],
  credentials: [
    { name: "apiKey", label: "API key", secret: true },
    {
      name: "pin",
      label: "PIN of the account",
      hint: "wanted for starting, stopping and rebooting",
      secret: true,
      optional: true,
    },
  ],
  operations,
  connect: ({ apiKey = "", pin }, options, tokenStore) =>
    new Hostkey({ ...options, apiKey, tokenStore, ...(pin ? { pin: Number(pin) } : {}) }),
  connectByProxy: (options) => new Hostkey(options),

  lists: {
    async servers(client, signal) {
      const { servers = [] } = await client.eq.list({}, { signal });
      // Numbers, or objects with little else.
      const ids = servers.map((server) => Number(typeof server === "object" ? server.id : server));
      return await askEach(ids, (id) => serverItem(client, id, signal));
    },
    async domains(client, signal) {
      const { data } = await client.pdns.listDomains({}, { signal });
      return data.map(({ name }) => ({
        key: `domain:${name}`,
        kind: "domain",
        name,
        ips: [],
        ref: { zone: name },
      }));
    },
  },

  async look(client, item) {
    if (item.kind !== "server") return { facts: [] };
    const facts = await askEach(item.ips, async (ip) => {
      const { data } = await client.ip.getPtr({ id: idOf(item), ip });
      return { label: `Name of ${ip}`, value: textOf(data, "ptr") || "none" };
    });
    return { facts };
  },

  jobs: {
    paramsOf: (started) => {
      const key = textOf(started, "callback");
      return key ? { key } : undefined;
    },
    follow: (client, { key }, options) => client.eqCallback.wait({ key: String(key) }, options),
    progressOf: ({ result, scope }) =>
      result === "Stage" && typeof scope === "string" && scope ? scope : "Under way",
  },

  actions: [
    {
      name: "start",
      label: "Start",
      icon: "play",
      operation: "eq.on",
      kinds: ["server"],
      start: (client, item, _, signal) => client.eq.on({ id: idOf(item) }, { signal }),
      done: ({ name }) => ({ says: `${name} is powered on.` }),
    },
    {
      name: "stop",
      label: "Stop",
      icon: "stop",
      operation: "eq.off",
      kinds: ["server"],
      consequence: "Its power is cut, and everything that runs on it is interrupted.",
      start: (client, item, _, signal) => client.eq.off({ id: idOf(item) }, { signal }),
      done: ({ name }) => ({ says: `${name} is powered off.` }),
    },
    {
      name: "reboot",
      label: "Reboot",
      icon: "restart",
      operation: "eq.reboot",
      kinds: ["server"],
      consequence: "Everything that runs on it is interrupted while it restarts.",
      start: (client, item, _, signal) => client.eq.reboot({ id: idOf(item) }, { signal }),
      done: ({ name }) => ({ says: `${name} was rebooted.` }),
    },
    {
      name: "console",
      label: "Open console",
      icon: "terminal",
      operation: "eq.novnc",
      kinds: ["server"],
      start: (client, item, _, signal) => client.eq.novnc({ id: idOf(item) }, { signal }),
      done({ name }, { scope }) {
        if (typeof scope !== "string") throw new Refused("Hostkey gave no address for the console.");
        return { says: `The console of ${name} is open in a new tab.`, open: scope.trim() };
      },
    },
    {
      name: "reverseDns",
      label: "Set reverse DNS",
      icon: "globe",
      operation: "ip.updatePtr",
      kinds: ["server"],
      fits: ({ ips }) => ips.length > 0,
      fields: [
        { name: "ip", label: "Address", choices: "ips" },
        { name: "ptr", label: "Name", hint: "mail.example.com" },
      ],
      async run(client, item, { ip = "", ptr = "" }, signal) {
        await client.ip.updatePtr({ id: idOf(item), ip, ptr }, { signal });
        return { says: `${ip} is called ${ptr} now.` };
      },
    },
    {
      name: "addRecord",
      label: "Add a DNS record",
      icon: "plus",
      operation: "pdns.addDns",
      kinds: ["domain"],
      fields: recordFields({
        type: "params.type",
        name: "params.name",
        content: "params.content",
        priority: "params.priority",
        ttl: "params.ttl",
      }),
      async run(client, { ref }, { type = "", name, content = "", priority, ttl }, signal) {
        const zone = String(ref.zone);
        const numbers = { ttl: numberOf(ttl), priority: numberOf(priority) };
        const record = { zone, type, name: name || "@", content: [content], ...numbers };
        await client.pdns.addDns({ params: record }, { signal });
        return { says: `${fullName(name, zone)} has a new ${type} record.` };
      },
    },
    {
      name: "deleteRecord",
      label: "Delete a DNS record",
      icon: "trash",
      operation: "pdns.deleteDns",
      kinds: ["domain"],
      consequence: "The record is deleted; whoever looks it up gets no answer any more.",
      fields: [RECORD_FIELD],
      async choices(client, { ref }) {
        const zone = String(ref.zone);
        const { data } = await client.pdns.viewZone({ params: { zone } });
        return data.records.map((record) => ({
          value: recordKey(record),
          label: `${record.type} ${fullName(record.name, zone)} ${record.content}`,
        }));
      },
      async run(client, { ref }, { record = "" }, signal) {
        const { name, type, content } = recordOf(record);
        const zone = String(ref.zone);
        await client.pdns.deleteDns({ params: { zone, name, type, content: [content] } }, { signal });
        return { says: `The ${type} record of ${fullName(name, zone)} is deleted.` };
      },
    },
  ],
};
