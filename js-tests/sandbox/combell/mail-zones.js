import { accepted, created, demand, noContent, ok, pathOf, Refusal } from "../answers.js";
import { Collection } from "../collection.js";
import { domainOf, isEmailAddress, isHostname } from "../names.js";
import { accountsWithRoom } from "./mailboxes.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"none" | "advanced" | "basic"} AntiSpamType
 *
 * @typedef {object} MailZone
 * @property {string} name
 * @property {Collection<{ email_address: string, destinations: string[] }>} aliases
 * @property {{ type: AntiSpamType, allowed_types: AntiSpamType[] }} antiSpam
 * @property {string[]} catchAll
 * @property {Collection<{ hostname: string, enabled: boolean }>} smtpDomains
 *
 * @typedef {{ domain_name: string }} Params
 * @typedef {Params & { email_address: string }} AddressParams
 * @typedef {Params & { hostname: string }} HostnameParams
 */

/**
 * @param {World} world
 * @param {string} name
 * @returns {MailZone}
 */
export const addMailZone = (world, name) =>
  world.mailZones.add({
    name,
    aliases: new Collection("alias", (alias) => alias.email_address, { anyCase: true }),
    antiSpam: { type: "basic", allowed_types: ["none", "basic", "advanced"] },
    catchAll: [],
    smtpDomains: new Collection("SMTP domain", (domain) => domain.hostname, { anyCase: true }),
  });

/**
 * Whether mail to an address is for this zone.
 *
 * @param {MailZone} zone
 * @param {string} address
 */
const isIn = (zone, address) => {
  const domain = domainOf(address).toLowerCase();
  return domain === zone.name || zone.smtpDomains.has(domain);
};

/**
 * @param {string[]} addresses
 * @returns {[boolean, string, string]}
 */
const areDestinations = (addresses) => [
  addresses.length > 0 && addresses.every(isEmailAddress),
  "destinations_invalid",
  "The destinations have to be e-mail addresses, one at least.",
];

/** @type {Record<string, import("../provider.js").Handler>} */
export const mailZoneHandlers = {
  "mailZones.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const zone = world.mailZones.find(params.domain_name);
    return ok({
      name: zone.name,
      enabled: true,
      available_accounts: accountsWithRoom(world, zone.name),
      aliases: zone.aliases.all(),
      anti_spam: zone.antiSpam,
      catch_all: { email_addresses: zone.catchAll },
      smtp_domains: zone.smtpDomains.all(),
    });
  },

  "mailZones.configureAntiSpam": (
    /** @type {import("./world.js").Call<Params, { type: AntiSpamType }>} */ { world, params, body },
  ) => {
    const { antiSpam } = world.mailZones.find(params.domain_name);
    const allowed = antiSpam.allowed_types.includes(body.type);
    demand([allowed, "anti_spam_type_not_allowed", "This mail zone cannot have this kind of spam scanning."]);
    antiSpam.type = body.type;
    return noContent();
  },

  "mailZones.createAlias": (
    /** @type {import("./world.js").Call<Params, { email_address: string, destinations: string[] }>} */
    { world, params, body },
  ) => {
    const zone = world.mailZones.find(params.domain_name);
    const address = body.email_address.toLowerCase();
    const taken = zone.aliases.has(address) || world.mailboxes.has(address);
    demand(
      [
        isEmailAddress(address) && isIn(zone, address),
        "email_address_invalid",
        "The address is not in this zone.",
      ],
      [!taken, "email_address_in_use", "There is a mailbox or an alias with this address already."],
      areDestinations(body.destinations),
    );
    zone.aliases.add({ email_address: address, destinations: body.destinations });
    return created(pathOf("v2", "mailzones", zone.name, "aliases", address));
  },

  "mailZones.configureAlias": (
    /** @type {import("./world.js").Call<AddressParams, { destinations: string[] }>} */ {
      world,
      params,
      body,
    },
  ) => {
    const alias = world.mailZones.find(params.domain_name).aliases.find(params.email_address);
    demand(areDestinations(body.destinations));
    alias.destinations = body.destinations;
    return accepted();
  },

  "mailZones.deleteAlias": (/** @type {import("./world.js").Call<AddressParams>} */ { world, params }) => {
    world.mailZones.find(params.domain_name).aliases.remove(params.email_address);
    return noContent();
  },

  "mailZones.createCatchAll": (
    /** @type {import("./world.js").Call<Params, { email_address: string }>} */ { world, params, body },
  ) => {
    const { name, catchAll } = world.mailZones.find(params.domain_name);
    const address = body.email_address.toLowerCase();
    demand(
      [isEmailAddress(address), "email_address_invalid", "This is no e-mail address."],
      [!catchAll.includes(address), "email_address_in_use", "The catch-all sends to this address already."],
    );
    catchAll.push(address);
    return created(pathOf("v2", "mailzones", name, "catchall", address));
  },

  "mailZones.deleteCatchAll": (/** @type {import("./world.js").Call<AddressParams>} */ { world, params }) => {
    const { catchAll } = world.mailZones.find(params.domain_name);
    const index = catchAll.indexOf(params.email_address.toLowerCase());
    if (index < 0)
      throw new Refusal(404, "catch_all_not_found", "The catch-all does not send to this address.");
    catchAll.splice(index, 1);
    return noContent();
  },

  "mailZones.createSmtpDomain": (
    /** @type {import("./world.js").Call<Params, { hostname: string }>} */ { world, params, body },
  ) => {
    const { name, smtpDomains } = world.mailZones.find(params.domain_name);
    const hostname = body.hostname.toLowerCase();
    const taken = hostname === name || smtpDomains.has(hostname);
    demand(
      [isHostname(hostname), "hostname_invalid", "This is no domain name."],
      [!taken, "hostname_in_use", "Mail for this domain name is delivered to the zone already."],
    );
    smtpDomains.add({ hostname, enabled: true });
    return created(pathOf("v2", "mailzones", name, "smtpdomains", hostname));
  },

  "mailZones.configureSmtpDomain": (
    /** @type {import("./world.js").Call<HostnameParams, { enabled: boolean }>} */ { world, params, body },
  ) => {
    const domain = world.mailZones.find(params.domain_name).smtpDomains.find(params.hostname);
    domain.enabled = body.enabled;
    return accepted();
  },

  "mailZones.deleteSmtpDomain": (
    /** @type {import("./world.js").Call<HostnameParams>} */ { world, params },
  ) => {
    world.mailZones.find(params.domain_name).smtpDomains.remove(params.hostname);
    return noContent();
  },
};
