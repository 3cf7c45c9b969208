// Tokens of Hostkey and ccloud: in memory only, so that a worker that starts again need not log in again.

/** @param {string} provider */
const keyOf = (provider) => `tokens:${provider}`;

/**
 * @typedef {{ value: string, until: number }} Kept
 *
 * @param {string} provider
 * @returns {Promise<Record<string, Kept>>}
 */
async function readAll(provider) {
  const key = keyOf(provider);
  return /** @type {Record<string, Kept>} */ ((await chrome.storage.session.get(key))[key] ?? {});
}

/**
 * @param {string} provider
 * @returns {import("hostwire").TokenStore}
 */
export const tokenStoreFor = (provider) => ({
  async get(key) {
    const kept = (await readAll(provider))[key];
    return kept && kept.until > Date.now() ? kept.value : undefined;
  },
  async set(key, value, ttlSeconds) {
    const tokens = { ...(await readAll(provider)), [key]: { value, until: Date.now() + ttlSeconds * 1000 } };
    await chrome.storage.session.set({ [keyOf(provider)]: tokens });
  },
  async delete(key) {
    const { [key]: _, ...others } = await readAll(provider);
    await chrome.storage.session.set({ [keyOf(provider)]: others });
  },
});

/** @param {string} provider */
export const forgetTokens = (provider) => chrome.storage.session.remove(keyOf(provider));
