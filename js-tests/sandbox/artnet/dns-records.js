// What a record of a zone has to look like. Which part of the data stands where is not documented; the order
// is that of the RFCs.

import { isIPv4, isIPv6 } from "node:net";
import { isHostname } from "../names.js";

/**
 * @typedef {{ name: string, ttl: number, type: string, data1: string, data2?: string, data3?: string, data4?: string }} DnsRecord
 */

/** @param {string} text */
const isTarget = (text) =>
  text === "@" || /^_?[\p{L}\p{N}-]+$/u.test(text) || isHostname(text.replace(/\.$/, ""));

/** @param {string} text */
const isNumber = (text) => /^[0-9]{1,5}$/.test(text) && Number(text) < 65_536;

/** @type {Map<string, ((text: string) => boolean)[]>} */
const PARTS = new Map([
  ["A", [isIPv4]],
  ["AAAA", [isIPv6]],
  ["CNAME", [isTarget]],
  ["MX", [isNumber, isTarget]],
  ["TXT", [(text) => text !== ""]],
  ["SRV", [isNumber, isNumber, isNumber, isTarget]],
]);

/** @param {string} name */
const isRecordName = (name) =>
  name === "" ||
  name === "@" ||
  /^(\*\.)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*\.?$/u.test(name) ||
  name === "*";

/**
 * A record without the parts that are empty: a form has no other way to leave one out.
 *
 * @param {DnsRecord} record
 */
export const tidy = (record) =>
  /** @type {DnsRecord} */ (
    Object.fromEntries(
      Object.entries(record).filter(([name, value]) => !name.startsWith("data") || value !== ""),
    )
  );

/**
 * @param {DnsRecord} record
 * @param {number} index
 * @returns {string[]} what is wrong with it
 */
export function faultsOfRecord(record, index) {
  const { name, ttl, type, data1, data2, data3, data4 } = record;
  const given = [data1, data2, data3, data4];
  const parts = PARTS.get(type) ?? [];
  const fits = given.every((text, place) => {
    const part = parts[place];
    return part ? text !== undefined && part(text) : text === undefined;
  });
  /** @type {[holds: boolean, what: string][]} */
  const needs = [
    [index > 0 || name !== "", "name is empty, and there is no record before"],
    [isRecordName(name), "name is no host name"],
    [ttl >= 0 && ttl <= 2_147_483_647, "ttl is not from 0 to 2147483647"],
    [PARTS.has(type), "type is none that there is"],
    [fits, `data does not fit the type ${type}`],
  ];
  return needs.filter(([holds]) => !holds).map(([, what]) => `records ${index}: ${what}`);
}
