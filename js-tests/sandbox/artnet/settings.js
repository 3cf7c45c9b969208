// What may be set about the Artnet sandbox, at the start and while it runs.

import { createSettings, isCount } from "../settings.js";

/**
 * @typedef {import("../settings.js").CommonSettings & OwnSettings} ArtnetSettings
 *
 * @typedef {object} OwnSettings
 * @property {number} failureStatus HTTP status of failures, which is not documented
 * @property {number | null} defaultLimit entries on a page where `limit` is not given; null: all of them
 * @property {number | null} maxLimit most entries on a page, whatever `limit` says
 * @property {boolean} reseller whether the customer is a reseller, who may reserve servers
 */

const limit = {
  fits: (/** @type {unknown} */ value) => value === null || (isCount(value) && Number(value) > 0),
  expects: "a number above 0, or null",
};

/** @param {Partial<ArtnetSettings>} given */
export const artnetSettings = (given) =>
  createSettings(
    "artnet",
    {
      failureStatus: {
        value: 200,
        fits: (value) => isCount(value) && Number(value) >= 200 && Number(value) <= 599,
        expects: "a whole number from 200 to 599",
      },
      defaultLimit: { value: /** @type {number | null} */ (null), ...limit },
      maxLimit: { value: /** @type {number | null} */ (null), ...limit },
      reseller: {
        value: true,
        fits: (value) => typeof value === "boolean",
        expects: "true or false",
      },
    },
    given,
  );
