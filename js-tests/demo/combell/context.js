// What the steps of the tour of Combell have in common.

import { randomBytes } from "node:crypto";

/**
 * @typedef {typeof import("../../../pkg/providers/combell.js")} Hostwire
 * @typedef {import("../../../pkg/providers/combell.js").Combell} Combell
 * @typedef {import("../../../pkg/providers/combell.js").CombellOptions} CombellOptions
 * @typedef {import("../output.js").Output} Output
 *
 * @typedef {object} Context
 * @property {Combell} combell
 * @property {Hostwire} hostwire
 * @property {CombellOptions} clientOptions for steps that make a client of their own
 * @property {import("../../sandbox/combell/index.js").CombellSandbox | undefined} sandbox undefined: Combell
 * @property {import("../tour.js").Traffic} traffic
 * @property {Known} known
 *
 * @typedef {object} Known What earlier steps have found out or made.
 * @property {number} [servicepackId]
 * @property {number} [accountId]
 * @property {string} [domainName]
 * @property {number} [recordCount]
 * @property {string} [recordId]
 * @property {string} [fingerprint]
 *
 * @typedef {import("../steps.js").StepOf<Context>} CombellStep
 */

/** The customer of the tour; the names of the certificate are in my-shop.csr. */
export const DOMAIN_NAME = "my-shop.example";

/** Fits the provider's rules: letters and digits, at most 20. */
export const newPassword = () => `a1${randomBytes(8).toString("hex")}`;

/** @param {string} location */
export const lastPart = (location) => decodeURIComponent(location.slice(location.lastIndexOf("/") + 1));
