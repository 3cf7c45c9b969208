// Input made from the schemas of a spec, for tests that call every operation.

import fc from "fast-check";
import { children, knownValues, propertiesOf } from "../spec.js";

/**
 * @typedef {import("../spec.js").Dict} Dict
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Spec} Spec
 */

/**
 * Values that fit a schema.
 *
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Record<string, fc.Arbitrary<unknown>>} [known] for properties of these names, wherever they stand: IDs
 *   that exist, for instance
 * @returns {fc.Arbitrary<unknown>}
 */
export function valuesFor(spec, schema, known = {}) {
  const { node, pointer } = spec.resolve(schema);
  if ("const" in node) return fc.constant(node.const);
  const values = knownValues(node);
  if (values) return fc.constantFrom(...values);
  const types = [node.type].flat();
  if (types.length > 1) {
    return fc.oneof(...types.map((type) => valuesFor(spec, { node: { ...node, type }, pointer }, known)));
  }
  switch (types[0]) {
    case "string":
      return texts(node);
    case "integer":
      return fc.integer(limits(node));
    case "number":
      return fc.integer(limits(node)).map((value) => value / 4);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const items = { node: /** @type {Dict} */ (node.items), pointer: `${pointer}/items` };
      return fc.array(valuesFor(spec, items, known), { minLength: count(node.minItems) ?? 0, maxLength: 3 });
    }
    default:
      return objects(spec, { node, pointer }, known);
  }
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Record<string, fc.Arbitrary<unknown>>} known
 */
function objects(spec, schema, known) {
  const fields = [...propertiesOf(spec, schema)].map(([name, property]) => [
    name,
    known[name] ?? valuesFor(spec, property, known),
  ]);
  return fc.record(/** @type {Record<string, fc.Arbitrary<unknown>>} */ (Object.fromEntries(fields)), {
    requiredKeys: requiredIn(spec, schema),
  });
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @returns {string[]}
 */
function requiredIn(spec, schema) {
  const resolved = spec.resolve(schema);
  const own = /** @type {string[]} */ (resolved.node.required ?? []);
  return [...own, ...children(resolved, "allOf").flatMap((part) => requiredIn(spec, part))];
}

/** @param {Dict} node */
function texts({ format, pattern, minLength, maxLength }) {
  if (format === "ipv4") return fc.ipV4();
  if (format === "ipv6") return fc.ipV6();
  const least = count(minLength) ?? 0;
  if (typeof pattern === "string") {
    return fc.stringMatching(new RegExp(pattern, "u")).filter((text) => text.length >= least);
  }
  return fc.string({ unit: "grapheme", minLength: least, maxLength: count(maxLength) ?? least + 20 });
}

/** @param {Dict} node */
const limits = ({ minimum, maximum }) => ({
  min: count(minimum) ?? -1000,
  max: count(maximum) ?? 2_147_483_647,
});

/** @param {unknown} value */
const count = (value) => (typeof value === "number" ? value : undefined);
