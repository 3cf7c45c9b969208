// Random values that a schema of a spec allows, as arbitraries of fast-check.

import fc from "fast-check";
import { children, knownValues, propertiesOf } from "../spec.js";

/**
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Spec} Spec
 *
 * @typedef {object} Direction
 * @property {boolean} filled whether there is what the client fills in: it is in no caller's value
 * @property {boolean} open whether objects may have more than the spec knows: an answer's may
 */

/** @type {Direction} */
export const GIVEN = { filled: false, open: false };
/** @type {Direction} */
export const ANSWERED = { filled: true, open: true };

/** Nothing in the specs is nested this deeply, unless it nests itself. */
const DEEPEST = 8;
const MOST_ITEMS = 3;
const LONGEST_TEXT = 24;

/** Texts that go wrong where somebody encodes too little, too much, or twice. */
const AWKWARD = [
  ...["/", "a/b", "..x", "...", "%", "%2e%2e", "%41", "?a=b", "#", "a&b=c", "+", "a b", "\\", ";v=1", "..;x"],
  ...["é", "ẞ", "💥", "\u0000", "\u2028", "\r\n", '"', "'", "`", "<b>", "~!*()", "@:", "ID12345_Name", "TXT"],
  ...["null", "true", "0", "01", "1e3", "__proto__", "constructor", "{}", "[]", "a[b]"],
];

/**
 * @param {Spec} spec
 * @param {Located} located
 * @param {Direction} direction
 * @param {number} [depth]
 * @returns {fc.Arbitrary<unknown>}
 */
export function valuesOf(spec, located, direction, depth = 0) {
  const schema = spec.resolve(located);
  const { node } = schema;
  if ("const" in node) return fc.constant(node.const);
  if (Array.isArray(node.enum)) return fc.constantFrom(...node.enum);
  const known = knownValues(node);
  if (known) {
    // Values that the spec does not know are as good.
    const { "x-extensible-enum": _, ...open } = node;
    const others = valuesOf(spec, { ...schema, node: open }, direction, depth);
    return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: others });
  }
  const choices = [...children(schema, "oneOf"), ...children(schema, "anyOf")];
  if (choices.length > 0) {
    return fc.oneof(...choices.map((choice) => valuesOf(spec, choice, direction, depth + 1)));
  }
  const types = typesOf(node);
  if (types.length === 0) return fc.jsonValue({ maxDepth: 2 }).map(positiveZero);
  return fc.oneof(...types.map((type) => ofType(type, spec, schema, direction, depth)));
}

/**
 * The types that values are of, or are converted to.
 *
 * @param {import("../spec.js").Dict} node
 */
export const typesOf = (node) =>
  /** @type {string[]} */ (
    [node["x-sent-as"] ?? node.type ?? (node.properties || node.allOf ? "object" : [])].flat()
  );

/**
 * @param {string} type
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Direction} direction
 * @param {number} depth
 * @returns {fc.Arbitrary<unknown>}
 */
function ofType(type, spec, schema, direction, depth) {
  const { node } = schema;
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return integers(node);
    case "number":
      return numbers(node);
    case "string":
      return texts(node);
    case "array":
      return lists(spec, schema, direction, depth);
    case "object":
      return objects(spec, schema, direction, depth);
    default:
      throw new Error(`${schema.pointer}: no values of type ${type}`);
  }
}

/** @param {import("../spec.js").Dict} node */
function integers({ format, minimum, maximum }) {
  const [least, most] =
    format === "int32" ? [-(2 ** 31), 2 ** 31 - 1] : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const [min, max] = [limit(minimum, least), limit(maximum, most)];
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
}

/** @param {import("../spec.js").Dict} node */
const numbers = ({ minimum, maximum }) =>
  fc
    .double({ noNaN: true, min: limit(minimum, -1e15), max: limit(maximum, 1e15) })
    .map((value) => /** @type {number} */ (positiveZero(value)));

/**
 * @param {unknown} given
 * @param {number} otherwise
 */
const limit = (given, otherwise) => (typeof given === "number" ? given : otherwise);

/**
 * JSON has no -0.
 *
 * @param {unknown} value
 */
const positiveZero = (value) => JSON.parse(JSON.stringify(value));

/** @type {{ [format: string]: () => fc.Arbitrary<string> }} */
const FORMATS = {
  uuid: () => fc.uuid(),
  "date-time": () => dates().map((date) => date.toISOString()),
  date: () => dates().map((date) => date.toISOString().slice(0, 10)),
  email: () => fc.emailAddress(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  uri: () => fc.webUrl({ withQueryParameters: true, withFragments: true }),
};

const dates = () =>
  fc.date({ min: new Date("1970-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });

/**
 * @param {import("../spec.js").Dict} node
 * @returns {fc.Arbitrary<string>}
 */
function texts({ format, pattern, minLength, maxLength }) {
  const shortest = limit(minLength, 0);
  const most = limit(maxLength, Number.POSITIVE_INFINITY);
  const longest = Math.min(most, Math.max(LONGEST_TEXT, shortest));
  const fits = (/** @type {string} */ text) => [...text].length >= shortest && [...text].length <= most;
  if (typeof pattern === "string") return matching(new RegExp(pattern, "u"), shortest, longest).filter(fits);
  if (typeof format === "string" && FORMATS[format]) return FORMATS[format]().filter(fits);
  const free = fc.string({ unit: "binary", minLength: shortest, maxLength: longest });
  const plain = fc.string({ unit: "grapheme-ascii", minLength: shortest, maxLength: longest });
  const awkward = AWKWARD.filter(fits);
  return awkward.length > 0 ? fc.oneof(free, plain, fc.constantFrom(...awkward)) : fc.oneof(free, plain);
}

/**
 * fast-check makes texts of most patterns; for one that looks ahead, candidates are tried.
 *
 * @param {RegExp} pattern
 * @param {number} minLength
 * @param {number} maxLength
 * @returns {fc.Arbitrary<string>}
 */
function matching(pattern, minLength, maxLength) {
  const size = { minLength, maxLength };
  const units = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "aB3-_.", "aZ09!#%/=?@~éß"];
  const candidates = units.map((unit) => fc.string({ unit: fc.constantFrom(...unit), ...size }));
  const useful = candidates
    .filter((candidate) => fc.sample(candidate, { numRuns: 50, seed: 1 }).some((text) => pattern.test(text)))
    .map((candidate) => candidate.filter((text) => pattern.test(text)));
  try {
    useful.push(fc.stringMatching(new RegExp(pattern.source)));
  } catch (error) {
    if (useful.length === 0) throw error;
  }
  return fc.oneof(...useful);
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Direction} direction
 * @param {number} depth
 */
function lists(spec, schema, direction, depth) {
  const { items, minItems, maxItems } = schema.node;
  const minLength = limit(minItems, 0);
  const maxLength = depth > DEEPEST ? minLength : limit(maxItems, Math.max(MOST_ITEMS, minLength));
  const item = items
    ? valuesOf(
        spec,
        { node: /** @type {import("../spec.js").Dict} */ (items), pointer: `${schema.pointer}/items` },
        direction,
        depth + 1,
      )
    : fc.jsonValue({ maxDepth: 1 }).map(positiveZero);
  return fc.array(item, { minLength, maxLength });
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @param {Direction} direction
 * @param {number} depth
 */
function objects(spec, schema, direction, depth) {
  const required = requiredOf(spec, schema);
  /** @type {{ [name: string]: fc.Arbitrary<unknown> }} */
  const properties = {};
  for (const [name, property] of propertiesOf(spec, schema)) {
    if (!direction.filled && isFilledIn(spec, property)) continue;
    if (depth > DEEPEST && !required.includes(name)) continue;
    properties[name] = valuesOf(spec, property, direction, depth + 1);
  }
  const { additionalProperties } = schema.node;
  const known = fc.record(properties, {
    requiredKeys: required.filter((name) => name in properties),
    noNullPrototype: direction.open,
  });
  if (additionalProperties && depth <= DEEPEST) {
    const value =
      typeof additionalProperties === "object"
        ? valuesOf(
            spec,
            {
              node: /** @type {import("../spec.js").Dict} */ (additionalProperties),
              pointer: `${schema.pointer}/additionalProperties`,
            },
            direction,
            depth + 1,
          )
        : fc.string();
    const names = fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((name) => !(name in {}));
    return fc
      .tuple(fc.dictionary(names, value, { maxKeys: 3, noNullPrototype: true }), known)
      .map(([others, value]) => ({ ...others, ...value }));
  }
  if (!direction.open) return known;
  // Providers add properties without a word.
  return fc
    .tuple(known, fc.option(fc.jsonValue({ maxDepth: 1 }).map(positiveZero), { nil: undefined, freq: 4 }))
    .map(([value, more]) => (more === undefined ? value : { ...value, added_later: more }));
}

/**
 * @param {Spec} spec
 * @param {Located} schema
 * @returns {string[]}
 */
export function requiredOf(spec, schema) {
  const resolved = spec.resolve(schema);
  const own = Array.isArray(resolved.node.required) ? resolved.node.required : [];
  return [...own, ...children(resolved, "allOf").flatMap((part) => requiredOf(spec, part))];
}

/**
 * @param {Spec} spec
 * @param {Located} property
 */
export function isFilledIn(spec, property) {
  const { node } = spec.resolve(property);
  return "const" in node || "x-copy-of" in node;
}
