// Reads request bodies: JSON, and forms whose nested fields are in PHP's bracket form.

import { Refusal } from "./answers.js";

/**
 * @typedef {{ empty: true } | { empty: false, value: unknown } | { empty: false, refusal: Refusal }} Content
 *   A refusal is kept, not thrown: whether a body can be read is asked after the caller is known.
 *
 * @typedef {{ [key: string]: string | FormTree }} FormTree
 */

/** @type {Map<string, (text: string) => unknown>} */
const READERS = new Map([
  ["application/json", (text) => JSON.parse(text)],
  ["application/x-www-form-urlencoded", parseForm],
]);

/**
 * @param {Buffer} body
 * @param {string | undefined} contentType
 * @returns {Content}
 */
export function readContent(body, contentType) {
  if (body.length === 0) return { empty: true };
  const mediaType = mediaTypeOf(contentType);
  const read = READERS.get(mediaType);
  if (!read) {
    const given =
      mediaType === "" ? "There is no Content-Type." : `Bodies of ${mediaType} are not read here.`;
    return { empty: false, refusal: new Refusal(415, "content_type_unsupported", given) };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { empty: false, value: read(text) };
  } catch {
    const text = `The body is not valid ${mediaType}.`;
    return { empty: false, refusal: new Refusal(400, "body_malformed", text) };
  }
}

/** @param {string | undefined} contentType */
export const mediaTypeOf = (contentType = "") => (contentType.split(";")[0] ?? "").trim().toLowerCase();

/**
 * Arrays stay objects with the keys "0", "1"…: only the schema tells them from objects.
 *
 * @param {string} text
 * @returns {FormTree}
 */
export function parseForm(text) {
  const tree = emptyTree();
  for (const [name, value] of parsePairs(text)) {
    const [, head = name, brackets = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    const keys = [head, ...[...brackets.matchAll(/\[([^[\]]*)\]/g)].map((found) => found[1] ?? "")];
    let place = tree;
    for (const [index, key] of keys.entries()) {
      const step = key === "" ? String(Object.keys(place).length) : key;
      if (index === keys.length - 1) {
        if (step in place) throw new SyntaxError(`${name} is there twice`);
        place[step] = value;
      } else {
        const below = place[step] ?? emptyTree();
        if (typeof below === "string") throw new SyntaxError(`${name} is both a value and a group`);
        place[step] = below;
        place = below;
      }
    }
  }
  return tree;
}

/** A tree without a prototype, so that a field named `__proto__` is a field. */
const emptyTree = () => /** @type {FormTree} */ (Object.create(null));

/**
 * @param {string} text
 * @returns {[name: string, value: string][]}
 */
export function parsePairs(text) {
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0
        ? [decode(pair), ""]
        : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

/** @param {string} text */
const decode = (text) => decodeURIComponent(text.replaceAll("+", " "));
