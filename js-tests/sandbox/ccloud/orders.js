// Orders for servers, and what is built from them.

import { ok } from "../answers.js";
import { addAdapter } from "./adapters.js";
import { freeSlot } from "./disks.js";
import { DEFAULT_SUBNETS } from "./networks.js";
import { checkOrder } from "./order-checks.js";
import { demandFields } from "./refusals.js";
import { emptyServer } from "./servers.js";
import { taskId, taskWithJob } from "./tasks.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Order
 * @property {string} pool
 * @property {string} [hostname]
 * @property {string} [description]
 * @property {number} cores
 * @property {number} memory
 * @property {number[]} disks
 * @property {string} image
 * @property {string} [custom_name]
 * @property {string} [password]
 * @property {string} [sshkey]
 * @property {"managed" | "unmanaged"} type
 * @property {{ name?: string, count?: number }[]} [addons]
 * @property {number[]} [subnets]
 * @property {number[]} [subnets_intern]
 * @property {string[]} [tags]
 * @property {string[]} [rollouts]
 *
 * @typedef {{ image: string, password?: string, sshkey?: string }} Redeployment
 */

/**
 * @param {World} world
 * @returns {string}
 */
function nextHostname(world) {
  let number = 10_000 + world.servers.all().length;
  while (world.servers.has(`vs${number}`)) number += 1;
  return `vs${number}`;
}

/**
 * A server of which nothing is there yet but its name.
 *
 * @param {World} world
 * @param {Order} order
 * @returns {Server}
 */
export function addServer(world, order) {
  const hostname = order.hostname ?? nextHostname(world);
  const server = world.servers.add({
    ...emptyServer(),
    id: world.number("server"),
    hostname,
    createdAt: world.time(),
    progress: "being built",
    state: "Off",
    pool: order.pool,
    type: order.type,
    os: world.operatingSystems.find(order.image),
    cores: order.cores,
    memory: order.memory,
    tags: [...new Set(order.tags)],
    customName: order.custom_name,
    description: order.description,
    password: passwordFor(hostname, order),
    hasCustomPrice: false,
  });
  for (const { name = "", count = 1 } of order.addons ?? []) server.addons.add({ name, count });
  for (const size of order.disks) server.disks.add({ id: freeSlot(server), size });
  return server;
}

/**
 * Who brings a key and no password gets none.
 *
 * @param {string} hostname
 * @param {{ password?: string, sshkey?: string }} login
 */
const passwordFor = (hostname, { password, sshkey }) =>
  password ?? (sshkey === undefined ? `Sandbox-${hostname}` : undefined);

/**
 * @param {World} world
 * @param {Server} server
 * @param {Order} order
 */
export function build(world, server, { subnets = DEFAULT_SUBNETS, subnets_intern = [] }) {
  for (const ids of [subnets, subnets_intern].filter((list) => list.length > 0)) {
    addAdapter(
      world,
      server,
      ids.map((id) => world.subnets.find(id)),
    );
  }
  server.state = "Running";
  server.progress = "ready";
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const orderHandlers = {
  "servers.create": (/** @type {import("./world.js").Call<{}, Order>} */ { world, body }) => {
    checkOrder(world, body);
    const server = addServer(world, body);
    const task = world.tasks.start({
      action: "create-server",
      hostname: server.hostname,
      done: () => build(world, server, body),
      failed: () => world.servers.remove(server.hostname),
    });
    return ok(taskId(task));
  },

  "servers.redeploy": (
    /** @type {import("./world.js").Call<{ hostname: string }, Redeployment>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    demandFields([world.operatingSystems.has(body.image), "image", "There is no such image."]);
    const task = world.tasks.start({
      action: "redeploy-server",
      hostname: server.hostname,
      done: () => {
        server.os = world.operatingSystems.find(body.image);
        server.password = passwordFor(server.hostname, body);
        for (const { id } of server.snapshots.all()) server.snapshots.remove(id);
        server.state = "Running";
      },
    });
    return ok(taskWithJob(task));
  },
};
