// What the steps of the tour of combahton have in common.

/**
 * @typedef {typeof import("../../../pkg/providers/combahton.js")} Hostwire
 * @typedef {import("../../../pkg/providers/combahton.js").Combahton} Combahton
 * @typedef {import("../../../pkg/providers/combahton.js").CombahtonOptions} CombahtonOptions
 *
 * @typedef {object} Context
 * @property {Combahton} combahton
 * @property {Hostwire} hostwire
 * @property {CombahtonOptions & { email: string, secret: string }} clientOptions for steps that make a client
 *   of their own
 * @property {import("../../sandbox/combahton/index.js").CombahtonSandbox | undefined} sandbox undefined:
 *   combahton
 * @property {import("../tour.js").Traffic} traffic
 * @property {Known} known
 *
 * @typedef {object} Known What earlier steps have found out.
 * @property {string} [serverId]
 * @property {string} [invoiceId]
 * @property {string} [ip]
 *
 * @typedef {import("../steps.js").StepOf<Context>} CombahtonStep
 */

export const NO_ADDRESS = "There is no address to look at";

/**
 * Most fields of combahton's answers are not documented, so that their types say nothing.
 *
 * @param {unknown} value
 */
export const text = (value) => (value === undefined || value === null ? "" : String(value));

/** @param {string | number | undefined} seconds Unix time */
export const day = (seconds) =>
  seconds === undefined ? "" : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
