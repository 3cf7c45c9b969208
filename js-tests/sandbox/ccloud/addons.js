// Addons that are booked: for one server, or for the customer as a whole.

import { noContent, ok } from "../answers.js";
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

const MOST = 1000;

/** @param {number} count */
export const isAddonCount = (count) => count >= 1 && count <= MOST;

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
  ) => book(world.servers.find(params.hostname).addons, params, body),

  "servers.addons.delete": (/** @type {import("./world.js").Call<ServerParams>} */ { world, params }) =>
    cancel(world.servers.find(params.hostname).addons, params),

  "customers.addons.list": (/** @type {import("./world.js").Call} */ { world }) => ok(world.addons.all()),

  "customers.addons.set": (/** @type {import("./world.js").Call<Params, Body>} */ { world, params, body }) =>
    book(world.addons, params, body),

  "customers.addons.delete": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    cancel(world.addons, params),
};
