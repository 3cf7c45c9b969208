import { demand, ok } from "../answers.js";

/** @typedef {{ skip?: number, take?: number }} Paging */

const DEFAULT_TAKE = 25;

/**
 * The part of a list that the caller asked for.
 *
 * @param {import("./world.js").World} world
 * @param {Paging} params
 * @param {unknown[]} items
 */
export function page(world, { skip = 0, take = DEFAULT_TAKE }, items) {
  demand(
    [skip >= 0, "query_minimum", "query skip must be >= 0"],
    [take >= 0, "query_minimum", "query take must be >= 0"],
  );
  const most = Math.min(take, world.settings.maxTake ?? take);
  const taken = items.slice(skip, skip + most);
  return ok(taken, {
    "x-paging-skipped": String(skip),
    "x-paging-take": String(taken.length),
    "x-paging-totalresults": String(items.length),
  });
}
