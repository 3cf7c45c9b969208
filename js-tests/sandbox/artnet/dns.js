// Zones on Artnet's name servers.

import { isIP } from "node:net";
import { isHostname } from "../names.js";
import { faultsOfRecord, tidy } from "./dns-records.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./dns-records.js").DnsRecord} DnsRecord
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Zone
 * @property {number} id
 * @property {string} domain
 * @property {"primary" | "secoundary"} type
 * @property {string} [master_nameserver] of a secondary zone
 * @property {number} serial
 * @property {DnsRecord[]} records
 */

const NAME_SERVERS = ["ns1.artnet.pl", "ns2.artnet.pl"];
const FIRST_SERIAL = 2_026_010_101;

/**
 * Nothing under `.invalid` belongs to anybody or has an address, so such a domain may not be added, and such a
 * master cannot be resolved.
 *
 * @param {string} name
 */
const isNobodys = (name) => name.endsWith(".invalid");

/**
 * @param {World} world
 * @param {string} domain
 * @param {{ master?: string, records?: DnsRecord[] }} [more]
 * @returns {Zone}
 */
export const addZone = (world, domain, { master, records = [] } = {}) =>
  world.zones.add({
    id: world.number("zone"),
    domain,
    type: master === undefined ? "primary" : "secoundary",
    ...(master === undefined ? {} : { master_nameserver: master }),
    serial: FIRST_SERIAL,
    records,
  });

/** @param {Zone} zone */
const show = ({ serial: _, records: __, ...zone }) => zone;

/**
 * @param {World} world
 * @param {number} id
 */
function zoneOf(world, id) {
  const zone = world.zones.get(id);
  need(zone !== undefined, "invalid-zone-id");
  return zone;
}

/**
 * @param {World} world
 * @param {number} id
 * @param {Zone["type"]} type
 */
function zoneOfType(world, id, type) {
  const zone = zoneOf(world, id);
  need(zone.type === type, "invalid-zone-type");
  return zone;
}

/**
 * @param {World} world
 * @param {string} text
 */
function newDomain(world, text) {
  const domain = text.toLowerCase().replace(/\.$/, "");
  need(isHostname(domain), "incorrect-param-value", "domain is no domain name");
  need(!isNobodys(domain), "domain-not-allowed");
  const taken = world.zones.all().some((zone) => zone.domain === domain);
  need(!taken, "domain-already-exists");
  return domain;
}

/** @typedef {{ zone_id: number }} ZoneBody */

/** @type {Record<string, import("../provider.js").Handler>} */
export const dnsHandlers = {
  "dns.list": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ zones_list: world.zones.all().map(show) }),

  "dns.delete": (/** @type {import("./world.js").Call<ZoneBody>} */ { world, body }) => {
    world.zones.remove(zoneOf(world, body.zone_id).id);
    return succeed();
  },

  "dns.detailsSecondary": (/** @type {import("./world.js").Call<ZoneBody>} */ { world, body }) =>
    succeed({ zone_details: show(zoneOfType(world, body.zone_id, "secoundary")) }),

  "dns.addSecondary": (
    /** @type {import("./world.js").Call<{ domain: string, master_nameserver: string }>} */ { world, body },
  ) => {
    const domain = newDomain(world, body.domain);
    const master = body.master_nameserver;
    need(isIP(master) !== 0 || isHostname(master), "incorrect-param-value", "master_nameserver is no host");
    need(!isNobodys(master), "unresolveable-master-nameserver");
    return succeed({ zone_details: show(addZone(world, domain, { master })) });
  },

  "dns.detailsPrimary": (/** @type {import("./world.js").Call<ZoneBody>} */ { world, body }) => {
    const { id, domain, type, serial, records } = zoneOfType(world, body.zone_id, "primary");
    return succeed({ zone_details: { id, domain, type, nameservers: NAME_SERVERS, serial, records } });
  },

  "dns.addPrimary": (/** @type {import("./world.js").Call<{ domain: string }>} */ { world, body }) =>
    succeed({ zone_details: show(addZone(world, newDomain(world, body.domain))) }),

  "dns.editPrimaryRecords": (
    /** @type {import("./world.js").Call<ZoneBody & { serial: string, records: DnsRecord[] }>} */ {
      world,
      body,
    },
  ) => {
    const zone = zoneOfType(world, body.zone_id, "primary");
    need(body.serial === String(zone.serial), "incorrect-soa-serial");
    const records = body.records.map(tidy);
    const faults = records.flatMap(faultsOfRecord);
    need(faults.length === 0, "incorrect-param-value", ...faults);
    zone.records = records;
    zone.serial += 1;
    return succeed();
  },
};
