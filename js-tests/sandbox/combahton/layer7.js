// Domain names on the layer 7 filters, with a certificate or without.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { isHostname } from "../names.js";
import { list } from "./lists.js";
import { need, tell } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Domain
 * @property {string} domain
 * @property {"aes" | "button" | "captcha"} protector
 * @property {string | undefined} validTo of its certificate
 *
 * @typedef {{ domain: string, protector?: Domain["protector"] }} AddBody
 */

/**
 * A domain name has to point at an address of the customer. Nothing under `.invalid` points anywhere.
 *
 * @param {World} world
 * @param {string} domain
 */
function checkNew(world, domain) {
  need(isHostname(domain), "error", "domain is no domain name");
  need(!/\.invalid$/i.test(domain), "id_unauthenticated", "the domain name does not point here");
  need(!world.domains.has(domain), "exists");
}

/**
 * @param {string} cert with its chain; the first one counts
 * @param {string} key
 * @returns {string} when it ends
 */
function checkPair(cert, key) {
  let fits = false;
  let validTo = "";
  try {
    const certificate = new X509Certificate(cert);
    fits = certificate.checkPrivateKey(createPrivateKey(key));
    ({ validTo } = certificate);
  } catch {
    // What is no certificate or no key is no chain either.
  }
  need(fits, "ssl_chain_invalid");
  return validTo;
}

/** @param {boolean} withCertificate */
const remove =
  (withCertificate) =>
  (/** @type {import("./world.js").Call<{ domain: string }>} */ { world, body }) => {
    const found = world.domains.get(body.domain);
    const fits = found !== undefined && (found.validTo !== undefined) === withCertificate;
    need(fits, "id_unauthenticated", "there is no such domain name");
    world.domains.remove(body.domain);
    return tell("deleted");
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const layer7Handlers = {
  "antiddos.layer7.add": (/** @type {import("./world.js").Call<AddBody>} */ { world, body }) => {
    const { domain, protector = "button" } = body;
    checkNew(world, domain);
    world.domains.add({ domain, protector, validTo: undefined });
    return tell("added");
  },

  "antiddos.layer7.delete": remove(false),

  "antiddos.layer7.sslAdd": (
    /** @type {import("./world.js").Call<AddBody & { cert: string, key: string }>} */ { world, body },
  ) => {
    const { domain, protector = "button", cert, key } = body;
    checkNew(world, domain);
    world.domains.add({ domain, protector, validTo: checkPair(cert, key) });
    return tell("added");
  },

  "antiddos.layer7.sslDelete": remove(true),

  "antiddos.layer7.sslView": (/** @type {import("./world.js").Call} */ { world }) =>
    list(
      world,
      world.domains
        .all()
        .filter(({ validTo }) => validTo !== undefined)
        .map(({ domain, protector, validTo }) => ({ domain, protector, valid_to: validTo })),
    ),
};
