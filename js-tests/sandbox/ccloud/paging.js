// Pages by number, sorting and searching. No answer says how many entries there are in all.

import { demandFields } from "./refusals.js";

/**
 * @typedef {{ limit?: number, page?: number, sort?: string, order?: string }} Paging
 *
 * @typedef {Record<string, unknown>} Entry
 */

/**
 * The part of a list that the caller asked for, in the order that the caller asked for.
 *
 * @template {Entry} Item
 * @param {import("./world.js").World} world
 * @param {Paging} params
 * @param {Item[]} items as they are shown
 * @param {string[]} columns that may be sorted by
 * @returns {Item[]}
 */
export function page(
  { settings },
  { limit = settings.defaultLimit, page: number = 1, sort, order },
  items,
  columns,
) {
  demandFields(
    [limit >= 1, "limit", "The limit has to be at least 1."],
    [number >= 1, "page", "The page has to be at least 1."],
  );
  const size = Math.min(limit, settings.maxLimit ?? limit);
  return sorted(items, words(sort), words(order), columns).slice((number - 1) * size, number * size);
}

/** @param {string | undefined} text */
const words = (text) => (text === undefined || text === "" ? [] : text.split(",").map((word) => word.trim()));

/**
 * @template {Entry} Item
 * @param {Item[]} items
 * @param {string[]} keys
 * @param {string[]} directions one for each key; ascending where there are fewer, ignored where there are more
 * @param {string[]} columns
 */
function sorted(items, keys, directions, columns) {
  const known = directions.every((word) => /^(asc|desc)$/i.test(word));
  demandFields(
    [keys.every((key) => columns.includes(key)), "sort", `There are the columns ${columns.join(", ")}.`],
    [known, "order", "Each column is sorted asc or desc."],
  );
  return [...items].sort((a, b) => {
    for (const [index, key] of keys.entries()) {
      const difference = compare(a[key], b[key]);
      if (difference !== 0) return directions[index]?.toLowerCase() === "desc" ? -difference : difference;
    }
    return 0;
  });
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function compare(a, b) {
  const [left, right] = typeof a === "number" && typeof b === "number" ? [a, b] : [text(a), text(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** @param {unknown} value */
const text = (value) => (value === undefined || value === null ? "" : String(value));

/**
 * Whether any of the texts holds what is searched for; * and % stand for any text.
 *
 * @param {string | undefined} search
 * @param {(string | undefined)[]} texts
 */
export function holds(search, texts) {
  if (search === undefined || search === "") return true;
  const parts = search.split(/[*%]+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(parts.join(".*"), "is");
  return texts.some((one) => one !== undefined && expression.test(one));
}
