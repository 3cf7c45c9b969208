// Params that are wrong in one place, made from some that are right.

import { propertiesOf } from "../spec.js";
import { paramsOf } from "./operation-params.js";
import { isFilledIn, requiredOf, typesOf } from "./schema-values.js";

/**
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Spec} Spec
 *
 * @typedef {object} Wrong
 * @property {string} path what the error has to name
 * @property {string} how
 * @property {any} value
 */

/** One value of each of JSON's types, and some that JSON has no form for. */
const SAMPLES = /** @type {const} */ ([
  ["null", null],
  ["boolean", true],
  ["integer", 7],
  ["number", 7.5],
  ["string", "no such value"],
  ["array", [[]]],
  ["object", { no_such_name: {} }],
  ["function", () => 7],
  ["symbol", Symbol("s")],
  ["number", Number.NaN],
]);

/**
 * @param {Spec} spec
 * @param {import("../spec.js").Operation} operation
 * @param {import("./operation-params.js").Params} params valid, with every param
 * @returns {Generator<Wrong>}
 */
export function* wrongParams(spec, operation, params) {
  for (const [name, { place, required, schema }] of paramsOf(spec, operation)) {
    if (required) yield { path: name, how: "missing", value: without(params, name) };
    if (place === "path") {
      for (const value of ["", ".", ".."]) yield within(params, name, { path: "", how: "no segment", value });
    }
    for (const wrong of wrongValues(spec, schema, params[name])) yield within(params, name, wrong);
  }
  yield unknown(params);
}

/**
 * @param {Spec} spec
 * @param {Located} located
 * @param {unknown} value valid
 * @returns {Generator<Wrong>}
 */
function* wrongValues(spec, located, value) {
  const schema = spec.resolve(located);
  const { node } = schema;
  for (const [type, sample] of SAMPLES) {
    if (isRefused(node, type, sample)) yield { path: "", how: `${type} ${String(sample)}`, value: sample };
  }
  yield* beyondLimits(node);
  if (Array.isArray(value) && value.length > 0 && node.items) {
    const items = {
      node: /** @type {import("../spec.js").Dict} */ (node.items),
      pointer: `${schema.pointer}/items`,
    };
    for (const { path, how, value: item } of wrongValues(spec, items, value[0])) {
      yield { path: join("[0]", path), how, value: [item, ...value.slice(1)] };
    }
  } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    yield* wrongProperties(spec, schema, /** @type {{ [name: string]: unknown }} */ (value));
  }
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {{ [name: string]: unknown }} value
 * @returns {Generator<Wrong>}
 */
function* wrongProperties(spec, schema, value) {
  const required = requiredOf(spec, schema);
  for (const [name, property] of propertiesOf(spec, schema)) {
    if (isFilledIn(spec, property) || !(name in value)) continue;
    if (required.includes(name)) yield { path: name, how: "missing", value: without(value, name) };
    for (const wrong of wrongValues(spec, property, value[name])) yield within(value, name, wrong);
  }
  if (!schema.node.additionalProperties) yield unknown(value);
}

/**
 * Whether no value of a type is right, as it is or converted.
 *
 * @param {import("../spec.js").Dict} node
 * @param {string} type
 * @param {unknown} sample
 */
function isRefused(node, type, sample) {
  const types = typesOf(node);
  if (types.length === 0) return type === "function" || type === "symbol";
  if (type === "function" || type === "symbol") return true;
  // A number and its text mean the same.
  if (Array.isArray(node.enum)) return !node.enum.some((value) => String(value) === String(sample));
  if (type === "number") return !types.includes("number") && !types.includes("string");
  if (type === "integer") return !["number", "integer", "string"].some((name) => types.includes(name));
  // An object that is right and has more names than are known is another case.
  if (type === "object" && types.includes("object")) return false;
  return !types.includes(type);
}

/**
 * @param {import("../spec.js").Dict} node
 * @returns {Generator<Wrong>}
 */
function* beyondLimits(node) {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern, format } = node;
  if (typeof minimum === "number") yield { path: "", how: "too small", value: minimum - 1 };
  if (typeof maximum === "number") yield { path: "", how: "too large", value: maximum + 1 };
  if (format === "int32" && !node.enum) {
    for (const value of [2 ** 31, -(2 ** 31) - 1]) yield { path: "", how: "more than 32 bits", value };
  }
  if (typeof minLength === "number" && minLength > 0) {
    yield { path: "", how: "too short", value: "1".repeat(minLength - 1) };
  }
  if (typeof maxLength === "number") yield { path: "", how: "too long", value: "1".repeat(maxLength + 1) };
  if (typeof minItems === "number" && minItems > 0) yield { path: "", how: "too few", value: [] };
  if (typeof maxItems === "number") yield { path: "", how: "too many", value: Array(maxItems + 1).fill("1") };
  if (typeof pattern === "string") {
    const odd = [" ", "\n", "?"].find((text) => !new RegExp(pattern, "u").test(text));
    if (odd !== undefined) yield { path: "", how: "not as the pattern is", value: odd };
  }
}

/**
 * @param {{ [name: string]: unknown }} whole
 * @param {string} name
 * @param {Wrong} wrong
 * @returns {Wrong}
 */
const within = (whole, name, { path, how, value }) => ({
  path: join(name, path),
  how,
  value: { ...whole, [name]: value },
});

/** @param {{ [name: string]: unknown }} whole */
const unknown = (whole) => ({ path: "no_such_name", how: "unknown", value: { ...whole, no_such_name: 1 } });

/**
 * @param {{ [name: string]: unknown }} whole
 * @param {string} name
 */
const without = (whole, name) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

/**
 * @param {string} name
 * @param {string} path
 */
const join = (name, path) => (path && !path.startsWith("[") ? `${name}.${path}` : `${name}${path}`);
