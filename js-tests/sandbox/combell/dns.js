import { created, demand, noContent, ok, pathOf } from "../answers.js";
import { Collection } from "../collection.js";
import { isChangeable, needsOfRecord, withDefaults } from "./dns-types.js";
import { page } from "./paging.js";

/**
 * @typedef {import("./dns-types.js").RecordInput} RecordInput
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} DnsRecord
 * @property {string} id
 * @property {string} type
 * @property {string} record_name empty for the domain name itself
 * @property {number} ttl
 * @property {string} content
 * @property {number | null} priority
 * @property {string | null} service
 * @property {number | null} weight
 * @property {string | null} target
 * @property {string | null} protocol
 * @property {number | null} port
 *
 * @typedef {object} DnsZone
 * @property {string} name
 * @property {Collection<DnsRecord>} records
 */

/** Types that `record_name` of the list is looked at for. */
const NAMED = ["A", "AAAA", "CAA", "CNAME", "MX", "TXT", "SRV", "ALIAS", "TLSA"];

/**
 * @param {World} world
 * @param {string} name
 * @param {boolean} withMail
 * @returns {DnsZone}
 */
export function addZone(world, name, withMail) {
  const zone = world.zones.add({ name, records: new Collection("DNS record", (record) => record.id) });
  const soa = `ns3.combell.example. hostmaster.${name}. 2026010101 10800 3600 604800 40000`;
  addRecord(world, zone, { type: "SOA", content: soa });
  addRecord(world, zone, { type: "NS", content: "ns3.combell.example" });
  addRecord(world, zone, { type: "NS", content: "ns4.combell.example" });
  addRecord(world, zone, { type: "A", content: "192.0.2.10" });
  addRecord(world, zone, { type: "CNAME", record_name: "www", content: name });
  if (withMail) {
    addRecord(world, zone, { type: "MX", content: "mx.mailprotect.example", priority: 10 });
    addRecord(world, zone, { type: "TXT", content: "v=spf1 include:spf.mailprotect.example ~all" });
  }
  return zone;
}

/**
 * @param {World} world
 * @param {DnsZone} zone
 * @param {RecordInput} input
 */
export const addRecord = (world, zone, input) =>
  zone.records.add({ id: `ID${world.number("record")}`, ...withDefaults(input) });

/**
 * @typedef {{ domain_name: string }} ZoneParams
 * @typedef {ZoneParams & { record_id: string }} RecordParams
 * @typedef {ZoneParams & import("./paging.js").Paging & { type?: string, record_name?: string, service?: string }} ListParams
 */

/**
 * Without a type the other filters have no effect.
 *
 * @param {ListParams} params
 * @returns {(record: DnsRecord) => boolean}
 */
function filterBy({ type, record_name, service }) {
  const wanted = type?.toUpperCase();
  if (wanted === undefined) return () => true;
  const name = NAMED.includes(wanted) ? record_name?.replace(/^@$/, "").toLowerCase() : undefined;
  return (record) =>
    record.type === wanted &&
    (name === undefined || record.record_name.toLowerCase() === name) &&
    (service === undefined || wanted !== "SRV" || record.service === service);
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const dnsHandlers = {
  "dnsRecords.list": (/** @type {import("./world.js").Call<ListParams>} */ { world, params }) =>
    page(world, params, world.zones.find(params.domain_name).records.all().filter(filterBy(params))),

  "dnsRecords.get": (/** @type {import("./world.js").Call<RecordParams>} */ { world, params }) =>
    ok(world.zones.find(params.domain_name).records.find(params.record_id)),

  "dnsRecords.create": (
    /** @type {import("./world.js").Call<ZoneParams, RecordInput>} */ { world, params, body },
  ) => {
    const zone = world.zones.find(params.domain_name);
    demand(...needsOfRecord(body, zone.records.all()));
    const { id } = addRecord(world, zone, body);
    return created(pathOf("v2", "dns", zone.name, "records", id));
  },

  "dnsRecords.update": (
    /** @type {import("./world.js").Call<RecordParams, RecordInput>} */ { world, params, body },
  ) => {
    const { records } = world.zones.find(params.domain_name);
    const old = records.find(params.record_id);
    const others = records.all().filter((record) => record !== old);
    const input = { ...body, type: body.type ?? old.type };
    demand(...needsOfRecord(input, others));
    const record = { id: old.id, ...withDefaults(input) };
    const fixed = /** @type {const} */ (["type", "service", "target", "protocol", "port"]);
    const changed = fixed.filter((name) => record[name] !== old[name]);
    demand([changed.length === 0, "dns_record_not_changeable", `Not to be changed: ${changed.join(", ")}.`]);
    records.add(record);
    return { status: 200 };
  },

  "dnsRecords.delete": (/** @type {import("./world.js").Call<RecordParams>} */ { world, params }) => {
    const { records } = world.zones.find(params.domain_name);
    const { type } = records.find(params.record_id);
    demand([isChangeable(type), "dns_record_not_changeable", `${type} records belong to the provider.`]);
    records.remove(params.record_id);
    return noContent();
  },
};
