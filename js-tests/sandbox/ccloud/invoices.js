// Invoices and reports of former months, and what the running month comes to.

import { ok, Refusal } from "../answers.js";
import { CUSTOMER_ID } from "./customer.js";
import { pdf } from "./pdf.js";
import { priceOf, sumOf } from "./prices.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Invoice
 * @property {number} id
 * @property {number} month
 * @property {number} year
 * @property {ReturnType<typeof breakdown>} details
 */

const REPORTS = ["2023-07", "2023-08", "2023-09"];

/** Amounts are text in a breakdown, and numbers elsewhere. */
const text = (/** @type {number} */ amount) => amount.toFixed(2);

/**
 * What all servers and subscriptions cost, each under its pool or its name.
 *
 * @param {World} world
 */
export function breakdown(world) {
  const pools = world.pools.all().map(({ tag }) => {
    const costs = world.servers
      .all()
      .filter((server) => server.pool === tag && server.subscription === undefined)
      .map((server) => ({ hostname: server.hostname, cost: priceOf(world, server) }));
    return { tag, costs, total: sumOf(costs.map(({ cost }) => cost)) };
  });
  const subscriptions = world.subscriptions.all();
  const poolTotal = sumOf(pools.map(({ total }) => total));
  const subscriptionTotal = sumOf(subscriptions.map(({ monthly_price }) => monthly_price));
  return {
    pools: {
      ...Object.fromEntries(
        pools.map(({ tag, costs, total }) => [
          tag,
          {
            servers: Object.fromEntries(costs.map(({ hostname, cost }) => [hostname, text(cost)])),
            total: text(total),
          },
        ]),
      ),
      total: text(poolTotal),
    },
    subscriptions: {
      ...Object.fromEntries(
        subscriptions.map(({ name, monthly_price }) => [name, { total: text(monthly_price) }]),
      ),
      total: text(subscriptionTotal),
    },
    total: text(sumOf([poolTotal, subscriptionTotal])),
  };
}

/** @param {Invoice} invoice */
const summary = ({ id, month, year, details }) => ({ id, month, year, total: Number(details.total) });

/** @type {Record<string, import("../provider.js").Handler>} */
export const invoiceHandlers = {
  "customers.invoices.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(world.invoices.all().map(summary)),

  "customers.invoices.get": (
    /** @type {import("./world.js").Call<{ invoice_id: number }>} */ { world, params },
  ) => {
    const invoice = world.invoices.find(params.invoice_id);
    return ok([{ ...summary(invoice), customer_id: Number(CUSTOMER_ID), details: invoice.details }]);
  },

  "customers.invoices.preview": (/** @type {import("./world.js").Call} */ { world }) =>
    ok([breakdown(world)]),

  "customers.reports.list": () => ok(REPORTS),

  "customers.reports.get": (/** @type {import("./world.js").Call<{ date: string }>} */ { params }) => {
    const { date } = params;
    if (!REPORTS.includes(date)) throw new Refusal(404, "report_not_found", "There is no such report.");
    return {
      status: 200,
      headers: { "content-disposition": `attachment; filename="report-${date}.pdf"` },
      bytes: pdf(`Report ${date}`),
      contentType: "application/pdf",
    };
  },

  "customers.monitoring.get": (/** @type {import("./world.js").Call} */ { world }) =>
    ok({ url: `https://monitoring.example.com/login?ticket=${world.number("ticket")}` }),
};
