// The lists of servers and domains. Each provider's, and each part of it, loads on its own.

import { Refused } from "../refused.js";
import { configured, providerOf } from "./accounts.js";
import { actionsFor } from "./catalogue.js";
import { aboutOf, clientOf } from "./clients.js";
import { inWords } from "./words.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("../types.js").ListState} ListState
 * @typedef {import("../types.js").Lister<object>} Lister
 *
 * @typedef {object} Listing
 * @property {Record<string, Item[]>} parts
 * @property {ListState["failures"]} failures
 */

/** @param {string} provider */
const keyOf = (provider) => `list:${provider}`;

export class Lists {
  /** @type {Map<string, Listing>} */
  #listings = new Map();
  /** @type {Map<string, AbortController>} */
  #loading = new Map();
  #tell;

  /** @param {(news: import("../types.js").News) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** Takes up what an earlier worker has found. */
  async restore() {
    for (const { name } of await configured()) {
      const key = keyOf(name);
      const kept = (await chrome.storage.session.get(key))[key];
      this.#listings.set(name, /** @type {Listing | undefined} */ (kept) ?? { parts: {}, failures: [] });
    }
  }

  /** @returns {ListState[]} */
  states() {
    return [...this.#listings.keys()].map((name) => this.#stateOf(name));
  }

  /**
   * @param {string} name
   * @returns {ListState}
   */
  #stateOf(name) {
    const provider = providerOf(name);
    const { parts = {}, failures = [] } = this.#listings.get(name) ?? {};
    const rows = Object.values(parts)
      .flat()
      .map(({ ref, ...item }) => ({
        ...item,
        provider: name,
        actions: actionsFor(provider, { ...item, ref }),
      }));
    return { provider: name, loading: this.#loading.has(name), rows, failures };
  }

  /**
   * @param {string} name
   * @param {string} key
   */
  find(name, key) {
    const items = Object.values(this.#listings.get(name)?.parts ?? {}).flat();
    const item = items.find((one) => one.key === key);
    if (item) return item;
    const [kind, ip = ""] = key.split(/:(.*)/s);
    const typed = kind === "address" ? providerOf(name).typed?.(ip) : undefined;
    if (!typed) throw new Refused("It is no longer in the list: load the list again.");
    return typed;
  }

  async refreshAll() {
    const names = (await configured()).map(({ name }) => name);
    await Promise.all(names.map((name) => this.refresh(name)));
  }

  /**
   * @param {string} name
   * @param {boolean} [anew] also where it is being loaded: somebody does not want to wait for that
   */
  async refresh(name, anew = false) {
    if (this.#loading.has(name) && !anew) return;
    this.#loading.get(name)?.abort();
    const loading = new AbortController();
    this.#loading.set(name, loading);
    const listing = this.#listings.get(name) ?? { parts: {}, failures: [] };
    this.#listings.set(name, { ...listing, failures: [] });
    this.#told(name);
    const provider = providerOf(name);
    const parts = Object.entries(provider.lists);
    await Promise.all(parts.map(([part, list]) => this.#load(name, part, list, loading.signal)));
    if (loading.signal.aborted) return;
    this.#loading.delete(name);
    this.#told(name);
    await chrome.storage.session.set({ [keyOf(name)]: this.#listings.get(name) });
  }

  /**
   * @param {string} name
   * @param {string} part
   * @param {Lister} list
   * @param {AbortSignal} signal
   */
  async #load(name, part, list, signal) {
    try {
      const items = await list(await clientOf(name), signal);
      if (signal.aborted) return;
      this.#change(name, ({ parts, failures }) => ({ parts: { ...parts, [part]: items }, failures }));
    } catch (error) {
      if (signal.aborted) return;
      const failure = inWords(error, aboutOf(name));
      this.#change(name, ({ parts, failures }) => ({ parts, failures: [...failures, { part, failure }] }));
    }
  }

  /**
   * @param {string} name
   * @param {string} key
   * @param {Item["state"]} state
   */
  setState(name, key, state) {
    this.#change(name, ({ parts, failures }) => ({
      failures,
      parts: Object.fromEntries(
        Object.entries(parts).map(([part, items]) => [
          part,
          items.map((item) => (item.key === key ? { ...item, state } : item)),
        ]),
      ),
    }));
  }

  /**
   * @param {string} name
   * @param {(listing: Listing) => Listing} change
   */
  #change(name, change) {
    this.#listings.set(name, change(this.#listings.get(name) ?? { parts: {}, failures: [] }));
    this.#told(name);
  }

  /** @param {string} name */
  async forget(name) {
    this.#loading.get(name)?.abort();
    this.#loading.delete(name);
    this.#listings.delete(name);
    await chrome.storage.session.remove(keyOf(name));
    this.#tell({ news: "gone", provider: name });
  }

  /** @param {string} name */
  #told(name) {
    this.#tell({ news: "list", list: this.#stateOf(name) });
  }
}
