// whmcs.php: further contacts of the account.

import { billed } from "./results.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Contact
 * @property {number} id
 * @property {string} email
 * @property {string} phonenumber
 * @property {string} password hash
 * @property {string} created_at
 * @property {string} updated_at
 */

const NEVER = "0000-00-00 00:00:00";

/**
 * Billing makes an address up, which has to be changed afterwards.
 *
 * @param {World} world
 * @returns {Contact}
 */
export function addContact(world) {
  const id = world.number("contact");
  const now = world.timestamp();
  return world.contacts.add({
    id,
    email: `contact-${id}@random.example`,
    phonenumber: "",
    password: `$2y$10$${String(id).padStart(53, "0")}`,
    created_at: now,
    updated_at: now,
  });
}

/**
 * @param {number} client
 * @param {Contact} contact
 */
const show = (client, { id, email, phonenumber, password, created_at, updated_at }) => ({
  id,
  userid: client,
  firstname: "",
  lastname: "",
  companyname: "",
  email,
  address1: "",
  address2: "",
  city: "",
  state: "",
  postcode: "",
  country: "NL",
  phonenumber,
  tax_id: "",
  subaccount: 1,
  Password: password,
  permissions: "",
  domainemails: 0,
  generalemails: 0,
  invoiceemails: 0,
  productemails: 0,
  supportemails: 0,
  affiliateemails: 0,
  pwresetkey: "",
  created_at,
  updated_at,
  pwresetexpiry: NEVER,
});

/**
 * @template [Body={}]
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const contactHandlers = {
  "whmcs.getContacts": (/** @type {Call} */ { world }) =>
    billed({ contacts: world.contacts.all().map((contact) => show(world.client.id, contact)) }),

  "whmcs.addContact": (/** @type {Call} */ { world }) => {
    addContact(world);
    return billed();
  },

  "whmcs.updateContact": (
    /** @type {Call<{ contact_id: number, email: string, password2?: string, phonenumber?: string }>} */
    { world, body },
  ) => {
    const contact = world.contacts.find(body.contact_id);
    contact.email = body.email;
    contact.phonenumber = body.phonenumber ?? contact.phonenumber;
    // Another hash, so that tests can see that the password was changed, and not what to.
    if (body.password2 !== undefined) contact.password = `$2y$10$${"changed".padStart(53, "0")}`;
    contact.updated_at = world.timestamp();
    return billed({ contactid: contact.id });
  },

  "whmcs.deleteContact": (/** @type {Call<{ contact_id: number }>} */ { world, body }) => {
    world.contacts.remove(body.contact_id);
    return billed({ contactid: body.contact_id });
  },
};
