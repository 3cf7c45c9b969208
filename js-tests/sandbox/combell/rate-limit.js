// Counts requests in windows of a fixed length, and tells the caller how it stands.

import { Refusal } from "../answers.js";

/** @typedef {{ limit: number, windowSeconds: number }} RateLimit */

/**
 * @param {{ now: () => number, limit: () => RateLimit | null }} options null: nothing is counted or told
 */
export function createRateLimit({ now, limit }) {
  let windowStart = now();
  let usage = 0;

  /** @param {RateLimit} rate */
  function secondsLeft({ windowSeconds }) {
    const elapsed = now() - windowStart;
    if (elapsed < 0 || elapsed >= windowSeconds * 1000) {
      windowStart = now();
      usage = 0;
    }
    return Math.ceil((windowStart + windowSeconds * 1000 - now()) / 1000);
  }

  return {
    check() {
      const rate = limit();
      if (!rate) return;
      const left = secondsLeft(rate);
      if (usage >= rate.limit) {
        const text = `There may be ${rate.limit} requests in ${rate.windowSeconds} seconds.`;
        throw new Refusal(429, "rate_limit_exceeded", text, { headers: { "retry-after": String(left) } });
      }
      usage += 1;
    },

    /** @returns {Record<string, string>} */
    headers() {
      const rate = limit();
      if (!rate) return {};
      const left = secondsLeft(rate);
      return {
        "x-ratelimit-limit": String(rate.limit),
        "x-ratelimit-usage": String(usage),
        "x-ratelimit-remaining": String(Math.max(0, rate.limit - usage)),
        "x-ratelimit-reset": String(left),
      };
    },

    reset() {
      windowStart = now();
      usage = 0;
    },
  };
}
