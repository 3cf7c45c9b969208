import { isCount, isObject } from "../settings.js";

/**
 * @typedef {object} RequestPlan How the next certificate request is to go.
 * @property {"auto" | "dns" | "file" | "email"} [validation] auto, nothing to do for the customer, unless given
 * @property {"issued" | "failed"} [outcome] issued unless given
 * @property {number} [polls] how often it is under way; the setting jobPolls unless given
 */

const VALIDATIONS = ["auto", "dns", "file", "email"];
const OUTCOMES = ["issued", "failed"];

/**
 * @param {RequestPlan} plan
 * @returns {RequestPlan}
 */
export function checkRequestPlan(plan) {
  const where = "nextCertificateRequest";
  if (!isObject(plan)) throw new TypeError(`${where}: an object is expected`);
  const { validation = "auto", outcome = "issued", polls } = plan;
  if (!VALIDATIONS.includes(validation)) {
    throw new TypeError(`${where}: validation has to be one of ${VALIDATIONS.join(", ")}`);
  }
  if (!OUTCOMES.includes(outcome)) {
    throw new TypeError(`${where}: outcome has to be one of ${OUTCOMES.join(", ")}`);
  }
  if (polls !== undefined && !isCount(polls)) throw new TypeError(`${where}: polls has to be a whole number`);
  return plan;
}
