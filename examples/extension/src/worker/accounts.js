// Credentials: kept in chrome.storage, read by the worker alone.

import { providers } from "all-providers";

/**
 * @typedef {import("../types.js").AccountCard} AccountCard
 * @typedef {import("../types.js").AccountInput} AccountInput
 * @typedef {import("../types.js").AnyProvider} AnyProvider
 */

/** @param {string} name */
const keyOf = (name) => `account:${name}`;

/** @param {string} name */
export function providerOf(name) {
  const provider = providers.find((one) => one.name === name);
  if (!provider) throw new Error(`There is no provider ${name}.`);
  return provider;
}

/**
 * @param {string} name
 * @returns {Promise<AccountInput | undefined>}
 */
export async function readAccount(name) {
  const key = keyOf(name);
  for (const area of [chrome.storage.session, chrome.storage.local]) {
    const found = (await area.get(key))[key];
    if (found) return /** @type {AccountInput} */ (found);
  }
  return undefined;
}

/**
 * @param {string} name
 * @param {AccountInput} account
 */
export async function writeAccount(name, account) {
  await removeAccount(name);
  const area = account.session ? chrome.storage.session : chrome.storage.local;
  await area.set({ [keyOf(name)]: account });
}

/** @param {string} name */
export async function removeAccount(name) {
  await chrome.storage.session.remove(keyOf(name));
  await chrome.storage.local.remove(keyOf(name));
}

/** @returns {Promise<AnyProvider[]>} those that have an account */
export async function configured() {
  const accounts = await Promise.all(providers.map(({ name }) => readAccount(name)));
  return providers.filter((_, index) => accounts[index]);
}

/**
 * What pages may know of it.
 *
 * @param {AnyProvider} provider
 * @param {AccountInput} account
 * @returns {AccountCard}
 */
export function cardOf(provider, { credentials, baseUrl, session, proxy }) {
  const shown = provider.credentials.filter(({ secret, name }) => !secret && credentials[name]);
  return {
    provider: provider.name,
    saved: provider.credentials.map(({ name }) => name).filter((name) => credentials[name]),
    shown: Object.fromEntries(shown.map(({ name }) => [name, credentials[name] ?? ""])),
    baseUrl,
    session,
    ...(proxy && { proxy: { url: proxy.url } }),
  };
}

/** @returns {Promise<AccountCard[]>} */
export async function accountCards() {
  const cards = await Promise.all(
    providers.map(async (provider) => {
      const account = await readAccount(provider.name);
      return account ? [cardOf(provider, account)] : [];
    }),
  );
  return cards.flat();
}
