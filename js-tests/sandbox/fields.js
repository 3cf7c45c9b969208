// Fields that an operation does not have. The schemas of the specs do not forbid them, since a provider may
// take new ones at any time; here they are a mistake of whoever sends them, unless they are to be ignored.

import { invalid } from "./answers.js";
import { possibleProperties } from "./coerce.js";

/**
 * @typedef {import("../spec.js").Dict} Dict
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Spec} Spec
 */

/**
 * @param {Spec} spec
 * @param {import("./settings.js").CommonSettings} settings
 * @param {string[]} [besides] fields that every operation has, though its schema does not name them
 * @returns {import("./checks.js").Check}
 */
export function fieldsKnown(spec, settings, besides = []) {
  return ({ operation, content }) => {
    if (settings.unknownFields === "ignore" || !operation?.body || !("value" in content)) return;
    const unknown = unknownFields(spec, operation.body.schema, content.value);
    const faults = unknown
      .filter((field) => !besides.includes(field))
      .map((field) => ({ code: "body_unknown", text: `body ${field} is not known`, field }));
    if (faults.length > 0) throw invalid(faults);
  };
}

/**
 * Where a value has fields that its schema does not name; with dots between the steps.
 *
 * @param {Spec} spec
 * @param {Located} schema
 * @param {unknown} value lists as arrays, or as objects with indexes, as forms have them
 * @param {string[]} [above]
 * @returns {string[]}
 */
export function unknownFields(spec, schema, value, above = []) {
  if (typeof value !== "object" || value === null) return [];
  const resolved = spec.resolve(schema);
  const { items, additionalProperties, type } = resolved.node;
  if (items) {
    const item = { node: /** @type {Dict} */ (items), pointer: `${resolved.pointer}/items` };
    return Object.entries(value).flatMap(([key, one]) => unknownFields(spec, item, one, [...above, key]));
  }
  if (additionalProperties) return [];
  const known = possibleProperties(spec, resolved);
  // A schema that says nothing takes anything.
  if (type === undefined && known.size === 0) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const property = known.get(name);
    const path = [...above, name];
    return property ? unknownFields(spec, property, field, path) : [path.join(".")];
  });
}
