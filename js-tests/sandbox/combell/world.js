// Everything that the reseller of the sandbox has: one consistent world, made anew on every reset.

import { Collection } from "../collection.js";
import { Jobs } from "./jobs.js";
import { seed } from "./seed.js";
import { SERVICEPACKS } from "./servicepacks.js";

/**
 * @typedef {import("./accounts.js").Account} Account
 * @typedef {import("./certificate-requests.js").CertificateRequest} CertificateRequest
 * @typedef {import("./certificates.js").Certificate} Certificate
 * @typedef {import("./dns.js").DnsZone} DnsZone
 * @typedef {import("./domains.js").Domain} Domain
 * @typedef {import("./linux-hostings.js").LinuxHosting} LinuxHosting
 * @typedef {import("./mail-zones.js").MailZone} MailZone
 * @typedef {import("./mailboxes.js").Mailbox} Mailbox
 * @typedef {import("./mysql.js").Database} Database
 * @typedef {import("./servicepacks.js").Servicepack} Servicepack
 * @typedef {import("./settings.js").CombellSettings} CombellSettings
 * @typedef {import("./windows-hostings.js").WindowsHosting} WindowsHosting
 *
 * @typedef {object} Surroundings
 * @property {() => number} now
 * @property {CombellSettings} settings
 * @property {import("../shapes.js").Shapes} shapes
 *
 * @typedef {"account" | "record" | "task" | "certificate request" | "job"} Numbered
 */

/**
 * What a handler of Combell gets.
 *
 * @template [Params={}]
 * @template [Body=undefined]
 * @typedef {{ world: World, params: Params, body: Body }} Call
 */

/** @type {Record<Numbered, number>} */
const FIRST = { account: 200001, record: 500001, task: 1, "certificate request": 7001, job: 1 };

/** Far enough ahead that nothing has expired. */
const SEED_TIME = Date.UTC(2035, 0, 1);

export class World {
  /** @type {Collection<Servicepack>} */
  servicepacks = new Collection("service pack", (pack) => pack.id);
  /** @type {Collection<Account>} */
  accounts = new Collection("account", (account) => account.id);
  /** @type {Collection<Domain>} */
  domains = new Collection("domain", (domain) => domain.domain_name, { anyCase: true });
  /** @type {Collection<DnsZone>} */
  zones = new Collection("DNS zone", (zone) => zone.name, { anyCase: true });
  /** @type {Collection<LinuxHosting>} */
  linuxHostings = new Collection("Linux hosting", (hosting) => hosting.domain_name, { anyCase: true });
  /** @type {Collection<WindowsHosting>} */
  windowsHostings = new Collection("Windows hosting", (hosting) => hosting.domain_name, { anyCase: true });
  /** @type {Collection<MailZone>} */
  mailZones = new Collection("mail zone", (zone) => zone.name, { anyCase: true });
  /** @type {Collection<Mailbox>} */
  mailboxes = new Collection("mailbox", (mailbox) => mailbox.name, { anyCase: true });
  /** @type {Collection<Database>} */
  databases = new Collection("database", (database) => database.name);
  /** @type {Collection<Certificate>} */
  certificates = new Collection("certificate", (certificate) => certificate.sha1_fingerprint, {
    anyCase: true,
  });
  /** @type {Collection<CertificateRequest>} */
  certificateRequests = new Collection("certificate request", (request) => request.id);

  /** @type {import("./request-plans.js").RequestPlan[]} */
  requestPlans = [];

  #next = { ...FIRST };

  /**
   * @param {Surroundings} surroundings
   * @param {number} accounts
   */
  constructor(surroundings, accounts) {
    this.settings = surroundings.settings;
    this.shapes = surroundings.shapes;
    this.jobs = new Jobs(this);
    // What is there from the start is the same whenever that is.
    this.now = () => SEED_TIME;
    for (const pack of SERVICEPACKS) this.servicepacks.add(pack);
    seed(this, accounts);
    this.now = surroundings.now;
  }

  /** @param {Numbered} kind */
  number(kind) {
    const number = this.#next[kind];
    this.#next[kind] += 1;
    return number;
  }

  /**
   * An ISO 8601 time, so many seconds from now.
   *
   * @param {number} seconds
   */
  timeIn(seconds) {
    return new Date(this.now() + seconds * 1000).toISOString();
  }
}
