// rhr.php: requests to the staff in the data centre.

import { demand } from "../answers.js";
import { done, moduleDone } from "./results.js";
import { hostnameOf } from "./servers.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} HandsRequest
 * @property {number} id
 * @property {number} eq_id
 * @property {string} eq_location
 * @property {string} eq_name
 * @property {"KVM" | "UNBLOCK" | "SERVICE"} type
 * @property {"PENDING" | "DISCARDED"} status
 * @property {string} request
 * @property {string[]} messages
 * @property {string} created_at
 * @property {string} updated_at
 */

/**
 * @param {World} world
 * @param {Server} server
 * @param {HandsRequest["type"]} type
 * @param {string} request
 */
export const addHandsRequest = (world, server, type, request) =>
  world.handsRequests.add({
    id: world.number("hands request"),
    eq_id: server.id,
    eq_location: server.location,
    eq_name: hostnameOf(server),
    type,
    status: "PENDING",
    request,
    messages: [],
    created_at: world.timestamp(),
    updated_at: world.timestamp(),
  });

/** @param {HandsRequest} request */
const show = (request) => ({
  ...request,
  request_origin: "CLIENT",
  priority: "NORMAL",
  assignee: null,
  ticket: null,
});

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const remoteHandsHandlers = {
  "rhr.list": (/** @type {Call<{ location?: string, status?: string }>} */ { world, body }) => {
    const requests = world.handsRequests
      .all()
      .filter(
        ({ eq_location, status }) =>
          (body.location === undefined || eq_location === body.location) &&
          (body.status === undefined || status === body.status),
      );
    return done(world, { module: "rhr", action: "list", requests: requests.map(show) });
  },

  "rhr.add": (
    /** @type {Call<{ params: { type: HandsRequest["type"], eq_id: number, order_data?: string } }>} */
    { world, session, body: { params } },
  ) => {
    const { type, eq_id, order_data = "{}" } = params;
    const server = world.findServer(session, eq_id);
    demand([isJson(order_data), "order_data_invalid", "params[order_data] has to be JSON"]);
    const request = addHandsRequest(world, server, type, order_data);
    return moduleDone("rhr", "add", { requests: [show(request)] });
  },

  "rhr.chat": (/** @type {Call<{ id: number, message: string }>} */ { world, body }) => {
    const request = world.handsRequests.find(body.id);
    request.messages.push(body.message);
    request.updated_at = world.timestamp();
    return done(world, { module: "rhr", action: "chat" });
  },

  "rhr.discard": (/** @type {Call<{ id: number }>} */ { world, body }) => {
    world.handsRequests.find(body.id).status = "DISCARDED";
    return done(world, { module: "rhr", action: "discard" });
  },
};
