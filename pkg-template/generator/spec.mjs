/**
 * Reads a provider's spec into what the other generators work from: each operation with its
 * parameters in their places, `$ref`s followed where they stand in the way.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** @typedef {import("./document.d.ts").Schema} Schema */
/** @typedef {import("./document.d.ts").Document} Document */
/** @typedef {import("./document.d.ts").PathItem} PathItem */
/** @typedef {import("./document.d.ts").WrittenOperation} WrittenOperation */
/** @typedef {import("./document.d.ts").WrittenBody} WrittenBody */
/** @typedef {import("./document.d.ts").Paging} Paging */
/** @typedef {import("./document.d.ts").Async} Async */
/** @typedef {import("./document.d.ts").Job} Job */
/** @typedef {import("./document.d.ts").JobRule} JobRule */

/**
 * @typedef {object} Parameter
 * @property {string} name
 * @property {"path" | "query" | "body"} place
 * @property {boolean} required
 * @property {Schema} schema as written in the spec, `$ref`s included
 * @property {string} [description]
 */

/**
 * @typedef {object} Operation
 * @property {string} name the operationId, `dnsRecords.create`
 * @property {string} method in capitals
 * @property {string} path without the fragment that tells operations of one path apart
 * @property {"read" | "write" | "destroy" | "purchase"} effect
 * @property {boolean} idempotent
 * @property {string} summary
 * @property {string} [description]
 * @property {Parameter[]} parameters what callers give
 * @property {{ schema: Schema, encoding: "json" | "form", required: boolean }} [body] as it is sent
 * @property {Answer[]} answers of every documented success
 * @property {(number | string)[]} errors documented error statuses or codes
 * @property {Paging} [paging] x-paging
 * @property {Async} [async] x-async
 * @property {{ [credential: string]: string }} [credential] x-credential
 * @property {boolean} anonymous sent without credentials
 * @property {object} [source] x-source
 */

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {"json" | "place" | "nothing" | "file"} kind
 * @property {Schema} [schema] of JSON
 * @property {string} [mediaType] of a file
 * @property {boolean} [promised] of a place: whether the answer always tells it
 */

/**
 * @typedef {object} Spec
 * @property {string} provider its name in file names and events, `combell`
 * @property {string} title
 * @property {string} baseUrl
 * @property {Document} document the whole document
 * @property {Operation[]} operations
 */

/** @type {("get" | "post" | "put" | "delete" | "patch")[]} */
const METHODS = ["get", "post", "put", "delete", "patch"];

/**
 * @param {string} file path of specs/<provider>.yaml
 * @returns {Spec}
 */
export function readSpec(file) {
  /** @type {Document} */
  const document = parse(readFileSync(file, "utf8"));
  const provider = /([^/\\]+)\.yaml$/.exec(file)?.[1];
  if (!provider) throw new Error(`${file} is not a spec: a .yaml file named after the provider is`);
  const operations = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((method) => method in item)) {
      operations.push(readOperation(document, path, method, item));
    }
  }
  return { provider, title: document.info.title, baseUrl: document.servers[0].url, document, operations };
}

/**
 * Follows `$ref`s of a node; what stands beside a `$ref` counts too (OpenAPI 3.1).
 * @template {object} T
 * @param {Document} document
 * @param {T} node
 * @returns {T}
 */
export function resolve(document, node) {
  /** @type {{ $ref?: string }} */
  let resolved = node;
  while (resolved && typeof resolved.$ref === "string") {
    const { $ref, ...siblings } = resolved;
    /** @type {object | undefined} */
    let target = document;
    for (const part of $ref.slice(2).split("/")) {
      target = member(target, part.replaceAll("~1", "/").replaceAll("~0", "~"));
    }
    if (!target) throw new Error(`${$ref} leads nowhere`);
    resolved = { ...target, ...siblings };
  }
  return /** @type {T} */ (resolved);
}

/**
 * @param {object | undefined} at
 * @param {string} name
 */
const member = (at, name) => /** @type {{ [name: string]: object } | undefined} */ (at)?.[name];

/**
 * @typedef {object} ObjectParts
 * @property {{ [name: string]: Schema }} properties
 * @property {string[]} required
 * @property {Schema | boolean | undefined} additional what properties of further names may hold
 */

/**
 * An object's properties and which of them are required, `allOf` merged.
 * @param {Document} document
 * @param {Schema} schema
 * @returns {ObjectParts}
 */
export function objectParts(document, schema) {
  const { allOf = [], properties = {}, required = [], additionalProperties } = resolve(document, schema);
  /** @type {ObjectParts} */
  const merged = { properties: {}, required: [], additional: additionalProperties };
  for (const part of allOf) {
    const inherited = objectParts(document, part);
    Object.assign(merged.properties, inherited.properties);
    merged.required.push(...inherited.required);
    merged.additional ??= inherited.additional;
  }
  Object.assign(merged.properties, properties);
  merged.required.push(...required);
  return merged;
}

/** @param {Schema} schema whether the client fills it in */
export const isFilledIn = (schema) => "const" in schema || "x-copy-of" in schema;

/**
 * @param {Document} document
 * @param {string} path
 * @param {(typeof METHODS)[number]} method
 * @param {PathItem} item
 * @returns {Operation}
 */
function readOperation(document, path, method, item) {
  const operation = /** @type {WrittenOperation} */ (item[method]);
  const name = operation.operationId;
  /** @type {Parameter[]} */
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((reference) => {
    const parameter = resolve(document, reference);
    if (parameter.in !== "path" && parameter.in !== "query") {
      throw new Error(`${name}: a parameter in ${parameter.in} is not supported`);
    }
    return {
      name: parameter.name,
      place: parameter.in,
      required: parameter.required === true,
      schema: parameter["x-secret"] ? { ...parameter.schema, "x-secret": true } : parameter.schema,
      description: parameter.description,
    };
  });
  const body = readBody(document, name, operation.requestBody);
  if (body) {
    const { properties, required } = objectParts(document, body.schema);
    for (const [name, schema] of Object.entries(properties)) {
      if (isFilledIn(resolve(document, schema))) continue;
      const { description } = resolve(document, schema);
      parameters.push({ name, place: "body", required: required.includes(name), schema, description });
    }
  }
  return {
    name,
    method: method.toUpperCase(),
    path: path.split("#")[0],
    effect: operation["x-effect"],
    idempotent: operation["x-idempotent"] === true,
    summary: operation.summary,
    description: operation.description,
    parameters,
    body,
    answers: readAnswers(document, operation),
    errors: operation["x-errors"] ?? [],
    paging: operation["x-paging"],
    async: operation["x-async"],
    credential: operation["x-credential"],
    anonymous: operation["x-auth"]?.scheme === "none",
    source: operation["x-source"],
  };
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {WrittenBody | undefined} reference
 * @returns {Operation["body"]}
 */
function readBody(document, name, reference) {
  if (!reference) return undefined;
  const body = resolve(document, reference);
  const [[mediaType, media], ...others] = Object.entries(body.content);
  /** @type {{ [mediaType: string]: "json" | "form" }} */
  const encodings = { "application/json": "json", "application/x-www-form-urlencoded": "form" };
  const encoding = encodings[mediaType];
  if (!encoding || others.length > 0 || "x-body-param" in body) {
    throw new Error(`${name}: a body of this form is not supported`);
  }
  return { schema: media.schema, encoding, required: body.required === true };
}

/**
 * @param {Document} document
 * @param {WrittenOperation} operation
 * @returns {Answer[]}
 */
function readAnswers(document, operation) {
  /** @type {Answer[]} */
  const answers = [];
  for (const [status, reference] of Object.entries(operation.responses)) {
    const code = Number(status);
    if (!(code < 400)) continue;
    const { content = {}, headers = {} } = resolve(document, reference);
    const { Location: place } = headers;
    const [mediaType, media] = Object.entries(content)[0] ?? [];
    if (!mediaType && place) {
      answers.push({ status: code, kind: "place", promised: resolve(document, place).required === true });
    } else if (!mediaType) answers.push({ status: code, kind: "nothing" });
    else if (mediaType === "application/json") {
      answers.push({ status: code, kind: "json", schema: media.schema });
    } else answers.push({ status: code, kind: "file", mediaType });
  }
  return answers;
}
