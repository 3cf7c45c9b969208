import { additionalIpsOf } from "./addresses.js";
import { need, succeed } from "./refusals.js";
import { addService, detailOf } from "./services.js";

/**
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Vps
 * @property {number} id
 * @property {string} ip
 * @property {boolean} manageable whether its power can be managed
 * @property {"on" | "off" | "unknown"} power
 * @property {boolean} active
 */

/**
 * @param {World} world
 * @param {string} name
 * @param {string} ip
 * @param {Partial<Vps>} [more]
 */
export const addVps = (world, name, ip, more = {}) =>
  world.vpses.add({
    id: addService(world, "vps", name, { price: 19.9, ip }).id,
    ip,
    manageable: true,
    power: "on",
    active: true,
    ...more,
  });

/** @param {"on" | "off"} power */
const switchPower =
  (power) =>
  (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const vps = detailOf(world, world.vpses, body.service_id, "invalid-service-type");
    need(vps.active, "service-suspended");
    need(vps.manageable, "unsupported-feature");
    vps.power = power;
    return succeed();
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const vpsHandlers = {
  "vps.details": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const { id, ip, manageable, power, active } = detailOf(world, world.vpses, body.service_id);
    return succeed({
      service_details: {
        id,
        // Spelt as in the documentation.
        newtwork_configuration: { ip, additional_ips_list: additionalIpsOf(world, id) },
        features: { power_management: manageable },
        power_state: power,
        active,
      },
    });
  },

  "vps.powerOn": switchPower("on"),
  "vps.powerOff": switchPower("off"),
  "vps.powerRestart": switchPower("on"),
};
