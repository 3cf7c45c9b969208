// Services that can only be looked at: hosting accounts, certificates, licences, internet connections.

import { maskOf } from "./addresses.js";
import { need, succeed } from "./refusals.js";
import { addService, serviceOf } from "./services.js";

/**
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./services.js").ServiceType} ServiceType
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ id: number, [field: string]: unknown }} PlainService what the details command of its type shows
 */

/**
 * @param {World} world
 * @param {"easyisp" | "avx" | "hosting-artnet"} type
 * @param {string} login
 * @param {string} pack
 */
export function addHosting(world, type, login, pack) {
  const { id } = addService(world, type, login, { price: 9.9, period: "12", ip: null });
  world.plainServices.add({ id, login, package: pack });
}

/**
 * @param {World} world
 * @param {string} domain
 */
export function addCertificate(world, domain) {
  const { id } = addService(world, "ssl", domain, { price: 30, period: "12" });
  const certificate = { pl: "Certyfikat SSL – podstawowy", en: "SSL certificate – basic" };
  world.plainServices.add({ id, domain, certificate });
}

/**
 * @param {World} world
 * @param {string} name
 * @param {number} count
 */
export function addLicence(world, name, count) {
  const { id } = addService(world, "software", name, { price: 11 * count });
  world.plainServices.add({ id, licence: { name, licences_number: count } });
}

/**
 * @param {World} world
 * @param {string} name
 * @param {string} ip
 */
export function addLink(world, name, ip) {
  const { id } = addService(world, "link", name, { price: 120, ip });
  const network_configuration = { ip, mask: maskOf(32), mask_short: "/32" };
  world.plainServices.add({ id, bandwidth: { up: 100, down: 300.5 }, network_configuration });
}

/** @param {ServiceType} type */
const showDetails =
  (type) =>
  (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) => {
    const service = serviceOf(world, body.service_id);
    need(service.type === type, "authorization-failed");
    return succeed({ service_details: world.plainServices.find(service.id) });
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const plainServiceHandlers = {
  "easyisp.details": showDetails("easyisp"),
  "avx.details": showDetails("avx"),
  "hostingArtnet.details": showDetails("hosting-artnet"),
  "ssl.details": showDetails("ssl"),
  "software.details": showDetails("software"),
  "linkService.details": showDetails("link"),
};
