// DNS zones and their records.

import { demand } from "../answers.js";
import { demandKnown } from "./known.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} ZoneRecord
 * @property {number} id
 * @property {string} name within the zone; @ for the zone itself
 * @property {string} type
 * @property {string} content
 * @property {number} ttl
 * @property {number} [priority]
 *
 * @typedef {object} Zone
 * @property {number} id
 * @property {string} name
 * @property {string} kind
 * @property {ZoneRecord[]} records
 *
 * @typedef {object} Soa
 * @property {string} [mname]
 * @property {string} [rname]
 * @property {number} [serial]
 * @property {number} [refresh]
 * @property {number} [retry]
 * @property {number} [expire]
 * @property {number} [minimum]
 * @property {number} [ttl]
 *
 * @typedef {object} RecordInput
 * @property {string} zone
 * @property {string} name
 * @property {string} type
 * @property {string[]} content
 * @property {number} [ttl]
 * @property {0 | 1} [increase_soa_serial]
 * @property {number} [priority]
 * @property {number} [weight]
 * @property {number} [port]
 * @property {string} [target]
 * @property {string} [changetype]
 * @property {string} [old_name]
 */

const TYPES = ["A", "AAAA", "CNAME", "MX", "TXT", "SRV", "SOA", "DKIM", "SPF", "NS"];

export const NAME_SERVERS = ["ns1.hostkey.example", "ns2.hostkey.example"];

/**
 * @param {World} world
 * @param {string} name
 * @param {{ kind?: string, dns?: Soa, nameservers?: string[] }} [options]
 */
export function addZone(world, name, { kind = "Master", dns = {}, nameservers = NAME_SERVERS } = {}) {
  demand([!world.zones.has(name), "zone_exists", "There is such a zone already."]);
  /** @type {Zone} */
  const zone = { id: world.number("DNS zone"), name, kind, records: [] };
  const { mname = nameservers[0] ?? "", rname = `hostmaster.${name}`, serial = 2_035_010_100 } = dns;
  const { refresh = 10_800, retry = 3600, expire = 604_800, minimum = 3600, ttl = 3600 } = dns;
  const content = [mname, rname, serial, refresh, retry, expire, minimum].join(" ");
  push(world, zone, { name: "@", type: "SOA", content, ttl });
  for (const server of nameservers) push(world, zone, { name: "@", type: "NS", content: server, ttl });
  return world.zones.add(zone);
}

/**
 * @param {World} world
 * @param {Zone} zone
 * @param {Omit<ZoneRecord, "id">} record
 */
export const push = (world, zone, record) =>
  void zone.records.push({ id: world.number("DNS record"), ...record });

/**
 * Names come alone, with the zone behind them, or as @ or nothing for the zone itself.
 *
 * @param {string} name
 * @param {string} zone
 */
export function nameWithin(name, zone) {
  const bare = name.replace(/\.$/, "").toLowerCase();
  const own = zone.toLowerCase();
  if (bare === "" || bare === "@" || bare === own) return "@";
  return bare.endsWith(`.${own}`) ? bare.slice(0, -own.length - 1) : bare;
}

/**
 * Makes a record, or changes the one that there is: the values given take the place of those of the same name
 * and type.
 *
 * @param {World} world
 * @param {Zone} zone
 * @param {RecordInput} input
 */
export function setRecords(world, zone, input) {
  const type = input.type.toUpperCase();
  const name = nameWithin(input.name, zone.name);
  const replaced = new Set([name, ...(input.old_name ? [nameWithin(input.old_name, zone.name)] : [])]);
  const isReplaced = (/** @type {ZoneRecord} */ record) => record.type === type && replaced.has(record.name);
  const there = zone.records.some(isReplaced);
  demandKnown("type", type, TYPES);
  demandKnown("changetype", input.changetype, ["create", "update"]);
  demand(
    [!(input.changetype === "create" && there), "record_exists", "There is such a record already."],
    [!(input.changetype === "update" && !there), "record_not_found", "There is no such record."],
  );
  zone.records = zone.records.filter((record) => !isReplaced(record));
  const { ttl = 3600, priority, weight = 0, port = 0, target } = input;
  for (const value of input.content) {
    const content = type === "SRV" && target !== undefined ? `${weight} ${port} ${target}` : value;
    push(world, zone, { name, type, content, ttl, ...(priority === undefined ? {} : { priority }) });
  }
  if (type !== "SOA" && input.increase_soa_serial !== 0) raiseSerial(zone);
}

/** @param {Zone} zone */
function raiseSerial(zone) {
  const soa = zone.records.find(({ type }) => type === "SOA");
  if (!soa) return;
  const [mname, rname, serial, ...rest] = soa.content.split(" ");
  soa.content = [mname, rname, Number(serial) + 1, ...rest].join(" ");
}

/**
 * @param {Zone} zone
 * @param {{ name?: string, type: string, content: string[], priority?: number }} which
 */
export function removeRecords(zone, { name = "@", type, content, priority }) {
  const within = nameWithin(name, zone.name);
  const isMeant = (/** @type {ZoneRecord} */ record) =>
    record.name === within &&
    record.type === type.toUpperCase() &&
    content.includes(record.content) &&
    (priority === undefined || record.priority === priority);
  demand([zone.records.some(isMeant), "record_not_found", "There is no such record."]);
  zone.records = zone.records.filter((record) => !isMeant(record));
  raiseSerial(zone);
}
