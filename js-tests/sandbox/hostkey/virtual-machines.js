// vm.php: snapshots and load of virtual servers.

import { demand, Refusal } from "../answers.js";
import { demandKnown } from "./known.js";
import { demandVirtual, workOn } from "./power.js";
import { done, moduleDone } from "./results.js";

/**
 * @typedef {import("./sessions.js").Session} Session
 * @typedef {import("./world.js").World} World
 */

/**
 * @template [Body={ id: number }]
 * @typedef {import("./world.js").Call<Body>} Call
 *
 * @typedef {Call<{ id: number, name: string, type?: string }>} SnapshotCall
 */

/** @param {Call<{ id: number, type?: string }>} call */
function findVirtual({ world, session, body }) {
  const server = world.findServer(session, body.id);
  demandKnown("type", body.type, ["snapshot"]);
  demandVirtual(server, true);
  return server;
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const virtualMachineHandlers = {
  "vm.getEngine": (/** @type {Call<{}>} */ { world }) => done(world, { data: { engine: "ovirt" } }),

  "vm.loadStats": (/** @type {Call} */ call) => {
    const { world } = call;
    const server = findVirtual(call);
    const load = server.power === "on" ? { cpu: 12, memory: 48 } : { cpu: 0, memory: 0 };
    const work = workOn("load_stats", server, () => ({ scope: JSON.stringify(load) }));
    return done(world, { action: "load_stats", callback: world.jobs.begin(work) });
  },

  "vm.getSnapshot": (/** @type {Call} */ call) => {
    const { world } = call;
    const server = findVirtual(call);
    const work = workOn("get_snapshot", server, () => {
      const snapshots = server.snapshots.all().map(({ id, name, date }) => ({
        name,
        date,
        total_size: "1.5 GB",
        openstack_image_id: String(id),
      }));
      const found = { snapshots, settings: { num_max: 3 } };
      return { scope: world.shapes.of("snapshots", JSON.stringify(found), found) };
    });
    return moduleDone("vm", "get_snapshot", { callback: world.jobs.begin(work) });
  },

  "vm.createSnapshot": (/** @type {SnapshotCall} */ call) => {
    const { world, body } = call;
    const server = findVirtual(call);
    demand([!server.snapshots.has(body.name), "snapshot_exists", "There is such a snapshot already."]);
    const work = workOn("create_snapshot", server, () => {
      server.snapshots.add({ id: world.number("snapshot"), name: body.name, date: world.timestamp() });
      return { scope: "Snapshot created" };
    });
    return world.jobs.start(work);
  },

  "vm.removeSnapshot": (/** @type {SnapshotCall} */ call) => {
    const { world, body } = call;
    const server = findVirtual(call);
    const { name } = server.snapshots.find(body.name);
    if (server.power === "on") {
      throw new Refusal(200, "server_on", "The server has to be powered off.");
    }
    const work = workOn("remove_snapshot", server, () => {
      if (server.snapshots.has(name)) server.snapshots.remove(name);
      return { scope: "Snapshot removed" };
    });
    return world.jobs.start(work);
  },

  "vm.restoreSnapshot": (/** @type {SnapshotCall} */ call) => {
    const { world, body } = call;
    const server = findVirtual(call);
    const { name } = server.snapshots.find(body.name);
    return world.jobs.start(workOn("restore_snapshot", server, () => ({ scope: `Restored to ${name}` })));
  },
};
