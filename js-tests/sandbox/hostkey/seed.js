// What there is from the start. The numbers are those of the documentation where it has any, so that its
// examples can be tried.

import { addApiKey } from "./api-keys.js";
import { PRESETS } from "./catalogue-data.js";
import { addContact } from "./contacts.js";
import { addDomain } from "./dns.js";
import { addServerInvoice } from "./invoice-calls.js";
import { openOf, payFromCredit } from "./invoices.js";
import { addImage } from "./iso.js";
import { addHandsRequest } from "./remote-hands.js";
import { addFile, addS3Account, PLANS } from "./s3.js";
import { addAddress, addServer } from "./servers.js";
import { addSshKey } from "./ssh-keys.js";
import { setRecords } from "./zones.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Start
 * @property {string} apiKey
 * @property {number} servers
 */

/** The servers that the documentation has: one virtual, two physical. */
const FIRST = [
  { id: 34_533, preset: 110, location: "NL", hostname: "nl-vmmini", system: "Ubuntu 22.04" },
  { id: 32_645, preset: 15, location: "NL", hostname: "nl-bmmini", system: "Debian 11" },
  { id: 17_405, preset: 61, location: "FI", hostname: "fi-gpu", system: "Ubuntu 20.04" },
];

/** @type {import("./stocks.js").StockServer[]} */
const STOCKS = [
  {
    id: 40_514,
    name: "40514",
    location: "FI",
    kind: "bm",
    family: "AMD-MODERN",
    processors: 1,
    score: 46_719,
    price: 115,
    hasRaid: false,
    hardware: { cpu: "AMD Ryzen 9 5950X 3.4GHz", cores: 16, ram: 128, disk: 1024, disks: 1, gpu: "" },
  },
  {
    id: 44_717,
    name: "44717 2U",
    location: "FI",
    kind: "bm",
    family: "INTEL",
    processors: 2,
    score: 12_615,
    price: 107,
    hasRaid: true,
    hardware: { cpu: "Xeon E5-2680v2 2.8GHz", cores: 20, ram: 128, disk: 960, disks: 1, gpu: "" },
  },
  {
    id: 44_720,
    name: "44720",
    location: "NL",
    kind: "gpu",
    family: "AMD",
    processors: 1,
    score: 9800,
    price: 240,
    hasRaid: false,
    hardware: { cpu: "AMD EPYC 7302P 3.0GHz", cores: 16, ram: 64, disk: 960, disks: 2, gpu: "RTX 3090" },
  },
];

/**
 * @param {World} world
 * @param {Start} start
 */
export function seed(world, { apiKey, servers }) {
  for (let index = 0; index < servers; index += 1) seedServer(world, index);
  for (const server of STOCKS) world.stocks.add(server);

  const [first] = world.servers.all();
  addApiKey(world, { name: "sandbox", login_notify_method: "none", active: 1 }, apiKey);
  addDomain(world, "example.com", first?.id);
  const zone = world.zones.find("example.com");
  const record = { zone: zone.name, increase_soa_serial: /** @type {const} */ (0) };
  setRecords(world, zone, { ...record, name: "@", type: "A", content: ["198.51.100.10"] });
  setRecords(world, zone, { ...record, name: "www", type: "CNAME", content: ["example.com"] });
  setRecords(world, zone, { ...record, name: "@", type: "MX", content: ["mx.example.com"], priority: 10 });
  addContact(world);
  const key = `ssh-ed25519 ${Buffer.alloc(51, "sandbox key").toString("base64")} robin@example.com`;
  addSshKey(world, world.client.customer, { name: "laptop", key, default: 1 });
  for (const name of ["debian-12-netinst.iso", "systemrescue-11.iso"]) addImage(world, { name, own: false });
  seedStorage(world);
  if (first) addHandsRequest(world, first, "SERVICE", '{"comment":"Please check the cables."}');
  for (const server of world.servers.all().slice(0, 3)) seedInvoices(world, server);
}

/** @param {World} world */
function seedStorage(world) {
  const account = addS3Account(world, { plan: PLANS.large, location: "NL", bucket: "backups" });
  const bucket = account.buckets.find("backups");
  addFile(world, bucket, "db/monday.sql.gz", 1_048_576);
  addFile(world, bucket, "db/tuesday.sql.gz", 1_148_576);
}

/**
 * @param {World} world
 * @param {number} index
 */
function seedServer(world, index) {
  const { id, preset, location, hostname, system } = FIRST[index] ?? {
    id: 50_000 + index,
    preset: 108,
    location: ["DE", "US", "IS"][index % 3] ?? "NL",
    hostname: `pico-${index}`,
    system: "Debian 11",
  };
  const made = PRESETS.find((one) => one.id === preset);
  if (!made) throw new Error(`a server of the seed has no preset: ${id}`);
  const server = addServer(world, {
    id,
    kind: made.kind,
    preset: made.name,
    presetDescription: made.description,
    location,
    price: made.price,
    months: 1,
    hardware: {
      cpu: made.kind === "vm" ? "vCPU" : "Intel Xeon",
      cores: made.cpu,
      ram: made.ram,
      disk: made.kind === "gpu" ? 960 : Number(made.disk),
      disks: made.kind === "gpu" ? 2 : 1,
      gpu: made.gpu,
    },
    hostname,
    system,
    password: `Seeded-password-${index}`,
  });
  addAddress(server, world.freeAddress(), 0);
  addAddress(server, `2001:db8:${(index + 1).toString(16)}::2`, 0);
}

/**
 * One invoice that is paid, and one that is not.
 *
 * @param {World} world
 * @param {Server} server
 */
function seedInvoices(world, server) {
  const paid = addServerInvoice(world, server);
  payFromCredit(world, paid, openOf(paid));
  addServerInvoice(world, server);
}
