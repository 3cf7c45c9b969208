import { demand, ok, pathOf } from "../answers.js";
import { domainOf, isHostname } from "../names.js";
import { addZone } from "./dns.js";
import { addDomain } from "./domains.js";
import { addLinuxHosting } from "./linux-hostings.js";
import { addMailZone } from "./mail-zones.js";
import { page } from "./paging.js";
import { showServicepack } from "./servicepacks.js";
import { addWindowsHosting } from "./windows-hostings.js";

/**
 * @typedef {import("./servicepacks.js").AssetType} AssetType
 * @typedef {import("./servicepacks.js").Servicepack} Servicepack
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Account
 * @property {number} id
 * @property {string} identifier
 * @property {Servicepack} servicepack
 * @property {{ id: number, name: string }[]} addons
 */

/**
 * Makes an account with all that its service pack comes with.
 *
 * @param {World} world
 * @param {string} identifier
 * @param {Servicepack} servicepack
 * @returns {Account}
 */
export function addAccount(world, identifier, servicepack) {
  const account = world.accounts.add({ id: world.number("account"), identifier, servicepack, addons: [] });
  /** @param {AssetType} asset */
  const has = (asset) => servicepack.assets.includes(asset);
  if (has("domain") && !world.domains.has(identifier)) addDomain(world, identifier);
  if (has("dns") && !world.zones.has(identifier)) addZone(world, identifier, has("mailbox"));
  if (has("linux_hosting")) addLinuxHosting(world, account);
  if (has("windows_hosting")) addWindowsHosting(world, account);
  if (has("mailbox") && !world.mailZones.has(identifier)) addMailZone(world, identifier);
  return account;
}

/** @type {Record<AssetType, (world: World, account: Account) => boolean>} */
const HOLDS = {
  domain: (world, { identifier }) => world.domains.has(identifier),
  dns: (world, { identifier }) => world.zones.has(identifier),
  linux_hosting: (world, { identifier }) => world.linuxHostings.has(identifier),
  windows_hosting: (world, { identifier }) => world.windowsHostings.has(identifier),
  mysql: (world, { id }) => world.databases.all().some((database) => database.account_id === id),
  mailbox: (world, { identifier }) =>
    world.mailboxes.all().some((mailbox) => domainOf(mailbox.name) === identifier),
};

/** @param {Account} account */
const listed = ({ id, identifier, servicepack }) => ({ id, identifier, servicepack_id: servicepack.id });

/**
 * @typedef {import("./paging.js").Paging & { asset_type?: AssetType, identifier?: string }} ListParams
 * @typedef {{ identifier: string, servicepack_id: number, ftp_password?: string }} CreateBody
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const accountHandlers = {
  "accounts.list": (/** @type {import("./world.js").Call<ListParams>} */ { world, params }) => {
    const { asset_type: asset, identifier } = params;
    const accounts = world.accounts
      .all()
      .filter((account) => asset === undefined || HOLDS[asset](world, account))
      .filter((account) => identifier === undefined || account.identifier === identifier.toLowerCase());
    return page(world, params, accounts.map(listed));
  },

  "accounts.get": (/** @type {import("./world.js").Call<{ account_id: number }>} */ { world, params }) => {
    const { id, identifier, servicepack, addons } = world.accounts.find(params.account_id);
    return ok({ id, identifier, servicepack: showServicepack(servicepack), addons });
  },

  "accounts.create": (/** @type {import("./world.js").Call<{}, CreateBody>} */ { world, body }) => {
    const identifier = body.identifier.toLowerCase();
    const servicepack = world.servicepacks.get(body.servicepack_id);
    const taken = world.accounts.all().some((account) => account.identifier === identifier);
    demand(
      [servicepack !== undefined, "servicepack_not_found", "There is no such service pack."],
      [isHostname(identifier), "account_identifier_invalid", "The identifier has to be a domain name."],
      [!taken, "account_identifier_in_use", "There is an account with this identifier already."],
    );
    return world.jobs.start(`account ${identifier}`, () => {
      const account = addAccount(world, identifier, world.servicepacks.find(body.servicepack_id));
      return pathOf("v2", "accounts", String(account.id));
    });
  },
};
