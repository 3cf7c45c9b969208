// hostwire's clients, one for each account.

import { addressOf, isUsable, patternOf } from "../access.js";
import { Refused } from "../refused.js";
import { providerOf, readAccount } from "./accounts.js";
import { forgetTokens, tokenStoreFor } from "./tokens.js";
import { NoAccess, NoAccount } from "./words.js";

/** @typedef {import("../types.js").AccountInput} AccountInput */

/** @type {Map<string, object>} */
const clients = new Map();

/**
 * Those that a proxy stands in front of.
 *
 * @type {Set<string>}
 */
const proxied = new Set();

/**
 * What errors are told about.
 *
 * @param {string} name
 */
export const aboutOf = (name) => ({ label: providerOf(name).label, isProxied: proxied.has(name) });

/**
 * Throws where the credentials or the address cannot be right.
 *
 * @param {string} name
 * @param {AccountInput} account
 */
export function connect(name, account) {
  const { credentials, baseUrl, proxy } = account;
  const provider = providerOf(name);
  if (!isUsable(provider, account)) throw new Refused("This address cannot be used.");
  // An extension for quick actions has no business spending money.
  const options = { allow: /** @type {const} */ (["read", "write", "destroy"]) };
  if (proxy) {
    const headers = { authorization: `Bearer ${proxy.token}` };
    return provider.connectByProxy({ ...options, proxy: { url: proxy.url, headers } });
  }
  const address = baseUrl ? { baseUrl } : {};
  return provider.connect(credentials, { ...options, ...address }, tokenStoreFor(name));
}

/** @param {string} name */
export async function clientOf(name) {
  const account = await readAccount(name);
  if (!account) throw new NoAccount();
  if (account.proxy) proxied.add(name);
  else proxied.delete(name);
  const origin = patternOf(addressOf(providerOf(name), account));
  if (!(await chrome.permissions.contains({ origins: [origin] }))) throw new NoAccess(origin);
  const client = clients.get(name) ?? connect(name, account);
  clients.set(name, client);
  return client;
}

/** @param {string} name */
export async function dropClient(name) {
  clients.delete(name);
  await forgetTokens(name);
}
