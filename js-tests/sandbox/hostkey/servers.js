// Servers as such, and the calls of eq.php that list and show them.

import { ok } from "../answers.js";
import { Collection } from "../collection.js";
import { isVirtual } from "./catalogue.js";
import { done } from "./results.js";
import { describeServer } from "./server-view.js";

/**
 * @typedef {import("./catalogue-data.js").Kind} Kind
 * @typedef {import("./tags.js").Tag} Tag
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Address
 * @property {string} IP
 * @property {string} port
 * @property {0 | 1} main_ip
 * @property {0 | 1} locked
 * @property {string | null} date_block
 * @property {string} description
 * @property {string} ptr
 *
 * @typedef {object} Interface
 * @property {number} id
 * @property {string} type
 * @property {string} mac
 * @property {"enable" | "disable"} Status
 *
 * @typedef {object} Hardware
 * @property {string} cpu
 * @property {number} cores
 * @property {number} ram GB
 * @property {number} disk GB, of each
 * @property {number} disks
 * @property {string} gpu empty for none
 *
 * @typedef {object} NetworkInstallation
 * @property {string} system
 * @property {string} hostname
 * @property {string} password
 * @property {string | undefined} key that follows its stages
 *
 * @typedef {object} Server
 * @property {number} id
 * @property {number} product its number in billing
 * @property {Kind} kind
 * @property {string} preset empty where it was made from none
 * @property {string} presetDescription
 * @property {string} location
 * @property {"rent" | "power_off"} status power_off: suspended
 * @property {string[]} groups
 * @property {number[]} components
 * @property {number} price EUR a month
 * @property {number} months that each payment is for
 * @property {string} since first day
 * @property {string} due next payment day
 * @property {Hardware} hardware
 * @property {Collection<Address>} addresses
 * @property {Collection<Interface>} interfaces
 * @property {Collection<Tag>} tags
 * @property {"on" | "off"} power
 * @property {string} boot disk, pxe or cd
 * @property {NetworkInstallation | undefined} pxe
 * @property {string} iso empty while none is inserted
 * @property {string} ipmiUser empty while there is none
 * @property {string} natAddress where the management controller can be reached; empty while it cannot
 * @property {Collection<Snapshot>} snapshots
 * @property {string[]} tasksRun
 *
 * @typedef {{ id: number, name: string, date: string }} Snapshot
 *
 * @typedef {object} Order What a server is made from.
 * @property {number} id
 * @property {Kind} kind
 * @property {string} [preset]
 * @property {string} [presetDescription]
 * @property {string} location
 * @property {number} price
 * @property {number} months
 * @property {Hardware} hardware
 * @property {string} hostname
 * @property {string} system
 * @property {string} password
 */

/** @param {number} id */
const macOf = (id) => {
  const hex = id.toString(16).padStart(6, "0");
  return `56:6f:ff:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
};

/**
 * @param {Server} server
 * @param {string} IP
 * @param {0 | 1} main_ip
 */
export const addAddress = (server, IP, main_ip) =>
  server.addresses.add({
    IP,
    port: "eth0",
    main_ip,
    locked: 0,
    date_block: null,
    description: "",
    ptr: `${IP.replaceAll(/[.:]+/g, "-")}.hosted-by.example.com`,
  });

/**
 * @param {World} world
 * @param {Order} order
 * @returns {Server}
 */
export function addServer(world, order) {
  const { id, kind, preset = "", presetDescription = "", location, price, months, hardware } = order;
  /** @type {Server} */
  const server = {
    id,
    product: world.number("product"),
    kind,
    preset,
    presetDescription,
    location,
    status: "rent",
    groups: groupsOf(kind, hardware),
    components: [],
    price,
    months,
    since: world.dayIn(0),
    due: world.dayIn(30 * months),
    hardware,
    addresses: new Collection("address", (address) => address.IP, { anyCase: true }),
    interfaces: new Collection("port", (one) => one.type),
    tags: new Collection("tag", (tag) => tag.tag),
    power: "on",
    boot: "disk",
    pxe: undefined,
    iso: "",
    ipmiUser: "",
    natAddress: "",
    snapshots: new Collection("snapshot", (snapshot) => snapshot.name),
    tasksRun: [],
  };
  server.components.push(100 + hardware.cores, 200 + hardware.ram);
  for (const [index, type] of (isVirtual(kind) ? ["eth0"] : ["eth0", "eth1"]).entries()) {
    server.interfaces.add({ id: 2 * id + index, type, mac: macOf(2 * id + index), Status: "enable" });
  }
  addAddress(server, world.freeAddress(), 1);
  const { system, password, hostname } = order;
  world.setTag(server, "order_origin", "invapi", "1");
  install(world, server, { system, password, hostname });
  return world.servers.add(server);
}

/**
 * @param {Kind} kind
 * @param {Hardware} hardware
 */
function groupsOf(kind, { cpu, gpu }) {
  const own = isVirtual(kind) ? ["VPS", "Instances"] : ["Mini", "1CPU"];
  return [...own, ...(gpu === "" ? [] : ["Gpu"]), ...(cpu.includes("AMD") ? ["AMD"] : [])];
}

/**
 * Whatever was on the disks is gone.
 *
 * @param {World} world
 * @param {Server} server
 * @param {{ system: string, password: string, hostname: string }} what
 */
export function install(world, server, { system, password, hostname }) {
  world.setTag(server, "hostname", hostname);
  world.setTag(server, "Password", password);
  world.setTag(server, "OS", system);
  world.setTag(server, "user_name", system.startsWith("Windows") ? "Administrator" : "root");
  server.snapshots.all().forEach(({ name }) => void server.snapshots.remove(name));
  server.power = "on";
}

/** @param {Server} server */
export const hostnameOf = (server) => server.tags.get("hostname")?.value ?? String(server.id);

/** @param {Server} server */
export const mainAddressOf = (server) => server.addresses.all().find((one) => one.main_ip === 1)?.IP ?? "";

/**
 * @typedef {object} Search
 * @property {string} [location]
 * @property {string} [status]
 * @property {string} [component]
 * @property {string} [ip]
 * @property {string} [mac]
 * @property {string} [group]
 */

/** @param {string | undefined} text */
const listOf = (text) => (text === undefined ? undefined : text.split(",").map((item) => item.trim()));

/** @param {string} mac */
const digitsOf = (mac) => mac.replaceAll(/[^0-9a-f]/gi, "").toLowerCase();

/**
 * @param {Search} search
 * @returns {(server: Server) => boolean}
 */
function fits({ location, status, component, ip, mac, group }) {
  const [locations, components, groups] = [location, component, group].map(listOf);
  return (server) =>
    (locations?.includes(server.location) ?? true) &&
    (status === undefined || server.status === status) &&
    (components?.every((one) => server.components.includes(Number(one))) ?? true) &&
    (ip === undefined || server.addresses.has(ip)) &&
    (mac === undefined || server.interfaces.all().some((one) => digitsOf(one.mac) === digitsOf(mac))) &&
    (groups?.every((one) => server.groups.includes(one)) ?? true);
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const serverHandlers = {
  "eq.list": (/** @type {import("./world.js").Call<Search>} */ { world, session, body }) => {
    const servers = world.servers.all().filter(({ id }) => session.servers.includes(id));
    const show = world.shapes.of(
      "servers of a list",
      (/** @type {number} */ id) => id,
      (/** @type {number} */ id) => ({ id }),
      String,
    );
    return ok({ result: "OK", servers: servers.filter(fits(body)).map(({ id }) => show(id)) });
  },

  "eq.show": (/** @type {import("./world.js").Call<{ id: number }>} */ { world, session, body }) =>
    ok({ result: "OK", ...describeServer(world, world.findServer(session, body.id)) }),

  "eq.renameServer": (
    /** @type {import("./world.js").Call<{ id: number, hostname: string }>} */ { world, session, body },
  ) => {
    world.setTag(world.findServer(session, body.id), "hostname", body.hostname);
    return done(world, { action: "rename_server", id: body.id });
  },

  "eq.updateServers": (/** @type {import("./world.js").Call} */ { world, session }) => {
    session.servers = world.serverNumbers(session.limitedTo);
    const covered = world.servers.all().filter(({ id }) => session.servers.includes(id));
    return ok({
      result: "OK",
      servers: session.servers,
      billing_servers: covered.map((server) => ({
        id: server.product,
        name: hostnameOf(server),
        status: "Active",
        config: server.presetDescription,
      })),
      deploy_keys: world.deployKeys(),
    });
  },
};
