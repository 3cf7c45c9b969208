import { demand, noContent, ok } from "../answers.js";
import { Collection } from "../collection.js";
import { page } from "./paging.js";
import { idsIn } from "./servicepacks.js";

/**
 * @typedef {import("./accounts.js").Account} Account
 * @typedef {import("./linux-sites.js").LinuxSite} LinuxSite
 * @typedef {import("./scheduled-tasks.js").ScheduledTask} ScheduledTask
 * @typedef {import("./ssh-keys.js").SshKey} SshKey
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} LinuxHosting
 * @property {string} domain_name
 * @property {Account} account
 * @property {number} size used, in MB
 * @property {boolean} ftp
 * @property {string} php
 * @property {Collection<LinuxSite>} sites
 * @property {Collection<ScheduledTask>} tasks
 * @property {Collection<SshKey>} keys
 * @property {HiddenSettings} hidden
 *
 * @typedef {object} HiddenSettings What can be set but is shown nowhere.
 * @property {boolean} ssh
 * @property {boolean} gzip
 * @property {number} memoryLimit MB
 * @property {{ enabled: boolean, size: number }} apcu
 */

const PHP_VERSIONS = ["7.4", "8.0", "8.1", "8.2", "8.3", "8.4"];
const SIZES = new Map([
  [1001, 10_240],
  [1002, 102_400],
]);

/**
 * @param {World} world
 * @param {Account} account
 * @returns {LinuxHosting}
 */
export function addLinuxHosting(world, account) {
  const name = account.identifier;
  /** @type {LinuxHosting} */
  const hosting = {
    domain_name: name,
    account,
    size: 120 + (account.id % 97) * 11,
    ftp: true,
    php: "8.3",
    sites: new Collection("site", (site) => site.name, { anyCase: true }),
    tasks: new Collection("scheduled task", (task) => task.id),
    keys: new Collection("SSH key", (key) => key.fingerprint),
    hidden: { ssh: false, gzip: true, memoryLimit: 256, apcu: { enabled: false, size: 0 } },
  };
  hosting.sites.add({
    name,
    path: "/www",
    host_headers: [name, `www.${name}`].map((header) => ({ name: header, enabled: true })),
    ssl_enabled: true,
    https_redirect_enabled: false,
    http2_enabled: true,
  });
  return world.linuxHostings.add(hosting);
}

/**
 * @param {World} world
 * @param {LinuxHosting} hosting
 */
function detail(world, hosting) {
  const { account, domain_name, size, ftp, php, sites } = hosting;
  const user = domain_name.replaceAll(/[^a-z0-9]/g, "");
  const most = SIZES.get(account.servicepack.id) ?? 10_240;
  const databases = world.databases.all().filter((database) => database.account_id === account.id);
  return {
    domain_name,
    servicepack_id: idsIn(world)(account.servicepack.id),
    max_webspace_size: most,
    max_size: most,
    webspace_usage: size,
    actual_size: size,
    ip: `192.0.2.${(account.id % 200) + 10}`,
    ip_type: account.servicepack.id === 1002 ? "dedicated" : "shared",
    ftp_enabled: ftp,
    ftp_username: `${user}@${domain_name}`,
    ssh_host: "ssh001.webhosting.example",
    ssh_username: user,
    php_version: php,
    sites: sites.all(),
    mysql_database_names: databases.map((database) => database.name),
  };
}

/**
 * @typedef {{ domain_name: string }} Params
 * @typedef {import("./world.js").Call<Params, { enabled: boolean }>} Switch
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const linuxHostingHandlers = {
  "linuxHostings.list": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) => {
    const write = idsIn(world);
    const listed = world.linuxHostings
      .all()
      .map(({ domain_name, account }) => ({ domain_name, servicepack_id: write(account.servicepack.id) }));
    return page(world, params, listed);
  },

  "linuxHostings.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(detail(world, world.linuxHostings.find(params.domain_name))),

  "linuxHostings.configureFtp": (/** @type {Switch} */ { world, params, body }) => {
    world.linuxHostings.find(params.domain_name).ftp = body.enabled;
    return noContent();
  },

  "linuxHostings.configureSsh": (/** @type {Switch} */ { world, params, body }) => {
    world.linuxHostings.find(params.domain_name).hidden.ssh = body.enabled;
    return noContent();
  },

  "linuxHostings.changeGzipCompression": (/** @type {Switch} */ { world, params, body }) => {
    world.linuxHostings.find(params.domain_name).hidden.gzip = body.enabled;
    return noContent();
  },

  "linuxHostings.listAvailablePhpVersions": (
    /** @type {import("./world.js").Call<Params>} */ { world, params },
  ) => {
    world.linuxHostings.find(params.domain_name);
    return ok(PHP_VERSIONS.map((version) => ({ version })));
  },

  "linuxHostings.changePhpVersion": (
    /** @type {import("./world.js").Call<Params, { version: string }>} */ { world, params, body },
  ) => {
    const hosting = world.linuxHostings.find(params.domain_name);
    const text = `The PHP version has to be one of ${PHP_VERSIONS.join(", ")}.`;
    demand([PHP_VERSIONS.includes(body.version), "php_version_not_available", text]);
    hosting.php = body.version;
    return noContent();
  },

  "linuxHostings.changePhpMemoryLimit": (
    /** @type {import("./world.js").Call<Params, { memory_limit: number }>} */ { world, params, body },
  ) => {
    const hosting = world.linuxHostings.find(params.domain_name);
    demand([body.memory_limit > 0, "php_memory_limit_invalid", "The memory limit has to be above 0."]);
    hosting.hidden.memoryLimit = body.memory_limit;
    return noContent();
  },

  "linuxHostings.changeApcu": (
    /** @type {import("./world.js").Call<Params, { enabled: boolean, apcu_size?: number }>} */ {
      world,
      params,
      body,
    },
  ) => {
    const { hidden } = world.linuxHostings.find(params.domain_name);
    const { enabled, apcu_size: size = hidden.apcu.size } = body;
    demand([size >= 0, "apcu_size_invalid", "The size cannot be below 0."]);
    hidden.apcu = { enabled, size };
    return noContent();
  },
};
