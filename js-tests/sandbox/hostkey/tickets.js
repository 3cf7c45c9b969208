// jira.php: tickets for the staff. A link to each comes by e-mail, so that no call lists them.

import { done } from "./results.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Ticket
 * @property {number} id
 * @property {string} action
 * @property {number} server 0 where it is about none
 * @property {string} message
 */

/**
 * @param {World} world
 * @param {Omit<Ticket, "id">} ticket
 */
function addTicket(world, ticket) {
  const id = world.number("ticket");
  world.tickets.push({ id, ...ticket });
  return done(world, { module: "jira", action: ticket.action, message: `Ticket ${id} was made` });
}

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/**
 * @param {string} action
 * @returns {import("../provider.js").Handler}
 */
const requestOn = (action) => {
  return (/** @type {Call<{ id: number }>} */ { world, session, body }) =>
    addTicket(world, { action, server: world.findServer(session, body.id).id, message: "" });
};

/** @type {Record<string, import("../provider.js").Handler>} */
export const ticketHandlers = {
  "jira.requestPon": requestOn("request_pon"),
  "jira.requestPoff": requestOn("request_poff"),
  "jira.requestReboot": requestOn("request_reboot"),
  "jira.requestPxeBoot": requestOn("request_PXEboot"),
  "jira.requestKvm": requestOn("request_kvm"),
  "jira.requestCheck": requestOn("request_check"),

  "jira.requestAssistance": (
    /** @type {Call<{ id?: number, subject?: string, message: string }>} */ { world, session, body },
  ) => {
    const server = body.id === undefined ? 0 : world.findServer(session, body.id).id;
    return addTicket(world, { action: "request_assistance", server, message: body.message });
  },
};
