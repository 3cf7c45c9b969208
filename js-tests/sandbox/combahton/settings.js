// What may be set about the combahton sandbox, at the start and while it runs.

import { createSettings, isCount } from "../settings.js";

/**
 * @typedef {import("../settings.js").CommonSettings & OwnSettings} CombahtonSettings
 *
 * @typedef {object} OwnSettings
 * @property {number} jobPolls how often kvm.server.view answers id_reinstalling before a reinstallation is done
 * @property {boolean} joinedObjects lists of objects go out with no comma between the objects: `}{`
 * @property {string | null} challenge value of the cookie layer7-validate that every request has to bring, and
 *   without which it meets the challenge page; null: no such page
 * @property {number} challengeStatus HTTP status of that page, which is not documented
 * @property {number} failureStatus HTTP status of failures, which is not documented
 * @property {"mixed" | "success" | "status"} controlAnswers how kvm.server.start, stop, reset and vnc say that it
 *   went well: with `success` true, with the status OK, or (mixed) vnc in the latter way and the others in the
 *   former, as far as is known
 * @property {boolean} strictControl starting a server that runs fails, and so does stopping one that does not
 * @property {number} unpaidInvoices how many of the latest invoices are still to be paid
 * @property {number} incidents how many incidents there have been
 */

const flag = {
  fits: (/** @type {unknown} */ value) => typeof value === "boolean",
  expects: "true or false",
};
const status = {
  fits: (/** @type {unknown} */ value) => isCount(value) && Number(value) >= 200 && Number(value) <= 599,
  expects: "a whole number from 200 to 599",
};
const count = { fits: isCount, expects: "a whole number" };

/** @param {Partial<CombahtonSettings>} given */
export const combahtonSettings = (given) =>
  createSettings(
    "combahton",
    {
      jobPolls: { value: 2, ...count },
      joinedObjects: { value: false, ...flag },
      challenge: {
        value: /** @type {CombahtonSettings["challenge"]} */ (null),
        fits: (value) => value === null || (typeof value === "string" && /^\w+$/.test(value)),
        expects: "letters and digits, or null",
      },
      challengeStatus: { value: 200, ...status },
      failureStatus: { value: 200, ...status },
      controlAnswers: {
        value: /** @type {CombahtonSettings["controlAnswers"]} */ ("mixed"),
        fits: (value) => ["mixed", "success", "status"].includes(String(value)),
        expects: "mixed, success or status",
      },
      strictControl: { value: false, ...flag },
      unpaidInvoices: { value: 2, ...count },
      incidents: { value: 130, ...count },
    },
    given,
  );
