// Subnets, the clouds they are in, and the addresses that servers have in them.

import { ok } from "../answers.js";
import { demandFields } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 * @typedef {"IPv4" | "IPv6"} Protocol
 *
 * @typedef {object} Subnet
 * @property {number} id
 * @property {Protocol} type
 * @property {string} name
 * @property {string} network
 * @property {string} prefix what every address in it begins with
 * @property {string} gateway
 * @property {number} mask_bits
 * @property {number} vlan
 * @property {string} cloud id of the VPC that it is in
 *
 * @typedef {object} Address
 * @property {number} id
 * @property {Subnet} subnet
 * @property {string} ip
 * @property {string} createdAt
 */

/** @type {[type: Protocol, name: string, prefix: string, vlan: number, cloud: string][]} */
const ROWS = [
  ["IPv4", "VLAN_1", "198.51.100.", 701, "vpc-public"],
  ["IPv4", "VLAN_2", "192.168.232.", 702, "vpc-office"],
  ["IPv6", "VLAN_1_V6", "2001:db8:a000:72::", 701, "vpc-public"],
  ["IPv4", "VLAN_3", "203.0.113.", 703, "vpc-public"],
  ["IPv6", "VLAN_2_V6", "fd00:db8:232::", 702, "vpc-office"],
];

/** @type {Subnet[]} */
export const SUBNETS = ROWS.map(([type, name, prefix, vlan, cloud], index) => ({
  id: index + 1,
  type,
  name,
  network: type === "IPv4" ? `${prefix}0` : prefix,
  prefix,
  gateway: `${prefix}1`,
  mask_bits: type === "IPv4" ? 24 : 64,
  vlan,
  cloud,
}));

/** The subnets of a server that asks for none. */
export const DEFAULT_SUBNETS = [1, 3];

const CLOUDS = [
  { id: "vpc-public", type: "public", name: "Internet" },
  { id: "vpc-office", type: "private", name: "Office" },
];

/** The hosts that there are in every subnet; those below are the provider's own. */
const HOSTS = { first: 10, last: 250 };

/** @param {Subnet} subnet */
export const nameserversOf = ({ gateway }) => [gateway];

/** @param {World} world */
export const addressesOf = (world) =>
  world.servers
    .all()
    .flatMap((server) =>
      server.adapters.flatMap((adapter) =>
        adapter.addresses.map((address) => ({ server, adapter, address })),
      ),
    );

/**
 * The first address of a subnet that no server has.
 *
 * @param {World} world
 * @param {Subnet} subnet
 * @param {string} field what the request names the subnet or its protocol by
 * @returns {Address}
 */
export function takeAddress(world, subnet, field) {
  const taken = new Set(addressesOf(world).map(({ address }) => address.ip));
  let host = HOSTS.first;
  const ip = () => subnet.prefix + (subnet.type === "IPv4" ? String(host) : host.toString(16));
  while (taken.has(ip())) host += 1;
  demandFields([host <= HOSTS.last, field, `The subnet ${subnet.name} has no free address.`]);
  return { id: world.number("address"), subnet, ip: ip(), createdAt: world.time() };
}

/** @param {Subnet} subnet */
const shown = (subnet) => {
  const { id, type, name, network, gateway, mask_bits } = subnet;
  return { id, type, name, network, gateway, mask_bits, nameservers: nameserversOf(subnet) };
};

/** @type {Record<string, import("../provider.js").Handler>} */
export const networkHandlers = {
  "network.subnets.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(world.subnets.all().map(shown)),

  "network.subnets.ips.list": (
    /** @type {import("./world.js").Call<{ id: string | number }>} */ { world, params },
  ) => {
    const subnet = world.subnets.find(params.id);
    const used = addressesOf(world).filter(({ address }) => address.subnet === subnet);
    return ok(
      used.map(({ server, adapter, address }) => ({
        id: address.id,
        server_id: server.id,
        network_adapter_id: adapter.id,
        subnet_id: subnet.id,
        ip: address.ip,
        hostname: server.hostname,
        created_at: address.createdAt,
        updated_at: address.createdAt,
      })),
    );
  },

  "network.ips.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(
      addressesOf(world).map(({ server, address }) => ({
        hostname: server.hostname,
        ip: address.ip,
        subnetname: address.subnet.name,
      })),
    ),

  "network.vpcs.list": (/** @type {import("./world.js").Call} */ { world }) => {
    const subnets = world.subnets.all();
    return ok(
      CLOUDS.map((cloud) => ({
        ...cloud,
        subnets: subnets.filter((subnet) => subnet.cloud === cloud.id).map(shown),
      })),
    );
  },
};
