// Ready-to-run dedicated servers: the offer, reservations and orders.

import { createHash } from "node:crypto";
import { sendEmail } from "./emails.js";
import { need, succeed } from "./refusals.js";
import { addServer } from "./servers.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} ExpressServer
 * @property {number} id
 * @property {import("./hardware.js").Hardware} hardware
 * @property {number} price
 * @property {boolean} reserved by the customer
 *
 * @typedef {{ server_id: number }} ServerBody
 */

const MOST_RESERVED = 3;
const RESELLER_DISCOUNT = 0.85;

/**
 * @param {World} world
 * @param {import("./hardware.js").Hardware} hardware
 * @param {number} price
 */
export const addExpressServer = (world, hardware, price) =>
  world.expressServers.add({ id: world.number("express server"), hardware, price, reserved: false });

/** @param {number} price */
const monthly = (price) => ({ price: Math.round(price * 100) / 100, currency: "EUR", payment_period: 1 });

/**
 * @param {World} world
 * @param {ExpressServer} server
 */
const show = ({ settings }, { id, hardware, price }) => ({
  id,
  hardware_configuration: hardware,
  prices: {
    regular: monthly(price),
    ...(settings.reseller ? { reseller: monthly(price * RESELLER_DISCOUNT) } : {}),
  },
});

/**
 * @param {World} world
 * @param {number} id
 */
function serverOf(world, id) {
  const server = world.expressServers.get(id);
  need(server !== undefined, "invalid-server-id");
  return server;
}

/** @param {World} world */
const reservedIn = (world) => world.expressServers.all().filter((server) => server.reserved);

/** @type {Record<string, import("../provider.js").Handler>} */
export const expressOfferHandlers = {
  "offerDedicated.expressOffer": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ offer: world.expressServers.all().map((server) => show(world, server)) }),

  "offerDedicated.expressReservationsList": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ offer: reservedIn(world).map((server) => show(world, server)) }),

  // A second reservation of the same server counts as one that is made anew.
  "offerDedicated.expressReservation": (
    /** @type {import("./world.js").Call<ServerBody>} */ { world, body },
  ) => {
    need(world.settings.reseller, "authorization-failed", "reservations are for resellers only");
    const server = serverOf(world, body.server_id);
    const others = reservedIn(world).filter((one) => one !== server);
    need(
      others.length < MOST_RESERVED,
      "authorization-failed",
      `${MOST_RESERVED} servers are reserved already`,
    );
    server.reserved = true;
    return succeed();
  },

  "offerDedicated.expressReservationCancel": (
    /** @type {import("./world.js").Call<ServerBody>} */ { world, body },
  ) => {
    need(world.settings.reseller, "authorization-failed", "reservations are for resellers only");
    const server = serverOf(world, body.server_id);
    need(server.reserved, "invalid-server-id", "the server is not reserved");
    server.reserved = false;
    return succeed();
  },

  "offerDedicated.expressOrder": (/** @type {import("./world.js").Call<ServerBody>} */ { world, body }) => {
    const { id, hardware, price } = serverOf(world, body.server_id);
    world.expressServers.remove(id);
    const { vendor, model } = hardware.server;
    const ordered = addServer(world, "dedicated", `${vendor} ${model}`, {
      ip: `198.51.100.${200 + id - 401}`,
      price: world.settings.reseller ? monthly(price * RESELLER_DISCOUNT).price : price,
      hardware,
      ilo: { ip: `198.18.8.${id - 400}`, openFor: undefined },
    });
    const invoice_number = `FV/${world.number("invoice")}/2026`;
    const token = createHash("sha256").update(invoice_number).digest("hex").slice(0, 32);
    sendEmail(world, "Zamówienie serwera", `${ordered.ip}, ${invoice_number}`);
    return succeed({
      order_details: {
        service_id: ordered.id,
        invoice_number,
        management_panel_url: `https://panel.example.com/server/${ordered.id}?auth=${token}`,
      },
    });
  },
};
