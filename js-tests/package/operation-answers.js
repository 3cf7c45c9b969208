// What a provider may answer to an operation, and what the client has to make of it.

import fc from "fast-check";
import { ANSWERED, valuesOf } from "./schema-values.js";

/**
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("../spec.js").Response} Response
 * @typedef {import("../spec.js").Spec} Spec
 * @typedef {import("./operation-params.js").Params} Params
 * @typedef {import("./servers.js").Answer} Answer
 *
 * @typedef {object} Case An answer, and what the caller gets.
 * @property {Answer} answer
 * @property {(result: any, params: Params) => unknown} expected
 */

/**
 * @param {Operation} operation
 * @returns {[status: number, response: Response][]} the successes that are documented
 */
export const successesOf = (operation) =>
  [...operation.responses].flatMap(([status, response]) =>
    Number(status) < 400 ? [[Number(status), response]] : [],
  );

/**
 * Random answers of one status.
 *
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {number} status
 * @param {Response} response
 * @param {import("./adapters.js").Adapter} adapter
 * @returns {fc.Arbitrary<Case>}
 */
export function answersOf(spec, operation, status, response, adapter) {
  const [media] = response.content;
  if (!media) {
    const place = response.headers.get("location");
    if (!place) return fc.constant(nothing(status));
    const told = places(spec, operation, status);
    // Where it is not promised, it may be missing.
    return place.required ? told : fc.oneof(told, fc.constant(nothing(status)));
  }
  const [mediaType, schema] = media;
  if (!/\bjson\b/.test(mediaType)) return files(status, mediaType);
  return fc
    .tuple(valuesOf(spec, schema, ANSWERED), totals(operation), CONTENT_TYPES)
    .map(([value, headers, { ofAll, ofStructures }]) => {
      const body = withItems(operation, adapter.succeed(value, operation.id));
      const contentType = typeof body === "object" && body !== null ? ofStructures : ofAll;
      return json(operation, status, body, { ...headers, "content-type": contentType });
    });
}

/**
 * The answers that the documentation shows.
 *
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {number} status
 * @returns {Case[]}
 */
export function shownAnswers(spec, operation, status) {
  const responses = /** @type {{ [status: string]: import("../spec.js").Dict }} */ (operation.node.responses);
  const written = spec.resolve({ node: responses[String(status)] ?? {}, pointer: "#" }).node;
  const content = /** @type {{ [type: string]: { example?: unknown } }} */ (written.content ?? {});
  return Object.entries(content)
    .filter(([mediaType, { example }]) => /\bjson\b/.test(mediaType) && example !== undefined)
    .map(([mediaType, { example }]) => json(operation, status, example, { "content-type": mediaType }));
}

/**
 * @param {number} status
 * @returns {Case}
 */
const nothing = (status) => ({ answer: { status }, expected: () => undefined });

/**
 * @param {Operation} operation
 * @param {number} status
 * @param {unknown} body
 * @param {{ [name: string]: string }} headers
 * @returns {Case}
 */
function json(operation, status, body, headers) {
  const answer = {
    status,
    headers,
    body: JSON.stringify(body),
  };
  if (!operation.node["x-paging"]) return { answer, expected: () => body };
  return {
    answer,
    expected: ({ getNextPage, hasNextPage }, params) => ({
      hasNextPage,
      ...page(operation, body, headers, params),
      getNextPage,
    }),
  };
}

/** An object or a list is JSON by whatever media type it goes; a single value only where it says so. */
const CONTENT_TYPES = fc.record({
  ofAll: fc.constantFrom("application/json", "application/json; charset=utf-8"),
  ofStructures: fc.constantFrom(
    "application/json",
    "text/html; charset=UTF-8",
    "text/plain",
    "application/octet-stream",
  ),
});

/** @typedef {{ style: string, items: string, total?: string }} Paging */

/**
 * A list without its items is none, whatever its schema allows.
 *
 * @param {Operation} operation
 * @param {unknown} body
 */
function withItems(operation, body) {
  const { items: pointer } = /** @type {Partial<Paging>} */ (operation.node["x-paging"] ?? {});
  if (pointer === undefined || Array.isArray(at(body, pointer))) return body;
  const [, name = "", ...deeper] = pointer.split("/");
  if (deeper.length > 0) throw new Error(`${operation.id}: items at ${pointer}`);
  return { .../** @type {Params} */ (body), [name]: [] };
}

/** @param {Operation} operation */
function totals(operation) {
  const paging = /** @type {Paging | undefined} */ (operation.node["x-paging"]);
  const name = paging?.total;
  if (!name || name.startsWith("/")) return fc.constant({});
  return fc
    .option(fc.nat(), { nil: undefined })
    .map((total) => (total === undefined ? {} : { [name]: String(total) }));
}

/** Parameters that turn pages, by style: where a page begins, and how long it is. */
const PLACES = /** @type {const} */ ({
  "skip-take": ["skip", "take"],
  "limit-offset": ["offset", "limit"],
  "limit-page": ["page", "limit"],
});

/**
 * @param {Operation} operation
 * @param {unknown} body
 * @param {{ [name: string]: string }} headers
 * @param {Params} params
 */
function page(operation, body, headers, params) {
  const { style, items: pointer, total: where } = /** @type {Paging} */ (operation.node["x-paging"]);
  const items = /** @type {unknown[]} */ (at(body, pointer));
  const told = where?.startsWith("/") ? at(body, where) : headers[where ?? ""];
  const total = /^\d+$/.test(String(told ?? "")) ? Number(told) : undefined;
  const [place, size] = PLACES[/** @type {keyof typeof PLACES} */ (style)];
  const asked = params[size] === undefined ? undefined : Number(params[size]);
  const here = Number(params[place] ?? (place === "page" ? 1 : 0));
  const before = place === "page" ? (here - 1) * (asked ?? items.length) : here;
  // Without a total only an empty page ends a list: a provider may give fewer items than are asked for.
  const more = total === undefined || before + items.length < total;
  return {
    items,
    ...(total !== undefined && { total }),
    // What a page before the first is followed by, nobody says.
    ...(here >= 0 && (asked ?? 1) > 0 && { hasNextPage: items.length > 0 && more }),
  };
}

/**
 * @param {unknown} value
 * @param {string} pointer
 */
function at(value, pointer) {
  /** @type {any} */
  let found = value;
  for (const step of pointer.split("/").slice(1)) found = found?.[step];
  return found;
}

/**
 * @param {Spec} spec
 * @param {Operation} operation
 * @param {number} status
 * @returns {fc.Arbitrary<Case>}
 */
function places(spec, operation, status) {
  const started = /** @type {{ kind: string } | undefined} */ (operation.node["x-async"]);
  const jobs = /** @type {{ [kind: string]: { id: string } }} */ (spec.document["x-jobs"] ?? {});
  // A redirect names what has taken a job's place, not a job.
  const name = (status < 300 && started && jobs[started.kind]?.id) || "id";
  const ids = fc.oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), fc.uuid());
  return fc
    .tuple(fc.constantFrom("/v2/things", "https://api.example.com/v2", "/a%20b"), ids, fc.boolean())
    .map(([base, id, hasQuery]) => {
      const location = `${base}/${encodeURIComponent(id)}${hasQuery ? "?a=/b#/c" : ""}`;
      return { answer: { status, headers: { location } }, expected: () => ({ location, [name]: id }) };
    });
}

/**
 * @param {number} status
 * @param {string} contentType
 * @returns {fc.Arbitrary<Case>}
 */
const files = (status, contentType) =>
  fc
    .tuple(
      fc.uint8Array({ minLength: 1, maxLength: 3000 }),
      fc.option(
        fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((name) => name.trim() === name),
        {
          nil: undefined,
        },
      ),
    )
    .map(([bytes, filename]) => ({
      answer: {
        status,
        headers: {
          "content-type": contentType,
          ...(filename && {
            "content-disposition": `attachment; filename="${filename.replace(/["\\]/g, "\\$&")}"`,
          }),
        },
        body: bytes,
      },
      expected: () => ({ bytes, contentType, ...(filename && { filename }) }),
    }));
