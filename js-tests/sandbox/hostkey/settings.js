// What may be set about the Hostkey sandbox, at the start and while it runs.

import { isIP } from "node:net";
import { loadSpec } from "../../spec.js";
import { createSettings, isCount } from "../settings.js";

/**
 * @typedef {"error" | "message" | "number" | "word"} FailureForm How a failure is told: `{ result: -1, error }` as
 *   documented, `{ code: -1, message }` as in the present edition, another number or a word as result.
 *
 * @typedef {import("../settings.js").CommonSettings & OwnSettings} HostkeySettings
 *
 * @typedef {object} OwnSettings
 * @property {number} tokenLifetimeSeconds how long a token lives, unless `ttl` asks for less
 * @property {401 | string} tokenRefusal how a token that does not hold is refused: with status 401, or with
 *   status 200 and this text, which has to contain one of `x-auth.expired.messages`
 * @property {string} callerAddress where requests are taken to come from
 * @property {FailureForm} failureForm
 * @property {"OK" | "ok" | "success" | 0 | 1} successResult the result of calls whose answer is not documented
 * @property {"callback" | "refusal"} wrongPin how a wrong PIN shows where work is started: as the outcome of that
 *   work, with result OK, or at once
 * @property {boolean} awaitPayment orders wait for the payment of their invoice: they start no job, and the answer
 *   has no callback but the number of the invoice
 * @property {"binary" | "base64"} documents whether invoices and graphs come as they are or inside JSON
 * @property {number} jobPolls how often work is under way before it is finished
 * @property {number} clockOffsetMs added to the sandbox's clock
 */

const FAILURE_FORMS = ["error", "message", "number", "word"];

const { expired } = /** @type {{ expired: { messages: string[] } }} */ (
  loadSpec("hostkey").document["x-auth"]
);

/** @param {unknown} value */
const isTokenRefusal = (value) =>
  value === 401 ||
  (typeof value === "string" && expired.messages.some((text) => value.toLowerCase().includes(text)));

/** @param {unknown[]} choices */
const oneOf = (choices) => ({
  fits: (/** @type {unknown} */ value) => choices.includes(value),
  expects: `one of ${choices.join(", ")}`,
});

/** @param {Partial<HostkeySettings>} given */
export const hostkeySettings = (given) =>
  createSettings(
    "hostkey",
    {
      tokenLifetimeSeconds: {
        value: 7200,
        fits: (value) => isCount(value) && value !== 0,
        expects: "a whole number of seconds above 0",
      },
      tokenRefusal: {
        value: /** @type {HostkeySettings["tokenRefusal"]} */ ("Invalid token"),
        fits: isTokenRefusal,
        expects: `401, or a text with one of: ${expired.messages.join(", ")}`,
      },
      callerAddress: {
        value: "203.0.113.70",
        fits: (value) => isIP(String(value)) > 0,
        expects: "an IP address",
      },
      failureForm: {
        value: /** @type {FailureForm} */ ("error"),
        ...oneOf(FAILURE_FORMS),
      },
      successResult: {
        value: /** @type {HostkeySettings["successResult"]} */ ("OK"),
        ...oneOf(["OK", "ok", "success", 0, 1]),
      },
      wrongPin: {
        value: /** @type {HostkeySettings["wrongPin"]} */ ("callback"),
        ...oneOf(["callback", "refusal"]),
      },
      awaitPayment: {
        value: false,
        fits: (value) => typeof value === "boolean",
        expects: "true or false",
      },
      documents: {
        value: /** @type {HostkeySettings["documents"]} */ ("binary"),
        ...oneOf(["binary", "base64"]),
      },
      jobPolls: { value: 2, fits: isCount, expects: "a whole number" },
      clockOffsetMs: { value: 0, fits: Number.isSafeInteger, expects: "a whole number of milliseconds" },
    },
    given,
  );
