/** What the headers of an answer say about how often one may call. */
import type { Connection } from "./connection.js";
import type { RateLimit } from "./types.js";

function seconds(headers: Headers, name: string | undefined): number | undefined {
  const text = name && headers.get(name);
  return text && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : undefined;
}

/** What `Retry-After` says, in milliseconds: it has seconds, or a date. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const until = seconds(headers, "retry-after") ?? Date.parse(headers.get("retry-after") ?? "") - now;
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}

/** How many milliseconds the provider asks to wait: `Retry-After`, or the end of the rate limit's window. */
export function askedWait(headers: Headers, connection: Connection): number | undefined {
  const after = retryAfter(headers, connection.now());
  if (after !== undefined) return after;
  const names = connection.provider.head.rateLimit;
  const spent = names?.remaining === undefined || Number(headers.get(names.remaining) ?? 0) === 0;
  return spent ? seconds(headers, names?.reset) : undefined;
}

/** How much of the rate limit is used up. */
export function rateLimit(headers: Headers, { provider }: Connection): RateLimit {
  const names = provider.head.rateLimit;
  if (!names) return {};
  const told: RateLimit = {};
  for (const key of ["limit", "usage", "remaining"] as const) {
    const text = names[key] && headers.get(names[key]);
    if (text && /^\d+$/.test(text)) told[key] = Number(text);
  }
  const resetMs = seconds(headers, names.reset);
  if (resetMs !== undefined) told.resetMs = resetMs;
  return told;
}
