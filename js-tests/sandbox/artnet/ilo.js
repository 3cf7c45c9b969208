// Access to the iLO / IPMI of dedicated servers, which is open for one remote address at most.

import { canonical } from "./addresses.js";
import { need, succeed } from "./refusals.js";
import { detailOf } from "./services.js";

/**
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Ilo
 * @property {string} ip
 * @property {string | undefined} openFor
 */

/**
 * @param {World} world
 * @param {number} id
 */
function iloOf(world, id) {
  const { ilo } = detailOf(world, world.dedicated, id, "invalid-service-type");
  need(ilo !== undefined, "unsupported-feature");
  return ilo;
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const iloHandlers = {
  "dedicated.iloDetails": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const { ilo } = detailOf(world, world.dedicated, body.service_id, "invalid-service-type");
    const openFor = ilo?.openFor;
    return succeed({
      ilo_details: {
        available: ilo !== undefined,
        ip: ilo?.ip ?? "",
        access_enabled: openFor !== undefined,
        ...(openFor === undefined ? {} : { access_ip: openFor }),
      },
    });
  },

  "dedicated.iloAccessEnable": (
    /** @type {import("./world.js").Call<ServiceBody & { remote_ip: string }>} */ { world, body },
  ) => {
    const ilo = iloOf(world, body.service_id);
    const remote = canonical(body.remote_ip);
    need(remote !== undefined, "incorrect-param-value", "remote_ip is no IP address");
    ilo.openFor = remote;
    return succeed();
  },

  "dedicated.iloAccessDisable": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    iloOf(world, body.service_id).openFor = undefined;
    return succeed();
  },
};
