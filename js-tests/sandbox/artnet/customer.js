// The customer's own data, and the key to the API.

import { isEmailAddress } from "../names.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 * @typedef {ReturnType<typeof newCustomer>} Customer
 *
 * @typedef {object} EditBody
 * @property {Partial<Record<keyof Customer, string>>} [customer]
 */

const COUNTRIES = new Map([
  ["PL", "Polska"],
  ["BE", "Belgia"],
  ["CZ", "Czechy"],
  ["DE", "Niemcy"],
  ["GB", "Wielka Brytania"],
  ["US", "Stany Zjednoczone"],
]);

/** Texts in answers come in these two. */
const LANGUAGES = ["pl", "en"];

/** @param {number} id */
export const newCustomer = (id) => ({
  id,
  name: "Przykład Sp. z o.o.",
  nip: "PL5260001246",
  regon: "012100784",
  street: "ul. Żółta 1/2",
  postcode: "00-001",
  city: "Łódź",
  country_code: "PL",
  country_label: "Polska",
  tel: "+48 22 555 01 00",
  fax: "",
  email: "office@example.com",
  email_tech: "admin@example.com",
  email_invoice: "invoices@example.com",
  correspondence_name: "",
  correspondence_street: "",
  correspondence_postcode: "",
  correspondence_city: "",
  business: true,
  language: "pl",
  currency: "EUR",
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const customerHandlers = {
  "customer.details": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ customer: world.customer }),

  "customer.edit": (/** @type {import("./world.js").Call<EditBody>} */ { world, body }) => {
    const { business, ...changes } = body.customer ?? {};
    const { name, country_code: code, email, email_tech, email_invoice } = changes;
    const country_label = code === undefined ? world.customer.country_label : COUNTRIES.get(code);
    const addresses = [email, email_tech, email_invoice].filter((address) => address !== undefined);
    need(name?.trim() !== "", "incorrect-param-value", "customer.name cannot be empty");
    need(country_label !== undefined, "incorrect-param-value", "customer.country_code is not known");
    need(addresses.every(isEmailAddress), "incorrect-param-value", "customer has no valid email address");
    Object.assign(world.customer, changes, { country_label });
    if (business !== undefined) world.customer.business = business === "true";
    return succeed();
  },

  "customer.getLanguage": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ language: world.customer.language }),

  "customer.changeLanguage": (
    /** @type {import("./world.js").Call<{ language: string }>} */ { world, body },
  ) => {
    need(LANGUAGES.includes(body.language), "incorrect-param-value", `language: ${LANGUAGES.join(" or ")}`);
    world.customer.language = body.language;
    return succeed();
  },

  "customer.regenerateApiKey": (
    /** @type {{ caller: ReturnType<typeof import("./caller.js").createCaller> }} */ { caller },
  ) => succeed({ api_key: caller.replaceKey() }),
};
