// Disks and DVD drives, which share the slots of the controllers.

import { ok } from "../answers.js";
import { demandFields } from "./refusals.js";
import { demandRoom } from "./resources.js";
import { taskId, taskWithData, taskWithJob } from "./tasks.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {{ hostname: string }} ByHostname
 * @typedef {ByHostname & { id: string }} ById
 */

const SLOTS_PER_CONTROLLER = 64;
const BYTES_PER_GB = 2 ** 30;
const IN_SIZE = { cores: "cores", memory: "memory", disk: "size" };

const ISOS = [
  { name: "debian-12.iso", fullName: "public/debian-12.iso", customer: null, size: 658_505_728 },
  { name: "virtio-win.iso", fullName: "public/virtio-win.iso", customer: null, size: 627_519_488 },
  { name: "rescue.iso", fullName: "328100/rescue.iso", customer: "328100", size: 734_003_200 },
];

/**
 * @param {Server} server
 * @returns {string}
 */
export function freeSlot({ disks, drives }) {
  for (let number = 0; ; number += 1) {
    const slot = `sc${Math.floor(number / SLOTS_PER_CONTROLLER)}s${number % SLOTS_PER_CONTROLLER}`;
    if (!disks.has(slot) && !drives.has(slot)) return slot;
  }
}

/** @param {string} name */
const pathOf = (name) => ISOS.find((iso) => iso.name === name)?.fullName ?? name;

/** @param {string} name */
const demandIso = (name) =>
  demandFields([ISOS.some((iso) => iso.name === name), "name", "There is no such ISO image."]);

/** @type {Record<string, import("../provider.js").Handler>} */
export const diskHandlers = {
  "servers.disks.list": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    const { hostname, disks } = world.servers.find(params.hostname);
    return ok(
      disks.all().map(({ id, size }) => ({ id, size, perfCounterInstancename: `${hostname}-${id}.vhdx` })),
    );
  },

  // The size is in bytes here, as the documentation says, and in GB everywhere else.
  "servers.disks.create": (
    /** @type {import("./world.js").Call<ByHostname, { size: number }>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    demandFields([body.size >= 1, "size", "The size has to be at least 1 byte."]);
    const size = Math.ceil(body.size / BYTES_PER_GB);
    demandRoom(world, { disk: size }, IN_SIZE);
    const task = world.tasks.start({
      action: "add-disk-server",
      hostname: server.hostname,
      done: () => server.disks.add({ id: freeSlot(server), size }),
    });
    return ok(taskWithJob(task));
  },

  "servers.disks.update": (
    /** @type {import("./world.js").Call<ById, { size: number }>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    const disk = server.disks.find(params.id);
    demandFields([body.size >= 1, "size", "The size has to be at least 1 GB."]);
    demandRoom(world, { disk: body.size - disk.size }, IN_SIZE);
    const task = world.tasks.start({
      action: "resize-disk-server",
      hostname: server.hostname,
      done: () => {
        server.disks.find(params.id).size = body.size;
      },
    });
    return ok(taskId(task));
  },

  "servers.disks.delete": (/** @type {import("./world.js").Call<ById>} */ { world, params }) => {
    const server = world.machine(params.hostname);
    const { id } = server.disks.find(params.id);
    demandFields([server.disks.all().length > 1, "id", "A server has at least one disk."]);
    const task = world.tasks.start({
      action: "delete-disk-server",
      hostname: server.hostname,
      done: () => server.disks.remove(id),
    });
    return ok(taskWithJob(task));
  },

  "servers.isos.list": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    world.servers.find(params.hostname);
    return ok(ISOS);
  },

  "servers.dvds.list": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    const { drives } = world.servers.find(params.hostname);
    return ok(drives.all().map(({ id, iso }) => ({ id, path: pathOf(iso) })));
  },

  "servers.dvds.create": (
    /** @type {import("./world.js").Call<ByHostname, { name: string }>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    demandIso(body.name);
    const task = world.tasks.start({
      action: "add-dvd-server",
      hostname: server.hostname,
      done: () => server.drives.add({ id: freeSlot(server), iso: body.name }),
    });
    return ok([taskId(task)]);
  },

  "servers.dvds.update": (
    /** @type {import("./world.js").Call<ById, { name: string }>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    const { id } = server.drives.find(params.id);
    demandIso(body.name);
    const task = world.tasks.start({
      action: "update-dvd-server",
      hostname: server.hostname,
      done: () => {
        server.drives.find(id).iso = body.name;
      },
    });
    return ok([taskWithData(task, { id, name: body.name, path: pathOf(body.name) })]);
  },

  "servers.dvds.delete": (/** @type {import("./world.js").Call<ById>} */ { world, params }) => {
    const server = world.machine(params.hostname);
    const { id } = server.drives.find(params.id);
    const task = world.tasks.start({
      action: "delete-dvd-server",
      hostname: server.hostname,
      done: () => server.drives.remove(id),
    });
    return ok(taskId(task));
  },
};
