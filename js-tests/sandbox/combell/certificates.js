import { createHash } from "node:crypto";
import { demand, ok } from "../answers.js";
import { page } from "./paging.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"standard" | "multi_domain" | "wildcard"} CertificateType
 * @typedef {"domain_validated" | "organization_validated" | "extended_validated"} ValidationLevel
 * @typedef {{ type: "dns" | "ip", value: string }} AltName
 *
 * @typedef {object} Certificate
 * @property {string} sha1_fingerprint
 * @property {string} common_name
 * @property {string} expires_after
 * @property {ValidationLevel} validation_level
 * @property {CertificateType} type
 * @property {AltName[]} subject_alt_names
 */

/**
 * @param {World} world
 * @param {Omit<Certificate, "sha1_fingerprint" | "expires_after"> & { order: string }} issued
 * @returns {Certificate}
 */
export function addCertificate(world, { order, ...issued }) {
  const sha1_fingerprint = createHash("sha1").update(`certificate ${order}`).digest("hex").toUpperCase();
  return world.certificates.add({
    sha1_fingerprint,
    ...issued,
    expires_after: world.timeIn(365 * 24 * 3600),
  });
}

/**
 * No PKCS #12, but bytes that start like it and have every value from 0 to 255, the same for the same
 * certificate.
 *
 * @param {Certificate} certificate
 */
export function pfxOf({ sha1_fingerprint }) {
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const key = createHash("sha512").update(sha1_fingerprint).digest();
  const content = Buffer.concat([everyByte, ...Array.from({ length: 20 }, () => key)]);
  const header = Buffer.from([0x30, 0x82, content.length >> 8, content.length & 0xff]);
  return Buffer.concat([header, content]);
}

/** @param {Certificate} certificate */
const listed = ({ subject_alt_names: _, ...rest }) => rest;

/** @typedef {{ sha1_fingerprint: string }} Params */

/** @type {Record<string, import("../provider.js").Handler>} */
export const certificateHandlers = {
  "sslCertificates.list": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) => page(world, params, world.certificates.all().map(listed)),

  "sslCertificates.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(world.certificates.find(params.sha1_fingerprint)),

  "sslCertificates.download": (
    /** @type {import("./world.js").Call<Params & { password: string }>} */ { world, params },
  ) => {
    const certificate = world.certificates.find(params.sha1_fingerprint);
    demand([params.password !== "", "password_required", "The file needs a password."]);
    const filename = `${certificate.common_name.replace(/^\*/, "wildcard").replaceAll(/[^A-Za-z0-9.-]/g, "_")}.pfx`;
    return {
      status: 200,
      headers: { "content-disposition": `attachment; filename="${filename}"` },
      bytes: pfxOf(certificate),
      contentType: "application/x-pkcs12",
    };
  },
};
