// How ccloud says no: in four shapes, of which the documentation describes three.

import { invalid, Refusal } from "../answers.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 * @typedef {import("../answers.js").Fault} Fault
 * @typedef {import("./settings.js").CcloudSettings} CcloudSettings
 */

const SCHEMAS = "#/components/schemas";

/** A refusal of the token endpoint, which has a shape of its own. */
export class OAuthRefusal extends Refusal {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} text
   * @param {string} [hint]
   */
  constructor(status, code, text, hint) {
    super(status, code, text);
    this.hint = hint;
  }
}

/** @param {string} text */
export const forbidden = (text) => new Refusal(403, "forbidden", text);

/**
 * @param {string} field
 * @param {string} text
 */
export const badField = (field, text) => invalid([{ code: "rule", field, text }]);

/**
 * Throws a refusal with every condition that does not hold, each under its field.
 *
 * @param {...[holds: boolean, field: string, text: string]} conditions
 */
export function demandFields(...conditions) {
  const faults = conditions
    .filter(([holds]) => !holds)
    .map(([, field, text]) => ({ code: "rule", field, text }));
  if (faults.length > 0) throw invalid(faults);
}

/**
 * @param {CcloudSettings} settings
 * @returns {(refusal: Refusal) => Answer}
 */
export const createRefuse = (settings) => (refusal) => {
  const { status, message, faults } = refusal;
  if (refusal instanceof OAuthRefusal) return oauthFailure(refusal);
  if (faults.some(({ code }) => code.startsWith("path_"))) {
    return failure(404, "There is nothing of this name.", settings);
  }
  if (faults.length > 0 || status === 422) return validationFailure(faults, settings);
  if (status === 401) return withMessage(401, "Unauthenticated.");
  return failure(status, message, settings);
};

/**
 * @param {OAuthRefusal} refusal
 * @returns {Answer}
 */
const oauthFailure = ({ status, code, message, hint }) => ({
  status,
  json: { error: code, error_description: message, ...(hint ? { hint } : {}), message },
  schema: `${SCHEMAS}/OAuthFailure`,
});

/**
 * @param {Fault[]} faults
 * @param {CcloudSettings} settings
 * @returns {Answer}
 */
function validationFailure(faults, { validationTexts }) {
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  for (const { field = "request", text } of faults) {
    texts.set(field, [...(texts.get(field) ?? []), text]);
  }
  const fields = [...texts].map(([field, list]) => [field, validationTexts === "text" ? list[0] : list]);
  return {
    status: 422,
    json: { message: "The given data was invalid.", errors: Object.fromEntries(fields) },
    schema: `${SCHEMAS}/LaravelValidationFailure`,
  };
}

/**
 * @param {number} status
 * @param {string} text
 * @param {CcloudSettings} settings
 * @returns {Answer}
 */
function failure(status, text, { errorShape }) {
  if (errorShape === "message") return withMessage(status, text);
  return {
    status,
    json: { error: { errors: {}, code: status, msg: text } },
    schema: `${SCHEMAS}/Error`,
  };
}

/**
 * Not documented by itself: a 422 without its fields is what comes nearest.
 *
 * @param {number} status
 * @param {string} message
 * @returns {Answer}
 */
const withMessage = (status, message) => ({
  status,
  json: { message },
  schema: `${SCHEMAS}/LaravelValidationFailure`,
});
