/**
 * From a spec to the provider's table, which Rust reads: src/table.rs says what each part of a line means,
 * src/table/rules.rs what the head may hold.
 */
import { constructorOf } from "./credentials.mjs";
import { makeRules } from "./rules.mjs";
import { isFilledIn, objectParts, resolve } from "./spec.mjs";

/** @typedef {import("./spec.mjs").Document} Document */
/** @typedef {import("./spec.mjs").Schema} Schema */
/** @typedef {import("./spec.mjs").Job} Job */
/** @typedef {import("./spec.mjs").JobRule} JobRule */
/** @typedef {import("./spec.mjs").Paging} Paging */
/** @typedef {import("./spec.mjs").Spec} Spec */
/** @typedef {import("./spec.mjs").Operation} Operation */

/** @typedef {string | { [part: string]: unknown }} Written a schema in its compact form */

/**
 * @typedef {object} SharedTypes what the operations share
 * @property {{ [name: string]: Written }} types
 * @property {ReturnType<typeof jobs>} jobs
 * @property {ReturnType<typeof rateLimit>["rateLimit"]} [rateLimit]
 * @typedef {SharedTypes & ReturnType<typeof makeRules>} Head
 */

/**
 * @param {Spec} spec
 * @returns {{ head: Head, operations: string[] }} a line for each operation
 */
export function makeTable(spec) {
  const writer = new SchemaWriter(spec.document);
  const operations = spec.operations.map((operation) => operationLine(operation, writer));
  const head = {
    types: writer.types(),
    jobs: jobs(spec),
    ...rateLimit(spec.document["x-rate-limit"]),
    ...makeRules(spec.document, constructorOf(spec.provider)),
  };
  return { head, operations };
}

const EFFECTS = { read: "r", write: "w", destroy: "d", purchase: "p" };
/** @type {{ [kind: string]: string }} */
const ANSWERS = { json: "j", place: "l", nothing: "" };

/**
 * @param {Operation} operation
 * @param {SchemaWriter} writer
 */
function operationLine(operation, writer) {
  const effect = EFFECTS[operation.effect];
  /** @type {{ [name: string]: Written }} */
  const parameters = {};
  for (const { name, place, required, schema } of operation.parameters) {
    if (place === "body") continue;
    const written = writer.write(schema);
    if (place === "path" && schema["x-secret"])
      throw new Error(`${operation.name}: ${name} is secret, and in the path`);
    // A path variable is required and text unless said otherwise.
    if (place === "query") parameters[required ? `${name}!` : name] = written;
    else if (written !== "s") parameters[name] = written;
  }
  const answers = operation.answers.map(({ status, kind, mediaType }) => [
    status,
    mediaType ?? ANSWERS[kind],
  ]);
  const onlyJson = answers.length === 1 && answers[0][0] === 200 && answers[0][1] === "j";
  const more = {
    ...(operation.body?.encoding === "form" && { f: "form" }),
    ...(!onlyJson && { a: Object.fromEntries(answers) }),
    ...(operation.paging && { p: paging(operation.paging) }),
    ...(operation.async && { j: operation.async.kind }),
    ...(operation.async && jobPlace(operation.async)),
    ...(operation.credential && { k: operation.credential }),
    ...(operation.anonymous && { n: true }),
  };
  /** @type {(Written | number)[]} */
  const line = [
    operation.name,
    `${operation.method} ${operation.path}`,
    operation.idempotent ? effect.toUpperCase() : effect,
    parameters,
    operation.body ? writer.writeBody(operation.body.schema) : 0,
    more,
  ];
  const isEmpty = (/** @type {Written | number | undefined} */ part) =>
    part === 0 || (typeof part === "object" && Object.keys(part).length === 0);
  while (line.length > 3 && isEmpty(line.at(-1))) line.pop();
  return JSON.stringify(line);
}

/** @param {Paging} paging x-paging */
const paging = ({ style, items, total }) => (total ? [style, items, total] : [style, items]);

/**
 * Where the id of a job is in the answer that starts it, and which operation follows it where it is
 * another one than the kind's.
 * @param {import("./spec.mjs").Async} async x-async
 */
function jobPlace({ id, key, check }) {
  const pointer = id ?? key;
  return { ...(pointer && { i: pointer }), ...(check && { c: check }) };
}

const STATES = /** @type {const} */ (["failed", "done", "running"]);

/** @param {Spec} spec */
function jobs({ document, operations }) {
  return Object.fromEntries(
    Object.entries(document["x-jobs"] ?? {}).map(([kind, job]) => {
      const followed = operations.find(({ name }) => name === job.operation);
      const id = followed?.parameters.find(({ name }) => name === job.id);
      return [
        kind,
        {
          operation: job.operation,
          id: job.id,
          states: states(job),
          ...(id?.schema["x-secret"] && { isSecret: true }),
          ...(job.idFrom && { idFrom: job.idFrom }),
          ...(job.once && { once: true }),
          ...(job.interval && { interval: job.interval }),
          ...(job.error && { error: job.error }),
        },
      ];
    }),
  );
}

/**
 * @param {Job} job
 */
function states(job) {
  const told = STATES.flatMap((state) => {
    const rule = job[state];
    return clauses(state, Array.isArray(rule) ? { pointer: job.status, values: rule } : rule);
  });
  // First of all: what looks like success may be none.
  if (job.failedBy) told.unshift(...clauses("failed", job.failedBy));
  return job.otherwise ? [...told, [job.otherwise, 0]] : told;
}

/** @param {Document["x-rate-limit"]} headers */
function rateLimit(headers) {
  if (!headers) return {};
  const { limit, usage, remaining, resetSeconds: reset } = headers;
  return { rateLimit: { limit, usage, remaining, reset } };
}

/**
 * A rule of x-jobs as clauses: its status and its values are each enough where both are given and
 * `together` is not.
 * @param {string} state
 * @param {JobRule | undefined} rule
 */
function clauses(state, rule) {
  if (!rule) return [];
  const { status = 0, pointer, values, together } = rule;
  if (!pointer) return [[state, status]];
  if (together || !status) return [[state, status, pointer, values]];
  return [
    [state, status],
    [state, 0, pointer, values],
  ];
}

/** @type {{ [type: string]: string }} */
const SCALARS = { string: "s", integer: "i", number: "n", boolean: "b", null: "z" };

/** Writes schemas compactly; types that more than one place uses are named and written once. */
class SchemaWriter {
  #document;
  /** @type {Map<string, Written>} */
  #named = new Map();

  /** @param {Document} document */
  constructor(document) {
    this.#document = document;
  }

  /** The named types that were written. */
  types() {
    return Object.fromEntries([...this.#named].map(([name, written]) => [name, written]));
  }

  /**
   * The schema of a body, which is always an object.
   * @param {Schema} schema
   */
  writeBody(schema) {
    return this.write(schema);
  }

  /**
   * @param {Schema} schema
   * @returns {Written}
   */
  write(schema) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref ?? "")?.[1];
    // What stands beside a $ref is text for people, and marks that the type has as well.
    if (name && !changesType(schema, resolve(this.#document, { $ref: schema.$ref }))) {
      if (!this.#named.has(name)) {
        this.#named.set(name, "*");
        this.#named.set(name, this.#writeHere(resolve(this.#document, schema)));
      }
      return `#${name}`;
    }
    return this.#writeHere(resolve(this.#document, schema));
  }

  /**
   * @param {Schema} schema
   * @returns {Written}
   */
  #writeHere(schema) {
    if ("x-copy-of" in schema) return { "=": schema["x-copy-of"] };
    if ("const" in schema) return { c: schema.const };
    if (schema.enum) return { e: schema.enum };
    if (schema.oneOf || schema.anyOf || schema.not)
      throw new Error("oneOf, anyOf and not are not supported in requests");
    const types = [schema.type ?? (schema.allOf || schema.properties ? "object" : [])].flat();
    if (types.length === 0) return "*";
    if (types.includes("object")) return this.#writeObject(schema);
    if (types.includes("array")) {
      return { a: this.write(schema.items ?? {}), ...limits(schema.minItems, schema.maxItems) };
    }
    const code = types
      .map((type) => (type === "integer" && schema.format === "int32" ? "k" : SCALARS[type]))
      .join("");
    const further = {
      ...limits(schema.minimum ?? schema.minLength, schema.maximum ?? schema.maxLength),
      ...(schema.pattern && { re: checkedPattern(schema.pattern) }),
      ...(schema["x-secret"] && { x: true }),
    };
    return Object.keys(further).length > 0 ? { t: code, ...further } : code;
  }

  /** @param {Schema} schema */
  #writeObject(schema) {
    const { properties, required, additional } = objectParts(this.#document, schema);
    /** @type {{ [name: string]: Written }} */
    const fields = {};
    for (const [name, property] of Object.entries(properties)) {
      const marked = required.includes(name) && !isFilledIn(resolve(this.#document, property));
      fields[marked ? `${name}!` : name] = this.write(property);
    }
    const others =
      typeof additional === "object" ? this.write(additional) : additional === true ? "*" : undefined;
    return { o: fields, ...(others && { "*": others }) };
  }
}

/**
 * @param {number | undefined} min
 * @param {number | undefined} max
 */
const limits = (min, max) => ({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) });

/**
 * Whether what stands beside a `$ref` makes it another type.
 * @param {Schema} reference
 * @param {Schema} target
 */
function changesType(reference, target) {
  const words = ["$ref", "description", "example", "examples", "deprecated", "default", "x-doubts"];
  const named = /** @type {{ [key: string]: unknown }} */ (target);
  return Object.entries(reference).some(([key, value]) => !words.includes(key) && named[key] !== value);
}

/** @param {string} pattern */
function checkedPattern(pattern) {
  new RegExp(pattern, "u");
  return pattern;
}
