// How much of everything servers have, and how much there may be in all.

import { ok } from "../answers.js";
import { demandFields } from "./refusals.js";
import { diskSpaceOf } from "./servers.js";
import { taskId } from "./tasks.js";

/**
 * @typedef {import("./world.js").World} World
 * @typedef {{ cores: number, memory: number, disk: number }} Resources
 * @typedef {{ hostname: string }} Params
 */

/** @type {Resources} */
const LIMITS = { cores: 10_000, memory: 40_000, disk: 1_000_000 };

/**
 * @param {World} world
 * @returns {Resources}
 */
function usage(world) {
  const used = { cores: 0, memory: 0, disk: 0 };
  for (const server of world.servers.all()) {
    used.cores += server.cores;
    used.memory += server.memory;
    used.disk += diskSpaceOf(server);
  }
  return used;
}

/**
 * @param {World} world
 * @param {Partial<Resources>} added
 * @param {Record<keyof Resources, string>} [fields] what the request calls them
 */
export function demandRoom(world, added, fields = { cores: "cores", memory: "memory", disk: "disks" }) {
  const used = usage(world);
  for (const kind of /** @type {const} */ (["cores", "memory", "disk"])) {
    const more = added[kind] ?? 0;
    const fits = more <= 0 || used[kind] + more <= LIMITS[kind];
    demandFields([fits, fields[kind], `There may be ${LIMITS[kind]} in all.`]);
  }
}

/**
 * @param {World} world
 * @param {import("./servers.js").Server} server
 * @param {"cores" | "memory"} kind
 * @param {number} amount
 */
function resize(world, server, kind, amount) {
  demandFields([amount >= 1, kind, "There has to be at least 1."]);
  demandRoom(world, { [kind]: amount - server[kind] });
  const task = world.tasks.start({
    action: "resize-server",
    hostname: server.hostname,
    done: () => {
      server[kind] = amount;
    },
  });
  return ok(taskId(task));
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const resourceHandlers = {
  "servers.memory.update": (
    /** @type {import("./world.js").Call<Params, { memory: number }>} */ { world, params, body },
  ) => resize(world, world.machine(params.hostname), "memory", body.memory),

  "servers.cores.update": (
    /** @type {import("./world.js").Call<Params, { cores: number }>} */ { world, params, body },
  ) => resize(world, world.machine(params.hostname), "cores", body.cores),

  "resourceInfo.get": (/** @type {import("./world.js").Call} */ { world }) =>
    ok({ resources_limited: true, usage: usage(world), limits: LIMITS }),
};
