/** A caller's values to the JSON text that the core takes, with nothing lost in silence. */
import { InputError } from "./errors.js";

/** Longer JSON is refused by the core too; here it is kept from filling the WebAssembly's memory. */
const LONGEST = 1 << 20;
/** A little less than the core's own limit, so that what is too deep can still be named. */
const DEEPEST = 60;
const MOST_VALUES = 100_000;

/** What the core takes for "this is no JSON value": the name is FOREIGN in src/json/mod.rs. */
const foreign = (what: string) => ({ "\u0000": what });

/** The JSON text of an object that a caller gave; `{}` for none. */
export function writeParams(params: unknown, what: string): string {
  if (params === undefined) return "{}";
  // Most values are plain, and the engine writes those fastest.
  const isWritten = reads(() => isRecord(params) && isPlain(params, 0, { values: MOST_VALUES }));
  if (!isWritten && !reads(() => isRecord(params))) {
    throw new InputError([{ path: "", message: `${what} must be an object, not ${nameOf(params)}` }]);
  }
  const text = JSON.stringify(isWritten ? params : marked(params, [], { values: MOST_VALUES }));
  if (text.length > LONGEST) {
    throw new InputError([{ path: "", message: `${what} must be at most 1 MiB of JSON` }]);
  }
  return text;
}

/** Whether something holds, and could be found out at all: getters and proxies may throw. */
function reads(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

/** Whether JSON has a form for all of it. */
function isPlain(value: unknown, depth: number, budget: { values: number }): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "undefined":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth > DEEPEST || --budget.values < 0) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      if (item === undefined || !isPlain(item, depth + 1, budget)) return false;
    }
    return true;
  }
  if (!isRecord(value)) return false;
  for (const key in value) {
    if (key === "\u0000" || !isPlain((value as Record<string, unknown>)[key], depth + 1, budget))
      return false;
  }
  return true;
}

/** An object with named values, and not one that would write itself in its own way. */
function isRecord(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.prototype.toString.call(value) === "[object Object]" &&
    typeof (value as { toJSON?: unknown }).toJSON !== "function"
  );
}

/** A copy in which what JSON has no form for is marked, so that the core can say where it stands. */
function marked(value: unknown, above: object[], budget: { values: number }): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string" || typeof value === "boolean" || value === undefined || value === null) {
    return value;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : foreign(String(value));
  if (typeof value !== "object") return foreign(nameOf(value));
  if (above.includes(value)) return foreign("a value that contains itself");
  if (above.length > DEEPEST || --budget.values < 0) return foreign("a value nested this deeply");
  const inside = [...above, value];
  try {
    return markedInside(value, inside, budget);
  } catch {
    return foreign("a value that cannot be read");
  }
}

function markedInside(value: object, inside: object[], budget: { values: number }): unknown {
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") {
    const written: unknown = (value as { toJSON(): unknown }).toJSON();
    // A date that is none writes itself as null.
    if (written === undefined || (written === null && value instanceof Date)) return foreign(nameOf(value));
    return marked(written, inside, budget);
  }
  if (Array.isArray(value)) {
    return Array.from(value, (item) =>
      item === undefined ? foreign("undefined") : marked(item, inside, budget),
    );
  }
  if (!isRecord(value)) return foreign(nameOf(value));
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) {
    // One by one: a getter that throws is one fault, and has a name.
    let item: unknown;
    try {
      item = marked((value as Record<string, unknown>)[key], inside, budget);
    } catch {
      item = foreign("a value that cannot be read");
    }
    copy[key === "\u0000" ? "\\0" : key] = item;
  }
  return copy;
}

/** What a value is, for messages. */
export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  const type = typeof value;
  if (type !== "object") return type === "undefined" ? "undefined" : `a ${type}`;
  let tag = "Object";
  try {
    tag = Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    // A proxy may refuse even that.
  }
  return tag === "Promise" ? "a Promise (await it first)" : `${/^[AEIOU]/.test(tag) ? "an" : "a"} ${tag}`;
}
