/** Takes out of answers what a caller is not to see. */
import { type Connection, mask, type OperationLine } from "../runtime.js";
import { SECRET_FIELDS } from "../secret-fields.js";

const WITHHELD = "***";

/** JSON pointers to the secrets in an operation's answers; * stands for each item, the empty one for all of it. */
export function secretPointers({ provider }: Connection, line: OperationLine): readonly string[] {
  const pointers = SECRET_FIELDS[provider.name]?.[line.name] ?? [];
  // Who started a job may follow it: its key comes back to whom it belongs.
  const rule = line.job === undefined ? undefined : provider.head.jobs[line.job];
  const key = rule && (line.jobId ?? `/${rule.id}`);
  return pointers.filter((pointer) => pointer !== key);
}

/** Data without what the pointers lead to; it is changed in place. */
export function withhold(data: unknown, pointers: readonly string[]): unknown {
  for (const pointer of pointers) blank(data, pointer.split("/").slice(1));
  return data;
}

function blank(data: unknown, [step = "", ...further]: string[]): void {
  if (typeof data !== "object" || data === null) return;
  const holder = data as Record<string, unknown>;
  for (const name of step === "*" ? Object.keys(holder) : [step]) {
    if (!Object.hasOwn(holder, name)) continue;
    if (further.length > 0) blank(holder[name], further);
    else if (holder[name] !== null && holder[name] !== "") holder[name] = WITHHELD;
  }
}

/** Data without the proxy's own credentials and tokens, should a provider repeat them. */
export function withoutCredentials(data: unknown, connection: Connection): unknown {
  const text = JSON.stringify(data);
  if (text === undefined) return data;
  const safe = mask(text, connection.secrets());
  if (safe === text) return data;
  try {
    return JSON.parse(safe);
  } catch {
    // A credential was part of a number, or of JSON's own signs.
    return WITHHELD;
  }
}
