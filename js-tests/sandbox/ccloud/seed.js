// What the customer of the sandbox has from the start. The same every time: it depends on nothing but the
// number of servers. Whatever the spec gives as an example of a parameter is there.

import { breakdown } from "./invoices.js";
import { addServer, build } from "./orders.js";
import { addSnapshot } from "./snapshots.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 */

const SUBSCRIPTIONS = 40;
const INVOICES = { first: 1312, count: 18, year: 2021, month: 12 };
const IMAGES = ["stretch_uefi", "buster_uefi", "win2022_uefi", "jammy_uefi", "stretch_uefi"];
const POOLS = ["pool_iw_ssd", "pool_aw2_ssd", "pool_iw_ssd", "pool_iw3_ssd_gpu", "pool_iw1_hdd"];
const SUBNETS = [[1, 3], [2, 5], [4]];
const TAGS = [["development", "production"], ["production"], [], ["testing"]];
const SNAPSHOT = "51c1d831-784b-4550-8c54-a2ced31b5099";

/** @type {import("./servers.js").State[]} */
const STATES = ["Running", "Running", "Off", "Running", "Paused", "Running", "Saved", "Critical"];

/**
 * @param {World} world
 * @param {number} servers
 */
export function seed(world, servers) {
  for (let index = 0; index < servers; index += 1) seedServer(world, index);
  for (let id = 1; id <= SUBSCRIPTIONS; id += 1) seedSubscription(world, id);
  const [first] = world.servers.all();
  if (first) seedFirst(world, first);
  for (let index = 0; index < INVOICES.count; index += 1) seedInvoice(world, index);
  world.addons.add({ name: "report", count: 1 });
}

/**
 * @template Value
 * @param {Value[]} values
 * @param {number} index
 */
const inTurn = (values, index) => /** @type {Value} */ (values[index % values.length]);

/**
 * @param {World} world
 * @param {number} index
 */
function seedServer(world, index) {
  const hostname = index === 1 ? "ts12345" : `vs${10_000 + index}`;
  /** @type {import("./orders.js").Order} */
  const order = {
    hostname,
    pool: inTurn(POOLS, index),
    cores: 2 + 2 * (index % 4),
    memory: 4 + 4 * (index % 3),
    disks: index % 6 === 0 ? [50, 100] : [50],
    image: inTurn(IMAGES, index),
    custom_name: index % 4 === 0 ? `Shop ${index + 1}` : undefined,
    description: "Seeded",
    password: index % 10 === 9 ? undefined : `Sandbox-${hostname}`,
    sshkey: "ssh-ed25519 AAAA robin@example.com",
    type: index % 5 === 3 ? "managed" : "unmanaged",
    addons: index % 3 === 0 ? [{ name: "monitoring", count: 1 }] : [],
    tags: inTurn(TAGS, index),
    subnets: inTurn(SUBNETS, index),
  };
  const server = addServer(world, order);
  world.tasks.addFinished(hostname, "create-server");
  build(world, server, order);
  server.state = inTurn(STATES, index);
  server.hasCustomPrice = index % 10 === 3;
  if (index % 7 === 0) {
    server.notes = "This is my Database Server";
    server.schedule = { frequency: inTurn([3, 24, 12], index), next_run: "2023-11-30 15:00" };
  }
  if (index % 8 === 5) server.subscription = 1 + (index % SUBSCRIPTIONS);
}

/**
 * The first server has one of everything that a server can have.
 *
 * @param {World} world
 * @param {Server} server
 */
function seedFirst(world, server) {
  // The slots of the spec's examples: the disk sc0s0 and the drive sc0s1.
  server.disks.remove("sc0s1");
  server.drives.add({ id: "sc0s1", iso: "debian-12.iso" });
  server.disks.add({ id: "sc0s2", size: 100 });
  server.subscription = 2;
  addSnapshot(world, server, "before the upgrade", SNAPSHOT);
  addSnapshot(world, server, "after the upgrade");
  const actions = ["stop-server", "start-server", "resize-server"];
  for (let index = 0; index < 40; index += 1) {
    const failure = index % 9 === 8 ? "The host is under maintenance." : undefined;
    world.tasks.addFinished(server.hostname, inTurn(actions, index), failure);
  }
}

/**
 * @param {World} world
 * @param {number} id
 */
const seedSubscription = (world, id) =>
  world.subscriptions.add({
    id,
    pool: inTurn(POOLS, id),
    name: `S328100-${String(id).padStart(3, "0")}`,
    ...(id % 2 === 0 ? { display_name: `My Subscription ${id}` } : {}),
    monthly_price: 100 + 25 * (id % 12),
    data: { cores: 30, memory: 64, disk: 500 },
    tags: id % 4 === 0 ? ["production"] : [],
    replacement: id % 6 === 0 ? id - 1 : null,
    createdAt: world.time(),
  });

/**
 * @param {World} world
 * @param {number} index
 */
function seedInvoice(world, index) {
  const { first, year, month } = INVOICES;
  const months = 12 * year + (month - 1) + index;
  world.invoices.add({
    id: first + index,
    month: 1 + (months % 12),
    year: Math.floor(months / 12),
    details: breakdown(world),
  });
}
