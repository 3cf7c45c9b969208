// hostwire's clients, one for each account.

import { patternOf } from "../access.js";
import { providerOf, readAccount } from "./accounts.js";
import { forgetTokens, tokenStoreFor } from "./tokens.js";
import { NoAccess, NoAccount } from "./words.js";

/** @typedef {import("../types.js").AccountInput} AccountInput */

/** @type {Map<string, object>} */
const clients = new Map();

/**
 * Throws an InputError where the credentials or the address cannot be right.
 *
 * @param {string} name
 * @param {AccountInput} account
 */
export function connect(name, { credentials, baseUrl }) {
  // An extension for quick actions has no business spending money.
  const options = { allow: /** @type {const} */ (["read", "write", "destroy"]) };
  const address = baseUrl ? { baseUrl } : {};
  return providerOf(name).connect(credentials, { ...options, ...address }, tokenStoreFor(name));
}

/** @param {string} name */
export async function clientOf(name) {
  const account = await readAccount(name);
  if (!account) throw new NoAccount();
  const origin = patternOf(providerOf(name), account.baseUrl);
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
