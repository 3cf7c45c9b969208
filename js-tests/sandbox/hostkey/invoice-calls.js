// whmcs.php: invoices and payments.

import { demand, ok, Refusal } from "../answers.js";
import { GROUP, nameOf } from "./client.js";
import { binaryAnswer, invoicePdf } from "./documents.js";
import {
  addInvoice,
  centsOf,
  describeInvoice,
  describeTransaction,
  detailInvoice,
  euros,
  openOf,
} from "./invoices.js";
import { billed } from "./results.js";
import { hostnameOf, mainAddressOf } from "./servers.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 */

const CYCLES = { 1: "Monthly", 3: "Quarterly", 6: "Semi-Annually", 12: "Annually" };

/**
 * @param {World} world
 * @param {Server} server
 */
export const addServerInvoice = (world, server) =>
  addInvoice(world, [
    {
      type: "Hosting",
      relid: server.product,
      description: `${server.presetDescription} (until ${server.due})`,
      amount: centsOf(server.price * server.months),
      inv_id: server.id,
    },
  ]);

/**
 * @param {World} world
 * @param {Server} server
 */
function billingDataOf(world, server) {
  const { client } = world;
  const amount = euros(centsOf(server.price * server.months));
  return {
    IP: hostnameOf(server),
    client_id: client.id,
    order_id: server.product,
    suspend_reason: "",
    billing_setupfee: amount,
    product_id: server.product,
    whmcs_location: "whmcs_com",
    billing_status: server.status === "rent" ? "Active" : "Suspended",
    reg_date: server.since,
    billing_cycle: CYCLES[/** @type {keyof typeof CYCLES} */ (server.months)],
    next_due_date: server.due,
    billing_reccuring: amount,
    billing_name: "Services related to the provision of computing facilities",
    billing_dedicatedip: mainAddressOf(server),
    billing_domain: hostnameOf(server),
    promoid: 0,
    terminationdate: null,
    subscriptionid: "",
    overideautosuspend: 0,
    overidesuspenduntil: "0000-00-00",
    currencyprefix: "",
    currencysuffix: "EUR",
    is_company: 0,
    tax_id: "",
    groupdata: GROUP,
    days_left: world.daysUntil(server.due),
    customer_name: nameOf(client.fields),
    customer_email: client.email,
  };
}

/**
 * @template [Body={}]
 * @typedef {import("./world.js").Call<Body>} Call
 *
 * @typedef {Call<{ id: number }>} ServerCall
 * @typedef {Call<{ invoice_id: number }>} InvoiceCall
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const invoiceHandlers = {
  "whmcs.getInvoices": (/** @type {Call} */ { world }) => {
    const { firstname, lastname, companyname } = world.client.fields;
    const invoice = world.invoices
      .all()
      .sort((a, b) => b.id - a.id)
      .map((one) => ({
        ...describeInvoice(world, one),
        firstname,
        lastname,
        companyname,
        currencycode: "EUR",
        currencyprefix: "",
        currencysuffix: "EUR",
      }));
    const totals = { totalresults: invoice.length, numreturned: invoice.length };
    const shown = world.shapes.of(
      "invoices",
      { ...totals, invoices: { invoice } },
      { invoices: invoice },
      { invoices: { invoice } },
    );
    return billed(shown);
  },

  "whmcs.getInvoice": (/** @type {InvoiceCall} */ { world, body }) =>
    billed(detailInvoice(world, world.invoices.find(body.invoice_id))),

  "whmcs.getProductInvoice": (/** @type {Call<{ product: number | string }>} */ { world, session, body }) => {
    const server = world.servers
      .all()
      .find(({ id, product }) => session.servers.includes(id) && String(product) === String(body.product));
    if (!server) throw new Refusal(404, "product_not_found", "There is no such product.");
    const related = world.invoices
      .all()
      .filter(({ lines }) => lines.some(({ inv_id }) => inv_id === server.id));
    const latest = related.at(-1);
    if (!latest) throw new Refusal(404, "invoice_not_found", "There is no such invoice.");
    return billed({ data: detailInvoice(world, latest) });
  },

  "whmcs.getRelatedInvoices": (/** @type {ServerCall} */ { world, session, body }) => {
    const { id } = world.findServer(session, body.id);
    const related = world.invoices.all().filter(({ lines }) => lines.some(({ inv_id }) => inv_id === id));
    return billed({ invoices: related.map((invoice) => describeInvoice(world, invoice)) });
  },

  "whmcs.downloadInvoice": (/** @type {InvoiceCall} */ { world, body }) => {
    const invoice = world.invoices.find(body.invoice_id);
    const lines = invoice.lines.map(({ description, amount }) => `${description}: ${euros(amount)} EUR`);
    return binaryAnswer(world, {
      contentType: "application/pdf",
      filename: `Invoice-${invoice.id}.pdf`,
      bytes: invoicePdf([`Invoice #${invoice.id}`, `Status: ${invoice.status}`, ...lines]),
    });
  },

  "whmcs.getPaymentGw": (/** @type {InvoiceCall} */ { world, body }) => {
    const invoice = world.invoices.find(body.invoice_id);
    const amount = euros(openOf(invoice));
    return ok({
      result: "OK",
      methods: {
        paypal: {
          name: "PayPal",
          call: `<form action="https://pay.example.com/" method="post"><input name="amount" value="${amount}"></form>`,
        },
        banktransfer: {
          name: "Bank Transfer",
          call: `<p>Please wire ${amount} EUR.<br />Reference Number: ${invoice.id}</p>`,
        },
      },
    });
  },

  "whmcs.getBillingData": (/** @type {ServerCall} */ { world, session, body }) => {
    const data = billingDataOf(world, world.findServer(session, body.id));
    const { product_id, ...live } = data;
    return ok(world.shapes.of("billing data", { ...data, result: "OK" }, live));
  },

  "whmcs.generateDueInvoice": (/** @type {ServerCall} */ { world, session, body }) =>
    billed({ invoiceid: addServerInvoice(world, world.findServer(session, body.id)).id }),

  "whmcs.massPay": (/** @type {Call<{ invoices: number[] }>} */ { world, body }) => {
    const invoices = [...new Set(body.invoices)].map((id) => world.invoices.find(id));
    demand([
      invoices.length > 0 && invoices.every(({ status }) => status === "Unpaid"),
      "invoices_not_open",
      "Only invoices that are not paid can be put together.",
    ]);
    const lines = invoices.map((invoice) => ({
      type: /** @type {const} */ ("Invoice"),
      relid: invoice.id,
      description: `Invoice #${invoice.id}`,
      amount: openOf(invoice),
      inv_id: -1,
    }));
    return billed({ invoiceid: addInvoice(world, lines).id });
  },

  "whmcs.transactions": (
    /** @type {Call<{ invoice_id?: number, transaction_id?: number }>} */ { world, body },
  ) => {
    const found = world.transactions.filter(
      ({ id, invoiceid }) =>
        (body.invoice_id === undefined || invoiceid === body.invoice_id) &&
        (body.transaction_id === undefined || id === body.transaction_id),
    );
    return billed({
      totalresults: found.length,
      transactions: { transaction: found.map(describeTransaction) },
    });
  },
};
