// Servers: what they are made of and how they are shown.

import { ok } from "../answers.js";
import { Collection } from "../collection.js";
import { shownAdapter } from "./adapters.js";
import { CUSTOMER_ID, USERNAME } from "./customer.js";
import { holds, page } from "./paging.js";
import { forbidden } from "./refusals.js";
import { taskId } from "./tasks.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"Running" | "Paused" | "Reset" | "Saved" | "Off" | "Critical"} State
 *
 * @typedef {object} Disk
 * @property {string} id slot of the controller: sc0s0
 * @property {number} size GB
 *
 * @typedef {object} Drive
 * @property {string} id slot of the controller: sc0s1
 * @property {string} iso
 *
 * @typedef {object} Server
 * @property {number} id
 * @property {string} hostname
 * @property {string} createdAt
 * @property {"ready" | "being built" | "being deleted"} progress
 * @property {State} state
 * @property {string} pool
 * @property {"managed" | "unmanaged"} type
 * @property {import("./catalogue.js").OperatingSystem} os
 * @property {number} cores
 * @property {number} memory GB
 * @property {Collection<Disk>} disks
 * @property {Collection<Drive>} drives
 * @property {import("./adapters.js").Adapter[]} adapters
 * @property {Collection<import("./snapshots.js").Snapshot>} snapshots
 * @property {import("./snapshot-schedules.js").Schedule} [schedule]
 * @property {import("./addons.js").Addons} addons
 * @property {string[]} bootOrder what it boots from first; other devices come after
 * @property {string[]} tags
 * @property {string} [customName]
 * @property {string} [description]
 * @property {string} [notes]
 * @property {string} [password] absent where nobody can log in with one
 * @property {boolean} hasCustomPrice
 * @property {number} [subscription] id of the one that it counts against
 * @property {import("./tasks.js").Task} [deletion]
 *
 * @typedef {{ hostname: string }} ByHostname
 *
 * @typedef {import("./paging.js").Paging & Filters} ListParams
 *
 * @typedef {object} Filters
 * @property {string} [tag]
 * @property {string} [search]
 * @property {boolean} [build_in_progress]
 * @property {boolean} [deletion_in_progress]
 */

const COLUMNS = ["id", "hostname", "created_at", "generation", "location", "custom_name"];

/** @returns {Pick<Server, "disks" | "drives" | "adapters" | "snapshots" | "addons" | "bootOrder">} */
export const emptyServer = () => ({
  disks: new Collection("disk", (disk) => disk.id),
  drives: new Collection("DVD drive", (drive) => drive.id),
  adapters: [],
  snapshots: new Collection("snapshot", (snapshot) => snapshot.id),
  addons: new Collection("addon", (addon) => addon.name),
  bootOrder: [],
});

/** @param {Server} server */
export const diskSpaceOf = ({ disks }) => disks.all().reduce((sum, disk) => sum + disk.size, 0);

/** @param {Server} server */
const shownData = (server) => ({
  cores: server.cores,
  memory: server.memory,
  disk: diskSpaceOf(server),
  pool: server.pool,
  type: server.type,
  os_name: server.os.name,
  ostype: server.os.ostype,
  hostname: server.hostname,
  username: USERNAME,
  customer_id: CUSTOMER_ID,
  ...(server.description === undefined ? {} : { description: server.description }),
  ...(server.notes === undefined ? {} : { notes: server.notes }),
  addons: server.addons.all(),
});

/** @param {Server} server */
const shown = (server) => ({
  id: server.id,
  customer_id: CUSTOMER_ID,
  hostname: server.hostname,
  generation: 2,
  created_at: server.createdAt.slice(0, 10),
  tags: server.tags,
  location: `Rack ${1 + (server.id % 8)}`,
  ...(server.customName === undefined ? {} : { custom_name: server.customName }),
  credentials_available: server.password !== undefined && server.progress !== "being built",
  deletion_in_progress: server.progress === "being deleted",
  build_in_progress: server.progress === "being built",
  rootaccess: server.type === "unmanaged",
  network_adapters: server.adapters.map((adapter) => shownAdapter(server, adapter)),
  data: shownData(server),
});

/** @param {Server} server */
const searched = ({ hostname, os, tags, adapters }) => [
  hostname,
  os.name,
  ...tags,
  ...adapters.flatMap((adapter) => adapter.addresses.map(({ ip }) => ip)),
];

/**
 * @param {Filters} filters
 * @returns {(server: Server) => boolean}
 */
const fits =
  ({ tag, search, build_in_progress: built, deletion_in_progress: deleted }) =>
  (server) =>
    (tag === undefined || server.tags.includes(tag)) &&
    (built === undefined || built === (server.progress === "being built")) &&
    (deleted === undefined || deleted === (server.progress === "being deleted")) &&
    holds(search, searched(server));

/**
 * Asked for twice, there is still the one task.
 *
 * @param {World} world
 * @param {Server} server
 */
function startDeletion(world, server) {
  world.machine(server.hostname);
  server.progress = "being deleted";
  return world.tasks.start({
    action: "delete-server",
    hostname: server.hostname,
    done: () => world.servers.remove(server.hostname),
    failed: () => {
      server.progress = "ready";
      server.deletion = undefined;
    },
  });
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const serverHandlers = {
  "servers.list": (/** @type {import("./world.js").Call<ListParams>} */ { world, params }) => {
    const servers = world.servers.all().filter(fits(params));
    return ok({ data: page(world, params, servers.map(shown), COLUMNS) });
  },

  "servers.get": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    const server = world.servers.find(params.hostname);
    return ok({ ...shown(server), custom_price: server.hasCustomPrice });
  },

  "servers.delete": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    const server = world.servers.find(params.hostname);
    server.deletion ??= startDeletion(world, server);
    return ok(taskId(server.deletion));
  },

  "servers.password.get": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    const { type, os, password } = world.machine(params.hostname);
    if (type === "managed") throw forbidden("There is no root access to this server.");
    const username = os.ostype === "Windows" ? "Administrator" : "root";
    return ok(password === undefined ? [] : [{ username, password }]);
  },

  "servers.console.get": (/** @type {import("./world.js").Call<ByHostname>} */ { world, params }) => {
    const { hostname } = world.machine(params.hostname);
    return ok({ url: `https://console.example.com/${hostname}?ticket=${world.number("ticket")}` });
  },
};
