import type { RateStore } from "./types.js";

/** Counts in memory: for one process or isolate, and for as long as that lives. */
export function memoryStore(now: () => number = Date.now): RateStore {
  // When a caller's calls would all be paid off, were they spread evenly (GCRA).
  const paidOff = new Map<string, number>();
  return {
    take(key, limit, windowSeconds) {
      const windowMs = windowSeconds * 1000;
      const each = windowMs / limit;
      const present = now();
      const next = Math.max(paidOff.get(key) ?? 0, present) + each;
      // Sums of fractions are a little off; what is over the limit is over it by all of one call.
      if (next - windowMs > present + each / 2)
        return { allowed: false, retryAfterMs: Math.ceil(next - windowMs - present) };
      // The latest come last, so that what is paid off is found at the front.
      paidOff.delete(key);
      paidOff.set(key, next);
      for (const [oldest, time] of paidOff) {
        if (time > present) break;
        paidOff.delete(oldest);
      }
      return { allowed: true };
    },
  };
}
