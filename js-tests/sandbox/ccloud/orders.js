// Orders for servers: what may be ordered, and what is built from it.

import { ok } from "../answers.js";
import { addAdapter } from "./adapters.js";
import { isAddonCount } from "./addons.js";
import { FIREWALL_IMAGE } from "./catalogue.js";
import { freeSlot } from "./disks.js";
import { DEFAULT_SUBNETS } from "./networks.js";
import { demandFields } from "./refusals.js";
import { demandRoom } from "./resources.js";
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
 * @param {Order} order
 */
function checkOrder(world, order) {
  const { hostname, cores, memory, disks, image } = order;
  const needed = Number(world.operatingSystems.get(image)?.min_disk ?? 0);
  demandFields(
    [world.pools.get(order.pool)?.nagios_active === true, "pool", "There is no such pool with room in it."],
    [
      hostname === undefined || /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(hostname),
      "hostname",
      "A hostname has lowercase letters, digits, hyphens and dots.",
    ],
    [!world.servers.has(hostname ?? ""), "hostname", "There is a server with this hostname already."],
    [cores >= 1, "cores", "There has to be at least 1 core."],
    [memory >= 1, "memory", "There has to be at least 1 GB of memory."],
    [disks.length > 0, "disks", "There has to be at least 1 disk."],
    [disks.every((size) => size >= 1), "disks", "A disk has at least 1 GB."],
    [(disks[0] ?? needed) >= needed, "disks.0", `The operating system needs ${needed} GB.`],
    [world.operatingSystems.has(image), "image", "There is no such image."],
  );
  checkExtras(world, order);
  demandRoom(world, { cores, memory, disk: disks.reduce((sum, size) => sum + size, 0) });
}

/**
 * @param {World} world
 * @param {Order} order
 */
function checkExtras(world, { image, type, addons = [], subnets = [], subnets_intern = [], rollouts = [] }) {
  const chosen = rollouts.map((name) => world.rollouts.get(name));
  demandFields(
    [
      addons.every(({ name, count = 1 }) => world.availableAddons.has(name ?? "") && isAddonCount(count)),
      "addons",
      "There is an addon among them that cannot be booked.",
    ],
    [oneOfEach(world, subnets), "subnets", "There may be one IPv4 and one IPv6 subnet, both your own."],
    [
      oneOfEach(world, subnets_intern),
      "subnets_intern",
      "There may be one IPv4 and one IPv6 subnet, both your own.",
    ],
    [
      subnets_intern.length === 0 || image === FIREWALL_IMAGE,
      "subnets_intern",
      "Only pfSense has a LAN side.",
    ],
    [
      chosen.every((rollout) => rollout?.valid_for.includes(image) === true),
      "rollouts",
      "There is a rollout among them that the image cannot have.",
    ],
    [
      type === "managed" || chosen.every((rollout) => rollout?.managed_only !== true),
      "rollouts",
      "There is a rollout among them that only managed servers can have.",
    ],
  );
}

/**
 * @param {World} world
 * @param {number[]} ids
 */
function oneOfEach(world, ids) {
  const types = ids.map((id) => world.subnets.get(id)?.type);
  return !types.includes(undefined) && new Set(types).size === types.length;
}

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
