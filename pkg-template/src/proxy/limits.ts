/** How much one caller may do. */
import { InputError, type Issue } from "../runtime.js";
import { Denied } from "./denied.js";
import type { Limits, RateAnswer, RateStore } from "./types.js";

const LARGEST_BODY = 1 << 20;

const DEFAULTS = {
  rate: { limit: 300, windowSeconds: 60 },
  concurrency: 5,
  bodyBytes: LARGEST_BODY,
  bodyTimeoutMs: 10_000,
  depth: 32,
  timeoutMs: 60_000,
};

const MOST: Readonly<Record<string, number>> = {
  concurrency: 10_000,
  bodyBytes: LARGEST_BODY,
  bodyTimeoutMs: 2 ** 31 - 1,
  // The client of the proxy takes no more either.
  depth: 60,
  timeoutMs: 2 ** 31 - 1,
};

type Complete<Caller> = Required<Omit<Limits<Caller>, "keyOf">> & Pick<Limits<Caller>, "keyOf">;

/** The limits with what they are where nothing is said. @throws {InputError} where one is of no use */
export function completeLimits<Caller>(given: Limits<Caller> = {}) {
  const issues: Issue[] = [];
  const check = (name: string, value: unknown, most: number) => {
    if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return;
    issues.push({ path: `limits.${name}`, message: `must be a whole number from 1 to ${most}` });
  };
  for (const name of Object.keys(given)) {
    if (name === "rate" || name === "keyOf") continue;
    const most = MOST[name];
    if (most === undefined) issues.push({ path: `limits.${name}`, message: "is not known" });
    else check(name, given[name as "depth"] ?? DEFAULTS[name as "depth"], most);
  }
  const all: Complete<Caller> = { ...DEFAULTS, ...definedIn(given) };
  if (given.keyOf !== undefined && typeof given.keyOf !== "function") {
    issues.push({ path: "limits.keyOf", message: "must be a function" });
  }
  if (all.rate !== false) {
    // Only false takes the limit away: null or 0 may be a slip.
    all.rate = Object(all.rate) as typeof DEFAULTS.rate;
    check("rate.limit", all.rate.limit, 1e9);
    check("rate.windowSeconds", all.rate.windowSeconds, 1e6);
  }
  if (issues.length > 0) throw new InputError(issues);
  return all;
}

const definedIn = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;

/** What names a caller for its limits. */
export function keyOf(caller: unknown): string {
  if (typeof caller !== "object" || caller === null) return String(caller);
  const { id } = caller as { id?: unknown };
  return typeof id === "string" || typeof id === "number" ? String(id) : (JSON.stringify(caller) ?? "");
}

/** @throws {Denied} where the caller has no call left, or that cannot be told */
export async function takeOne(
  store: RateStore,
  { limit, windowSeconds }: { limit: number; windowSeconds: number },
  key: string,
): Promise<void> {
  let answer: RateAnswer;
  try {
    answer = await store.take(key, limit, windowSeconds);
  } catch (cause) {
    throw Object.assign(new Denied(503, "limits_failed", "The limits could not be checked."), { cause });
  }
  if (answer?.allowed === true) return;
  const message = `There may be ${limit} calls in ${windowSeconds} seconds.`;
  const { retryAfterMs } = answer ?? {};
  throw new Denied(429, "rate", message, retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** Calls that run at once, by caller. */
export class Running {
  readonly #most: number;
  readonly #longestMs: number;
  /** When the calls of a caller have begun; each is an object, because two may begin at the same time. */
  readonly #calls = new Map<string, Set<{ since: number }>>();

  /** `longestMs` is how long a call can take: where one is cancelled, in Workers, nobody tells that it has ended. */
  constructor(most: number, longestMs: number) {
    this.#most = most;
    this.#longestMs = longestMs;
  }

  /** Takes a place and gives how to leave it. @throws {Denied} where there is none */
  enter(key: string): () => void {
    const calls = this.#calls.get(key) ?? new Set();
    const now = Date.now();
    for (const call of calls) if (now - call.since > this.#longestMs) calls.delete(call);
    if (calls.size >= this.#most) {
      const message = `There may be ${this.#most} calls at once.`;
      throw new Denied(429, "concurrency", message, { retryAfterMs: 1000 });
    }
    const call = { since: now };
    this.#calls.set(key, calls.add(call));
    return () => {
      calls.delete(call);
      if (calls.size === 0 && this.#calls.get(key) === calls) this.#calls.delete(key);
    };
  }
}
