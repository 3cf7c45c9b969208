/** Errors of the runtime as plain data: some hold the whole request. */

/** `HostCause` in src/platform/js/host.rs. */
export interface Cause {
  name: string;
  message: string;
  stack?: string | undefined;
  code?: string | undefined;
}

/** More are not told. */
const MOST = 6;

/** What was thrown, then why that was thrown, and so on. */
export function causesOf(thrown: unknown): Cause[] {
  try {
    return readCauses(thrown);
  } catch {
    // Anything can be thrown, a proxy that refuses to be read too.
    return [{ name: "Error", message: "what was thrown cannot be read" }];
  }
}

function readCauses(thrown: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let cause = thrown; cause !== undefined && causes.length < MOST; ) {
    if (!(cause instanceof Error)) {
      causes.push({ name: "Error", message: String(cause) });
      break;
    }
    const { name, message, stack, code, errors } = cause as Error & { code?: unknown; errors?: unknown };
    causes.push({
      name: String(name),
      message: String(message),
      stack: stack === undefined ? undefined : String(stack),
      code: typeof code === "string" ? code : undefined,
    });
    // An AggregateError has no cause, but several.
    const [first] = Array.isArray(errors) ? errors : [];
    cause = cause.cause ?? first;
  }
  return causes.length > 0 ? causes : [{ name: "Error", message: String(thrown) }];
}

/** An error of the runtime's, as it may be shown. */
export function errorOfCauses([first, ...others]: readonly Cause[]): Error | undefined {
  if (!first) return undefined;
  const { name, message, stack, code } = first;
  const cause = errorOfCauses(others);
  const error = new Error(message, cause && { cause });
  error.name = name;
  error.stack = stack ?? "";
  return code === undefined ? error : Object.assign(error, { code });
}
