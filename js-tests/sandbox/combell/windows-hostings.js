import { ok } from "../answers.js";
import { page } from "./paging.js";
import { idsIn } from "./servicepacks.js";

/**
 * @typedef {import("./accounts.js").Account} Account
 *
 * @typedef {object} WindowsHosting
 * @property {string} domain_name
 * @property {Account} account
 */

/**
 * @param {import("./world.js").World} world
 * @param {Account} account
 * @returns {WindowsHosting}
 */
export const addWindowsHosting = (world, account) =>
  world.windowsHostings.add({ domain_name: account.identifier, account });

/**
 * @param {import("./world.js").World} world
 * @param {WindowsHosting} hosting
 */
function detail(world, { domain_name, account }) {
  const ip = `203.0.113.${(account.id % 200) + 10}`;
  /** @param {string} host_name */
  const binding = (host_name) => ({
    protocol: "http",
    host_name,
    ip_address: ip,
    port: 80,
    cert_thumbprint: null,
    ssl_enabled: false,
  });
  return {
    domain_name,
    servicepack_id: idsIn(world)(account.servicepack.id),
    max_size: 51_200,
    actual_size: 300 + (account.id % 83) * 7,
    ip,
    ip_type: "shared",
    ftp_username: `${domain_name.replaceAll(/[^a-z0-9]/g, "")}@${domain_name}`,
    application_pool: {
      runtime: "v4.0",
      pipeline_mode: "Integrated",
      installed_net_core_runtimes: ["6.0.36", "8.0.11"],
    },
    sites: [
      { name: domain_name, path: "/www", bindings: [binding(domain_name), binding(`www.${domain_name}`)] },
    ],
    mssql_database_names: [`ID${account.id}_web`],
  };
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const windowsHostingHandlers = {
  "windowsHostings.list": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) => {
    const write = idsIn(world);
    const listed = world.windowsHostings
      .all()
      .map(({ domain_name, account }) => ({ domain_name, servicepack_id: write(account.servicepack.id) }));
    return page(world, params, listed);
  },

  "windowsHostings.get": (
    /** @type {import("./world.js").Call<{ domain_name: string }>} */ { world, params },
  ) => ok(detail(world, world.windowsHostings.find(params.domain_name))),
};
