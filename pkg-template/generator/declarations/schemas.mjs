/**
 * The provider's types: openapi-typescript turns each schema into a type, and each type becomes a
 * declaration of its own, so that editors show `Account` and not a path into a document.
 */
import openapiTS from "openapi-typescript";
import ts from "typescript";
import { isFilledIn, objectParts, resolve } from "../spec.mjs";
import { comment, describe } from "./doc.mjs";
import { members, openList, print, rewritten, schemaName } from "./nodes.mjs";

/** @typedef {import("../spec.mjs").Schema} Schema */
/** @typedef {import("../spec.mjs").Document} Document */
/** @typedef {import("./names.mjs").Names} Names */

/**
 * @typedef {object} Root a schema that an operation uses by itself
 * @property {Schema} schema
 * @property {string[]} names what to call its type where it needs a name, in order of preference
 * @property {string} about what it is, where the schema does not say
 * @property {boolean} [isInput] whether callers give it
 */

/** @typedef {Map<string, Root>} Roots by a key with a dot in it, which no schema's name has */

/** The types of a provider, as text. */
export class Types {
  /** @type {Map<string, string>} what stands for a schema or a root: its name, or its type where it has none */
  #texts = new Map();
  /** @type {string[]} */
  #declarations = [];

  /**
   * @param {Document} document
   * @param {Roots} roots
   * @param {Names} names
   * @param {string} className what a schema's type is named after where its own name is taken
   */
  static async read(document, roots, names, className) {
    const types = new Types();
    const reader = new Reader(document, await typeNodes(document, roots));
    const inputs = reader.reach([...roots.keys()].filter((key) => roots.get(key)?.isInput));
    const outputs = reader.reach([...roots.keys()].filter((key) => !roots.get(key)?.isInput));
    const used = [...reader.nodes.keys()].filter((key) => inputs.has(key) || outputs.has(key));

    for (const key of used) {
      const root = roots.get(key);
      if (!root) types.#texts.set(key, names.take(key, className + key));
      else if (root.isInput || reader.needsName(key)) types.#texts.set(key, names.take(...root.names));
    }
    for (const key of used) {
      const root = roots.get(key);
      const name = types.#texts.get(key);
      const side = { isInput: inputs.has(key), isOutput: outputs.has(key) };
      if (name) types.#declarations.push(reader.declare(key, name, root, side, types.#texts));
      else types.#texts.set(key, reader.inline(key, side, types.#texts));
    }
    return types;
  }

  /**
   * The type of a root.
   * @param {string} key
   */
  text(key) {
    const text = this.#texts.get(key);
    if (!text) throw new Error(`no type was made for ${key}`);
    return text;
  }

  /** Every named type's declaration. */
  declarations() {
    return this.#declarations;
  }
}

/**
 * @param {Document} document
 * @param {Roots} roots
 */
async function typeNodes(document, roots) {
  const schemas = {
    ...document.components?.schemas,
    ...Object.fromEntries([...roots].map(([key, { schema }]) => [key, schema])),
  };
  const flat = Object.entries(schemas).map(([key, schema]) => [key, flattened(document, schema)]);
  /** @type {WeakMap<ts.Node, Schema>} */
  const schemaOf = new WeakMap();
  const nodes = await openapiTS(
    {
      openapi: "3.1.0",
      info: { title: "types", version: "1" },
      paths: {},
      components: { schemas: Object.fromEntries(flat) },
    },
    {
      silent: true,
      emptyObjectsUnknown: true,
      defaultNonNullable: false,
      transform(schema) {
        const { type = [], "x-extensible-enum": known } = /** @type {Schema} */ (schema);
        return known && openList(known, [type].flat());
      },
      transformProperty(property, schema) {
        schemaOf.set(property, /** @type {Schema} */ (schema));
        return undefined;
      },
    },
  );
  return { nodes: members(nodes), schemaOf, schemas };
}

/**
 * `allOf` merged, because intersections are hard to read.
 * @param {Document} document
 * @param {Schema} schema
 * @returns {Schema}
 */
function flattened(document, schema) {
  const flat = (/** @type {Schema} */ part) => flattened(document, part);
  const flatValues = (/** @type {{ [name: string]: Schema }} */ parts) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, flat(part)]));
  const { allOf, ...own } = schema;
  if (allOf) {
    const { properties, required, additional } = objectParts(document, schema);
    Object.assign(own, { type: "object", properties, required });
    if (additional !== undefined) own.additionalProperties = additional;
  }
  return {
    ...own,
    ...(own.properties && { properties: flatValues(own.properties) }),
    ...(own.patternProperties && { patternProperties: flatValues(own.patternProperties) }),
    ...(own.items && { items: flat(own.items) }),
    ...(own.oneOf && { oneOf: own.oneOf.map(flat) }),
    ...(own.anyOf && { anyOf: own.anyOf.map(flat) }),
    ...(typeof own.additionalProperties === "object" && {
      additionalProperties: anyName(
        flat(own.additionalProperties),
        Object.values(flatValues(own.properties ?? {})),
      ),
    }),
  };
}

/**
 * What any name of an object may hold: an index signature speaks of the named properties too.
 * @param {Schema} others
 * @param {Schema[]} named
 * @returns {Schema}
 */
const anyName = (others, named) =>
  named.length > 0 && Object.keys(others).length > 0 ? { anyOf: [others, ...named] } : others;

/** @typedef {{ isInput: boolean, isOutput: boolean }} Side */

/** Writes declarations from the nodes that openapi-typescript made. */
class Reader {
  /**
   * @param {Document} document
   * @param {Awaited<ReturnType<typeof typeNodes>>} made
   */
  constructor(document, { nodes, schemaOf, schemas }) {
    this.document = document;
    this.nodes = nodes;
    this.schemaOf = schemaOf;
    /** @type {{ [key: string]: Schema }} */
    this.schemas = schemas;
  }

  /** @param {string} key */
  #node(key) {
    const node = this.nodes.get(key);
    if (!node) throw new Error(`openapi-typescript made no type of ${key}`);
    return node;
  }

  /**
   * These and everything they lead to.
   * @param {string[]} keys
   */
  reach(keys) {
    const reached = new Set(keys);
    for (const key of reached) {
      /** @param {ts.Node} node */
      const visit = (node) => {
        const name = schemaName(node);
        if (name) reached.add(name);
        else ts.forEachChild(node, visit);
      };
      visit(this.#node(key));
    }
    return reached;
  }

  /**
   * Whether a type has an object in it, which is easier to read with a name.
   * @param {string} key
   */
  needsName(key) {
    /** @type {(node: ts.Node) => boolean} */
    const hasObject = (node) =>
      (ts.isTypeLiteralNode(node) && node.members.length > 0) || ts.forEachChild(node, hasObject) === true;
    return hasObject(this.#node(key));
  }

  /**
   * @param {string} key
   * @param {string} name
   * @param {Root | undefined} root
   * @param {Side} side
   * @param {Map<string, string>} names
   */
  declare(key, name, root, side, names) {
    const schema = this.schemas[key];
    if (side.isInput) refuseFilledIn(key, this.document, schema);
    const type = this.#rewrite(key, side, names);
    const about = describe(this.#resolved(schema), side.isInput);
    return comment(about.length > 0 ? about : [root?.about ?? ""].filter(Boolean)) + print(type, name);
  }

  /**
   * @param {string} key
   * @param {Side} side
   * @param {Map<string, string>} names
   */
  inline(key, side, names) {
    return print(this.#rewrite(key, side, names));
  }

  /**
   * @param {string} key
   * @param {Side} side
   * @param {Map<string, string>} names
   */
  #rewrite(key, { isInput, isOutput }, names) {
    return rewritten(this.#node(key), {
      name: (schema) => names.get(schema) ?? schema,
      // What is only given may be an array that its owner must not change.
      readonly: isInput && !isOutput,
      comment: (property) => {
        const schema = this.schemaOf.get(property);
        return schema ? comment(describe(this.#resolved(schema), isInput)) : "";
      },
    });
  }

  /** @param {Schema} schema */
  #resolved(schema) {
    const resolved = resolve(this.document, schema);
    return resolved.items ? { ...resolved, items: resolve(this.document, resolved.items) } : resolved;
  }
}

/**
 * A parameter's own type has every value come from the caller.
 * @param {string} key
 * @param {Document} document
 * @param {Schema} schema
 */
function refuseFilledIn(key, document, schema) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (isFilledIn(resolve(document, property))) {
      throw new Error(
        `${key}: ${name} is filled in by the client, which is only supported at the top of a body`,
      );
    }
  }
}
