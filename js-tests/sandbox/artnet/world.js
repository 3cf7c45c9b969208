// Everything that the customer of the sandbox has: one consistent world, made anew on every reset.

import { Collection } from "../collection.js";
import { newCustomer } from "./customer.js";
import { seed } from "./seed.js";

/**
 * @typedef {import("./settings.js").ArtnetSettings} ArtnetSettings
 *
 * @typedef {object} Surroundings
 * @property {() => number} now
 * @property {ArtnetSettings} settings
 * @property {import("./caller.js").Credentials} credentials
 *
 * @typedef {"service" | "subnetwork" | "zone" | "email" | "express server" | "instance" | "invoice"} Numbered
 */

/**
 * What a handler of Artnet gets.
 *
 * @template [Body={}]
 * @typedef {{ world: World, body: Body }} Call
 */

/** @type {Record<Numbered, number>} */
const FIRST = {
  service: 12001,
  subnetwork: 701,
  zone: 3001,
  email: 90001,
  "express server": 401,
  instance: 5001,
  invoice: 1001,
};

/** 2026-01-01, in ms: what is there from the start is the same whenever that is. */
const SEED_TIME = 1_767_225_600_000;

export class World {
  /** @type {Collection<import("./emails.js").Email>} */
  emails = new Collection("email", (email) => email.id);
  /** @type {Collection<import("./services.js").Service>} */
  services = new Collection("service", (service) => service.id);
  /** @type {Collection<import("./domains.js").Domain>} */
  domains = new Collection("domain", (domain) => domain.id);
  /** @type {Collection<import("./plain-services.js").PlainService>} */
  plainServices = new Collection("service", (service) => service.id);
  /** @type {Collection<import("./fail-over-ips.js").FailOverIp>} */
  failOverIps = new Collection("fail-over IP", (foip) => foip.id);
  /** @type {Collection<import("./vps.js").Vps>} */
  vpses = new Collection("VPS", (vps) => vps.id);
  /** @type {Collection<import("./servers.js").Server>} */
  dedicated = new Collection("dedicated server", (server) => server.id);
  /** @type {Collection<import("./servers.js").Server>} */
  colocation = new Collection("colocated server", (server) => server.id);
  /** @type {Collection<import("./addresses.js").Subnetwork>} */
  subnetworks = new Collection("subnetwork", (subnetwork) => subnetwork.id);
  /** @type {Collection<import("./blackholes.js").Blackhole>} */
  blackholes = new Collection("blackhole", (blackhole) => blackhole.ip);
  /** @type {Collection<import("./dns.js").Zone>} */
  zones = new Collection("zone", (zone) => zone.id);
  /** @type {Collection<import("./reverse-dns.js").Subclass>} */
  subclasses = new Collection("subclass", (subclass) => subclass.name);
  /** @type {Collection<import("./firewall.js").Ruleset>} */
  rulesets = new Collection("ruleset", (ruleset) => ruleset.id);
  /** @type {Collection<import("./express-offer.js").ExpressServer>} */
  expressServers = new Collection("express server", (server) => server.id);
  /** @type {Collection<import("./cloud-instances.js").Instance>} */
  instances = new Collection("instance", (instance) => instance.id);

  #next = { ...FIRST };

  /** @param {Surroundings} surroundings */
  constructor({ now, settings, credentials }) {
    this.settings = settings;
    this.customer = newCustomer(Number(credentials.customerId));
    this.now = () => SEED_TIME;
    seed(this);
    this.now = now;
  }

  /** @param {Numbered} kind */
  number(kind) {
    const number = this.#next[kind];
    this.#next[kind] += 1;
    return number;
  }

  /** Seconds since 1970. */
  time() {
    return Math.floor(this.now() / 1000);
  }
}
