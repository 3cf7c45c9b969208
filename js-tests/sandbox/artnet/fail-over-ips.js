import { canonical } from "./addresses.js";
import { need, succeed } from "./refusals.js";
import { addService, detailOf } from "./services.js";

/**
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} FailOverIp
 * @property {number} id
 * @property {string} virtual_ip
 * @property {string | false} real_ip false while it is not active
 * @property {string[]} real_ips_allowed_list
 */

/**
 * @param {World} world
 * @param {string} virtualIp
 * @param {string[]} allowed
 * @param {boolean} [active]
 */
export const addFailOverIp = (world, virtualIp, allowed, active = true) =>
  world.failOverIps.add({
    id: addService(world, "foip", virtualIp, { price: 8, ip: virtualIp }).id,
    virtual_ip: virtualIp,
    real_ip: (active && allowed[0]) || false,
    real_ips_allowed_list: allowed,
  });

/** @type {Record<string, import("../provider.js").Handler>} */
export const failOverIpHandlers = {
  "failOverIp.details": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) =>
    succeed({ service_details: detailOf(world, world.failOverIps, body.service_id) }),

  "failOverIp.switch": (
    /** @type {import("./world.js").Call<ServiceBody & { real_ip: string }>} */ { world, body },
  ) => {
    const foip = detailOf(world, world.failOverIps, body.service_id, "invalid-service-type");
    const target = canonical(body.real_ip);
    need(target !== undefined, "incorrect-param-value", "real_ip is no IP address");
    need(foip.real_ips_allowed_list.includes(target), "ip-not-allowed");
    need(foip.real_ip !== false, "internal-fail-over-ip-error");
    foip.real_ip = target;
    return succeed();
  },
};
