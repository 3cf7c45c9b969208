// The fields of a form, as PHP and Artnet's commands see them.

import { propertiesOf } from "../../spec.js";
import { Refusal } from "../answers.js";
import { valuesValid } from "../checks.js";
import { isObject } from "../settings.js";
import { CREDENTIAL_FIELDS } from "./caller.js";
import { Failure } from "./refusals.js";

/**
 * @typedef {import("../../spec.js").Dict} Dict
 * @typedef {import("../../spec.js").Located} Located
 * @typedef {import("../../spec.js").Operation} Operation
 * @typedef {import("../../spec.js").Spec} Spec
 */

/**
 * Takes the credentials out, and numbers the entries of lists from 0: their indexes have to be unique and
 * no more.
 *
 * @param {Spec} spec
 * @returns {import("../checks.js").Check}
 */
export const readForm = (spec) => (exchange) => {
  const { content, operation } = exchange;
  if (!operation?.body || !("value" in content) || !isObject(content.value)) return;
  const own = Object.entries(content.value).filter(([name]) => !CREDENTIAL_FIELDS.includes(name));
  const value = renumber(spec, Object.fromEntries(own), operation.body.schema);
  exchange.content = { empty: false, value };
};

/**
 * @param {Spec} spec
 * @param {unknown} value
 * @param {Located} schema
 * @returns {unknown}
 */
function renumber(spec, value, schema) {
  if (!isObject(value)) return value;
  const resolved = spec.resolve(schema);
  const entries = Object.entries(value);
  if (resolved.node.type === "array" && entries.every(([key]) => /^(0|[1-9][0-9]*)$/.test(key))) {
    const items = { node: /** @type {Dict} */ (resolved.node.items), pointer: `${resolved.pointer}/items` };
    return Object.fromEntries(entries.map(([, item], index) => [index, renumber(spec, item, items)]));
  }
  const properties = propertiesOf(spec, resolved);
  return Object.fromEntries(
    entries.map(([name, field]) => {
      const property = properties.get(name);
      return [name, property ? renumber(spec, field, property) : field];
    }),
  );
}

/** Codes for values that break one rule of one field; all others have the general code. */
const OWN_CODES = new Map([
  ["confirm body_const", "unconfirmed"],
  ["confirm body_required", "unconfirmed"],
  ["instance_new_password body_minLength", "password-too-short"],
  ["instance_new_password body_pattern", "password-invalid"],
  ["custom_properties.display_name body_maxLength", "instance-custom-properties-display-name-too-long"],
  ["custom_properties.notes body_maxLength", "instance-custom-properties-notes-too-long"],
]);

/**
 * A check of values whose refusals come with Artnet's codes.
 *
 * @param {import("../checks.js").Check} check
 * @returns {import("../checks.js").Check}
 */
export const withCodes = (check) => (exchange, validator) => {
  try {
    check(exchange, validator);
  } catch (error) {
    throw error instanceof Refusal && exchange.operation ? failureOf(error, exchange.operation) : error;
  }
};

/** @type {import("../checks.js").Check} */
export const valuesFit = withCodes(valuesValid);

/**
 * @param {Refusal} refusal
 * @param {Operation} operation
 */
function failureOf({ faults }, { id, node }) {
  const reasons = faults.map((fault) => fault.text);
  const codes = faults.map(({ field, code }) => OWN_CODES.get(`${field} ${code}`));
  const [own] = codes;
  if (own && codes.every((code) => code === own)) return new Failure(own, reasons);
  if (id === "firewall.save" && faults.every(({ field }) => field?.startsWith("rules."))) {
    const details = faults.map(({ field, text }) => ({
      rule: field?.split(".").slice(1, 3).join("."),
      text,
    }));
    return new Failure("rules-syntax-error", reasons, details);
  }
  const listed = /** @type {string[]} */ (node["x-errors"] ?? []);
  const general = listed.includes("invalid-param-value") ? "invalid-param-value" : "incorrect-param-value";
  return new Failure(general, reasons);
}
