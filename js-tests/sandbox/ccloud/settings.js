// What may be set about the ccloud sandbox, at the start and while it runs.

import { createSettings, isCount } from "../settings.js";

/**
 * @typedef {import("../settings.js").CommonSettings & OwnSettings} CcloudSettings
 *
 * @typedef {object} OwnSettings
 * @property {number} tokenLifetimeSeconds how long a token lives; 0: it has expired when it arrives
 * @property {number} clockOffsetMs added to the sandbox's clock
 * @property {number} jobPolls how often a task is processing before it is over
 * @property {number} defaultLimit entries on a page where the request has no `limit`
 * @property {number | null} maxLimit most entries on a page, whatever `limit` says
 * @property {"list" | "text"} validationTexts whether each field of a 422 has a list of texts or one text
 * @property {"error" | "message"} errorShape what failures other than 401 and 422 look like: the schema
 *   Error, or `{ message }` as the framework behind the API sends it where nobody says otherwise
 */

/**
 * @template {string} Choice
 * @param {Choice} value
 * @param {Choice} other
 */
const choice = (value, other) => ({
  value: /** @type {Choice} */ (value),
  fits: (/** @type {unknown} */ given) => given === value || given === other,
  expects: `${value} or ${other}`,
});

/** @param {unknown} value */
const isPositive = (value) => isCount(value) && value !== 0;

/** @param {Partial<CcloudSettings>} given */
export const ccloudSettings = (given) =>
  createSettings(
    "ccloud",
    {
      tokenLifetimeSeconds: { value: 31_536_000, fits: isCount, expects: "a whole number of seconds" },
      clockOffsetMs: { value: 0, fits: Number.isSafeInteger, expects: "a whole number of milliseconds" },
      jobPolls: { value: 2, fits: isCount, expects: "a whole number" },
      defaultLimit: { value: 25, fits: isPositive, expects: "a number above 0" },
      maxLimit: {
        value: /** @type {CcloudSettings["maxLimit"]} */ (null),
        fits: (value) => value === null || isPositive(value),
        expects: "a number above 0, or null",
      },
      validationTexts: choice(/** @type {CcloudSettings["validationTexts"]} */ ("list"), "text"),
      errorShape: choice(/** @type {CcloudSettings["errorShape"]} */ ("error"), "message"),
    },
    given,
  );
