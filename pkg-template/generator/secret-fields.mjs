/** Which fields of answers are secret: the proxy withholds them. */

/** @typedef {import("./spec.mjs").Spec} Spec */
/** @typedef {import("./spec.mjs").Document} Document */

const METHODS = ["get", "head", "post", "put", "patch", "delete"];

/**
 * JSON pointers by operation; src/proxy/withhold.ts says what is special in them.
 * @param {Spec} spec
 * @returns {{ [operation: string]: string[] }}
 */
export function secretFields({ document, operations }) {
  /** @type {{ [operation: string]: string[] }} */
  const found = {};
  for (const item of /** @type {{ [method: string]: any }[]} */ (Object.values(document.paths))) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const pointers = new Set();
      for (const response of Object.values(operation.responses ?? {})) {
        for (const { schema } of Object.values(resolve(document, response).content ?? {})) {
          collect(document, schema, "", pointers, []);
        }
      }
      // Who started a job may follow it: its key comes back to whom it belongs.
      pointers.delete(
        jobKey(
          document,
          operations.find(({ name }) => name === operation.operationId),
        ),
      );
      if (pointers.size > 0) found[operation.operationId] = [...pointers].sort();
    }
  }
  return found;
}

/**
 * Where an answer names the job that it tells of.
 * @param {Document} document
 * @param {Spec["operations"][number] | undefined} operation
 */
function jobKey(document, operation) {
  const started = operation?.async;
  const job = started && document["x-jobs"]?.[started.kind];
  return job && (started.id ?? started.key ?? `/${job.id}`);
}

/** @param {any} document @param {any} node */
function resolve(document, node) {
  let found = node;
  while (found?.$ref) {
    const steps = found.$ref.slice(2).split("/");
    found = steps.reduce(
      (/** @type {any} */ place, /** @type {string} */ step) =>
        place[step.replaceAll("~1", "/").replaceAll("~0", "~")],
      document,
    );
  }
  return found;
}

const escaped = (/** @type {string} */ step) => step.replaceAll("~", "~0").replaceAll("/", "~1");

/**
 * @param {any} document
 * @param {any} node schema
 * @param {string} pointer
 * @param {Set<string>} pointers
 * @param {unknown[]} above schemas that this one is part of: some hold themselves
 */
function collect(document, node, pointer, pointers, above) {
  const schema = resolve(document, node);
  if (typeof schema !== "object" || schema === null || above.includes(schema)) return;
  if (schema["x-secret"] === true) {
    pointers.add(pointer);
    return;
  }
  const within = [...above, schema];
  const go = (/** @type {unknown} */ part, /** @type {string} */ step) =>
    collect(document, part, pointer + step, pointers, within);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    go(property, `/${escaped(name)}`);
  }
  for (const [pattern, property] of Object.entries(schema.patternProperties ?? {})) {
    go(property, `/?${escaped(pattern)}`);
  }
  for (const part of [schema.items, schema.additionalProperties]) go(part, "/*");
  for (const part of schema.prefixItems ?? []) go(part, "/*");
  for (const name of ["oneOf", "anyOf", "allOf"]) for (const part of schema[name] ?? []) go(part, "");
}
