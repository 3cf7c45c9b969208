// What may be set about the Combell sandbox, at the start and while it runs.

import { createSettings, isCount, isObject } from "../settings.js";

/**
 * @typedef {import("../settings.js").CommonSettings & OwnSettings} CombellSettings
 *
 * @typedef {object} OwnSettings
 * @property {"document" | "client" | "both"} reading the signatures that are accepted
 * @property {number} clockSkewSeconds how far a timestamp may be off
 * @property {number} clockOffsetMs added to the sandbox's clock
 * @property {number} jobPolls how often a job or certificate request is under way before it is finished
 * @property {import("./rate-limit.js").RateLimit | null} rateLimit null: none, and no headers about it
 * @property {number | null} maxTake most items on a page, whatever `take` says
 */

/** @param {unknown} value */
const isRateLimit = (value) =>
  value === null ||
  (isObject(value) && isCount(value.limit) && isCount(value.windowSeconds) && value.windowSeconds !== 0);

/** @param {Partial<CombellSettings>} given */
export const combellSettings = (given) =>
  createSettings(
    "combell",
    {
      reading: {
        value: /** @type {CombellSettings["reading"]} */ ("both"),
        fits: (value) => ["document", "client", "both"].includes(String(value)),
        expects: "document, client or both",
      },
      clockSkewSeconds: { value: 300, fits: isCount, expects: "a whole number of seconds" },
      clockOffsetMs: { value: 0, fits: Number.isSafeInteger, expects: "a whole number of milliseconds" },
      jobPolls: { value: 2, fits: isCount, expects: "a whole number" },
      rateLimit: {
        value: /** @type {CombellSettings["rateLimit"]} */ ({ limit: 10_000, windowSeconds: 60 }),
        fits: isRateLimit,
        expects: "{ limit, windowSeconds } or null",
      },
      maxTake: {
        value: /** @type {CombellSettings["maxTake"]} */ (null),
        fits: (value) => value === null || (isCount(value) && Number(value) > 0),
        expects: "a number above 0, or null",
      },
    },
    given,
  );
