/**
 * JSDoc comments: what a schema means and allows, in words, and what an operation does.
 */

/** @typedef {import("../spec.mjs").Schema} Schema */
/** @typedef {import("../spec.mjs").Operation} Operation */

const WIDTH = 104;

/**
 * A comment, wrapped; nothing where there is nothing to say.
 * @param {string[]} paragraphs lines of a list, block tags and empty lines among them
 * @param {string} [indent]
 */
export function comment(paragraphs, indent = "") {
  const lines = paragraphs.flatMap((paragraph) => wrap(escaped(paragraph)));
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/**
 * Keeps text from ending the comment or starting a tag; Markdown shows what the backslash stands before.
 * @param {string} text
 */
function escaped(text) {
  const [tag = ""] = /^@\w+ ?/.exec(text) ?? [];
  const rest = text.slice(tag.length).replaceAll("*/", "*\\/");
  return tag + rest.replace(/(^|\s)@/g, "$1\\@");
}

/** @param {string} text */
function wrap(text) {
  const indent = text.startsWith("- ") ? "  " : "";
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line += line ? ` ${word}` : word;
  }
  return [...lines, line];
}

/** @param {string} text */
export const sentence = (text) => (/[.!?:]$/.test(text) ? text : `${text}.`);

/** @param {string | undefined} text */
const firstSentence = (text) => sentence(/^.*?(?:\.(?=\s)|$)/s.exec(text ?? "")?.[0] ?? "");

/**
 * What a value means, its limits, format and default.
 * @param {Schema} schema with its `$ref` followed
 * @param {boolean} isInput whether callers give it; limits and defaults matter to them alone
 * @returns {string[]}
 */
export function describe(schema, isInput) {
  const parts = [
    schema.description && sentence(schema.description),
    ...(isInput ? limits(schema) : []),
    FORMATS[schema.format ?? ""],
    isInput && "default" in schema && `Default: ${JSON.stringify(schema.default)}.`,
    schema["x-secret"] && "Secret: masked wherever it could be logged.",
  ];
  const text = parts.filter(Boolean).join(" ");
  return [text, schema.deprecated ? "@deprecated" : ""].filter(Boolean);
}

/** @type {{ [format: string]: string }} what `format` says beyond the type of a number */
const FORMATS = {
  date: "A date, YYYY-MM-DD.",
  "date-time": "A time in ISO 8601.",
  email: "An e-mail address.",
  ipv4: "An IPv4 address.",
  ipv6: "An IPv6 address.",
  uri: "A URL.",
  uuid: "A UUID.",
};

/**
 * @param {Schema} schema
 * @returns {string[]}
 */
function limits(schema) {
  const types = [schema.type ?? []].flat();
  const isWhole = types.includes("integer") && !schema.enum;
  return [
    ...(isWhole ? [schema.format === "int32" ? "A whole number of 32 bits." : "A whole number."] : []),
    range(schema.minimum, schema.maximum, ""),
    range(schema.minLength, schema.maxLength, " characters"),
    range(schema.minItems, schema.maxItems, " items"),
    schema.pattern ? `Matches \`${schema.pattern}\`.` : "",
    itemLimits(schema.items),
  ].filter(Boolean);
}

/** @param {Schema | undefined} items */
function itemLimits(items) {
  const each = items ? limits(items).filter((limit) => !limit.startsWith("A whole")) : [];
  return each.length > 0 ? `Each: ${each.join(" ")}` : "";
}

/**
 * @param {number | undefined} min
 * @param {number | undefined} max
 * @param {string} unit plural, after a space
 */
function range(min, max, unit) {
  const counted = (/** @type {number} */ count) => count + (count === 1 ? unit.replace(/s$/, "") : unit);
  if (min !== undefined && min === max) return `Exactly ${counted(min)}.`;
  if (min !== undefined && max !== undefined) return `From ${min} to ${counted(max)}.`;
  if (min !== undefined) return `At least ${counted(min)}.`;
  return max === undefined ? "" : `At most ${counted(max)}.`;
}

const EFFECTS = {
  read: "it changes nothing.",
  write: "it changes or creates something",
  destroy: "it deletes, wipes, cancels or locks out, which cannot simply be undone",
  purchase: "it spends money or places an order; never repeated.",
};

/** @param {Operation} operation */
function effect({ effect, idempotent }) {
  const words = EFFECTS[effect];
  if (words.endsWith(".")) return `Effect: ${effect}: ${words}`;
  return `Effect: ${effect}: ${words}; ${idempotent ? "sent twice, it leaves the same state." : "not repeated where it may have been carried out."}`;
}

/**
 * What an operation does, for the hover of its method.
 * @param {Operation} operation
 * @param {{ name: string, required: boolean, description?: string }[]} parameters
 * @returns {string[]}
 */
export function describeOperation(operation, parameters) {
  const file = operation.answers.find(({ kind }) => kind === "file");
  const paragraphs = [
    sentence(operation.summary),
    operation.description && sentence(operation.description),
    effect(operation),
    operation.async && "Answers later: the call only starts the work; `wait()` follows it to its end.",
    operation.paging && "Answers a page: `for await` walks the items of all pages.",
    file && `Answers a file: ${file.mediaType}.`,
    operation.anonymous && "Sent without credentials.",
  ].filter((text) => typeof text === "string");
  const list = parameters.map(
    ({ name, required, description }) =>
      `- \`${name}\`${required ? "" : "?"}: ${firstSentence(description) || "not described."}`,
  );
  return [...spaced(paragraphs), ...(list.length > 0 ? ["@param params", ...list] : [])];
}

/**
 * Paragraphs with empty lines between them, which Markdown needs.
 * @param {string[]} paragraphs
 */
export const spaced = (paragraphs) => paragraphs.flatMap((text, index) => (index > 0 ? ["", text] : [text]));
