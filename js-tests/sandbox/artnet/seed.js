// What the customer of the sandbox has from the start. The same every time.

import { addAdditionalIps } from "./additional-ips.js";
import { addInstance } from "./cloud-instances.js";
import { addZone } from "./dns.js";
import { addDomain } from "./domains.js";
import { sendEmail } from "./emails.js";
import { addExpressServer } from "./express-offer.js";
import { addFailOverIp } from "./fail-over-ips.js";
import { hardware } from "./hardware.js";
import { addCertificate, addHosting, addLicence, addLink } from "./plain-services.js";
import { setPtrs } from "./reverse-dns.js";
import { addServer } from "./servers.js";
import { addService } from "./services.js";
import { addVps } from "./vps.js";

/** @typedef {import("./world.js").World} World */

const HOUR = 3600;

/** @param {World} world */
export function seed(world) {
  seedServers(world);
  seedVpses(world);
  seedAdditionalIps(world);
  seedFailOverIps(world);
  seedDomains(world);
  seedPlainServices(world);
  seedFirewall(world);
  seedReverseDns(world);
  for (let index = 0; index < 8; index += 1) addExpressServer(world, hardware(index), 39 + 10 * index);
  seedInstances(world);
  seedEmails(world);
}

/** @param {number} length */
const upTo = (length) => Array.from({ length }, (_, index) => index);

/**
 * @param {World} world
 * @param {string} ip
 * @param {number} bits
 * @param {number} serviceId
 */
const addSubnetwork = (world, ip, bits, serviceId) =>
  world.subnetworks.add({ id: world.number("subnetwork"), ip, bits, serviceId });

/** @param {World} world */
function seedServers(world) {
  for (const index of upTo(12)) {
    const ip = `198.51.100.${10 + index}`;
    const made = hardware(index);
    const { id } = addServer(world, "dedicated", `${made.server.vendor} ${made.server.model} ${ip}`, {
      ip,
      price: 50 + 7.5 * index,
      hardware: made,
      // The last ones lack something.
      manageable: index !== 11,
      metered: index !== 10,
      active: index !== 9,
      ilo: index < 8 ? { ip: `198.18.9.${index + 1}`, openFor: undefined } : undefined,
      description: index % 3 === 0 ? `Węzeł ${index}` : undefined,
    });
    if (index < 4) addSubnetwork(world, `198.51.100.${64 + 8 * index}`, 29, id);
    if (index === 0) addSubnetwork(world, "2001:db8:a::", 112, id);
    if (index === 1) addSubnetwork(world, "198.18.4.0", 23, id);
  }
  for (const index of upTo(4)) {
    const ip = `198.51.100.${30 + index}`;
    addServer(world, "colocation", `Kolokacja 1U ${ip}`, {
      ip,
      price: 45,
      manageable: index !== 3,
      metered: index !== 2,
    });
  }
}

/** @param {World} world */
function seedVpses(world) {
  for (const index of upTo(30)) {
    const name = `vps-${String(index + 1).padStart(2, "0")}.example.com`;
    /** @type {Partial<import("./vps.js").Vps>[]} */
    const special = [
      {},
      { power: "off" },
      { active: false, power: "off" },
      { manageable: false, power: "unknown" },
    ];
    addVps(world, name, `192.0.2.${10 + index}`, special[index]);
  }
}

/** @param {World} world */
function seedAdditionalIps(world) {
  const servers = [...world.dedicated.all().slice(0, 3), ...world.vpses.all().slice(0, 3)];
  for (const [index, { id }] of servers.entries()) {
    addAdditionalIps(world, world.services.find(id), 1 + (index % 2));
  }
}

/** @param {World} world */
function seedFailOverIps(world) {
  const targets = world.dedicated.all().map((server) => server.ip);
  for (const index of upTo(3))
    addFailOverIp(world, `203.0.113.${200 + index}`, targets.slice(index, index + 3));
  addFailOverIp(world, "203.0.113.203", targets.slice(0, 2), false);
}

/** @param {World} world */
function seedDomains(world) {
  const dns_servers = ["ns1.artnet.pl", "ns2.artnet.pl"];
  for (const name of ["example.com", "example.net", "żółw.example"]) addDomain(world, name, { dns_servers });
  addDomain(world, "elsewhere.example", { manageable: false });
  for (const index of upTo(36)) addDomain(world, `shop-${index + 1}.example`, { dns_servers });
  addZone(world, "example.com", {
    records: [
      { name: "@", ttl: 3600, type: "A", data1: "192.0.2.10" },
      { name: "", ttl: 3600, type: "MX", data1: "10", data2: "mail" },
      { name: "www", ttl: 3600, type: "CNAME", data1: "@" },
      { name: "_sip._tcp", ttl: 600, type: "SRV", data1: "10", data2: "20", data3: "5060", data4: "sip" },
      { name: "@", ttl: 3600, type: "TXT", data1: "v=spf1 mx a:mail.example.com ~all" },
    ],
  });
  addZone(world, "example.net");
  addZone(world, "elsewhere.example", { master: "ns1.elsewhere.example" });
  for (const index of upTo(30)) addZone(world, `shop-${index + 1}.example`);
}

/** @param {World} world */
function seedPlainServices(world) {
  for (const index of upTo(5)) {
    addHosting(world, "easyisp", `easy${index + 1}`, "Easy 5 GB");
    addHosting(world, "avx", `avx${index + 1}`, "AVX Pro");
    addHosting(world, "hosting-artnet", `art${index + 1}`, "Firmowy 10 GB");
  }
  for (const index of upTo(6)) addCertificate(world, `shop-${index + 1}.example`);
  const [server] = world.dedicated.all();
  for (const index of upTo(4)) addLicence(world, `Plesk ${index + 1}`, index + 1);
  for (const index of upTo(3)) addLink(world, `Łącze ${index + 1}`, `192.0.2.${100 + index}`);
  addService(world, "other", "Backup 100 GB", { price: 10, parent: server?.id });
  addService(world, "other", "Remote hands", { price: 25 });
}

/** @param {World} world */
function seedFirewall(world) {
  const [first, second, third] = world.dedicated.all().map((server) => server.id);
  const [colocated] = world.colocation.all().map((server) => server.id);
  const any = { ip: "0.0.0.0", mask_short: 0, port: { begin: "", end: "" } };
  const ssh = { ip: "198.51.100.10", mask_short: 32, port: { begin: "22", end: "22" } };
  const groups = [[first], [second, third, colocated]];
  for (const [index, ids] of groups.entries()) {
    world.rulesets.add({
      id: `fw-${index + 1}`,
      serviceIds: ids.filter((id) => id !== undefined),
      enabled: index === 0,
      rules: { in: [{ policy: "ACCEPT", protocol: "6", source: any, destination: ssh }], out: [] },
    });
  }
}

/** @param {World} world */
function seedReverseDns(world) {
  for (const subnetwork of world.subnetworks.all()) {
    if (subnetwork.ip === "198.51.100.64") {
      setPtrs(world, subnetwork.id, "100.51.198.in-addr.arpa", {
        65: "mail.example.com",
        66: "www.example.com",
      });
    }
    if (subnetwork.ip === "198.51.100.72") {
      setPtrs(world, subnetwork.id, "100.51.198.in-addr.arpa", { 73: "ns.example.net" });
    }
  }
  world.blackholes.add({ ip: "198.51.100.70", type: "admin" });
  world.blackholes.add({ ip: "198.51.100.71", type: "customer" });
}

/** @param {World} world */
function seedInstances(world) {
  addInstance(world, "Strona główna", { notes: "Apache,\nPHP & MySQL" });
  addInstance(world, "Baza danych", { resources: { cpu: 4, ram: 16_384, hdd: 200, bandwidth: 100 } });
  addInstance(world, "Test", { state: "stopped" });
  addInstance(world, "Deaf to signals", { isDeaf: true });
  for (const index of upTo(8)) addInstance(world, `Worker ${index + 1}`);
}

/** @param {World} world */
function seedEmails(world) {
  const subjects = [
    "Faktura proforma",
    "Potwierdzenie wpłaty",
    "Planned maintenance",
    "Usługa wkrótce wygaśnie",
  ];
  for (const index of upTo(60)) {
    const subject = `${subjects[index % subjects.length]} ${index + 1}`;
    sendEmail(
      world,
      subject,
      `${subject}\r\n\r\nZażółć gęślą jaźń.\r\n`,
      world.time() - (60 - index) * 6 * HOUR,
    );
  }
}
