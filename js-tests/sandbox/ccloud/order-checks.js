// What may be ordered.

import { isAddonCount } from "./addons.js";
import { FIREWALL_IMAGE } from "./catalogue.js";
import { demandFields } from "./refusals.js";
import { demandRoom } from "./resources.js";

/**
 * @typedef {import("./orders.js").Order} Order
 * @typedef {import("./world.js").World} World
 */

/**
 * @param {World} world
 * @param {Order} order
 */
export function checkOrder(world, order) {
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
