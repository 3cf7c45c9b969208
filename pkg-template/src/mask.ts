/** Texts without the secrets that somebody has put into them. */

const MASK = "***";

/**
 * Replaces every appearance of the secrets in a text, also as they look in JSON, in a URL or in a form,
 * whatever is escaped there and however often. Secrets of fewer than four characters are left: they
 * would turn up everywhere by chance.
 */
export function mask(text: string, secrets: Iterable<string>): string {
  let masked = text;
  for (const secret of secrets) {
    if (secret.length >= 4)
      masked = masked.replace(new RegExp([...secret].map(anyForm).join(""), "gi"), MASK);
  }
  return masked;
}

/**
 * The data of a JSON text of which `safe` is the masked form: itself where nothing was masked, else
 * what is left of it, or `otherwise` where a secret was a part of a number and what is left is no JSON.
 */
export function readMasked(text: string, safe: string, data: unknown, otherwise = safe): unknown {
  if (safe === text) return data;
  try {
    return JSON.parse(safe);
  } catch {
    return otherwise;
  }
}

/** A character in every way that it can be written. Repeats are bounded, or a hostile text would take for ever. */
function anyForm(character: string): string {
  const percent = [...new TextEncoder().encode(character)]
    .map((byte) => `%(?:25){0,2}${hex(byte, 2)}`)
    .join("");
  const json = character
    .split("")
    .map((unit) => `\\\\{1,4}u${hex(unit.charCodeAt(0), 4)}`)
    .join("");
  const forms = [`\\\\{0,4}${literally(character)}`, percent, json, SHORT[character]];
  return `(?:${forms.filter(Boolean).join("|")})`;
}

/** Shorter ways of JSON, and a form's of writing a space. */
const SHORT: Readonly<Record<string, string>> = {
  "\n": "\\\\{1,4}n",
  "\r": "\\\\{1,4}r",
  "\t": "\\\\{1,4}t",
  "\b": "\\\\{1,4}b",
  "\f": "\\\\{1,4}f",
  "\\": "\\\\{1,4}",
  " ": "\\+",
};

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
/** A number in hexadecimal. */
export const hex = (number: number | bigint, length: number): string =>
  number.toString(16).padStart(length, "0");
