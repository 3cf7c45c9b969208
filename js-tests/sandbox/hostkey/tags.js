// tags.php: labels on servers.

import { ok } from "../answers.js";
import { demandKnown } from "./known.js";
import { done } from "./results.js";

/**
 * @typedef {object} Tag
 * @property {number} id
 * @property {string} component
 * @property {number} component_id
 * @property {string} tag
 * @property {string} value
 * @property {string} extra
 * @property {0 | 1} internal
 */

/** @typedef {{ id: number, component?: string }} Tagged */

/**
 * Only servers have tags here.
 *
 * @param {Tagged} body
 */
const demandServers = ({ component }) => demandKnown("component", component, ["eq"]);

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const tagHandlers = {
  "tags.list": (/** @type {Call<Tagged>} */ { world, session, body }) => {
    demandServers(body);
    return ok({ result: "OK", tags: world.findServer(session, body.id).tags.all() });
  },

  "tags.userSearch": (/** @type {Call<{ value: string }>} */ { world, session, body }) => {
    const wanted = body.value.toLowerCase();
    const found = world.servers
      .all()
      .filter(({ id }) => session.servers.includes(id))
      .filter(({ tags }) =>
        tags.all().some(({ tag, value }) => [tag, value].some((text) => text.toLowerCase().includes(wanted))),
      );
    return done(world, { data: found.map(({ id }) => id) });
  },

  "tags.add": (
    /** @type {Call<Tagged & { id_list?: string, tag: string, value?: string, extra?: string }>} */
    { world, session, body },
  ) => {
    demandServers(body);
    const ids = body.id_list ? body.id_list.split(",").map(Number) : [body.id];
    const servers = ids.map((id) => world.findServer(session, id));
    const [tag] = servers.map((server) => world.setTag(server, body.tag, body.value ?? "", body.extra));
    return ok({ result: "OK", action: "add", ...tag });
  },

  "tags.remove": (/** @type {Call<Tagged & { tag: string }>} */ { world, session, body }) => {
    demandServers(body);
    world.findServer(session, body.id).tags.remove(body.tag);
    return done(world);
  },
};
