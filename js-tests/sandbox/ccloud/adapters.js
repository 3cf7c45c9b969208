// The network adapters of servers. They are shown in two ways, which are spelled differently.

import { ok, Refusal } from "../answers.js";
import { CUSTOMER_ID } from "./customer.js";
import { nameserversOf, takeAddress } from "./networks.js";
import { badField } from "./refusals.js";
import { uuid } from "./uuid.js";

/**
 * @typedef {import("./networks.js").Address} Address
 * @typedef {import("./networks.js").Subnet} Subnet
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Adapter
 * @property {string} id
 * @property {number} vlan
 * @property {string} macAddress
 * @property {string} createdAt
 * @property {Address[]} addresses
 *
 * @typedef {{ hostname: string, adapter_id: string }} Params
 * @typedef {{ protocol?: import("./networks.js").Protocol }} Body
 */

const BANDWIDTH = 1000;

/**
 * @param {World} world
 * @param {Server} server
 * @param {Subnet[]} subnets
 */
export function addAdapter(world, server, subnets) {
  const id = uuid(`adapter ${server.id} ${server.adapters.length}`);
  /** @type {Adapter} */
  const adapter = {
    id,
    vlan: subnets[0]?.vlan ?? 0,
    macAddress: `00:15:5d:${[0, 2, 4].map((start) => id.slice(start, start + 2)).join(":")}`,
    createdAt: world.time(),
    addresses: [],
  };
  server.adapters.push(adapter);
  for (const subnet of subnets) adapter.addresses.push(takeAddress(world, subnet, "subnets"));
}

/** @param {Adapter} adapter */
const switchOf = ({ vlan }) => `vSwitch-${vlan}`;

/**
 * @param {Server} server
 * @param {Adapter} adapter
 */
export const shownAdapter = (server, adapter) => ({
  id: adapter.id,
  server_id: server.id,
  vlan_number: adapter.vlan,
  bandwidth: BANDWIDTH,
  switch: switchOf(adapter),
  mac_address: adapter.macAddress,
  mac_spoofing: false,
  perf_counter_instance_name: `${server.hostname}_${adapter.id}`,
  created_at: adapter.createdAt,
  updated_at: adapter.createdAt,
  ip_addresses: adapter.addresses.map((address) => ({
    id: address.id,
    server_id: server.id,
    network_adapter_id: adapter.id,
    subnet_id: address.subnet.id,
    customer_id: CUSTOMER_ID,
    ip: address.ip,
    created_at: address.createdAt,
    updated_at: address.createdAt,
    subnet: {
      id: address.subnet.id,
      customer_id: CUSTOMER_ID,
      type: address.subnet.type,
      network: address.subnet.network,
      gateway: address.subnet.gateway,
      mask_bits: address.subnet.mask_bits,
      nameservers: nameserversOf(address.subnet),
      created_at: adapter.createdAt,
      updated_at: adapter.createdAt,
    },
  })),
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const adapterHandlers = {
  "servers.network.list": (
    /** @type {import("./world.js").Call<{ hostname: string }>} */ { world, params },
  ) =>
    ok(
      world.servers.find(params.hostname).adapters.map((adapter) => ({
        id: adapter.id,
        switch: switchOf(adapter),
        vlan: adapter.vlan,
        mac_spoofing: false,
        bandwith: BANDWIDTH,
        ipAdresse: adapter.addresses.map(({ ip }) => ip),
      })),
    ),

  "servers.network.ips.create": (
    /** @type {import("./world.js").Call<Params, Body>} */ { world, params, body },
  ) => {
    const { protocol = "IPv4" } = body;
    const { adapters } = world.machine(params.hostname);
    const adapter = adapters.find(({ id }) => id === params.adapter_id);
    if (!adapter) throw new Refusal(404, "network_adapter_not_found", "There is no such network adapter.");
    const subnet = world.subnets.all().find(({ vlan, type }) => vlan === adapter.vlan && type === protocol);
    if (!subnet) throw badField("protocol", `The VLAN of the adapter has no ${protocol} subnet.`);
    const address = takeAddress(world, subnet, "protocol");
    adapter.addresses.push(address);
    const { type, network, mask_bits, gateway, vlan } = subnet;
    const nameservers = nameserversOf(subnet);
    return ok({ type, ip_address: address.ip, network, mask_bits, nameservers, gateway, vlan });
  },
};
