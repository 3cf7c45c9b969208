// What all services have in common, and the lists of them.

import { page } from "./paging.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"dedicated" | "colocation" | "vps" | "domain" | "additional-ip" | "avx" | "easyisp"
 *   | "hosting-artnet" | "foip" | "link" | "software" | "ssl" | "other"} ServiceType
 *
 * @typedef {object} Payment
 * @property {number} price
 * @property {number} price_brutto
 * @property {string} currency
 * @property {string} payment_period months
 *
 * @typedef {object} Service
 * @property {number} id
 * @property {ServiceType} type
 * @property {string} name
 * @property {string | null} custom_description
 * @property {number} expiration_time
 * @property {Payment} payment_details
 * @property {number} parent_service_id
 * @property {string | null} [ip]
 */

const VAT = 1.23;
/** 2035-01-01: far enough ahead that nothing has expired. */
const EXPIRATION_TIME = 2_051_222_400;

/**
 * @param {number} net
 * @param {string} [period] months
 * @returns {Payment}
 */
export const payment = (net, period = "1") => ({
  price: round(net),
  price_brutto: round(net * VAT),
  currency: "EUR",
  payment_period: period,
});

/** @param {number} amount */
const round = (amount) => Math.round(amount * 100) / 100;

/**
 * @param {World} world
 * @param {ServiceType} type
 * @param {string} name
 * @param {{ price: number, period?: string, parent?: number, ip?: string | null, description?: string }} more
 * @returns {Service}
 */
export const addService = (world, type, name, { price, period, parent = 0, ip, description }) =>
  world.services.add({
    id: world.number("service"),
    type,
    name,
    custom_description: description ?? null,
    expiration_time: EXPIRATION_TIME,
    payment_details: payment(price, period),
    parent_service_id: parent,
    ...(ip === undefined ? {} : { ip }),
  });

/**
 * @param {Service} service
 * @param {number} net
 */
export function raisePrice(service, net) {
  const { price, payment_period } = service.payment_details;
  service.payment_details = payment(price + net, payment_period);
}

/**
 * A service of whatever type. What is not the customer's is not told from what does not exist.
 *
 * @param {World} world
 * @param {number} id
 */
export function serviceOf(world, id) {
  const service = world.services.get(id);
  need(service !== undefined, "authorization-failed");
  return service;
}

/**
 * What there is about a service of one type in particular.
 *
 * @template Detail
 * @param {World} world
 * @param {import("../collection.js").Collection<Detail>} details
 * @param {number} id
 * @param {string} otherType the code for a service of another type; details commands have none for that
 * @returns {Detail}
 */
export function detailOf(world, details, id, otherType = "authorization-failed") {
  serviceOf(world, id);
  const detail = details.get(id);
  need(detail !== undefined, otherType);
  return detail;
}

/**
 * @typedef {import("./paging.js").Paging & { parent_service_id?: number }} ListBody
 * @typedef {{ service_id: number }} ServiceBody
 */

/**
 * @param {World} world
 * @param {ListBody} body
 * @param {ServiceType | undefined} type
 */
function list(world, body, type) {
  const { parent_service_id: parent = 0 } = body;
  const services = world.services
    .all()
    .filter((service) => type === undefined || service.type === type)
    .filter((service) => parent === 0 || service.parent_service_id === parent);
  return succeed({ services_list: page(world, body, services) });
}

/** @type {[operationId: string, type: ServiceType][]} */
const LISTS = [
  ["domain.list", "domain"],
  ["easyisp.list", "easyisp"],
  ["avx.list", "avx"],
  ["hostingArtnet.list", "hosting-artnet"],
  ["ssl.list", "ssl"],
  ["software.list", "software"],
  ["linkService.list", "link"],
  ["failOverIp.list", "foip"],
  ["additionalIp.list", "additional-ip"],
  ["vps.list", "vps"],
  ["dedicated.list", "dedicated"],
  ["colocation.list", "colocation"],
];

/** @type {Record<string, import("../provider.js").Handler>} */
export const serviceHandlers = {
  "services.list": (
    /** @type {import("./world.js").Call<ListBody & { service_type?: ServiceType }>} */ { world, body },
  ) => list(world, body, body.service_type),

  "services.details": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) =>
    succeed({ service: serviceOf(world, body.service_id) }),

  ...Object.fromEntries(
    LISTS.map(([operationId, type]) => [
      operationId,
      (/** @type {import("./world.js").Call<ListBody>} */ { world, body }) => list(world, body, type),
    ]),
  ),
};
