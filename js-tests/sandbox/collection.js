import { Refusal } from "./answers.js";

/**
 * Things of one kind by their key, in the order in which they came.
 *
 * @template Item
 */
export class Collection {
  /** @type {Map<string, Item>} */
  #items = new Map();

  /**
   * @param {string} kind for messages: "account"
   * @param {(item: Item) => string | number} keyOf
   * @param {{ anyCase?: boolean }} [options] anyCase: keys may be written in any case, as domain names are
   */
  constructor(kind, keyOf, { anyCase = false } = {}) {
    this.kind = kind;
    this.keyOf = keyOf;
    this.anyCase = anyCase;
  }

  /** @param {string | number} key */
  #normal(key) {
    return this.anyCase ? String(key).toLowerCase() : String(key);
  }

  /** @param {string | number} key */
  has(key) {
    return this.#items.has(this.#normal(key));
  }

  /** @param {string | number} key */
  get(key) {
    return this.#items.get(this.#normal(key));
  }

  /**
   * Refuses with 404 where there is no such thing.
   *
   * @param {string | number} key
   * @returns {Item}
   */
  find(key) {
    const item = this.get(key);
    if (item === undefined) {
      throw new Refusal(404, `${this.kind.replaceAll(" ", "_")}_not_found`, `There is no such ${this.kind}.`);
    }
    return item;
  }

  /**
   * @param {Item} item
   * @returns {Item}
   */
  add(item) {
    this.#items.set(this.#normal(this.keyOf(item)), item);
    return item;
  }

  /** @param {string | number} key */
  remove(key) {
    this.find(key);
    this.#items.delete(this.#normal(key));
  }

  /** @returns {Item[]} */
  all() {
    return [...this.#items.values()];
  }
}
