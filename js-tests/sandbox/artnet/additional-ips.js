// Additional addresses for servers: what they cost, and the orders.

import { additionalIpsOf, maskOf, showSubnetwork, subnetworksOf } from "./addresses.js";
import { sendEmail } from "./emails.js";
import { need, succeed } from "./refusals.js";
import { addService, payment, raisePrice, serviceOf } from "./services.js";

/**
 * @typedef {import("./services.js").Service} Service
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./world.js").World} World
 * @typedef {{ parent_service_id: number }} ParentBody
 */

const SERVER_TYPES = ["dedicated", "colocation", "vps"];
const MONTHLY_PRICE = 1.5;
const MOST_FOR_A_SERVER = 16;
/** The last ones of the network are fail-over addresses. */
const POOL = Array.from({ length: 190 }, (_, index) => `203.0.113.${index + 1}`);

/**
 * @param {World} world
 * @param {number} id
 */
function parentOf(world, id) {
  const parent = serviceOf(world, id);
  need(SERVER_TYPES.includes(parent.type), "invalid-parent-service-type");
  return parent;
}

/** @param {World} world */
function freeAddresses(world) {
  const taken = new Set(world.subnetworks.all().map((subnetwork) => subnetwork.ip));
  return POOL.filter((ip) => !taken.has(ip));
}

/**
 * @param {World} world
 * @param {Service} parent
 */
const mostFor = (world, parent) =>
  Math.min(freeAddresses(world).length, MOST_FOR_A_SERVER - additionalIpsOf(world, parent.id).length);

/** @param {Service} parent */
const priceFor = ({ payment_details: { payment_period: period } }) =>
  payment(MONTHLY_PRICE * Number(period), period);

/**
 * @param {World} world
 * @param {Service} parent
 * @param {number} count
 */
export function addAdditionalIps(world, parent, count) {
  const each = priceFor(parent);
  const addresses = freeAddresses(world).slice(0, count);
  const { id } = addService(world, "additional-ip", `${count} × IPv4: ${parent.name}`, {
    price: 0,
    period: each.payment_period,
    parent: parent.id,
  });
  for (const ip of addresses) {
    world.subnetworks.add({ id: world.number("subnetwork"), ip, bits: 32, serviceId: id });
  }
  raisePrice(parent, each.price * count);
  return { id, addresses };
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const additionalIpHandlers = {
  "additionalIp.details": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const { id, type } = serviceOf(world, body.service_id);
    need(type === "additional-ip", "authorization-failed");
    return succeed({ service_details: { id, subnetworks: subnetworksOf(world, id).map(showSubnetwork) } });
  },

  "additionalIp.orderInfo": (/** @type {import("./world.js").Call<ParentBody>} */ { world, body }) => {
    const parent = parentOf(world, body.parent_service_id);
    const { payment_period: period, ...price } = priceFor(parent);
    // The period is documented as a number, and shown as text in the example of services.details.
    const one_ip_payment_details = { ...price, payment_period: Number(period) };
    return succeed({ order_info: { maximum_ips_number: mostFor(world, parent), one_ip_payment_details } });
  },

  "additionalIp.order": (
    /** @type {import("./world.js").Call<ParentBody & { ips_number: number }>} */ { world, body },
  ) => {
    const parent = parentOf(world, body.parent_service_id);
    const count = body.ips_number;
    need(count >= 1 && count <= mostFor(world, parent), "invalid-ips-number");
    const { id, addresses } = addAdditionalIps(world, parent, count);
    sendEmail(world, `Zamówienie adresów IP: ${count}`, `${parent.name}: ${addresses.join(", ")}`);
    const ips_configuration = addresses.map((ip) => ({ ip, mask: maskOf(32) }));
    return succeed({ order_details: { service_id: id, ips_number: count, ips_configuration } });
  },
};
