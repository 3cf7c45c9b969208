import { page } from "./paging.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Email
 * @property {number} id
 * @property {number} time
 * @property {string} address
 * @property {string} subject
 * @property {string} body
 */

/**
 * @param {World} world
 * @param {string} subject
 * @param {string} body
 * @param {number} [time]
 */
export const sendEmail = (world, subject, body, time = world.time()) =>
  world.emails.add({ id: world.number("email"), time, address: world.customer.email, subject, body });

/** @type {Record<string, import("../provider.js").Handler>} */
export const emailHandlers = {
  "customer.emailsList": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, body },
  ) => {
    const newestFirst = world.emails.all().reverse();
    const headers = newestFirst.map(({ id, time, subject }) => ({ id, time, subject }));
    return succeed({ emails_list: page(world, body, headers) });
  },

  "customer.emailDetails": (
    /** @type {import("./world.js").Call<{ email_id: number }>} */ { world, body },
  ) => {
    const email = world.emails.get(body.email_id);
    need(email !== undefined, "invalid-id");
    return succeed({ email });
  },
};
