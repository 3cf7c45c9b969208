// How Artnet says no: `success: false` and an error in two languages.

import { ok, Refusal } from "../answers.js";
import { TEXTS } from "./texts.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 * @typedef {import("./settings.js").ArtnetSettings} ArtnetSettings
 */

/** Codes for what the framework refuses before a command is reached. */
const FRAMEWORK_CODES = new Map([
  ["path_unknown", "unknown-command"],
  ["path_malformed", "unknown-command"],
  ["method_not_allowed", "unknown-command"],
]);

/** What a web server says before a command is reached has its own status, whatever failures have. */
const SERVER_STATUSES = new Set([405, 413, 415, 500]);

export class Failure extends Refusal {
  /**
   * @param {string} code
   * @param {string[]} [reasons] what exactly is wrong, added to the English description
   * @param {unknown} [details] goes out as `errors_details`
   */
  constructor(code, reasons = [], details = undefined) {
    super(400, code, "", { faults: reasons.map((text) => ({ code, text })) });
    this.details = details;
  }
}

/**
 * @param {boolean} holds
 * @param {string} code
 * @param {...string} reasons
 * @returns {asserts holds}
 */
export function need(holds, code, ...reasons) {
  if (!holds) throw new Failure(code, reasons);
}

/** @param {string} code */
export function textOf(code) {
  const [pl, en] = TEXTS[code] ?? [code, code];
  return { pl, en };
}

/**
 * @param {Refusal} refusal
 * @param {ArtnetSettings} settings
 * @returns {Answer}
 */
export function tellFailure(refusal, { failureStatus }) {
  const { status, faults, message } = refusal;
  const code = FRAMEWORK_CODES.get(refusal.code) ?? refusal.code.replaceAll("_", "-");
  const reasons = faults.length > 0 ? faults.map((fault) => fault.text) : [message].filter(Boolean);
  const { pl, en } = textOf(code);
  const details = refusal instanceof Failure ? refusal.details : undefined;
  return {
    status: SERVER_STATUSES.has(status) ? status : failureStatus,
    json: {
      success: false,
      error: {
        code,
        description: { pl, en: [en, reasons.join("; ")].filter(Boolean).join(": ") },
        ...(details === undefined ? {} : { errors_details: details }),
      },
    },
    schema: "#/components/schemas/ErrorAnswer",
  };
}

/** @param {Record<string, unknown>} [fields] */
export const succeed = (fields = {}) => ok({ ...fields, success: true });
