// IP addresses, their names, and where subnets are routed to.

import { isIP, isIPv6 } from "node:net";
import { ok } from "../answers.js";
import { isHostname } from "../names.js";
import { need, ownOne, tell } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Address
 * @property {string} ipaddr
 * @property {string} contract
 * @property {string} rdns
 * @property {import("./filters.js").Filters} filters
 */

/**
 * @param {World} world
 * @param {string} ipaddr
 * @param {string} contract
 * @param {string} [rdns]
 */
export const addAddress = (world, ipaddr, contract, rdns = "") =>
  world.addresses.add({
    ipaddr,
    contract,
    rdns,
    filters: { layer4: "dynamic", layer4Until: undefined, layer7: false, layer7Only: false, changed: 0 },
  });

/**
 * @param {World} world
 * @param {string} text one address: prefixes are not accepted
 */
export function addressOf(world, text) {
  need(isIP(text) !== 0 && !text.includes("%"), "error", "ipaddr is no IP address");
  // An address of IPv6 can be written in more than one way.
  const ipaddr = isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
  return ownOne(world.addresses, ipaddr);
}

/** @param {import("./world.js").Call<{ ipaddr: string }>} call */
function view({ world, body }) {
  const { ipaddr, contract, rdns } = addressOf(world, body.ipaddr);
  return ok({ ipaddr, contract, rdns });
}

/** @param {import("./world.js").Call<{ ipaddr: string, ptr: string }>} call */
function setName({ world, body }) {
  const address = addressOf(world, body.ipaddr);
  need(isHostname(body.ptr.replace(/\.$/, "")), "error", "ptr is no host name");
  address.rdns = body.ptr;
  return tell("rdns_changed");
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const addressHandlers = {
  "ipaddr.view.ipv4": view,
  "ipaddr.view.ipv6": view,
  "ipaddr.rdns.ipv4": setName,
  "ipaddr.rdns.ipv6": setName,

  "ipsubnet.nexthop.change": (
    /** @type {import("./world.js").Call<{ contract: string | number, nexthop: string }>} */ { world, body },
  ) => {
    const contract = ownOne(world.contracts, body.contract);
    need(contract.subnet !== undefined, "failed", "the contract has no subnet");
    need(world.addresses.has(body.nexthop), "failed", "the next hop is no server of the customer");
    contract.nexthop = body.nexthop;
    return tell("success");
  },
};
