// Gives text from a path, a query or a form the type that its schema asks for. What does not have that type
// is left as it is, and the schema then refuses it.

import { children, propertiesOf } from "../spec.js";

/**
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Spec} Spec
 */

/**
 * @param {Spec} spec
 * @param {unknown} value
 * @param {Located} schema
 * @returns {unknown}
 */
export function coerce(spec, value, schema) {
  const resolved = spec.resolve(schema);
  const types = [resolved.node.type].flat();
  if (typeof value === "string") return scalar(value, types);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value);
  if (types.includes("array") && isIndexed(fields.map(([key]) => key))) {
    const items = /** @type {import("../spec.js").Dict} */ (resolved.node.items ?? {});
    return fields.map(([, item]) =>
      coerce(spec, item, { node: items, pointer: `${resolved.pointer}/items` }),
    );
  }
  const properties = possibleProperties(spec, resolved);
  return Object.fromEntries(
    fields.map(([name, field]) => {
      const property = properties.get(name);
      return [name, property ? coerce(spec, field, property) : field];
    }),
  );
}

/**
 * The properties that a schema for an object names, those of its alternatives included.
 *
 * @param {Spec} spec
 * @param {Located} schema
 */
export function possibleProperties(spec, schema) {
  const resolved = spec.resolve(schema);
  const properties = propertiesOf(spec, resolved);
  for (const variant of [...children(resolved, "oneOf"), ...children(resolved, "anyOf")]) {
    for (const [name, property] of propertiesOf(spec, variant)) {
      if (!properties.has(name)) properties.set(name, property);
    }
  }
  return properties;
}

/**
 * @param {string} text
 * @param {unknown[]} types
 */
function scalar(text, types) {
  if (types.includes("string")) return text;
  if (types.includes("integer") && /^-?(0|[1-9][0-9]*)$/.test(text)) return Number(text);
  if (types.includes("number") && /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(text)) return Number(text);
  if (types.includes("boolean") && /^(true|false)$/.test(text)) return text === "true";
  return text;
}

/** @param {string[]} keys */
const isIndexed = (keys) => keys.every((key, index) => key === String(index));
