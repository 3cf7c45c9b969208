// What callers give for an operation, and what has to arrive of it.

import fc from "fast-check";
import { propertiesOf } from "../spec.js";
import { GIVEN, isFilledIn, requiredOf, typesOf, valuesOf } from "./schema-values.js";

/**
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("../spec.js").Spec} Spec
 * @typedef {{ [name: string]: unknown }} Params
 *
 * @typedef {object} Param
 * @property {"path" | "query" | "body"} place
 * @property {boolean} required
 * @property {Located} schema
 */

/**
 * Every parameter that callers give, by its name.
 *
 * @param {Spec} spec
 * @param {Operation} operation
 * @returns {Map<string, Param>}
 */
export function paramsOf(spec, operation) {
  /** @type {Map<string, Param>} */
  const params = new Map();
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place !== "path" && place !== "query") throw new Error(`${operation.id}: ${name} is in ${place}`);
    params.set(name, { place, required, schema });
  }
  const { body } = operation;
  if (!body) return params;
  if (body.param) {
    return params.set(body.param, { place: "body", required: body.required, schema: body.schema });
  }
  const required = requiredOf(spec, body.schema);
  for (const [name, schema] of propertiesOf(spec, body.schema)) {
    if (isFilledIn(spec, schema)) continue;
    if (params.has(name)) throw new Error(`${operation.id}: ${name} is in two places`);
    params.set(name, { place: "body", required: required.includes(name), schema });
  }
  return params;
}

/**
 * Random params that the spec allows.
 *
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {{ whole?: boolean }} [options] whole: with every optional one
 * @returns {fc.Arbitrary<Params>}
 */
export function validParams(spec, operation, { whole = false } = {}) {
  /** @type {{ [name: string]: fc.Arbitrary<unknown> }} */
  const values = {};
  const requiredKeys = [];
  for (const [name, { place, required, schema }] of paramsOf(spec, operation)) {
    const value = valuesOf(spec, schema, GIVEN);
    values[name] = place === "path" ? value.filter(isSegment) : value;
    if (required || whole) requiredKeys.push(name);
  }
  return fc.record(values, { requiredKeys });
}

/**
 * Whether a value can be a segment of a path: URL parsers take others out.
 *
 * @param {unknown} value
 */
const isSegment = (value) => !["", ".", ".."].includes(String(value));

/**
 * The same params with their numbers and flags as text.
 *
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {Params} params
 * @returns {Params}
 */
export function asText(spec, operation, params) {
  const known = paramsOf(spec, operation);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const { schema } = /** @type {Param} */ (known.get(name));
      const types = typesOf(spec.resolve(schema).node);
      const isOther = types.length > 0 && !types.includes("string");
      return [name, isOther && ["number", "boolean"].includes(typeof value) ? String(value) : value];
    }),
  );
}

/**
 * The segments of the path as they have to be read from it.
 *
 * @param {Operation} operation
 * @param {Params} params
 */
export const expectedSegments = (operation, params) =>
  operation.segments.map((segment) =>
    "literal" in segment ? segment.literal : String(params[segment.variable]),
  );

/**
 * Names and values of the query, sorted by name; a list is its name repeated.
 *
 * @param {Operation} operation
 * @param {Params} params
 */
export const expectedQuery = (operation, params) =>
  sorted(
    operation.parameters
      .filter((parameter) => parameter.in === "query" && params[parameter.name] !== undefined)
      .flatMap(({ name }) => [params[name]].flat().map((value) => [name, String(value)])),
  );

/** @param {string} query raw */
export const readQuery = (query) =>
  sorted(query ? query.split("&").map((pair) => pair.split("=").map(decodeURIComponent)) : []);

/** @param {string[][]} pairs */
const sorted = (pairs) =>
  pairs.sort(([a = ""], [b = ""]) => {
    if (a === b) return 0;
    return a < b ? -1 : 1;
  });

/**
 * The body with what the client fills in; undefined where there is none.
 *
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {Params} params
 */
export function expectedBody(spec, operation, params) {
  const { body } = operation;
  if (!body) return undefined;
  if (body.param) return params[body.param];
  const known = paramsOf(spec, operation);
  const own = Object.entries(params).filter(([name]) => known.get(name)?.place === "body");
  return filledIn(spec, body.schema, Object.fromEntries(own), params);
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {unknown} value
 * @param {Params} params
 * @returns {unknown}
 */
function filledIn(spec, schema, value, params) {
  const resolved = spec.resolve(schema);
  if (Array.isArray(value)) {
    const items = /** @type {import("../spec.js").Dict | undefined} */ (resolved.node.items);
    if (!items) return value;
    const located = { node: items, pointer: `${resolved.pointer}/items` };
    return value.map((item) => filledIn(spec, located, item, params));
  }
  if (typeof value !== "object" || value === null) return value;
  const whole = /** @type {Params} */ ({ ...value });
  for (const [name, property] of propertiesOf(spec, resolved)) {
    const { node } = spec.resolve(property);
    if ("const" in node) whole[name] = node.const;
    else if ("x-copy-of" in node) {
      const copied = params[String(node["x-copy-of"])];
      if (copied !== undefined) whole[name] = copied;
    } else if (name in whole) whole[name] = filledIn(spec, property, whole[name], params);
  }
  return whole;
}
