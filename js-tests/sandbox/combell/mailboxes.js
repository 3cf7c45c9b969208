import { created, demand, noContent, ok, pathOf } from "../answers.js";
import { domainOf, isEmailAddress } from "../names.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ enabled?: boolean, subject?: string, message?: string }} AutoReply
 * @typedef {{ enabled?: boolean, email_addresses?: string[], copy_to_myself?: boolean }} AutoForward
 *
 * @typedef {object} Mailbox
 * @property {string} name the whole e-mail address
 * @property {number} accountId
 * @property {number} max_size
 * @property {number} actual_size
 * @property {Required<AutoReply>} autoReply
 * @property {Required<AutoForward>} autoForward
 *
 * @typedef {{ mailbox_name: string }} Params
 */

const SIZE = 10_240;

/**
 * @param {World} world
 * @param {string} name
 * @param {number} accountId
 * @returns {Mailbox}
 */
export const addMailbox = (world, name, accountId) =>
  world.mailboxes.add({
    name,
    accountId,
    max_size: SIZE,
    actual_size: 0,
    autoReply: { enabled: false, subject: "", message: "" },
    autoForward: { enabled: false, email_addresses: [], copy_to_myself: false },
  });

/**
 * The accounts that have room for one more mailbox in a domain.
 *
 * @param {World} world
 * @param {string} domain
 */
export const accountsWithRoom = (world, domain) =>
  world.accounts
    .all()
    .filter(({ identifier }) => identifier === domain)
    .filter(({ id, servicepack }) => {
      const used = world.mailboxes.all().filter((mailbox) => mailbox.accountId === id).length;
      return used < servicepack.mailboxes;
    })
    .map(({ id }) => ({ account_id: id, size: SIZE }));

/** @param {Mailbox} mailbox */
const listed = ({ name, max_size, actual_size }) => ({ name, max_size, actual_size });

/** @type {Record<string, import("../provider.js").Handler>} */
export const mailboxHandlers = {
  "mailboxes.list": (/** @type {import("./world.js").Call<{ domain_name: string }>} */ { world, params }) => {
    const domain = params.domain_name.toLowerCase();
    demand([world.mailZones.has(domain), "mail_zone_not_found", "This domain name has no mail zone."]);
    const mailboxes = world.mailboxes.all().filter(({ name }) => domainOf(name) === domain);
    return ok(mailboxes.map(listed));
  },

  "mailboxes.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const mailbox = world.mailboxes.find(params.mailbox_name);
    const { name, autoReply, autoForward } = mailbox;
    return ok({ ...listed(mailbox), login: name, auto_reply: autoReply, auto_forward: autoForward });
  },

  "mailboxes.create": (
    /** @type {import("./world.js").Call<{}, { email_address: string, account_id: number }>} */ {
      world,
      body,
    },
  ) => {
    const address = body.email_address.toLowerCase();
    const domain = domainOf(address);
    const zone = world.mailZones.get(domain);
    const taken = world.mailboxes.has(address) || zone?.aliases.has(address);
    const hasRoom = accountsWithRoom(world, domain).some(({ account_id }) => account_id === body.account_id);
    demand(
      [isEmailAddress(address), "email_address_invalid", "This is no e-mail address."],
      [zone !== undefined, "mail_zone_not_found", "The domain name of the address has no mail zone."],
      [!taken, "email_address_in_use", "There is a mailbox or an alias with this address already."],
      [world.accounts.has(body.account_id), "account_not_found", "There is no such account."],
      [hasRoom, "account_not_available", "The account has no room for a mailbox in this domain."],
    );
    addMailbox(world, address, body.account_id);
    return created(pathOf("v2", "mailboxes", address));
  },

  "mailboxes.delete": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    world.mailboxes.remove(params.mailbox_name);
    return noContent();
  },

  "mailboxes.changePassword": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    world.mailboxes.find(params.mailbox_name);
    return noContent();
  },

  "mailboxes.configureAutoReply": (
    /** @type {import("./world.js").Call<Params, AutoReply>} */ { world, params, body },
  ) => {
    const mailbox = world.mailboxes.find(params.mailbox_name);
    const { enabled = false, subject = "", message = "" } = body;
    mailbox.autoReply = { enabled, subject, message };
    return noContent();
  },

  "mailboxes.configureAutoForward": (
    /** @type {import("./world.js").Call<Params, AutoForward>} */ { world, params, body },
  ) => {
    const mailbox = world.mailboxes.find(params.mailbox_name);
    const { enabled = false, email_addresses = [], copy_to_myself = false } = body;
    demand(
      [
        email_addresses.every(isEmailAddress),
        "email_addresses_invalid",
        "The addresses have to be e-mail addresses.",
      ],
      [
        !enabled || email_addresses.length > 0,
        "email_addresses_required",
        "There is no address to forward to.",
      ],
    );
    mailbox.autoForward = { enabled, email_addresses, copy_to_myself };
    return noContent();
  },
};
