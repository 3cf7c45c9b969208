import { demand, noContent, ok, pathOf } from "../answers.js";
import { isHostname } from "../names.js";
import { addZone } from "./dns.js";
import { page } from "./paging.js";
import { needsOfRegistrant } from "./registrants.js";

/**
 * @typedef {import("./registrants.js").Registrant} Registrant
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Domain
 * @property {string} domain_name
 * @property {string} expiration_date
 * @property {boolean | null} will_renew
 * @property {{ name: string, ip: string }[]} name_servers
 * @property {Registrant} registrant
 * @property {boolean} can_toggle_renew
 *
 * @typedef {object} OrderBody
 * @property {string} domain_name
 * @property {string[]} [name_servers]
 * @property {Registrant} [registrant]
 * @property {string} [auth_code]
 */

const DEFAULT_NAME_SERVERS = ["ns3.combell.example", "ns4.combell.example"];

/** @type {Registrant} */
const DEFAULT_REGISTRANT = {
  first_name: "Robin",
  last_name: "Example",
  address: "Skaldenstraat 1",
  postal_code: "9000",
  city: "Gent",
  country_code: "BE",
  email: "robin@example.com",
  phone: "+32.123456789",
  language_code: "nl",
  company_name: "Example BV",
  enterprise_number: "BE0123456789",
};

/** @param {string[]} names */
const nameServers = (names) =>
  names.map((name, index) => ({ name: name.toLowerCase(), ip: `198.51.100.${(index % 250) + 1}` }));

/**
 * @param {World} world
 * @param {string} name
 * @param {Partial<Domain>} [more]
 * @returns {Domain}
 */
export const addDomain = (world, name, more = {}) =>
  world.domains.add({
    domain_name: name,
    expiration_date: world.timeIn(365 * 24 * 3600),
    will_renew: true,
    name_servers: nameServers(DEFAULT_NAME_SERVERS),
    registrant: DEFAULT_REGISTRANT,
    can_toggle_renew: true,
    ...more,
  });

/**
 * Registers a name or takes it over from another registrar.
 *
 * @param {World} world
 * @param {OrderBody} body
 */
function order(world, body) {
  const name = body.domain_name.toLowerCase();
  const wanted = body.name_servers ?? [];
  const twoLabels = name.split(".").length === 2 || /\.(co|com|org)\.[a-z]{2}$/.test(name);
  demand(
    [
      isHostname(name) && twoLabels,
      "domain_name_invalid",
      "The domain name has to be a name and its extension.",
    ],
    [!world.domains.has(name), "domain_name_taken", "This domain name is not free."],
    [body.auth_code?.trim() !== "", "auth_code_invalid", "The authorization code is empty."],
    [wanted.every(isHostname), "name_servers_invalid", "A name server is not a host name."],
    ...needsOfRegistrant(name, body.registrant),
  );
  return world.jobs.start(`domain ${name}`, () => {
    const { extra_fields: _, ...registrant } = body.registrant ?? DEFAULT_REGISTRANT;
    const servers = wanted.length > 0 ? wanted : DEFAULT_NAME_SERVERS;
    addDomain(world, name, { registrant, name_servers: nameServers(servers) });
    if (wanted.length === 0 && !world.zones.has(name)) addZone(world, name, false);
    return pathOf("v2", "domains", name);
  });
}

/** @typedef {{ domain_name: string }} Params */

/** @type {Record<string, import("../provider.js").Handler>} */
export const domainHandlers = {
  "domains.list": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) =>
    page(
      world,
      params,
      world.domains.all().map(({ domain_name, expiration_date, will_renew }) => ({
        domain_name,
        expiration_date,
        will_renew,
      })),
    ),

  "domains.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(world.domains.find(params.domain_name)),

  "domains.register": (/** @type {import("./world.js").Call<{}, OrderBody>} */ { world, body }) =>
    order(world, body),

  "domains.transfer": (/** @type {import("./world.js").Call<{}, OrderBody>} */ { world, body }) =>
    order(world, body),

  "domains.editNameServers": (
    /** @type {import("./world.js").Call<Params, { name_servers: string[] }>} */ { world, params, body },
  ) => {
    const domain = world.domains.find(params.domain_name);
    demand(
      [body.name_servers.length > 0, "name_servers_required", "There has to be a name server."],
      [body.name_servers.every(isHostname), "name_servers_invalid", "A name server is not a host name."],
    );
    domain.name_servers = nameServers(body.name_servers);
    return noContent();
  },

  "domains.configure": (
    /** @type {import("./world.js").Call<Params, { will_renew: boolean }>} */ { world, params, body },
  ) => {
    const domain = world.domains.find(params.domain_name);
    const text = "The renewal of this domain name cannot be changed at the moment.";
    demand([domain.can_toggle_renew, "domain_renew_not_allowed", text]);
    domain.will_renew = body.will_renew;
    return noContent();
  },
};
