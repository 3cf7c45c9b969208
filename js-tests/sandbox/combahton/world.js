// Everything that the customer of the sandbox has: one consistent world, made anew on every reset.

import { Collection } from "../collection.js";
import { need } from "./refusals.js";
import { seed } from "./seed.js";

/**
 * @typedef {import("./settings.js").CombahtonSettings} CombahtonSettings
 *
 * @typedef {object} Surroundings
 * @property {() => number} now
 * @property {CombahtonSettings} settings
 * @property {number} credit
 *
 * @typedef {"contract" | "invoice" | "vnc"} Numbered
 */

/**
 * What a handler of combahton gets.
 *
 * @template [Body={}]
 * @typedef {{ world: World, body: Body }} Call
 */

/** @type {Record<Numbered, number>} */
const FIRST = { contract: 603_000, invoice: 1, vnc: 53_700 };

/** 2026-01-01, in ms: what is there from the start is the same whenever that is. */
const SEED_TIME = 1_767_225_600_000;

export class World {
  /** @type {Collection<import("./invoices.js").Invoice>} */
  invoices = new Collection("invoice", (invoice) => invoice.id);
  /** @type {Collection<import("./contracts.js").Contract>} */
  contracts = new Collection("contract", (contract) => contract.contract);
  /** @type {Collection<import("./kvm.js").Server>} */
  servers = new Collection("server", (server) => server.contract);
  /** @type {Collection<import("./addresses.js").Address>} */
  addresses = new Collection("address", (address) => address.ipaddr);
  /** @type {Collection<import("./layer7.js").Domain>} */
  domains = new Collection("domain name", (domain) => domain.domain, { anyCase: true });

  /** Public keys, one to a line. */
  sshKeys = "";

  #next = { ...FIRST };

  /** @param {Surroundings} surroundings */
  constructor({ now, settings, credit }) {
    this.settings = settings;
    this.now = () => SEED_TIME;
    this.cents = Math.round(credit * 100);
    seed(this);
    this.now = now;
  }

  /** @param {Numbered} kind */
  number(kind) {
    const number = this.#next[kind];
    this.#next[kind] += 1;
    return String(number);
  }

  /** Seconds since 1970. */
  time() {
    return Math.floor(this.now() / 1000);
  }

  /** @param {number} cents */
  pay(cents) {
    need(this.cents >= cents, "error", "there is too little credit");
    this.cents -= cents;
  }
}
