// Dedicated and colocated servers: what they are, their traffic, their power lines.

import { additionalIpsOf, showSubnetwork, subnetworksOf } from "./addresses.js";
import { need, succeed } from "./refusals.js";
import { addService, detailOf } from "./services.js";

/**
 * @typedef {import("./hardware.js").Hardware} Hardware
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"dedicated" | "colocation"} ServerType
 *
 * @typedef {object} Server
 * @property {number} id
 * @property {string} ip
 * @property {Hardware | undefined} hardware of a dedicated server
 * @property {boolean} manageable whether its power can be managed
 * @property {"on" | "off"} power
 * @property {boolean} metered whether its traffic is counted
 * @property {boolean} active
 * @property {import("./ilo.js").Ilo | undefined} ilo where access to it can be opened
 */

const DAY = 24 * 3600;

/**
 * @param {World} world
 * @param {ServerType} type
 * @param {string} name
 * @param {Pick<Server, "ip"> & Partial<Server> & { price: number, description?: string }} more
 */
export function addServer(world, type, name, { price, description, ...more }) {
  const { id } = addService(world, type, name, { price, ip: more.ip, description });
  return world[type].add({
    id,
    hardware: undefined,
    manageable: true,
    power: "on",
    metered: true,
    active: true,
    ilo: undefined,
    ...more,
  });
}

/**
 * @param {World} world
 * @param {Server} server
 */
function show(world, { id, ip, hardware, manageable, active, ilo }) {
  const ruleset = world.rulesets.all().find(({ serviceIds }) => serviceIds.includes(id));
  return {
    id,
    ...(hardware ? { hardware_configuration: hardware } : {}),
    network_configuration: {
      ip,
      additional_ips: additionalIpsOf(world, id),
      subnetworks: subnetworksOf(world, id).map(showSubnetwork),
      ...(ruleset ? { firewall_ruleset_id: ruleset.id } : {}),
    },
    features: {
      ...(hardware ? { ilo_access_management: ilo !== undefined } : {}),
      power_management: manageable,
      firewall_management: ruleset !== undefined,
    },
    active,
  };
}

/**
 * The present payment period and the three before it, newest first.
 *
 * @param {World} world
 * @param {Server} server
 */
function transferUsage(world, { id }) {
  const end = world.services.find(id).expiration_time;
  const month = 30 * DAY;
  const begun = end - Math.ceil((end - world.time()) / month) * month;
  return [0, 1, 2, 3].map((back) => ({
    time_range: { from: begun - back * month, to: begun - (back - 1) * month - 1 },
    // The first is too much for 32 bits.
    transfer_usage: { up: 5_368_709_120 * (4 - back) + id, down: 734_003_200 * (back + 1) },
  }));
}

/**
 * @param {ServerType} type
 * @param {"on" | "off"} power
 */
const switchPower =
  (type, power) =>
  (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const server = detailOf(world, world[type], body.service_id, "invalid-service-type");
    need(server.manageable, "unsupported-feature");
    server.power = power;
    return succeed();
  };

/**
 * @param {ServerType} type
 * @returns {Record<string, import("../provider.js").Handler>}
 */
const handlersOf = (type) => ({
  [`${type}.details`]: (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) =>
    succeed({ service_details: show(world, detailOf(world, world[type], body.service_id)) }),

  [`${type}.transferUsageDetails`]: (
    /** @type {import("./world.js").Call<ServiceBody>} */ { world, body },
  ) => {
    const server = detailOf(world, world[type], body.service_id, "invalid-service-type");
    need(server.metered, "unsupported-feature");
    return succeed({ transfer_usage_details: { periods_list: transferUsage(world, server) } });
  },

  [`${type}.powerDetails`]: (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const { manageable, power } = detailOf(world, world[type], body.service_id, "invalid-service-type");
    return succeed({ power_details: { manageable, state: manageable ? power : "unknown" } });
  },

  [`${type}.powerOn`]: switchPower(type, "on"),
  [`${type}.powerOff`]: switchPower(type, "off"),
  [`${type}.powerRestart`]: switchPower(type, "on"),
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const serverHandlers = { ...handlersOf("dedicated"), ...handlersOf("colocation") };
