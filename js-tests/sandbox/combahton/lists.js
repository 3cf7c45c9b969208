import { ok } from "../answers.js";

/**
 * A list of objects, in the way in which lists are set to go out.
 *
 * @param {import("./world.js").World} world
 * @param {object[]} items
 * @returns {import("../answers.js").Answer}
 */
export const list = ({ settings }, items) => ({
  ...ok(items),
  ...(settings.joinedObjects ? { written: `[${items.map((item) => JSON.stringify(item)).join("")}]` } : {}),
});
