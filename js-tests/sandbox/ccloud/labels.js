// What the customer writes on servers: names, notes and tags.

import { noContent, ok } from "../answers.js";

/** @typedef {import("./servers.js").ByHostname} ByHostname */

/** @type {Record<string, import("../provider.js").Handler>} */
export const labelHandlers = {
  "servers.customName.update": (
    /** @type {import("./world.js").Call<ByHostname, { name?: string }>} */ { world, params, body },
  ) => {
    world.servers.find(params.hostname).customName = body.name;
    return noContent();
  },

  "servers.notes.update": (
    /** @type {import("./world.js").Call<ByHostname, { notes: string }>} */ { world, params, body },
  ) => {
    world.servers.find(params.hostname).notes = body.notes;
    return noContent();
  },

  "servers.notes.delete": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    world.servers.find(params.hostname).notes = undefined;
    return noContent();
  },

  "tags.list": (/** @type {import("./world.js").Call} */ { world }) => {
    const tags = world.servers.all().flatMap((server) => server.tags);
    return ok([...new Set(tags)].sort());
  },

  "servers.tags.list": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) =>
    ok(world.servers.find(params.hostname).tags),

  "servers.tags.update": (
    /** @type {import("./world.js").Call<ByHostname, { tags: string[] }>} */ { world, params, body },
  ) => {
    world.servers.find(params.hostname).tags = [...new Set(body.tags)];
    return noContent();
  },

  "servers.tags.delete": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    world.servers.find(params.hostname).tags = [];
    return noContent();
  },
};
