// Values that fit a schema of the spec, for tests that call every operation.

import fc from "fast-check";
import { children, propertiesOf } from "../../spec.js";

/**
 * @typedef {import("../../spec.js").Located} Located
 * @typedef {import("../../spec.js").Spec} Spec
 * @typedef {Record<string, fc.Arbitrary<unknown>>} Known values for properties of these names, wherever they are
 */

/** @type {Record<string, (node: import("../../spec.js").Dict) => fc.Arbitrary<unknown>>} */
const SCALARS = {
  string: ({ minLength }) => fc.string({ minLength: Number(minLength ?? 0), maxLength: 40 }),
  integer: () => fc.maxSafeInteger(),
  number: () => fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
};

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Known} [known]
 * @returns {fc.Arbitrary<unknown>}
 */
export function fitting(spec, schema, known = {}) {
  const resolved = spec.resolve(schema);
  const { node, pointer } = resolved;
  if ("const" in node) return fc.constant(node.const);
  if (Array.isArray(node.enum)) return fc.constantFrom(...node.enum);
  if (node.type === undefined && children(resolved, "allOf").length === 0) return fc.jsonValue();
  const types = [node.type ?? "object"].flat().map(String);
  return fc.oneof(
    ...types.map((type) => {
      if (type === "object") return objects(spec, resolved, known);
      if (type !== "array") return SCALARS[type]?.(node) ?? fc.constant(undefined);
      const items = {
        node: /** @type {import("../../spec.js").Dict} */ (node.items),
        pointer: `${pointer}/items`,
      };
      return fc.array(fitting(spec, items, known), { maxLength: Number(node.maxItems ?? 3) });
    }),
  );
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Known} known
 */
function objects(spec, schema, known) {
  const properties = [...propertiesOf(spec, schema)].map(
    ([name, property]) => /** @type {const} */ ([name, known[name] ?? fitting(spec, property, known)]),
  );
  const requiredKeys = /** @type {string[]} */ (schema.node.required ?? []);
  return fc.record(Object.fromEntries(properties), { requiredKeys });
}
