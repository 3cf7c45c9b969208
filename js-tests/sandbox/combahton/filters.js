// The DDoS filters of single addresses.

import { ok } from "../answers.js";
import { addressOf } from "./addresses.js";
import { need, tell } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Filters
 * @property {"dynamic" | "permanent"} layer4
 * @property {number | undefined} layer4Until when permanent ends by itself, in seconds
 * @property {boolean} layer7 behind the layer 4 filters
 * @property {boolean} layer7Only without them
 * @property {number} changed when they were changed last, in seconds
 */

const HALF_AN_HOUR = 30 * 60;

/**
 * Puts back what has come to its end.
 *
 * @param {World} world
 * @param {string} ipaddr
 */
function filtersOf(world, ipaddr) {
  const { filters } = addressOf(world, ipaddr);
  if (filters.layer4Until !== undefined && world.time() >= filters.layer4Until) {
    Object.assign(filters, { layer4: "dynamic", layer4Until: undefined });
  }
  return filters;
}

/** @param {boolean} value */
const onOff = (value) => (value ? "on" : "off");

/** @type {Record<string, (filters: Filters) => void>} */
const LAYER_7 = {
  only_on: (filters) => {
    filters.layer7Only = true;
  },
  only_off: (filters) => {
    filters.layer7Only = false;
  },
  on: (filters) => {
    need(filters.layer4 === "permanent", "error", "the layer 4 filters are not on");
    filters.layer7 = true;
  },
  off: (filters) => {
    filters.layer7 = false;
  },
};

/** Newer names, as far as is known. */
const ALIASES = new Map([
  ["activate", "on"],
  ["deactivate", "off"],
]);

/** @typedef {{ ipaddr: string, routing: string }} RoutingBody */

/** @type {Record<string, import("../provider.js").Handler>} */
export const filterHandlers = {
  "antiddos.status.show": (/** @type {import("./world.js").Call<{ ipaddr: string }>} */ { world, body }) => {
    const { layer4, layer7, layer7Only, changed } = filtersOf(world, body.ipaddr);
    return ok({
      last_change: String(changed),
      l4_dynamic: onOff(layer4 === "dynamic"),
      l4_permanent: onOff(layer4 === "permanent"),
      l7_permanent: onOff(layer7),
      l7_only: onOff(layer7Only),
      blackhole: "off",
      flowspec: "off",
    });
  },

  "antiddos.layer4.routing": (/** @type {import("./world.js").Call<RoutingBody>} */ { world, body }) => {
    const filters = filtersOf(world, body.ipaddr);
    filters.layer4 = body.routing === "dynamic" ? "dynamic" : "permanent";
    filters.layer4Until = body.routing === "dynamic_perm" ? world.time() + HALF_AN_HOUR : undefined;
    filters.changed = world.time();
    return tell("routing_changed");
  },

  "antiddos.layer7.routing": (/** @type {import("./world.js").Call<RoutingBody>} */ { world, body }) => {
    const filters = filtersOf(world, body.ipaddr);
    LAYER_7[ALIASES.get(body.routing) ?? body.routing]?.(filters);
    filters.changed = world.time();
    return tell("routing_changed");
  },
};
