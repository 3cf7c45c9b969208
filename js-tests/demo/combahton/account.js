import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { showPdf } from "../steps.js";
import { day, text } from "./context.js";

/** @typedef {import("./context.js").CombahtonStep} CombahtonStep */

const SHOWN = 4;

/** @type {CombahtonStep} */
export const contracts = {
  title: "List the contracts, and what is left of the credit",
  code: [
    "const contracts = await combahton.customer.contract.viewAll();",
    "const { amount } = await combahton.customer.credits.view();",
  ],
  async run({ combahton, known, sandbox }, show) {
    const contracts = await combahton.customer.contract.viewAll();
    const { amount } = await combahton.customer.credits.view();
    expect(!sandbox || contracts.length > 30, "there are more than 30 contracts");
    const server = contracts.find(({ name }) => /kvm/i.test(text(name)));
    known.serverId = server === undefined ? undefined : text(server.contract);
    show.table(
      contracts
        .slice(0, SHOWN)
        .map(({ contract, name, baseprice, lifetime }) => [
          text(contract),
          text(name),
          `${text(baseprice)} EUR`,
          `until ${day(lifetime)}`,
        ]),
    );
    return `${count(contracts.length, "contract")}, ${amount} EUR of credit`;
  },
};

/** @type {CombahtonStep} */
export const invoices = {
  title: "Which invoices are not paid?",
  code: ["const unpaid = await combahton.customer.invoices.viewUnpaid();"],
  async run({ combahton, known, sandbox }, show) {
    const unpaid = await combahton.customer.invoices.viewUnpaid();
    // Where there are none, the answer is a status, as the documentation has it.
    const invoices = Array.isArray(unpaid) ? unpaid : [];
    expect(!sandbox || invoices.length === 2, "there are two");
    known.invoiceId = invoices[0] === undefined ? undefined : text(invoices[0].id);
    show.table(
      invoices
        .slice(0, SHOWN)
        .map(({ id, time, amount, subject }) => [text(id), day(time), `${text(amount)} EUR`, text(subject)]),
    );
    return invoices.length === 0 ? "All are paid" : count(invoices.length, "unpaid invoice");
  },
};

/** @type {CombahtonStep} */
export const download = {
  title: "Download one as a PDF",
  code: ["const file = await combahton.customer.invoices.view({ id });"],
  async run({ combahton, known: { invoiceId }, sandbox }, show) {
    if (invoiceId === undefined && !sandbox) return "There is no invoice to download";
    const file = await combahton.customer.invoices.view({ id: present(invoiceId, "an invoice") });
    return showPdf(show, file);
  },
};
