/** Takes out of answers what a caller is not to see. */
import { type Operation, redactorOf, type Session } from "../runtime.js";
import { SECRET_FIELDS } from "../secret-fields.js";

const WITHHELD = "***";

/**
 * JSON pointers to the secrets in an operation's answers. The empty one stands for all of an answer, the step * for
 * each item, a step that begins with ? for the names that match what follows.
 */
export const secretPointers = (provider: string, { name }: Operation): readonly string[] =>
  SECRET_FIELDS[provider]?.[name] ?? [];

/** Fields that no spec knows of, but whose name says what they are. */
const TELLING_NAME = /(password|passwd|passphrase|secret|api_?key|private_?key)$/i;

/** Data without what the pointers lead to, and without what is called a secret; it is changed in place. */
export function withhold(data: unknown, pointers: readonly string[]): unknown {
  for (const pointer of pointers) blank(data, pointer.split("/").slice(1));
  blankTelling(data);
  return data;
}

function blank(data: unknown, [step = "", ...further]: string[]): void {
  for (const [name, value] of entriesOf(data)) {
    if (!leadsTo(step, name)) continue;
    if (further.length > 0) blank(value, further);
    else if (value !== null && value !== "") (data as Record<string, unknown>)[name] = WITHHELD;
  }
}

const leadsTo = (step: string, name: string): boolean =>
  step.startsWith("?")
    ? new RegExp(unescaped(step.slice(1)), "u").test(name)
    : step === "*" || unescaped(step) === name;

const unescaped = (step: string) => step.replaceAll("~1", "/").replaceAll("~0", "~");

function blankTelling(data: unknown): void {
  for (const [name, value] of entriesOf(data)) {
    if (typeof value === "object") blankTelling(value);
    else if (TELLING_NAME.test(name) && typeof value !== "boolean" && value !== "") {
      (data as Record<string, unknown>)[name] = WITHHELD;
    }
  }
}

/** What a list or an object holds; a file's bytes are neither. */
const entriesOf = (data: unknown): [string, unknown][] =>
  typeof data === "object" && data !== null && !ArrayBuffer.isView(data) ? Object.entries(data) : [];

/** A caller that had guesses echoed would see by the mask which of them is right; short ones, a PIN, can be guessed. */
const SHORTEST_REDACTED = 8;

type Redact = (text: string) => string;

/** What gives data without the proxy's own credentials and tokens, should a provider repeat them. */
export async function withoutCredentials(session: Session): Promise<(data: unknown) => unknown> {
  const redact = await redactorOf(session, SHORTEST_REDACTED);
  return (data) => {
    const bytes = bytesOf(data);
    const text = JSON.stringify(bytes ? { ...(data as object), bytes: undefined } : data);
    if (text === undefined) return data;
    const safe = redact(text);
    const rest = safe === text ? data : (readSafe(safe) ?? redactTexts(data, redact));
    return bytes ? { ...(rest as object), bytes: redactBytes(bytes, redact) } : rest;
  };
}

const bytesOf = (data: unknown): Uint8Array | undefined => {
  const { bytes } = (data ?? {}) as { bytes?: unknown };
  return bytes instanceof Uint8Array ? bytes : undefined;
};

function readSafe(safe: string): unknown {
  try {
    return JSON.parse(safe);
  } catch {
    // A credential was part of a number, as a PIN may be by chance, or of JSON's own signs.
    return undefined;
  }
}

/** The slow way, value by value: what is no credential stays as it is. */
function redactTexts(data: unknown, redact: Redact): unknown {
  if (typeof data === "string") return redact(data);
  if (typeof data === "number") return redact(String(data)) === WITHHELD ? WITHHELD : data;
  if (Array.isArray(data)) return data.map((item) => redactTexts(item, redact));
  if (bytesOf({ bytes: data }) || typeof data !== "object" || data === null) return data;
  const entries = Object.entries(data);
  return Object.fromEntries(entries.map(([name, value]) => [redact(name), redactTexts(value, redact)]));
}

/** A file is bytes, and a text all the same where it holds a credential. */
function redactBytes(bytes: Uint8Array, redact: Redact): Uint8Array {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  const safe = redact(text);
  return safe === text ? bytes : Uint8Array.from(safe, (sign) => sign.charCodeAt(0));
}
