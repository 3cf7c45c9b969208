// What the reseller of the sandbox has from the start. The same every time: it depends on nothing but the
// number of accounts.

import { addAccount } from "./accounts.js";
import { addCertificateRequest } from "./certificate-requests.js";
import { addCertificate } from "./certificates.js";
import { addRecord } from "./dns.js";
import { addDomain } from "./domains.js";
import { addMailbox } from "./mailboxes.js";
import { addDatabase, prefixed } from "./mysql.js";
import { addTask } from "./scheduled-tasks.js";
import { fingerprintOf } from "./ssh-keys.js";

/** @typedef {import("./world.js").World} World */

/** Names worth knowing; the last one needs percent escapes in a path. */
const FIRST_NAMES = ["example.com", "example.net", "example.org", "bücher.example"];
const FIRST_PACKS = [1001, 1003, 1002, 1001];
const PACKS = [1001, 1003, 1002, 1001, 1002, 1005, 1003, 1001, 1004, 1001];

/**
 * @param {World} world
 * @param {number} accounts
 */
export function seed(world, accounts) {
  for (let index = 0; index < accounts; index += 1) {
    const name = FIRST_NAMES[index] ?? `shop-${String(index + 1).padStart(4, "0")}.example`;
    const pack = FIRST_PACKS[index] ?? PACKS[index % PACKS.length] ?? 1001;
    const account = addAccount(world, name, world.servicepacks.find(pack));
    if (index % 7 === 0) account.addons.push({ id: 301, name: "Daily backup" });
    seedMail(world, account, index);
    seedHosting(world, account, index);
    if (index % 9 === 0) seedCertificate(world, name, index);
    if (index % 11 === 0) seedCertificateRequest(world, name, index);
  }
  seedDomains(world);
}

/**
 * @param {World} world
 * @param {import("./accounts.js").Account} account
 * @param {number} index
 */
function seedMail(world, { id, identifier }, index) {
  const zone = world.mailZones.get(identifier);
  if (!zone) return;
  for (const name of ["info", "sales"].slice(0, 1 + (index % 2)))
    addMailbox(world, `${name}@${identifier}`, id);
  zone.aliases.add({ email_address: `hello@${identifier}`, destinations: [`info@${identifier}`] });
}

/**
 * @param {World} world
 * @param {import("./accounts.js").Account} account
 * @param {number} index
 */
function seedHosting(world, { id, identifier }, index) {
  const hosting = world.linuxHostings.get(identifier);
  if (!hosting) return;
  if (index % 2 === 0) addDatabase(world, prefixed(id, "shop"), id);
  const blob = Buffer.alloc(32, `key ${index % 60}`).toString("base64");
  const publicKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${blob} deploy-${index % 60}@example.com`;
  hosting.keys.add({ fingerprint: fingerprintOf(publicKey), public_key: publicKey });
  if (index % 3 === 0) {
    addTask(world, hosting, { cron_expression: "*/15 * * * *", script_location: "/www/cron.php" });
  }
}

/**
 * @param {World} world
 * @param {string} name
 * @param {number} index
 */
const seedCertificate = (world, name, index) =>
  addCertificate(world, {
    order: `SEED-${index}`,
    common_name: index % 2 === 0 ? name : `*.${name}`,
    validation_level: index % 5 === 4 ? "organization_validated" : "domain_validated",
    type: index % 2 === 0 ? "standard" : "wildcard",
    subject_alt_names: [
      { type: "dns", value: index % 2 === 0 ? name : `*.${name}` },
      { type: "dns", value: index % 2 === 0 ? `www.${name}` : name },
    ],
  });

/**
 * @param {World} world
 * @param {string} name
 * @param {number} index
 */
function seedCertificateRequest(world, name, index) {
  const validation = /** @type {const} */ (["auto", "dns", "file", "email"])[(index / 11) % 4] ?? "auto";
  const names = [name, `www.${name}`].map((value) => ({ type: /** @type {const} */ ("dns"), value }));
  addCertificateRequest(
    world,
    { type: "standard", level: "domain_validated", commonName: name, names },
    { validation },
  );
}

/**
 * Domain names without an account, each with something of its own.
 *
 * @param {World} world
 */
function seedDomains(world) {
  addDomain(world, "unpaid.example", { can_toggle_renew: false });
  addDomain(world, "unknown.example", { will_renew: null });
  addDomain(world, "elsewhere.example", {
    name_servers: [{ name: "ns1.elsewhere.example", ip: "203.0.113.1" }],
  });
  const zone = world.zones.get("example.com");
  if (!zone) return;
  addRecord(world, zone, { type: "AAAA", content: "2001:db8::10" });
  addRecord(world, zone, {
    type: "SRV",
    service: "sip",
    target: "sip.example.com",
    protocol: "TCP",
    port: 5060,
    priority: 20,
    weight: 5,
  });
  addRecord(world, zone, { type: "CAA", content: "0 issue sectigo.example" });
}
