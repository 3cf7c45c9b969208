// Lists of addresses and networks.

import { BlockList, isIP } from "node:net";

/** @param {string} list separated by commas, blanks or both */
export const entriesOf = (list) => list.split(/[\s,]+/).filter((entry) => entry !== "");

/** @param {string} address */
const familyOf = (address) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** @param {string} entry an address, or a network in CIDR form */
export function isAddressOrNetwork(entry) {
  const [address = "", prefix = "0", more] = entry.split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) > 0 && more === undefined && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

/**
 * @param {string} list an empty one has every address
 * @param {string} address
 */
export function addressListed(list, address) {
  const entries = entriesOf(list).filter(isAddressOrNetwork);
  if (entries.length === 0) return true;
  const known = new BlockList();
  for (const entry of entries) {
    const [net = "", prefix] = entry.split("/");
    if (prefix === undefined) known.addAddress(net, familyOf(net));
    else known.addSubnet(net, Number(prefix), familyOf(net));
  }
  return known.check(address, familyOf(address));
}
