import { isHostname } from "../names.js";
import { need, succeed } from "./refusals.js";
import { addService, detailOf } from "./services.js";

/**
 * @typedef {import("./services.js").ServiceBody} ServiceBody
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Domain
 * @property {number} id
 * @property {string} domain_name
 * @property {boolean} manageable
 * @property {string[]} [dns_servers] not there where Artnet does not know them
 */

/** How few are too few is not documented; registries ask for two. */
const FEWEST_SERVERS = 2;

/**
 * @param {World} world
 * @param {string} name
 * @param {Partial<Domain>} [more]
 */
export const addDomain = (world, name, more = {}) =>
  world.domains.add({
    id: addService(world, "domain", name, { price: 14.5, period: "12" }).id,
    domain_name: name,
    manageable: true,
    ...more,
  });

/** @type {Record<string, import("../provider.js").Handler>} */
export const domainHandlers = {
  "domain.details": (/** @type {import("./world.js").Call<ServiceBody>} */ { world, body }) =>
    succeed({ service_details: detailOf(world, world.domains, body.service_id) }),

  "domain.editDnsServers": (
    /** @type {import("./world.js").Call<ServiceBody & { dns_servers: string[] }>} */ { world, body },
  ) => {
    const domain = detailOf(world, world.domains, body.service_id, "invalid-service-type");
    const servers = body.dns_servers.map((name) => name.toLowerCase().replace(/\.$/, ""));
    need(servers.every(isHostname), "incorrect-param-value", "dns_servers are not all host names");
    need(new Set(servers).size >= FEWEST_SERVERS, "dns-servers-insufficient");
    need(domain.manageable, "edit-dns-error", "the DNS servers of this domain are not manageable");
    domain.dns_servers = servers;
    return succeed();
  },
};
