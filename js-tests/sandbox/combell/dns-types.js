// What a DNS record of each type has to look like.

import { isIPv4, isIPv6 } from "node:net";
import { isHostname } from "../names.js";

/**
 * @typedef {import("./dns.js").DnsRecord} DnsRecord
 *
 * @typedef {{ [Name in keyof DnsRecord]?: DnsRecord[Name] | undefined }} RecordInput
 */

/** @param {string} text */
const isHost = (text) => isHostname(text.replace(/\.$/, ""));

/** @type {Record<string, (content: string) => boolean>} */
const CONTENT = {
  A: isIPv4,
  AAAA: isIPv6,
  CNAME: isHost,
  ALIAS: isHost,
  MX: isHost,
  TXT: (content) => content.length > 0,
  SRV: () => true,
  CAA: (content) => /^(0|128) ((issue|issuewild) (;|[^\s;]+.*)|iodef \S+)$/.test(content),
  TLSA: (content) => /^[0-3] [01] [0-2] ([0-9A-Fa-f]{2})+$/.test(content),
};

/**
 * SOA and NS records are listed, but only the provider makes and changes them.
 *
 * @param {string} type
 */
export const isChangeable = (type) => Object.hasOwn(CONTENT, type);

/**
 * @param {RecordInput} input
 * @returns {Omit<DnsRecord, "id">}
 */
export function withDefaults(input) {
  const type = (input.type ?? "").toUpperCase();
  const isSrv = type === "SRV";
  return {
    type,
    record_name: (input.record_name ?? "").replace(/^@$/, ""),
    ttl: input.ttl ?? 3600,
    content: isSrv ? "" : (input.content ?? ""),
    priority: isSrv || type === "MX" ? (input.priority ?? 10) : null,
    service: isSrv ? (input.service ?? null) : null,
    weight: isSrv ? (input.weight ?? 0) : null,
    target: isSrv ? (input.target ?? null) : null,
    protocol: isSrv ? (input.protocol ?? "TCP").toUpperCase() : null,
    port: isSrv ? (input.port ?? null) : null,
  };
}

/**
 * @param {RecordInput} input
 * @param {DnsRecord[]} others the other records of the zone
 * @returns {[holds: boolean, code: string, text: string][]}
 */
export function needsOfRecord(input, others) {
  const record = withDefaults(input);
  const { type, record_name: name, content } = record;
  if (!isChangeable(type)) {
    const known = Object.keys(CONTENT).join(", ");
    return [[false, "dns_record_type_invalid", `The type has to be one of ${known}.`]];
  }
  const sameName = others.filter((other) => other.record_name.toLowerCase() === name.toLowerCase());
  const isRepeated = others.some((other) =>
    Object.entries(record).every(([key, value]) =>
      ["ttl", "priority", "weight"].includes(key)
        ? true
        : other[/** @type {keyof DnsRecord} */ (key)] === value,
    ),
  );
  const clashes = sameName.some((other) => (type === "CNAME") !== (other.type === "CNAME"));
  return [
    [
      CONTENT[type]?.(content) ?? false,
      "dns_record_content_invalid",
      `This is no content of a record of type ${type}.`,
    ],
    [
      type !== "SRV" || Boolean(record.service),
      "dns_record_service_required",
      "An SRV record needs a service.",
    ],
    [
      type !== "SRV" || isHost(record.target ?? ""),
      "dns_record_target_invalid",
      "An SRV record needs a target.",
    ],
    [type !== "SRV" || record.port !== null, "dns_record_port_required", "An SRV record needs a port."],
    [type === "SRV" || !clashes, "dns_record_cname_clash", "A CNAME stands alone under its name."],
    [!isRepeated, "dns_record_exists", "There is such a record already."],
  ];
}
