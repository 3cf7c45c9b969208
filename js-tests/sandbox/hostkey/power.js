// eq.php: power, sensors, boot order and what a server boots from the network.

import { Refusal } from "../answers.js";
import { findSystem, isVirtual } from "./catalogue.js";
import { demandKnown } from "./known.js";
import { INSTALLATION_STAGES } from "./orders.js";
import { startWithPin } from "./pin.js";
import { install } from "./servers.js";

/**
 * @typedef {import("./jobs.js").Outcome} Outcome
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ id: number }} ServerBody
 * @typedef {ServerBody & import("./pin.js").WithPin} PinBody
 */

const SENSORS = [
  ["CPU Temp", "36 degrees C", "ok"],
  ["System Temp", "25 degrees C", "ok"],
  ["P1-DIMMC1 Temp", "no reading", "ns"],
  ["FAN", "3100 RPM", "ok"],
  ["12V", "12.06 Volts", "ok"],
];

/**
 * Work on a server.
 *
 * @param {string} action
 * @param {Server} server
 * @param {() => Outcome} finish
 */
export const workOn = (action, { id, location }, finish) => ({ action, server: id, location, finish });

/**
 * @param {Server} server
 * @param {boolean} wanted
 */
export function demandVirtual({ kind }, wanted) {
  if (isVirtual(kind) === wanted) return;
  throw new Refusal(200, "server_unfit", `This is for ${wanted ? "virtual" : "physical"} servers only.`);
}

/**
 * @param {World} world
 * @param {Server} server
 */
function boot(world, server) {
  server.power = "on";
  if (server.boot !== "pxe" || !server.pxe) return;
  const { key, ...installed } = server.pxe;
  install(world, server, installed);
  if (key !== undefined) world.installing.add(key);
}

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const powerHandlers = {
  "eq.status": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const finish = () => ({ scope: server.power, debug: `Chassis Power is ${server.power}` });
    return world.jobs.start(workOn("status", server, finish));
  },

  "eq.sensors": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, false);
    const scope = SENSORS.map((sensor) => `${sensor.join(" | ")}\n`).join("");
    const work = workOn("sensors", server, () => ({ scope, debug: scope.replaceAll("\n", "") }));
    return world.jobs.start({ ...work, shownAs: "get_sensors" });
  },

  "eq.on": (/** @type {Call<PinBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const work = workOn("on", server, () => {
      if (server.power === "off") boot(world, server);
      return { scope: "Post is on", debug: "Chassis Power Control: Up/On" };
    });
    return startWithPin(world, body.pin, work);
  },

  "eq.off": (/** @type {Call<PinBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const work = workOn("off", server, () => {
      server.power = "off";
      return { scope: "Post is off", debug: "Chassis Power Control: Down/Off" };
    });
    return startWithPin(world, body.pin, work);
  },

  "eq.hardOff": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const work = workOn("hard_off", server, () => {
      server.power = "off";
      return { scope: "Post is off", debug: "Chassis Power Control: Down/Off" };
    });
    return world.jobs.start(work);
  },

  "eq.reboot": (/** @type {Call<PinBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const work = workOn("reboot", server, () => {
      boot(world, server);
      return { scope: "Reboot completed", debug: "Chassis Power Control: Reset" };
    });
    return startWithPin(world, body.pin, work);
  },

  "eq.unitReset": (/** @type {Call<PinBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, false);
    return startWithPin(
      world,
      body.pin,
      workOn("unit_reset", server, () => ({ scope: "Unit was reset" })),
    );
  },

  "eq.bootDev": (/** @type {Call<PinBody & { media: string }>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandKnown("media", body.media, ["pxe", "disk", "cd"]);
    const work = workOn("boot_dev", server, () => {
      server.boot = body.media;
      return { scope: `Set Boot Device to ${body.media}` };
    });
    return startWithPin(world, body.pin, work);
  },

  "eq.reinstall": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const answer = world.jobs.start({
      ...workOn("reinstall", server, () => ({ scope: "The server is online" })),
      stages: INSTALLATION_STAGES,
      isReady: () => world.installing.has(key),
    });
    const key = /** @type {{ callback: string }} */ (answer.json).callback;
    return answer;
  },

  "eq.createPxe": (
    /** @type {Call<PinBody & { os_id: number, root_pass: string, hostname: string, reinstall_key?: string }>} */
    { world, session, body },
  ) => {
    const server = world.findServer(session, body.id);
    const { name: system } = findSystem(body.os_id);
    const { hostname, root_pass: password, reinstall_key: key } = body;
    if (key !== undefined && world.jobs.get(key)?.action !== "reinstall") {
      throw new Refusal(200, "async_key_not_found", "AsyncKey not found");
    }
    const work = workOn("create_pxe", server, () => {
      server.pxe = { system, hostname, password, key };
      return { scope: "PXE config created" };
    });
    return startWithPin(world, body.pin, work);
  },

  "eq.clearPxe": (/** @type {Call<ServerBody & { hostname: string }>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const work = workOn("clear_pxe", server, () => {
      server.pxe = undefined;
      return { scope: "PXE config cleared" };
    });
    return world.jobs.start(work);
  },
};
