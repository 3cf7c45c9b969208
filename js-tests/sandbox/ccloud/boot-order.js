// What servers boot from.

import { ok } from "../answers.js";
import { demandFields } from "./refusals.js";
import { taskWithJob } from "./tasks.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {{ hostname: string }} Params
 */

/**
 * Devices that were put first, then the others; the order ids count from 1.
 *
 * @param {Server} server
 */
function devicesOf({ disks, drives, adapters, bootOrder }) {
  const devices = [
    ...disks.all().map(({ id }) => ({ type: "HDD", bootDevice: id })),
    ...drives.all().map(({ id }) => ({ type: "DVD", bootDevice: id })),
    ...adapters.map(({ id }) => ({ type: "NET", bootDevice: id })),
  ];
  const first = bootOrder.flatMap((name) => devices.filter(({ bootDevice }) => bootDevice === name));
  const others = devices.filter((device) => !first.includes(device));
  return [...first, ...others].map((device, index) => ({ id: index + 1, ...device }));
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const bootOrderHandlers = {
  "servers.bootOrder.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(devicesOf(world.servers.find(params.hostname))),

  "servers.bootOrder.update": (
    /** @type {import("./world.js").Call<Params, { id: number }>} */ { world, params, body },
  ) => {
    const server = world.machine(params.hostname);
    const chosen = devicesOf(server).find(({ id }) => id === body.id);
    demandFields([chosen !== undefined, "id", "There is no device with this order id."]);
    const name = chosen?.bootDevice ?? "";
    const task = world.tasks.start({
      action: "set-bootorder-server",
      hostname: server.hostname,
      done: () => {
        server.bootOrder = [name, ...server.bootOrder.filter((other) => other !== name)];
      },
    });
    return ok(taskWithJob(task));
  },
};
