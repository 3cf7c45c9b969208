// Finds a secret in what a person or a log may get to see.

import { inspect } from "node:util";

/**
 * Whether a text gives a secret away: as it is, or once what is encoded in it is decoded.
 *
 * @param {string} text
 * @param {string} secret
 */
export function reveals(text, secret) {
  let forms = new Set([text]);
  for (let round = 0; round < 3; round++) {
    forms = new Set(
      [...forms].flatMap((form) => [
        form,
        percentDecoded(form),
        percentDecoded(form.replaceAll("+", " ")),
        unescaped(form),
      ]),
    );
  }
  return [...forms].some((form) => form.includes(secret));
}

/** @param {string} text */
const percentDecoded = (text) =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString());

/**
 * What JSON and `inspect` escape.
 *
 * @param {string} text
 */
const unescaped = (text) =>
  text.replace(/\\(?:u([0-9a-f]{4})|(["'`\\/]))/gi, (_, code, character) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : character,
  );

/**
 * Everything that can be read from a value, as text.
 *
 * @param {any} value
 */
export function shown(value) {
  const parts = [String(value), inspect(value, { depth: 10, showHidden: true }), toJson(value)];
  if (value instanceof Error) parts.push(value.message, String(value.stack), shownProperties(value));
  return parts.join("\n");
}

/** @param {any} error */
function shownProperties(error) {
  /** @type {string[]} */
  const parts = [];
  for (const name of Object.getOwnPropertyNames(error)) {
    const value = error[name];
    if (value instanceof Headers) parts.push(JSON.stringify([...value]));
    else parts.push(name, value === error ? "" : shown(value));
  }
  return parts.join("\n");
}

/** @param {unknown} value */
function toJson(value) {
  try {
    return String(JSON.stringify(value));
  } catch {
    // A cycle; inspect shows it.
    return "";
  }
}
