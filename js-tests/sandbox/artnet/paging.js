import { need } from "./refusals.js";

/** @typedef {{ limit?: number, offset?: number }} Paging */

/**
 * The part of a list that the caller asked for. No answer says how many entries there are in all.
 *
 * @template Item
 * @param {import("./world.js").World} world
 * @param {Paging} paging
 * @param {Item[]} items
 * @returns {Item[]}
 */
export function page({ settings }, { limit, offset = 0 }, items) {
  const wanted = limit ?? settings.defaultLimit ?? items.length;
  need(wanted >= 0 && offset >= 0, "incorrect-param-value", "limit and offset cannot be below 0");
  return items.slice(offset, offset + Math.min(wanted, settings.maxLimit ?? wanted));
}
