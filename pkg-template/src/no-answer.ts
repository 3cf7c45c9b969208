/** Errors of calls that got no answer, with nothing secret in them. */
import { environment } from "./environment.js";
import { ConnectionError, type HostwireError, TimeoutError } from "./errors.js";
import type { Exchange } from "./operation.js";

/** The same failure, told without secrets: some runtimes name the whole address in theirs. */
export function withoutSecrets(
  exchange: Exchange,
  failure: unknown,
  url: string,
  attempts: number,
): HostwireError {
  const { provider, operation } = exchange.details;
  const details = { provider, operation, attempts };
  if (failure instanceof TimeoutError) {
    const { timeoutMs } = failure;
    const message = `${provider} gave no whole answer to ${operation} within ${timeoutMs} ms`;
    return new TimeoutError(message, { ...details, timeoutMs });
  }
  const thrown = failure instanceof ConnectionError ? failure.cause : failure;
  const cause = plainCause(thrown, (text) => exchange.masked(text));
  let deepest = cause;
  while (deepest.cause instanceof Error) deepest = deepest.cause;
  const why = deepest.message || "the connection failed";
  const more = environment?.explain?.(thrown, url) ?? "";
  return new ConnectionError(`${provider} could not be reached for ${operation}: ${why}${more}`, {
    ...details,
    cause,
  });
}

/** A copy of an error with what is known to be harmless in it: some hold the whole request. */
function plainCause(cause: unknown, masked: (text: string) => string, depth = 0): Error & { code?: string } {
  if (!(cause instanceof Error)) return new Error(masked(String(cause)));
  const { code, errors } = cause as { code?: unknown; errors?: unknown };
  const [first] = Array.isArray(errors) ? errors : [];
  const inner = cause.cause ?? first;
  const copy = new Error(
    masked(cause.message),
    inner === undefined || depth > 4 ? undefined : { cause: plainCause(inner, masked, depth + 1) },
  );
  copy.name = masked(cause.name);
  copy.stack = masked(cause.stack ?? "");
  return typeof code === "string" ? Object.assign(copy, { code: masked(code) }) : copy;
}
