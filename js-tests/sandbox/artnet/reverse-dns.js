// PTR records, kept in subclasses of the size of a class C network. Subnetworks in the same subclass share
// its serial number.

import { isIPv6 } from "node:net";
import { isHostname } from "../names.js";
import { canonical, contains, groupsOf, showSubnetwork, versionOf } from "./addresses.js";
import { need, succeed, textOf } from "./refusals.js";

/**
 * @typedef {import("./addresses.js").Subnetwork} Subnetwork
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Subclass
 * @property {string} name
 * @property {string} prefix what its addresses share
 * @property {number} serial
 * @property {Map<string, string>} records PTR by origin
 *
 * @typedef {{ origin: string, ptr?: string, delete?: "delete" }} PtrInput
 */

const FIRST_SERIAL = 2_026_010_101;

/**
 * @param {string} prefix
 * @returns {string} the zone that the addresses with this prefix are in
 */
function nameOf(prefix) {
  if (!prefix.includes(":")) return `${prefix.split(".").reverse().join(".")}.in-addr.arpa`;
  const nibbles = prefix.split(":").flatMap((group) => [...group.padStart(4, "0")]);
  return `${nibbles.reverse().join(".")}.ip6.arpa`;
}

/**
 * What the addresses of each subclass share. Subnetworks of IPv6 are of the size of the last group here.
 *
 * @param {Subnetwork} subnetwork
 * @returns {string[]}
 */
function prefixesOf({ ip, bits }) {
  if (isIPv6(ip)) return [groupsOf(ip).slice(0, 7).join(":")];
  const [a, b, c] = ip.split(".").map(Number);
  return Array.from(
    { length: Math.max(1, 2 ** (24 - bits)) },
    (_, index) => `${a}.${b}.${Number(c) + index}`,
  );
}

/**
 * @param {World} world
 * @param {Subnetwork} subnetwork
 * @returns {Subclass[]}
 */
const subclassesOf = (world, subnetwork) =>
  prefixesOf(subnetwork).map((prefix) => {
    const name = nameOf(prefix);
    return (
      world.subclasses.get(name) ??
      world.subclasses.add({ name, prefix, serial: FIRST_SERIAL, records: new Map() })
    );
  });

/**
 * @param {Subclass} subclass
 * @param {string} origin
 */
const addressOf = ({ prefix }, origin) => `${prefix}${prefix.includes(":") ? ":" : "."}${origin}`;

/**
 * @param {Subclass} subclass
 * @param {string} origin
 */
const isOrigin = ({ prefix }, origin) =>
  prefix.includes(":")
    ? /^(0|[1-9a-f][0-9a-f]{0,3})$/.test(origin)
    : /^(0|[1-9][0-9]{0,2})$/.test(origin) && Number(origin) < 256;

/**
 * @param {Subnetwork} subnetwork
 * @param {Subclass} subclass
 * @param {string} origin
 */
function holds(subnetwork, subclass, origin) {
  const ip = canonical(addressOf(subclass, origin));
  return ip !== undefined && contains(subnetwork, ip);
}

/**
 * @param {World} world
 * @param {number} id
 */
function subnetworkOf(world, id) {
  const subnetwork = world.subnetworks.get(id);
  need(subnetwork !== undefined, "authorization-failed");
  return subnetwork;
}

/**
 * @param {World} world
 * @param {number} subnetworkId
 * @param {string} name
 * @param {Record<string, string>} ptrs by origin
 */
export function setPtrs(world, subnetworkId, name, ptrs) {
  const subclass = subclassesOf(world, subnetworkOf(world, subnetworkId)).find((one) => one.name === name);
  for (const [origin, ptr] of Object.entries(ptrs)) subclass?.records.set(origin, ptr);
}

/**
 * Why a record cannot be edited, if it cannot.
 *
 * @param {Subnetwork} subnetwork
 * @param {Subclass} subclass
 * @param {PtrInput} input
 */
function obstacle(subnetwork, subclass, { origin, ptr = "", delete: remove }) {
  if (!holds(subnetwork, subclass, origin)) return "ip-not-allowed";
  if (remove) return subclass.records.has(origin) ? undefined : "invalid-origin";
  return isHostname(ptr.replace(/\.$/, "")) ? undefined : "incorrect-param-value";
}

/** @typedef {{ subnetwork_id: number, dns_subclass: string }} SubclassBody */

/** @type {Record<string, import("../provider.js").Handler>} */
export const reverseDnsHandlers = {
  "revDns.list": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({
      subnetworks_list: world.subnetworks.all().map((subnetwork) => ({
        ...showSubnetwork(subnetwork),
        dns_subclasses: subclassesOf(world, subnetwork).map((subclass) => subclass.name),
      })),
    }),

  "revDns.details": (/** @type {import("./world.js").Call<SubclassBody>} */ { world, body }) => {
    const subnetwork = subnetworkOf(world, body.subnetwork_id);
    const subclass = subclassesOf(world, subnetwork).find(({ name }) => name === body.dns_subclass);
    need(subclass !== undefined, "authorization-failed");
    const { serial, prefix, records } = subclass;
    const ptr_records = [...records]
      .filter(([origin]) => holds(subnetwork, subclass, origin))
      .map(([origin, ptr]) => ({ origin, ptr, address: addressOf(subclass, origin) }));
    return succeed({ subclass_details: { serial, type: versionOf(subnetwork.ip), prefix, ptr_records } });
  },

  "revDns.edit": (
    /** @type {import("./world.js").Call<SubclassBody & { serial: number, ptr_records: PtrInput[] }>} */ {
      world,
      body,
    },
  ) => {
    const subnetwork = subnetworkOf(world, body.subnetwork_id);
    const subclass = subclassesOf(world, subnetwork).find(({ name }) => name === body.dns_subclass);
    need(subclass !== undefined, "invalid-subclass");
    need(body.serial === subclass.serial, "invalid-serial");
    need(
      body.ptr_records.every(({ origin }) => isOrigin(subclass, origin)),
      "invalid-origin",
    );
    const before = JSON.stringify([...subclass.records]);
    const warnings = body.ptr_records.flatMap((input) => {
      const { origin, ptr = "", delete: remove } = input;
      const code = obstacle(subnetwork, subclass, input);
      if (code) {
        const task = remove ? "delete" : "edit";
        return [{ origin, address: addressOf(subclass, origin), task, code, description: textOf(code) }];
      }
      if (remove) subclass.records.delete(origin);
      else subclass.records.set(origin, ptr);
      return [];
    });
    if (JSON.stringify([...subclass.records]) !== before) subclass.serial += 1;
    return succeed({ warnings });
  },
};
