import { ok } from "../answers.js";
import { list } from "./lists.js";
import { pdfOf } from "./pdf.js";
import { ownOne, tell } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Invoice
 * @property {string} id
 * @property {number} time
 * @property {number} cents
 * @property {string} subject
 */

const LATEST = 100;

/**
 * @param {World} world
 * @param {string} subject
 * @param {number} cents
 * @param {number} [time]
 */
export const addInvoice = (world, subject, cents, time = world.time()) =>
  world.invoices.add({ id: world.number("invoice"), time, cents, subject });

/** @param {Invoice} invoice */
const show = ({ id, time, cents, subject }) => ({
  id,
  time: String(time),
  amount: (cents / 100).toFixed(2),
  subject,
});

/** @param {World} world */
const latest = (world) => world.invoices.all().slice(-LATEST).reverse();

/** @type {Record<string, import("../provider.js").Handler>} */
export const invoiceHandlers = {
  "customer.credits.view": (/** @type {import("./world.js").Call} */ { world }) =>
    ok({ amount: world.cents / 100 }),

  "customer.invoices.viewAll": (/** @type {import("./world.js").Call} */ { world }) =>
    list(world, latest(world).map(show)),

  "customer.invoices.viewUnpaid": (/** @type {import("./world.js").Call} */ { world }) => {
    const unpaid = latest(world).slice(0, world.settings.unpaidInvoices);
    return unpaid.length > 0 ? list(world, unpaid.map(show)) : tell("invoices_paid");
  },

  "customer.invoices.view": (/** @type {import("./world.js").Call<{ id: string }>} */ { world, body }) => {
    const invoice = ownOne(world.invoices, body.id);
    const { id, amount, subject } = show(invoice);
    return {
      status: 200,
      headers: { "content-disposition": `attachment; filename="invoice-${id}.pdf"` },
      bytes: pdfOf([`Invoice ${id}`, subject, `EUR ${amount}`]),
      contentType: "application/pdf",
    };
  },
};
