// Invoices as such: lines, payment and what follows from it.

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Line
 * @property {number} id
 * @property {"Hosting" | "Invoice" | "AddFunds"} type
 * @property {number} relid for Invoice that invoice, for Hosting the server's number in billing
 * @property {string} description
 * @property {number} amount cents
 * @property {number} inv_id server; -1 for none
 *
 * @typedef {object} Invoice
 * @property {number} id
 * @property {string} date
 * @property {string} duedate
 * @property {string} datepaid
 * @property {"Unpaid" | "Paid"} status
 * @property {number} paid cents from the credit balance
 * @property {Line[]} lines
 * @property {string} created_at
 * @property {string} updated_at
 *
 * @typedef {object} Transaction
 * @property {number} id
 * @property {number} invoiceid
 * @property {string} date
 * @property {number} amount cents
 */

export const NEVER = "0000-00-00 00:00:00";

/** @param {number} cents */
export const euros = (cents) => (cents / 100).toFixed(2);

/** @param {number} amount in euros */
export const centsOf = (amount) => Math.round(amount * 100);

/**
 * @param {World} world
 * @param {Omit<Line, "id">[]} lines
 * @param {number} [days] to pay it in
 */
export function addInvoice(world, lines, days = 14) {
  const now = world.timestamp();
  return world.invoices.add({
    id: world.number("invoice"),
    date: world.dayIn(0),
    duedate: world.dayIn(days),
    datepaid: NEVER,
    status: "Unpaid",
    paid: 0,
    lines: lines.map((line) => ({ ...line, id: world.number("invoice line") })),
    created_at: now,
    updated_at: now,
  });
}

/** @param {Invoice} invoice */
export const sumOf = ({ lines }) => lines.reduce((sum, { amount }) => sum + amount, 0);

/** @param {Invoice} invoice */
export const openOf = (invoice) => (invoice.status === "Paid" ? 0 : sumOf(invoice) - invoice.paid);

/**
 * Takes money from the balance. What is bought goes ahead once the invoice is paid in full.
 *
 * @param {World} world
 * @param {Invoice} invoice
 * @param {number} cents
 */
export function payFromCredit(world, invoice, cents) {
  world.client.balance -= cents;
  invoice.paid += cents;
  invoice.updated_at = world.timestamp();
  world.credits.push({
    id: world.number("credit"),
    date: world.dayIn(0),
    description: `Credit Applied to Invoice #${invoice.id}`,
    amount: euros(-cents),
    relid: 0,
  });
  if (openOf(invoice) === 0) settle(world, invoice);
}

/**
 * @param {World} world
 * @param {Invoice} invoice
 */
export function settle(world, invoice) {
  const amount = sumOf(invoice);
  invoice.status = "Paid";
  invoice.datepaid = world.timestamp();
  invoice.updated_at = invoice.datepaid;
  const id = world.number("transaction");
  world.transactions.push({ id, invoiceid: invoice.id, date: invoice.datepaid, amount });
  for (const { type, relid } of invoice.lines) {
    const covered = type === "Invoice" ? world.invoices.get(relid) : undefined;
    if (covered && covered.status === "Unpaid") settle(world, covered);
  }
}

/**
 * As lists show it.
 *
 * @param {World} world
 * @param {Invoice} invoice
 */
export const describeInvoice = (world, invoice) => ({
  id: invoice.id,
  userid: world.client.id,
  invoicenum: "",
  date: invoice.date,
  duedate: invoice.duedate,
  datepaid: invoice.datepaid,
  last_capture_attempt: NEVER,
  date_refunded: NEVER,
  date_cancelled: NEVER,
  subtotal: euros(sumOf(invoice)),
  credit: euros(invoice.paid),
  tax: "0.00",
  tax2: "0.00",
  total: euros(sumOf(invoice) - invoice.paid),
  taxrate: "0.00",
  taxrate2: "0.00",
  status: invoice.status,
  paymentmethod: "paypal",
  paymethodid: null,
  notes: "",
  created_at: invoice.created_at,
  updated_at: invoice.updated_at,
});

/**
 * With its lines.
 *
 * @param {World} world
 * @param {Invoice} invoice
 */
export function detailInvoice(world, invoice) {
  const { id, total, last_capture_attempt, ...shown } = describeInvoice(world, invoice);
  const { date_refunded, date_cancelled, paymethodid, created_at, updated_at, ...rest } = shown;
  const payments = world.transactions.filter((transaction) => transaction.invoiceid === id);
  return {
    ...rest,
    invoiceid: id,
    lastcaptureattempt: last_capture_attempt,
    total: euros(sumOf(invoice)),
    balance: euros(openOf(invoice)),
    ccgateway: false,
    items: { item: invoice.lines.map((line) => ({ ...line, amount: euros(line.amount), taxed: 0 })) },
    // An empty text in place of an object while there is nothing to show.
    transactions: payments.length > 0 ? { transaction: payments.map(describeTransaction) } : "",
  };
}

/** @param {Transaction} transaction */
export const describeTransaction = ({ id, invoiceid, date, amount }) => ({
  id,
  invoiceid,
  date,
  gateway: "credit",
  amountin: euros(amount),
});
