// What the steps of the tour of Artnet have in common.

/**
 * @typedef {typeof import("../../../pkg/providers/artnet.js")} Hostwire
 * @typedef {import("../../../pkg/providers/artnet.js").Artnet} Artnet
 * @typedef {import("../../../pkg/providers/artnet.js").ArtnetOptions} ArtnetOptions
 *
 * @typedef {object} Context
 * @property {Artnet} artnet
 * @property {Hostwire} hostwire
 * @property {ArtnetOptions & { customerId: string, apiKey: string }} clientOptions for steps that make a
 *   client of their own
 * @property {import("../../sandbox/artnet/index.js").ArtnetSandbox | undefined} sandbox undefined: Artnet
 * @property {import("../tour.js").Traffic} traffic
 * @property {Known} known
 *
 * @typedef {object} Known What earlier steps have found out.
 * @property {number} [vpsId]
 * @property {string} [rulesetId]
 * @property {number} [zoneId]
 * @property {number} [failOverId]
 *
 * @typedef {import("../steps.js").StepOf<Context>} ArtnetStep
 */

/** Somebody's lists may be long. */
export const SHOWN = 5;
