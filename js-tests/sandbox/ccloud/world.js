// Everything that the customer of the sandbox has: one consistent world, made anew on every reset.

import { Refusal } from "../answers.js";
import { Collection } from "../collection.js";
import { ADDONS, OPERATING_SYSTEMS, ROLLOUTS } from "./catalogue.js";
import { SUBNETS } from "./networks.js";
import { POOLS } from "./pools.js";
import { seed } from "./seed.js";
import { Tasks } from "./tasks.js";

/**
 * @typedef {import("./addons.js").Addon} Addon
 * @typedef {import("./catalogue.js").AvailableAddon} AvailableAddon
 * @typedef {import("./catalogue.js").OperatingSystem} OperatingSystem
 * @typedef {import("./catalogue.js").Rollout} Rollout
 * @typedef {import("./invoices.js").Invoice} Invoice
 * @typedef {import("./networks.js").Subnet} Subnet
 * @typedef {import("./pools.js").Pool} Pool
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./settings.js").CcloudSettings} CcloudSettings
 * @typedef {import("./subscriptions.js").Subscription} Subscription
 *
 * @typedef {object} Surroundings
 * @property {() => number} now
 * @property {CcloudSettings} settings
 *
 * @typedef {"server" | "address" | "task" | "snapshot" | "ticket"} Numbered
 */

/**
 * What a handler of ccloud gets.
 *
 * @template [Params={}]
 * @template [Body=undefined]
 * @typedef {{ world: World, params: Params, body: Body }} Call
 */

/** @type {Record<Numbered, number>} */
const FIRST = { server: 1, address: 1, task: 1, snapshot: 1, ticket: 1 };

const SEED_TIME = Date.UTC(2023, 9, 1, 12);

export class World {
  /** @type {Collection<Server>} */
  servers = new Collection("server", (server) => server.hostname);
  /** @type {Collection<Subscription>} */
  subscriptions = new Collection("subscription", (subscription) => subscription.id);
  /** @type {Collection<Addon>} */
  addons = new Collection("addon", (addon) => addon.name);
  /** @type {Collection<Invoice>} */
  invoices = new Collection("invoice", (invoice) => invoice.id);
  /** @type {Collection<Subnet>} */
  subnets = new Collection("subnet", (subnet) => subnet.id);
  /** @type {Collection<Pool>} */
  pools = new Collection("pool", (pool) => pool.tag);
  /** @type {Collection<OperatingSystem>} */
  operatingSystems = new Collection("operating system", (os) => os.image);
  /** @type {Collection<AvailableAddon>} */
  availableAddons = new Collection("addon", (addon) => addon.name);
  /** @type {Collection<Rollout>} */
  rollouts = new Collection("rollout", (rollout) => rollout.rollout);

  #next = { ...FIRST };

  /**
   * @param {Surroundings} surroundings
   * @param {number} servers
   */
  constructor(surroundings, servers) {
    this.settings = surroundings.settings;
    this.tasks = new Tasks(this);
    // What is there from the start is the same whenever that is.
    this.now = () => SEED_TIME;
    for (const subnet of SUBNETS) this.subnets.add(subnet);
    for (const pool of POOLS) this.pools.add(pool);
    for (const os of OPERATING_SYSTEMS) this.operatingSystems.add(os);
    for (const addon of ADDONS) this.availableAddons.add(addon);
    for (const rollout of ROLLOUTS) this.rollouts.add(rollout);
    seed(this, servers);
    this.now = surroundings.now;
  }

  /** @param {Numbered} kind */
  number(kind) {
    const number = this.#next[kind];
    this.#next[kind] += 1;
    return number;
  }

  time() {
    return new Date(this.now()).toISOString();
  }

  /**
   * A server that can be worked on.
   *
   * @param {string} hostname
   */
  machine(hostname) {
    const server = this.servers.find(hostname);
    if (server.progress === "ready") return server;
    throw new Refusal(409, "server_busy", `The server is ${server.progress}.`);
  }
}
