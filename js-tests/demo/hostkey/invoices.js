import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { showPdf } from "../steps.js";
import { NO_SERVER } from "./context.js";

/** @typedef {import("./context.js").HostkeyStep} HostkeyStep */

const SHOWN = 5;

/** @type {HostkeyStep} */
export const list = {
  title: "List the invoices of the server",
  code: ["const { invoices = [] } = await hostkey.whmcs.getRelatedInvoices({ id });"],
  async run({ hostkey, known, sandbox }, show) {
    const id = known.serverId;
    if (id === undefined) return NO_SERVER;
    const { invoices = [] } = await hostkey.whmcs.getRelatedInvoices({ id });
    expect(!sandbox || invoices.length === 2, "there are two invoices");
    known.invoiceId = invoices[0]?.id;
    show.table(
      invoices.slice(0, SHOWN).map(({ id, date, status, subtotal }) => [id, date, subtotal, status]),
    );
    return count(invoices.length, "invoice");
  },
};

/** @type {HostkeyStep} */
export const download = {
  title: "Download one as a PDF",
  code: ["const file = await hostkey.whmcs.downloadInvoice({ invoice_id });"],
  async run({ hostkey, known, sandbox }, show) {
    const invoice_id = known.invoiceId;
    if (invoice_id === undefined && !sandbox) return "There is no invoice to download";
    const file = await hostkey.whmcs.downloadInvoice({ invoice_id: present(invoice_id, "an invoice") });
    return showPdf(show, file);
  },
};
