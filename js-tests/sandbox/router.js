// Finds the operation for a raw path. Segments are split first and percent-decoded one by one, so that an
// escaped slash stays inside its segment; "." and ".." are segments like any other.

/**
 * @typedef {import("../spec.js").Operation} Operation
 *
 * @typedef {(
 *   | { found: true, operations: Operation[], values: Record<string, string> }
 *   | { found: false, reason: "path" }
 *   | { found: false, reason: "escape" }
 *   | { found: false, reason: "method", allow: string[] }
 * )} Route Several operations where a provider tells them apart by the body.
 */

/**
 * @param {import("../spec.js").Spec} spec
 * @returns {(method: string, path: string) => Route}
 */
export function createRouter(spec) {
  /** @type {Map<string, Operation[]>} */
  const templates = new Map();
  for (const operation of spec.operations.values()) {
    const shared = templates.get(operation.path);
    if (shared) shared.push(operation);
    else templates.set(operation.path, [operation]);
  }
  const byPrecision = [...templates.values()].sort((a, b) => precision(a).localeCompare(precision(b)));

  return (method, path) => {
    if (!path.startsWith(`${spec.basePath}/`)) return { found: false, reason: "path" };
    const segments = decodeSegments(path.slice(spec.basePath.length));
    if (!segments) return { found: false, reason: "escape" };
    /** @type {Set<string>} */
    const allow = new Set();
    for (const operations of byPrecision) {
      const values = match(operations, segments);
      if (!values) continue;
      const fitting = operations.filter((operation) => operation.method === method);
      if (fitting.length > 0) return { found: true, operations: fitting, values };
      for (const operation of operations) allow.add(operation.method);
    }
    return allow.size > 0
      ? { found: false, reason: "method", allow: [...allow].sort() }
      : { found: false, reason: "path" };
  };
}

/**
 * A sort key that puts a literal segment before a variable one.
 *
 * @param {Operation[]} operations
 */
const precision = (operations) =>
  (operations[0]?.segments ?? []).map((segment) => ("literal" in segment ? "0" : "1")).join("");

/**
 * @param {Operation[]} operations
 * @param {string[]} segments
 * @returns {Record<string, string> | undefined}
 */
function match(operations, segments) {
  const template = operations[0]?.segments ?? [];
  if (template.length !== segments.length) return undefined;
  /** @type {Record<string, string>} */
  const values = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? "";
    if ("literal" in part) {
      if (part.literal !== segment) return undefined;
    } else {
      if (segment === "") return undefined;
      values[part.variable] = segment;
    }
  }
  return values;
}

/**
 * @param {string} path
 * @returns {string[] | undefined}
 */
function decodeSegments(path) {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
