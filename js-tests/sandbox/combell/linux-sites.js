// The websites on a Linux hosting, and the host names that they answer to.

import { created, demand, noContent, pathOf, Refusal } from "../answers.js";
import { isHostname } from "../names.js";

/**
 * @typedef {import("./linux-hostings.js").LinuxHosting} LinuxHosting
 *
 * @typedef {object} LinuxSite
 * @property {string} name
 * @property {string} path
 * @property {{ name: string, enabled: boolean }[]} host_headers
 * @property {boolean} ssl_enabled
 * @property {boolean} https_redirect_enabled
 * @property {boolean} http2_enabled
 *
 * @typedef {{ hosting_domain_name: string }} HostingParams
 * @typedef {{ domain_name: string, site_name: string }} SiteParams
 * @typedef {{ domain_name: string, hostname: string }} HostnameParams
 */

/**
 * @param {LinuxHosting} hosting
 * @param {string} hostname
 */
const siteOf = (hosting, hostname) =>
  hosting.sites
    .all()
    .find((site) => site.host_headers.some((header) => header.name === hostname.toLowerCase()));

/**
 * @param {LinuxHosting} hosting
 * @param {string} hostname
 * @returns {LinuxSite}
 */
function findSiteOf(hosting, hostname) {
  const site = siteOf(hosting, hostname);
  if (!site)
    throw new Refusal(404, "hostname_not_found", "No site of this hosting answers to this host name.");
  return site;
}

/**
 * @param {LinuxHosting} hosting
 * @param {string} hostname
 */
const demandNewHostname = (hosting, hostname) =>
  demand(
    [isHostname(hostname), "domain_name_invalid", "This is no domain name."],
    [
      !siteOf(hosting, hostname),
      "domain_name_in_use",
      "A site of this hosting answers to this name already.",
    ],
  );

/** @type {Record<string, import("../provider.js").Handler>} */
export const linuxSiteHandlers = {
  "linuxHostings.createSubsite": (
    /** @type {import("./world.js").Call<HostingParams, { domain_name: string, path?: string }>} */
    { world, params, body },
  ) => {
    const hosting = world.linuxHostings.find(params.hosting_domain_name);
    const name = body.domain_name.toLowerCase();
    demandNewHostname(hosting, name);
    hosting.sites.add({
      name,
      path: body.path || `/subsites/${name}`,
      host_headers: [{ name, enabled: true }],
      ssl_enabled: false,
      https_redirect_enabled: false,
      http2_enabled: false,
    });
    return created(pathOf("v2", "linuxhostings", hosting.domain_name, "subsites", name));
  },

  "linuxHostings.deleteSubsite": (/** @type {import("./world.js").Call<SiteParams>} */ { world, params }) => {
    const { sites, domain_name } = world.linuxHostings.find(params.domain_name);
    const { name } = sites.find(params.site_name);
    demand([
      name !== domain_name,
      "site_not_deletable",
      "This is the main site of the hosting, not a subsite.",
    ]);
    sites.remove(name);
    return noContent();
  },

  "linuxHostings.createHostHeader": (
    /** @type {import("./world.js").Call<HostingParams & { site_name: string }, { domain_name: string }>} */
    { world, params, body },
  ) => {
    const hosting = world.linuxHostings.find(params.hosting_domain_name);
    const site = hosting.sites.find(params.site_name);
    const name = body.domain_name.toLowerCase();
    demandNewHostname(hosting, name);
    site.host_headers.push({ name, enabled: true });
    return created(
      pathOf("v2", "linuxhostings", hosting.domain_name, "sites", site.name, "hostheaders", name),
    );
  },

  "linuxHostings.configureHttp2": (
    /** @type {import("./world.js").Call<SiteParams, { enabled: boolean }>} */ { world, params, body },
  ) => {
    const site = world.linuxHostings.find(params.domain_name).sites.find(params.site_name);
    demand([!body.enabled || site.ssl_enabled, "http2_needs_ssl", "HTTP/2 needs SSL to be on."]);
    site.http2_enabled = body.enabled;
    return noContent();
  },

  "linuxHostings.changeLetsEncrypt": (
    /** @type {import("./world.js").Call<HostnameParams, { enabled: boolean }>} */ { world, params, body },
  ) => {
    const site = findSiteOf(world.linuxHostings.find(params.domain_name), params.hostname);
    site.ssl_enabled = body.enabled;
    if (!body.enabled) Object.assign(site, { http2_enabled: false, https_redirect_enabled: false });
    return noContent();
  },

  "linuxHostings.changeAutoRedirect": (
    /** @type {import("./world.js").Call<HostnameParams, { enabled: boolean }>} */ { world, params, body },
  ) => {
    const site = findSiteOf(world.linuxHostings.find(params.domain_name), params.hostname);
    demand([
      !body.enabled || site.ssl_enabled,
      "auto_redirect_needs_ssl",
      "The redirect needs SSL to be on.",
    ]);
    site.https_redirect_enabled = body.enabled;
    return noContent();
  },
};
