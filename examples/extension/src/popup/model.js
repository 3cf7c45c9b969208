// What the popup knows, and what of it fits a search.

/**
 * @typedef {import("../types.js").ListState} ListState
 * @typedef {import("../types.js").News} News
 * @typedef {import("../types.js").ProviderCard} ProviderCard
 * @typedef {import("../types.js").Row} Row
 * @typedef {import("../types.js").Run} Run
 */

/** In the order in which they are shown. */
export const KINDS = /** @type {const} */ (["server", "address", "domain"]);

export const KIND_TITLES = { server: "Servers", address: "Addresses", domain: "Domains" };

export class Model {
  /** @type {Map<string, ProviderCard>} */
  cards = new Map();
  /** @type {Map<string, ListState>} */
  lists = new Map();
  /** @type {Run[]} */
  runs = [];

  /** @param {News} news */
  learn(news) {
    if (news.news === "runs") this.runs = news.runs;
    else if (news.news === "gone") this.lists.delete(news.provider);
    else this.lists.set(news.list.provider, news.list);
  }

  /** @param {string} name */
  card(name) {
    const card = this.cards.get(name);
    if (!card) throw new Error(`There is no provider ${name}.`);
    return card;
  }

  /** @param {{ provider: string, key: string }} which */
  row({ provider, key }) {
    return this.lists.get(provider)?.rows.find((row) => row.key === key);
  }

  /** @param {{ provider: string, key: string }} which */
  runsOf({ provider, key }) {
    return this.runs.filter((run) => run.provider === provider && run.item === key);
  }

  /**
   * @param {string} query
   * @returns {Row[]} in the order in which they are shown
   */
  search(query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...this.lists.values()].flatMap((list) => list.rows);
    const found = rows.filter((row) => {
      const text = [row.name, row.detail, ...row.ips, this.card(row.provider).label, row.kind]
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return [...found.toSorted(byKindAndName), ...this.#typed(query.trim())];
  }

  /**
   * An address that no list has.
   *
   * @param {string} ip
   * @returns {Row[]}
   */
  #typed(ip) {
    if (!/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*)$/i.test(ip)) return [];
    const key = `address:${ip}`;
    return [...this.cards.values()].flatMap(({ name: provider, typedActions: actions }) => {
      if (actions.length === 0 || !this.lists.has(provider) || this.row({ provider, key })) return [];
      return [{ key, provider, kind: "address", name: ip, detail: "not in a list", ips: [ip], actions }];
    });
  }
}

/**
 * @param {Row} one
 * @param {Row} other
 */
const byKindAndName = (one, other) =>
  KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
  one.name.localeCompare(other.name, undefined, { numeric: true });
