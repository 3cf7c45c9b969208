// IP addresses and the subnetworks that they are in.

import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Subnetwork
 * @property {number} id
 * @property {string} ip
 * @property {number} bits
 * @property {number} serviceId the server or the additional IP service that it belongs to
 */

/**
 * An address in its usual form, so that two ways to write it are the same; undefined for what is none.
 *
 * @param {string} text
 */
export function canonical(text) {
  if (!isIP(text) || text.includes("%")) return undefined;
  return isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

/**
 * The eight groups of an IPv6 address.
 *
 * @param {string} ip
 * @returns {string[]}
 */
export function groupsOf(ip) {
  const [head = [], tail = []] = ip
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => "0"), ...tail];
}

/** @param {string} ip */
export const versionOf = (ip) => (isIPv6(ip) ? "IPv6" : "IPv4");

/**
 * @param {Subnetwork} subnetwork
 * @param {string} ip
 */
export function contains({ ip: network, bits }, ip) {
  if (versionOf(network) !== versionOf(ip)) return false;
  const family = isIPv6(ip) ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(ip, family);
}

/** @param {Subnetwork} subnetwork */
export const showSubnetwork = ({ id, ip, bits }) => ({
  id,
  ip,
  mask: maskOf(bits, isIPv6(ip)),
  mask_short: `/${bits}`,
  type: versionOf(ip),
});

/**
 * @param {number} bits
 * @param {boolean} [isLong] of IPv6
 */
export function maskOf(bits, isLong = false) {
  const [width, groups, base, separator] = isLong ? [16, 8, 16, ":"] : [8, 4, 10, "."];
  return Array.from({ length: groups }, (_, index) => {
    const ones = Math.min(width, Math.max(0, bits - index * width));
    return (2 ** width - 2 ** (width - ones)).toString(base);
  }).join(separator);
}

/**
 * @param {World} world
 * @param {number} serviceId
 */
export const subnetworksOf = (world, serviceId) =>
  world.subnetworks.all().filter((subnetwork) => subnetwork.serviceId === serviceId);

/**
 * The addresses that were ordered for a server.
 *
 * @param {World} world
 * @param {number} serverId
 */
export const additionalIpsOf = (world, serverId) =>
  world.services
    .all()
    .filter((service) => service.type === "additional-ip" && service.parent_service_id === serverId)
    .flatMap((service) => subnetworksOf(world, service.id))
    .map((subnetwork) => subnetwork.ip);

/**
 * @param {World} world
 * @param {string} ip
 */
export const isOwnAddress = (world, ip) =>
  world.services.all().some((service) => service.ip === ip) ||
  world.subnetworks.all().some((subnetwork) => contains(subnetwork, ip));
