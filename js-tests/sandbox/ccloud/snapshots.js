import { ok } from "../answers.js";
import { taskWithData } from "./tasks.js";
import { uuid } from "./uuid.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Snapshot
 * @property {string} id
 * @property {string} name
 * @property {boolean} active whether the server stands on it
 * @property {string} createdAt
 * @property {string | null} parent id of the one that it is based on
 *
 * @typedef {{ hostname: string }} ByHostname
 * @typedef {ByHostname & { id: string }} ById
 * @typedef {{ name: string }} Named
 */

/**
 * @param {World} world
 * @param {Server} server
 * @param {string} name
 * @param {string} [id]
 */
export function addSnapshot(world, { snapshots }, name, id = uuid(`snapshot ${world.number("snapshot")}`)) {
  const parent = snapshots.all().find(({ active }) => active);
  if (parent) parent.active = false;
  snapshots.add({ id, name, active: true, createdAt: world.time(), parent: parent?.id ?? null });
}

/**
 * Those that are based on it are then based on its parent.
 *
 * @param {Server} server
 * @param {string} id
 */
function removeSnapshot({ snapshots }, id) {
  const { parent, active } = snapshots.find(id);
  snapshots.remove(id);
  for (const snapshot of snapshots.all()) {
    if (snapshot.parent === id) snapshot.parent = parent;
    if (snapshot.id === parent && active) snapshot.active = true;
  }
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const snapshotHandlers = {
  "servers.snapshots.list": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) =>
    ok(
      world.servers
        .find(params.hostname)
        .snapshots.all()
        .map(({ id, name, active, createdAt, parent }) => ({
          id,
          name,
          active,
          creationTime: createdAt,
          parentSnapshotId: parent,
        })),
    ),

  "servers.snapshots.create": (
    /** @type {import("./world.js").Call<ByHostname, Named>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    const task = world.tasks.start({
      action: "create-snapshot",
      hostname: server.hostname,
      done: () => addSnapshot(world, server, body.name),
    });
    return ok(taskWithData(task, { name: body.name }));
  },

  "servers.snapshots.restore": (/** @type {import("./world.js").Call<ById>} */ { world, params }) => {
    const server = world.machine(params.hostname);
    const { id } = server.snapshots.find(params.id);
    const task = world.tasks.start({
      action: "restore-snapshot",
      hostname: server.hostname,
      done: () => {
        server.snapshots.find(id);
        for (const snapshot of server.snapshots.all()) snapshot.active = snapshot.id === id;
      },
    });
    return ok([taskWithData(task, { id })]);
  },

  "servers.snapshots.rename": (
    /** @type {import("./world.js").Call<ById, Named>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    const { id } = server.snapshots.find(params.id);
    const task = world.tasks.start({
      action: "rename-snapshot",
      hostname: server.hostname,
      done: () => {
        server.snapshots.find(id).name = body.name;
      },
    });
    return ok(taskWithData(task, { id, name: body.name }));
  },

  "servers.snapshots.delete": (/** @type {import("./world.js").Call<ById>} */ { world, params }) => {
    const server = world.machine(params.hostname);
    const { id } = server.snapshots.find(params.id);
    const task = world.tasks.start({
      action: "delete-snapshot",
      hostname: server.hostname,
      done: () => removeSnapshot(server, id),
    });
    return ok([taskWithData(task, { id })]);
  },
};
