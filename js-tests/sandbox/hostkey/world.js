// Everything that the customer of the sandbox has: one consistent world, made anew on every reset.

import { Refusal } from "../answers.js";
import { Collection } from "../collection.js";
import { newClient } from "./client.js";
import { Jobs } from "./jobs.js";
import { Pin } from "./pin.js";
import { seed } from "./seed.js";
import { Sessions } from "./sessions.js";

/**
 * @typedef {import("./api-keys.js").ApiKey} ApiKey
 * @typedef {import("./api-keys.js").ApiKeyEvent} ApiKeyEvent
 * @typedef {import("./cancellations.js").Cancellation} Cancellation
 * @typedef {import("./contacts.js").Contact} Contact
 * @typedef {import("./credits.js").Credit} Credit
 * @typedef {import("./dns.js").Domain} Domain
 * @typedef {import("./dns.js").Subdomain} Subdomain
 * @typedef {import("./zones.js").Zone} Zone
 * @typedef {import("./invoices.js").Invoice} Invoice
 * @typedef {import("./iso.js").Image} Image
 * @typedef {import("./s3.js").S3Account} S3Account
 * @typedef {import("./invoices.js").Transaction} Transaction
 * @typedef {import("./orders.js").Deployment} Deployment
 * @typedef {import("./remote-hands.js").HandsRequest} HandsRequest
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./sessions.js").Session} Session
 * @typedef {import("./settings.js").HostkeySettings} HostkeySettings
 * @typedef {import("./ssh-keys.js").SshKey} SshKey
 * @typedef {import("./stocks.js").StockServer} StockServer
 * @typedef {import("./tickets.js").Ticket} Ticket
 *
 * @typedef {object} Surroundings
 * @property {() => number} now
 * @property {HostkeySettings} settings
 * @property {import("../shapes.js").Shapes} shapes
 * @property {{ apiKey: string, pin: import("./pin.js").PinValue | null }} credentials
 * @property {{ user: string, password: string }} account
 * @property {number} servers how many there are from the start
 */

/**
 * What a handler of Hostkey gets. There is no session where the operation goes without a token.
 *
 * @template [Body={}]
 * @typedef {{ world: World, session: Session, body: Body }} Call
 */

const FIRST = {
  address: 10,
  "API key": 501,
  "API key event": 20_818_000,
  bucket: 1,
  contact: 122,
  credit: 4700,
  domain: 301,
  "DNS record": 7001,
  "DNS zone": 901,
  "hands request": 5101,
  image: 11,
  invoice: 23_501,
  "invoice line": 25_800,
  product: 5724,
  "S3 account": 12_345,
  server: 44_801,
  snapshot: 1,
  "SSH key": 61,
  subdomain: 1201,
  tag: 799_100,
  ticket: 88_001,
  transaction: 31_001,
};

/** @typedef {keyof typeof FIRST} Numbered */

/** Far enough ahead that nothing has expired. */
const SEED_TIME = Date.UTC(2035, 0, 1);

const DAY = 24 * 60 * 60 * 1000;

export class World {
  /** @type {Collection<ApiKey>} */
  apiKeys = new Collection("API key", (key) => key.id);
  /** @type {ApiKeyEvent[]} newest first */
  apiKeyEvents = [];
  /** @type {Collection<Server>} */
  servers = new Collection("server", (server) => server.id);
  /** @type {Collection<StockServer>} */
  stocks = new Collection("server in stock", (server) => server.id);
  /** How many of each preset were ordered. @type {Map<number, number>} */
  ordered = new Map();
  /** @type {Collection<Deployment>} */
  deployments = new Collection("deployment", (deployment) => deployment.product);
  /** @type {Collection<Invoice>} */
  invoices = new Collection("invoice", (invoice) => invoice.id);
  /** @type {Transaction[]} */
  transactions = [];
  /** @type {Credit[]} */
  credits = [];
  /** @type {Collection<Cancellation>} */
  cancellations = new Collection("cancellation request", (request) => request.relid);
  /** @type {Collection<Contact>} */
  contacts = new Collection("contact", (contact) => contact.id);
  /** @type {Collection<Zone>} */
  zones = new Collection("DNS zone", (zone) => zone.name, { anyCase: true });
  /** @type {Collection<Domain>} */
  domains = new Collection("domain", (domain) => domain.id);
  /** @type {Collection<Subdomain>} */
  subdomains = new Collection("subdomain", (subdomain) => subdomain.id);
  /** @type {Collection<SshKey>} */
  sshKeys = new Collection("SSH key", (key) => key.id);
  /** @type {Collection<HandsRequest>} */
  handsRequests = new Collection("request", (request) => request.id);
  /** Keys of network installations that have begun. @type {Set<string>} */
  installing = new Set();
  /** @type {Ticket[]} */
  tickets = [];
  /** @type {Collection<S3Account>} */
  s3Accounts = new Collection("S3 account", (account) => account.s3uid);
  /** @type {Collection<Image>} */
  images = new Collection("image", (image) => image.id);

  #next = { ...FIRST };

  /** @param {Surroundings} surroundings */
  constructor({ now, settings, shapes, credentials, account, servers }) {
    this.settings = settings;
    this.shapes = shapes;
    this.account = account;
    this.client = newClient(account.user);
    this.pin = new Pin(credentials.pin);
    this.jobs = new Jobs(settings, shapes);
    this.sessions = new Sessions(this);
    // What is there from the start is the same whenever that is.
    this.now = () => SEED_TIME;
    seed(this, { apiKey: credentials.apiKey, servers });
    this.now = now;
  }

  /** @param {Numbered} kind */
  number(kind) {
    const number = this.#next[kind];
    this.#next[kind] += 1;
    return number;
  }

  /** An IPv4 address that nobody has yet. */
  freeAddress() {
    const number = this.number("address");
    return `198.18.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  }

  /** Now, as Hostkey writes times. */
  timestamp() {
    return new Date(this.now()).toISOString().slice(0, 19).replace("T", " ");
  }

  /**
   * The day so many days from now.
   *
   * @param {number} days
   */
  dayIn(days) {
    return new Date(this.now() + days * DAY).toISOString().slice(0, 10);
  }

  /** @param {string} day YYYY-MM-DD */
  daysUntil(day) {
    return Math.ceil((Date.parse(day) - this.now()) / DAY);
  }

  /**
   * The numbers of the servers that there are now.
   *
   * @param {number} limitedTo the only one that counts; 0 for all
   */
  serverNumbers(limitedTo) {
    const numbers = this.servers.all().map(({ id }) => id);
    return limitedTo === 0 ? numbers : numbers.filter((id) => id === limitedTo);
  }

  /** @param {import("./catalogue-data.js").Preset} preset */
  leftOf({ id, available }) {
    return available - (this.ordered.get(id) ?? 0);
  }

  /**
   * A server that the session covers: a new one only once the session's list was renewed.
   *
   * @param {Session} session
   * @param {number} id
   */
  findServer(session, id) {
    if (session.servers.includes(id)) return this.servers.find(id);
    const text = "There is no such server, or eq/update_servers has to be called first.";
    throw new Refusal(404, "server_not_found", text);
  }

  /**
   * Puts a tag on a server, or changes it.
   *
   * @param {Server} server
   * @param {string} tag
   * @param {string} value
   * @param {string} [extra]
   */
  setTag(server, tag, value, extra = "") {
    const id = server.tags.get(tag)?.id ?? this.number("tag");
    return server.tags.add({ id, component: "eq", component_id: server.id, tag, value, extra, internal: 0 });
  }

  /** The callback keys of deployments under way, by number in billing; an empty array of PHP while there are none. */
  deployKeys() {
    const deployments = this.deployments.all().filter(({ isTold }) => isTold());
    if (deployments.length === 0) return [];
    return Object.fromEntries(deployments.map(({ product, key }) => [String(product), key]));
  }
}
