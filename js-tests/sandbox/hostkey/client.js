// whmcs.php: what billing has on the customer.

import { Refusal } from "../answers.js";
import { euros } from "./invoices.js";
import { billed } from "./results.js";

/**
 * @typedef {object} CustomField
 * @property {string} name
 * @property {"checkbox" | "text" | "select"} type
 * @property {boolean} required
 * @property {string} value
 * @property {string[]} [options]
 *
 * @typedef {object} Client
 * @property {number} id number in billing
 * @property {number} customer number in the control panel
 * @property {string} email
 * @property {number} balance cents
 * @property {Record<string, string | number | boolean>} fields as billing calls them
 * @property {Record<string, CustomField>} custom
 * @property {import("./tags.js").Tag[]} tags
 */

/** Whose names are not documented; 2 stands together with EUR. */
const CURRENCIES = ["", "USD", "EUR", "RUB"];

const FLAGS = {
  billing_twofaenabled: "twofaenabled",
  billing_taxexempt: "taxexempt",
  billing_latefeeoveride: "latefeeoveride",
  billing_overideduenotices: "overideduenotices",
  billing_separateinvoices: "separateinvoices",
  billing_disableautocc: "disableautocc",
  billing_emailoptout: "emailoptout",
  billing_marketingoptin: "marketing_emails_opt_in",
  billing_overrideautoclose: "overrideautoclose",
};

/**
 * @param {string} name
 * @param {string} [value]
 * @returns {CustomField}
 */
const checkbox = (name, value = "") => ({ name, type: "checkbox", required: false, value });

/**
 * @param {string} name
 * @param {string} [value]
 * @returns {CustomField}
 */
const text = (name, value = "") => ({ name, type: "text", required: false, value });

/**
 * @param {string} email
 * @returns {Client}
 */
export const newClient = (email) => ({
  id: 3172,
  customer: 38_157,
  email,
  balance: 99_839,
  fields: {
    uuid: "b6d0bd75-1bd1-4ffc-9ec5-3870668b1ea9",
    firstname: "Robin",
    lastname: "Example",
    companyname: "",
    address1: "Example street 1",
    address2: "",
    city: "Amsterdam",
    state: "",
    postcode: "1000 AA",
    country: "NL",
    phonenumber: "31201234567",
    tax_id: "",
    currency: 2,
    groupid: 2,
    status: "Active",
    allowSingleSignOn: 1,
    ...Object.fromEntries(Object.values(FLAGS).map((flag) => [flag, false])),
  },
  custom: {
    co_autopayment: checkbox("Autopayment enabled", "on"),
    co_payfirstday: checkbox("Services for first day"),
    co_marktemails: checkbox("Marketing e-mails"),
    co_subscription: text("Autopayments via PayPal"),
    co_marktsms: checkbox("Marketing SMS"),
    co_smsnum: text("SMS number for 2FA and notices"),
    co_customertype: {
      name: "Client type",
      type: "select",
      options: ["Individual", "Legal entity"],
      required: true,
      value: "Individual",
    },
    co_regaddress: text("Legal address"),
    co_bankdata: text("Bank information"),
    co_secret: { ...text("Secret word", "server"), required: true },
    co_skype: text("Skype/Telegram"),
  },
  tags: [
    {
      id: 582_523,
      component: "customers",
      component_id: 38_157,
      tag: "email_verification",
      value: "verified",
      extra: "",
      internal: 0,
    },
  ],
});

export const GROUP = {
  id: 2,
  groupname: "Customers",
  groupcolour: "#ffffff",
  discountpercent: "0.00",
  susptermexempt: "",
  separateinvoices: "",
};

/** @param {Client} client */
function describe({ id, email, balance, fields, custom }) {
  const { country, currency, phonenumber, marketing_emails_opt_in } = fields;
  return {
    userid: id,
    id,
    ...fields,
    fullname: nameOf(fields),
    email,
    fullstate: fields.state,
    countrycode: country,
    Password: "",
    email_preferences: { general: 1, invoice: 1, support: 1, product: 1, domain: 1, affiliate: 1 },
    statecode: fields.state,
    phonecc: 31,
    phonenumberformatted: `+${phonenumber}`,
    telephoneNumber: phonenumber,
    billingcid: 0,
    defaultgateway: "",
    credit: euros(balance),
    email_verified: true,
    language: "",
    isOptedInToMarketingEmails: marketing_emails_opt_in,
    lastlogin: "",
    currency_code: CURRENCIES[Number(currency)],
    ...custom,
  };
}

/** @param {Client["fields"]} fields */
export const nameOf = ({ firstname, lastname }) => `${firstname} ${lastname}`;

/**
 * @param {Client} client
 * @param {string} name
 * @param {string | number} value
 */
function change(client, name, value) {
  const flag = /** @type {Record<string, string>} */ (FLAGS)[name];
  const custom = client.custom[name];
  if (custom) custom.value = custom.type === "checkbox" && value === "off" ? "" : String(value);
  else if (flag) client.fields[flag] = value === "true";
  else if (name === "billing_email") client.email = String(value);
  else client.fields[name.replace("billing_", "")] = value;
}

/**
 * @template [Body={}]
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const clientHandlers = {
  "whmcs.getClient": (/** @type {Call} */ { world: { client } }) =>
    billed({
      client: describe(client),
      billing_location: "whmcs_com",
      groupdata: GROUP,
      internal: {
        id: client.customer,
        billing: "whmcs_com",
        account_id: client.id,
        email: client.email,
        active_since: "2023-11-09",
        monthly: null,
        verified: null,
        corporate: 0,
        tags: client.tags,
      },
    }),

  "whmcs.getClientgroups": () => billed({ data: [GROUP] }),

  "whmcs.updateClient": (/** @type {Call<Record<string, string | number>>} */ { world, body }) => {
    const { action, token, ...changes } = body;
    for (const [name, value] of Object.entries(changes)) change(world.client, name, value);
    return billed({ clientid: world.client.id });
  },

  "whmcs.resetPassword": (/** @type {Call<{ email: string }>} */ { world, body }) => {
    if (body.email !== world.client.email) {
      throw new Refusal(404, "email_unknown", "This is not the e-mail address of the account.");
    }
    return billed({ email: world.client.email });
  },
};
