// whmcs.php: the credit balance.

import { demand, ok } from "../answers.js";
import { addInvoice, centsOf, euros, openOf, payFromCredit } from "./invoices.js";
import { billed } from "./results.js";

/**
 * @typedef {object} Credit A movement of the balance.
 * @property {number} id
 * @property {string} date
 * @property {string} description
 * @property {string} amount
 * @property {number} relid
 */

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const creditHandlers = {
  "whmcs.getCredits": (/** @type {Call<{ id: number }>} */ { world, session, body }) => {
    world.findServer(session, body.id);
    return ok({
      result: "OK",
      message: {
        result: "success",
        totalresults: world.credits.length,
        clientid: world.client.id,
        credits: { credit: world.credits },
      },
    });
  },

  "whmcs.applyCredit": (/** @type {Call<{ invoice_id: number, amount: number }>} */ { world, body }) => {
    const invoice = world.invoices.find(body.invoice_id);
    const cents = centsOf(body.amount);
    demand(
      [cents > 0, "amount_invalid", "amount has to be above 0"],
      [invoice.status === "Unpaid", "invoice_paid", "The invoice is paid already."],
      [
        !invoice.lines.some(({ type }) => type === "AddFunds"),
        "invoice_adds_funds",
        "An invoice that adds funds cannot be paid from them.",
      ],
    );
    demand(
      [cents <= openOf(invoice), "amount_too_high", "amount is more than the invoice has open"],
      [cents <= world.client.balance, "credit_too_low", "amount is more than the credit balance"],
    );
    payFromCredit(world, invoice, cents);
    return billed({ invoiceid: invoice.id, amount: body.amount, invoicepaid: invoice.status === "Paid" });
  },

  "whmcs.createAddfunds": (/** @type {Call<{ amount: number }>} */ { world, body }) => {
    const amount = centsOf(body.amount);
    demand([amount > 0, "amount_invalid", "amount has to be above 0"]);
    const line = /** @type {const} */ ({ type: "AddFunds", relid: 0, description: "Add Funds", inv_id: -1 });
    const { id, status } = addInvoice(world, [{ ...line, amount }]);
    const invoice = { id, status, amount: euros(amount), currency_code: "EUR" };
    return world.shapes.of(
      "funds",
      billed({ invoiceid: id }),
      ok({ result: "OK", invoice: id }),
      ok({ result: "OK", invoice }),
    );
  },
};
