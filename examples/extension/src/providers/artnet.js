import { Artnet } from "hostwire/artnet";
import { operations } from "hostwire/artnet/operations";
import { fullName, numberOf, recordFields } from "../dns.js";
import { containsIp, subclassOf } from "../networks.js";
import { Refused } from "../refused.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("../types.js").Values} Values
 * @typedef {import("../types.js").PlainAction<Artnet>} ArtnetAction
 * @typedef {import("hostwire/artnet").DnsRecordInput} DnsRecordInput
 */

const POWERED = /** @type {const} */ (["vps", "dedicated", "colocation"]);
/** @typedef {typeof POWERED[number]} Powered */

/**
 * @param {Artnet} client
 * @param {Powered} type
 * @param {AbortSignal} signal
 * @returns {Promise<Item[]>}
 */
async function listPowered(client, type, signal) {
  /** @type {Item[]} */
  const items = [];
  for await (const { id, name, custom_description, ip } of client[type].list({ limit: 100 }, { signal })) {
    items.push({
      key: `${type}:${id}`,
      kind: "server",
      // Names may end with the address, which is shown anyway.
      name: (ip && name.replace(ip, "").trim()) || name,
      detail: [type === "vps" ? "VPS" : type, custom_description].filter(Boolean).join(" · "),
      ips: ip ? [ip] : [],
      ref: { type, id },
    });
  }
  return items;
}

/**
 * @param {Artnet} client
 * @param {AbortSignal} signal
 * @returns {Promise<Item[]>}
 */
async function listInstances(client, signal) {
  const { instances_list } = await client.cloudInstance.list({}, { signal });
  return instances_list.map(({ id, name, custom_name, state }) => ({
    key: `cloud:${id}`,
    kind: "server",
    name: custom_name || name,
    detail: ["cloud instance", state].filter(Boolean).join(" · "),
    ips: [],
    ref: { type: "cloud", id },
  }));
}

/**
 * @param {string} name
 * @param {import("hostwire/artnet").DnsZone | undefined} zone
 * @returns {Item}
 */
function domainItem(name, zone) {
  const base = { key: `domain:${name}`, kind: /** @type {const} */ ("domain"), name, ips: [] };
  if (zone?.type === "primary") return { ...base, detail: "DNS zone", ref: { zone_id: zone.id } };
  return { ...base, detail: zone ? "DNS is kept elsewhere" : "no DNS zone here", ref: {} };
}

/** @param {Item} item */
const isPowered = ({ ref }) => ref.type !== "cloud";

/** @param {Item} item */
const isCloud = ({ ref }) => ref.type === "cloud";

/**
 * @param {Artnet} client
 * @param {Item} item
 */
const poweredOf = (client, { ref }) => ({
  resource: client[/** @type {Powered} */ (ref.type)],
  params: { service_id: Number(ref.id) },
});

const PASSWORD = /** @type {const} */ ({
  name: "password",
  path: "instance_password",
  label: "Management password",
  hint: "of this instance; it is not kept",
  secret: true,
});

/**
 * @param {Item} item
 * @param {Values} values
 */
const instanceOf = ({ ref }, { password = "" }) => ({
  instance_id: Number(ref.id),
  instance_password: password,
});

/**
 * For each action the operation of one type is named; those of the other types have the same effect.
 *
 * @type {ArtnetAction[]}
 */
const powerActions = [
  {
    name: "start",
    label: "Start",
    icon: "play",
    operation: "vps.powerOn",
    kinds: ["server"],
    fits: isPowered,
    async run(client, item, _, signal) {
      const { resource, params } = poweredOf(client, item);
      await resource.powerOn(params, { signal });
      return { says: `The power of ${item.name} is on.` };
    },
  },
  {
    name: "stop",
    label: "Stop",
    icon: "stop",
    operation: "vps.powerOff",
    kinds: ["server"],
    fits: isPowered,
    consequence: "Its power is cut without a clean shutdown, and stays off.",
    async run(client, item, _, signal) {
      const { resource, params } = poweredOf(client, item);
      await resource.powerOff(params, { signal });
      return { says: `The power of ${item.name} is off.` };
    },
  },
  {
    name: "reboot",
    label: "Reboot",
    icon: "restart",
    operation: "vps.powerRestart",
    kinds: ["server"],
    fits: isPowered,
    consequence: "Its power is switched off and on again, without a clean shutdown.",
    async run(client, item, _, signal) {
      const { resource, params } = poweredOf(client, item);
      await resource.powerRestart(params, { signal });
      return { says: `The power of ${item.name} was switched off and on again.` };
    },
  },
];

/** @type {ArtnetAction[]} */
const instanceActions = [
  {
    name: "startInstance",
    label: "Start",
    icon: "play",
    operation: "cloudInstance.actionPowerOn",
    kinds: ["server"],
    fits: isCloud,
    fields: [PASSWORD],
    async run(client, item, values, signal) {
      await client.cloudInstance.actionPowerOn(instanceOf(item, values), { signal });
      return { says: `${item.name} is switched on.` };
    },
  },
  {
    name: "shutdownInstance",
    label: "Shut down",
    icon: "power",
    operation: "cloudInstance.actionShutdown",
    kinds: ["server"],
    fits: isCloud,
    fields: [PASSWORD],
    consequence: "Its operating system is asked to shut down, and what runs on it ends.",
    async run(client, item, values, signal) {
      await client.cloudInstance.actionShutdown(instanceOf(item, values), { signal });
      return { says: `${item.name} was asked to shut down.` };
    },
  },
  {
    name: "rebootInstance",
    label: "Reboot",
    icon: "restart",
    operation: "cloudInstance.actionReboot",
    kinds: ["server"],
    fits: isCloud,
    fields: [PASSWORD],
    consequence: "Its operating system is asked to restart, and what runs on it is interrupted.",
    async run(client, item, values, signal) {
      await client.cloudInstance.actionReboot(instanceOf(item, values), { signal });
      return { says: `${item.name} was asked to restart.` };
    },
  },
];

/**
 * @param {string} ip
 * @returns {Item}
 */
const addressItem = (ip) => ({
  key: `address:${ip}`,
  kind: "address",
  name: ip,
  ips: [ip],
  ref: { type: "address" },
});

/**
 * Where the name of an address is kept.
 *
 * @param {Artnet} client
 * @param {string} ip
 * @param {AbortSignal} [signal]
 */
async function reversePlaceOf(client, ip, signal) {
  const subclass = subclassOf(ip);
  if (!subclass) throw new Refused("This extension sets the names of IPv4 addresses only.");
  const { subnetworks_list } = await client.revDns.list({}, { signal });
  const subnetwork = subnetworks_list.find((network) => containsIp(network, ip));
  if (!subnetwork) throw new Refused(`Artnet does not let the name of ${ip} be set here.`);
  return { subnetwork_id: subnetwork.id, dns_subclass: subclass.name, origin: subclass.origin };
}

/** @type {ArtnetAction} */
const reverseDns = {
  name: "reverseDns",
  label: "Set reverse DNS",
  icon: "globe",
  operation: "revDns.edit",
  kinds: ["server", "address"],
  fits: ({ ips }) => ips.length > 0,
  fields: [
    { name: "ip", label: "Address", choices: "ips" },
    { name: "ptr", label: "Name", path: "ptr_records[0].ptr", hint: "mail.example.com" },
  ],
  async run(client, _, { ip = "", ptr = "" }, signal) {
    const { origin, ...place } = await reversePlaceOf(client, ip, signal);
    const { subclass_details } = await client.revDns.details(place, { signal });
    const { serial } = subclass_details;
    const ptr_records = [{ origin, ptr }];
    const { warnings } = await client.revDns.edit({ ...place, serial, ptr_records }, { signal });
    // The call succeeds even where the record could not be edited.
    const [warning] = warnings;
    if (warning) throw new Refused(`Artnet did not set the name of ${ip} (${warning.code}).`);
    return { says: `${ip} is called ${ptr} now.` };
  },
};

/**
 * The parts of the data in the order of the RFCs: the priority of an MX record comes first.
 *
 * @param {Values} values
 * @returns {DnsRecordInput}
 */
function recordOf({ type, name, content = "", priority, ttl }) {
  // Other types are hostwire's to refuse.
  const known = /** @type {DnsRecordInput["type"]} */ (type);
  const data = type === "MX" ? { data1: numberOf(priority) ?? 10, data2: content } : { data1: content };
  return { name: name || "@", ttl: numberOf(ttl) ?? 3600, type: known, ...data };
}

/** @type {ArtnetAction} */
const addRecord = {
  name: "addRecord",
  label: "Add a DNS record",
  icon: "plus",
  operation: "dns.editPrimaryRecords",
  kinds: ["domain"],
  fits: ({ ref }) => ref.zone_id !== undefined,
  fields: recordFields({ type: "type", name: "name", content: "data1", priority: "data1", ttl: "ttl" }),
  async run(client, item, values, signal) {
    const zone_id = Number(item.ref.zone_id);
    const { zone_details } = await client.dns.detailsPrimary({ zone_id }, { signal });
    const records = [...zone_details.records, recordOf(values)];
    // The serial number makes sure that nobody else has changed the zone meanwhile.
    await client.dns.editPrimaryRecords({ zone_id, serial: zone_details.serial, records }, { signal });
    return { says: `${fullName(values.name, item.name)} has a new ${values.type} record.` };
  },
};

/** @type {import("../types.js").Provider<Artnet>} */
export const provider = {
  name: "artnet",
  label: "Artnet",
  short: "Ar",
  hue: 150,
  addresses: ["https://panel.artnet.pl/api"],
  credentials: [
    { name: "customerId", label: "Customer ID" },
    { name: "apiKey", label: "API key", secret: true },
  ],
  operations,
  connect: ({ customerId = "", apiKey = "" }, options) => new Artnet({ ...options, customerId, apiKey }),
  connectByProxy: (options) => new Artnet(options),

  lists: {
    async servers(client, signal) {
      const powered = POWERED.map((type) => listPowered(client, type, signal));
      const lists = [...powered, listInstances(client, signal)];
      return (await Promise.all(lists)).flat();
    },
    // Of larger networks there is no list of addresses; one of them can be typed.
    async addresses(client, signal) {
      const { subnetworks_list } = await client.revDns.list({}, { signal });
      const single = subnetworks_list.filter(({ mask_short }) => mask_short === "/32");
      return single.map(({ ip }) => ({ ...addressItem(ip), detail: "additional address" }));
    },
    async domains(client, signal) {
      const { zones_list } = await client.dns.list({}, { signal });
      const zones = new Map(zones_list.map((zone) => [zone.domain, zone]));
      const names = new Set(zones.keys());
      for await (const { name } of client.domain.list({ limit: 100 }, { signal })) names.add(name);
      return [...names].map((name) => domainItem(name, zones.get(name)));
    },
  },

  typed: addressItem,

  async look(client, { ref, ips }) {
    if (ref.type === "address") {
      const [ip = ""] = ips;
      const { origin, ...place } = await reversePlaceOf(client, ip);
      const { subclass_details } = await client.revDns.details(place);
      const record = subclass_details.ptr_records.find((one) => one.origin === origin);
      return { facts: [{ label: "Name", value: record?.ptr ?? "none" }] };
    }
    if (ref.type !== "vps") return { facts: [] };
    const { service_details } = await client.vps.details({ service_id: Number(ref.id) });
    const { power_state, active } = service_details;
    const locked = active ? [] : [{ label: "Locked", value: "yes" }];
    return { state: power_state, facts: [{ label: "Power", value: power_state }, ...locked] };
  },

  actions: [...powerActions, ...instanceActions, reverseDns, addRecord],
};
