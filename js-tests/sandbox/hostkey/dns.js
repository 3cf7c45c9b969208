// pdns.php: domains, their zones, and subdomains of servers.

import { demand, Refusal } from "../answers.js";
import { done, moduleDone } from "./results.js";
import { mainAddressOf } from "./servers.js";
import { addZone, removeRecords, setRecords } from "./zones.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ id: number, name: string, server_id: number }} Domain
 *
 * @typedef {object} Subdomain
 * @property {number} id
 * @property {number} server_id
 * @property {number} domain_id
 * @property {string} name
 */

/**
 * @param {World} world
 * @param {string} name
 * @param {number} [server]
 */
export function addDomain(world, name, server = 0) {
  addZone(world, name);
  return world.domains.add({ id: world.number("domain"), name, server_id: server });
}

/**
 * @param {World} world
 * @param {Subdomain} subdomain
 */
function removeSubdomain(world, { id, domain_id, name }) {
  world.subdomains.remove(id);
  const zone = world.zones.get(world.domains.get(domain_id)?.name ?? "");
  const isItsOwn = (/** @type {{ name: string, type: string }} */ record) =>
    record.name === name.toLowerCase() && record.type === "A";
  if (zone) zone.records = zone.records.filter((record) => !isItsOwn(record));
}

/**
 * @template Params
 * @typedef {import("./world.js").Call<{ params: Params }>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const dnsHandlers = {
  "pdns.listZones": (/** @type {Call<{}>} */ { world }) =>
    done(world, {
      module: "pdns",
      action: "list_zones",
      data: world.zones.all().map(({ id, name, kind }) => ({ id, name, kind })),
    }),

  "pdns.viewZone": (/** @type {Call<{ zone: string }>} */ { world, body: { params } }) => {
    const { id, name, records } = world.zones.find(params.zone);
    return moduleDone("pdns", "view_zone", { data: { id, name, records } });
  },

  "pdns.addZone": (
    /** @type {Call<{ name: string, kind?: string, dns?: import("./zones.js").Soa, nameservers?: string[] }>} */
    { world, body: { params } },
  ) => {
    const { id } = addZone(world, params.name, params);
    return done(world, { module: "pdns", action: "add_zone", data: { id } });
  },

  "pdns.deleteZone": (/** @type {Call<{ zone: string }>} */ { world, body: { params } }) => {
    world.zones.remove(params.zone);
    return done(world, { module: "pdns", action: "delete_zone" });
  },

  "pdns.listDomains": (/** @type {Call<{}>} */ { world }) =>
    moduleDone("pdns", "list_domains", { data: world.domains.all().map(({ id, name }) => ({ id, name })) }),

  "pdns.addDomain": (
    /** @type {Call<{ name: string, server_id?: number }>} */ { world, session, body: { params } },
  ) => {
    if (params.server_id !== undefined) world.findServer(session, params.server_id);
    const { id } = addDomain(world, params.name, params.server_id);
    return moduleDone("pdns", "add_domain", { data: { id } });
  },

  "pdns.deleteDomain": (/** @type {Call<{ id: number, zone: string }>} */ { world, body: { params } }) => {
    const { id, name } = world.domains.find(params.id);
    demand([
      name.toLowerCase() === params.zone.toLowerCase(),
      "zone_other",
      "params[zone] is not the zone of the domain",
    ]);
    for (const subdomain of world.subdomains.all()) {
      if (subdomain.domain_id === id) world.subdomains.remove(subdomain.id);
    }
    if (world.zones.has(name)) world.zones.remove(name);
    world.domains.remove(id);
    return done(world, { module: "pdns", action: "delete_domain" });
  },

  "pdns.listSubdomains": (
    /** @type {Call<{ server_id: number }>} */ { world, session, body: { params } },
  ) => {
    const { id } = world.findServer(session, params.server_id);
    const data = world.subdomains.all().filter(({ server_id }) => server_id === id);
    return done(world, { module: "pdns", action: "list_subdomains", data });
  },

  "pdns.addSubdomain": (/** @type {Call<Omit<Subdomain, "id">>} */ { world, session, body: { params } }) => {
    const server = world.findServer(session, params.server_id);
    const domain = world.domains.find(params.domain_id);
    const { name } = params;
    const isTaken = world.subdomains
      .all()
      .some((one) => one.domain_id === domain.id && one.name.toLowerCase() === name.toLowerCase());
    demand([!isTaken, "subdomain_exists", "There is such a subdomain already."]);
    const id = world.number("subdomain");
    world.subdomains.add({ id, server_id: server.id, domain_id: domain.id, name });
    const zone = world.zones.get(domain.name);
    const content = [mainAddressOf(server)];
    if (zone) setRecords(world, zone, { zone: zone.name, name, type: "A", content });
    return done(world, { module: "pdns", action: "add_subdomain", data: { id } });
  },

  "pdns.deleteSubdomain": (
    /** @type {Call<{ server_id: number, id: number }>} */ { world, session, body: { params } },
  ) => {
    const server = world.findServer(session, params.server_id);
    const subdomain = world.subdomains.find(params.id);
    if (subdomain.server_id !== server.id) {
      throw new Refusal(404, "subdomain_not_found", "The server has no such subdomain.");
    }
    removeSubdomain(world, subdomain);
    return done(world, { module: "pdns", action: "delete_subdomain" });
  },

  "pdns.addDns": (/** @type {Call<import("./zones.js").RecordInput>} */ { world, body: { params } }) => {
    setRecords(world, world.zones.find(params.zone), params);
    return done(world, { module: "pdns", action: "add_dns" });
  },

  "pdns.deleteDns": (
    /** @type {Call<{ zone: string, name?: string, type: string, content: string[], priority?: number }>} */
    { world, body: { params } },
  ) => {
    removeRecords(world.zones.find(params.zone), params);
    return done(world, { module: "pdns", action: "delete_dns" });
  },
};
