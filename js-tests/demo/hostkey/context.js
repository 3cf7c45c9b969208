// What the steps of the tour of Hostkey have in common.

/**
 * @typedef {typeof import("../../../pkg/providers/hostkey.js")} Hostwire
 * @typedef {import("../../../pkg/providers/hostkey.js").Hostkey} Hostkey
 * @typedef {import("../../../pkg/providers/hostkey.js").HostkeyOptions} HostkeyOptions
 * @typedef {import("../../../pkg/providers/hostkey.js").CallbackAnswer} CallbackAnswer
 *
 * @typedef {object} Context
 * @property {Hostkey} hostkey
 * @property {Hostwire} hostwire
 * @property {HostkeyOptions & { apiKey: string }} clientOptions for steps that make a client of their own
 * @property {import("../../sandbox/hostkey/index.js").HostkeySandbox | undefined} sandbox undefined: Hostkey
 * @property {import("../tour.js").Traffic} traffic
 * @property {Known} known
 *
 * @typedef {object} Known What earlier steps have found out or made.
 * @property {number} [serverId]
 * @property {string} [ip]
 * @property {string} [zone]
 * @property {number} [recordCount]
 * @property {number} [invoiceId]
 *
 * @typedef {import("../steps.js").StepOf<Context>} HostkeyStep
 */

export const NO_SERVER = "There is no server to look at";

/** @param {CallbackAnswer | { result: string }} answer */
export const workState = (answer) => {
  const scope = "scope" in answer && typeof answer.scope === "string" ? answer.scope.trim() : "";
  return [answer.result, scope].filter((text) => text !== "").join(": ");
};
