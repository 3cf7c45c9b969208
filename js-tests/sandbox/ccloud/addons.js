// Addons that are booked: for one server, or for the customer as a whole.

import { noContent, ok, Refusal } from "../answers.js";
import { demandFields } from "./refusals.js";

/**
 * @typedef {import("../collection.js").Collection<Addon>} Addons
 *
 * @typedef {{ name: string, count: number }} Addon
 *
 * @typedef {{ addon: string }} Params
 * @typedef {Params & { hostname: string }} ServerParams
 * @typedef {{ count?: number }} Body
 */

/** What there is to book. */
const FOR_SERVERS = ["monitoring"];
const FOR_CUSTOMERS = ["report"];

const MOST = 1000;

/** @param {number} count */
export const isAddonCount = (count) => count >= 1 && count <= MOST;

/**
 * @param {string[]} known
 * @param {Params} params
 */
function demandAddon(known, { addon }) {
  if (!known.includes(addon)) throw new Refusal(404, "addon_not_found", "There is no such addon.");
}

/**
 * @param {Addons} addons
 * @param {Params} params
 * @param {Body} body
 */
function book(addons, { addon }, { count = 1 }) {
  demandFields([isAddonCount(count), "count", `The count has to be from 1 to ${MOST}.`]);
  addons.add({ name: addon, count });
  return noContent();
}

/**
 * An addon that is not booked may be cancelled too: nothing is then booked either way.
 *
 * @param {Addons} addons
 * @param {Params} params
 */
function cancel(addons, { addon }) {
  if (addons.has(addon)) addons.remove(addon);
  return noContent();
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const addonHandlers = {
  "servers.addons.set": (
    /** @type {import("./world.js").Call<ServerParams, Body>} */ { world, params, body },
  ) => {
    const { addons } = world.servers.find(params.hostname);
    demandAddon(FOR_SERVERS, params);
    return book(addons, params, body);
  },

  "servers.addons.delete": (/** @type {import("./world.js").Call<ServerParams>} */ { world, params }) => {
    const { addons } = world.servers.find(params.hostname);
    demandAddon(FOR_SERVERS, params);
    return cancel(addons, params);
  },

  "customers.addons.list": (/** @type {import("./world.js").Call} */ { world }) => ok(world.addons.all()),

  "customers.addons.set": (
    /** @type {import("./world.js").Call<Params, Body>} */ { world, params, body },
  ) => {
    demandAddon(FOR_CUSTOMERS, params);
    return book(world.addons, params, body);
  },

  "customers.addons.delete": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    demandAddon(FOR_CUSTOMERS, params);
    return cancel(world.addons, params);
  },
};
