// Reads a provider's OpenAPI document into a flat list of operations. Everything under js-tests that needs
// the specs reads them through here, never through the package's own generator: two readers that agree are
// worth more than one.

import { readFileSync } from "node:fs";
import { parse } from "yaml";

/**
 * @typedef {{ [key: string]: unknown }} Dict
 *
 * @typedef {object} Located A part of the document and where it stands.
 * @property {Dict} node
 * @property {string} pointer JSON pointer as a URI fragment, `#/components/schemas/Account`
 *
 * @typedef {{ literal: string } | { variable: string }} Segment
 *
 * @typedef {object} Parameter
 * @property {string} name
 * @property {"path" | "query" | "header" | "cookie"} in
 * @property {boolean} required
 * @property {Located} schema
 *
 * @typedef {object} RequestBody
 * @property {boolean} required
 * @property {string} mediaType
 * @property {Located} schema
 * @property {string | undefined} param x-body-param: the name of a body that is one whole value
 *
 * @typedef {object} Response
 * @property {Map<string, { required: boolean, schema: Located }>} headers by lowercase name
 * @property {Map<string, Located>} content schema by media type; empty where there is no body
 *
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method in capitals
 * @property {string} template the path as written, with the fragment that makes a shared one unique
 * @property {string} path the template without that fragment; what is sent, below the server's own path
 * @property {Segment[]} segments
 * @property {Parameter[]} parameters
 * @property {RequestBody | undefined} body
 * @property {Map<string, Response>} responses by status, and `default`
 * @property {"read" | "write" | "destroy" | "purchase"} effect
 * @property {boolean} idempotent
 * @property {Dict} node the operation as written, for its other x- fields
 *
 * @typedef {object} Spec
 * @property {string} provider
 * @property {Dict} document
 * @property {string} basePath path of the first server, without a trailing slash
 * @property {Map<string, Operation>} operations by operationId
 * @property {(located: Located) => Located} resolve follows `$ref`s; what stands beside a `$ref` wins
 * @property {(pointer: string) => Located} at
 */

const METHODS = ["get", "post", "put", "patch", "delete"];

/** @type {Map<string, Spec>} */
const cache = new Map();

/**
 * @param {string} provider
 * @returns {Spec}
 */
export function loadSpec(provider) {
  let spec = cache.get(provider);
  if (!spec) {
    const file = new URL(`../specs/${provider}.yaml`, import.meta.url);
    spec = readSpec(provider, readFileSync(file, "utf8"));
    cache.set(provider, spec);
  }
  return spec;
}

/**
 * @param {string} provider
 * @param {string} yaml
 * @returns {Spec}
 */
export function readSpec(provider, yaml) {
  const document = dict(parse(yaml), "the document");
  const resolve = resolver(document);
  const root = { node: document, pointer: "#" };
  /** @type {Map<string, Operation>} */
  const operations = new Map();
  for (const template of Object.keys(dict(document.paths, "paths"))) {
    const item = child(child(root, "paths"), template);
    for (const method of METHODS.filter((name) => name in item.node)) {
      const operation = readOperation(template, method, item, resolve);
      if (operations.has(operation.id)) throw new Error(`${provider}: ${operation.id} is there twice`);
      operations.set(operation.id, operation);
    }
  }
  const servers = list(document.servers).map((server) => String(dict(server, "a server").url));
  const basePath = new URL(servers[0] ?? "https://localhost").pathname.replace(/\/$/, "");
  return { provider, document, basePath, operations, resolve, at: (pointer) => locate(document, pointer) };
}

/**
 * @param {string} template
 * @param {string} method
 * @param {Located} item
 * @param {Spec["resolve"]} resolve
 * @returns {Operation}
 */
function readOperation(template, method, item, resolve) {
  const here = child(item, method);
  const { node } = here;
  const path = template.replace(/#.*$/, "");
  return {
    id: String(node.operationId),
    method: method.toUpperCase(),
    template,
    path,
    segments: segmentsOf(path),
    parameters: mergeParameters([...children(item, "parameters"), ...children(here, "parameters")], resolve),
    body: node.requestBody ? readBody(resolve(child(here, "requestBody"))) : undefined,
    responses: readResponses(child(here, "responses"), resolve),
    effect: /** @type {Operation["effect"]} */ (node["x-effect"]),
    idempotent: node["x-effect"] === "read" || node["x-idempotent"] === true,
    node,
  };
}

/**
 * @param {string} path
 * @returns {Segment[]}
 */
export function segmentsOf(path) {
  return path
    .split("/")
    .slice(1)
    .map((text) => {
      const variable = /^\{([^{}]+)\}$/.exec(text)?.[1];
      if (variable !== undefined) return { variable };
      if (/[{}]/.test(text)) throw new Error(`${path}: a variable has to be a whole segment`);
      return { literal: text };
    });
}

/**
 * A parameter of the operation takes the place of the one of the same name and place on the path item.
 *
 * @param {Located[]} located
 * @param {Spec["resolve"]} resolve
 * @returns {Parameter[]}
 */
function mergeParameters(located, resolve) {
  /** @type {Map<string, Parameter>} */
  const merged = new Map();
  for (const one of located.map(resolve)) {
    const where = /** @type {Parameter["in"]} */ (one.node.in);
    const name = String(one.node.name);
    merged.set(`${where} ${name}`, {
      name,
      in: where,
      required: one.node.required === true,
      schema: child(one, "schema"),
    });
  }
  return [...merged.values()];
}

/**
 * @param {Located} body
 * @returns {RequestBody}
 */
function readBody(body) {
  const content = child(body, "content");
  const [mediaType] = Object.keys(content.node);
  if (mediaType === undefined) throw new Error(`${body.pointer}: a body without a media type`);
  const param = body.node["x-body-param"];
  return {
    required: body.node.required === true,
    mediaType,
    schema: child(child(content, mediaType), "schema"),
    param: typeof param === "string" ? param : undefined,
  };
}

/**
 * @param {Located} responses
 * @param {Spec["resolve"]} resolve
 * @returns {Operation["responses"]}
 */
function readResponses(responses, resolve) {
  /** @type {Operation["responses"]} */
  const byStatus = new Map();
  for (const status of Object.keys(responses.node)) {
    const response = resolve(child(responses, status));
    /** @type {Response} */
    const read = { headers: new Map(), content: new Map() };
    for (const [name, header] of entries(response, "headers")) {
      const { node, pointer } = resolve(header);
      const schema = child({ node, pointer }, "schema");
      read.headers.set(name.toLowerCase(), { required: node.required === true, schema });
    }
    for (const [mediaType, media] of entries(response, "content")) {
      read.content.set(mediaType, child(media, "schema"));
    }
    byStatus.set(status, read);
  }
  return byStatus;
}

/**
 * The properties of a schema for an object, those of `allOf` parts included.
 *
 * @param {Spec} spec
 * @param {Located} schema
 * @returns {Map<string, Located>}
 */
export function propertiesOf(spec, schema) {
  const resolved = spec.resolve(schema);
  /** @type {Map<string, Located>} */
  const properties = new Map();
  for (const part of children(resolved, "allOf")) {
    for (const [name, property] of propertiesOf(spec, part)) properties.set(name, property);
  }
  for (const [name, property] of entries(resolved, "properties")) properties.set(name, property);
  return properties;
}

/**
 * The values that a schema lists, whether it takes others (`x-extensible-enum`) or not (`enum`).
 *
 * @param {Dict} node
 * @returns {unknown[] | undefined}
 */
export const knownValues = (node) =>
  /** @type {unknown[] | undefined} */ (node.enum ?? node["x-extensible-enum"]);

/**
 * @param {Dict} document
 * @returns {Spec["resolve"]}
 */
function resolver(document) {
  /** @type {Spec["resolve"]} */
  const resolve = (located) => {
    const { $ref, ...siblings } = located.node;
    if (typeof $ref !== "string") return located;
    const target = resolve(locate(document, $ref));
    if (Object.keys(siblings).length === 0) return target;
    return { node: { ...target.node, ...siblings }, pointer: target.pointer };
  };
  return resolve;
}

/**
 * @param {Dict} document
 * @param {string} pointer
 * @returns {Located}
 */
function locate(document, pointer) {
  /** @type {unknown} */
  let node = document;
  for (const part of pointer.split("/").slice(1)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    node = Array.isArray(node) ? node[Number(key)] : dict(node, pointer)[key];
  }
  return { node: dict(node, pointer), pointer };
}

/**
 * @param {Located} parent
 * @param {string} key
 * @returns {Located}
 */
export function child(parent, key) {
  const step = encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
  const pointer = `${parent.pointer}/${step}`;
  return { node: dict(parent.node[key], pointer), pointer };
}

/**
 * @param {Located} parent
 * @param {string} key
 * @returns {Located[]}
 */
export function children(parent, key) {
  if (!Array.isArray(parent.node[key])) return [];
  const pointer = `${parent.pointer}/${key}`;
  return list(parent.node[key]).map((node, index) => ({
    node: dict(node, pointer),
    pointer: `${pointer}/${index}`,
  }));
}

/**
 * @param {Located} parent
 * @param {string} key
 * @returns {[string, Located][]}
 */
function entries(parent, key) {
  if (parent.node[key] === undefined) return [];
  const map = child(parent, key);
  return Object.keys(map.node).map((name) => [name, child(map, name)]);
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Dict}
 */
function dict(value, where) {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return /** @type {Dict} */ (value);
  throw new Error(`${where}: an object is expected`);
}

/**
 * @param {unknown} value
 * @returns {unknown[]}
 */
function list(value) {
  return Array.isArray(value) ? value : [];
}
