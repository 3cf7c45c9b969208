// How long one call of a work takes: batches long enough to be told apart from the clock's steps, after a warm-up.

import { interleave } from "./stats.js";

/**
 * @param {import("./runtimes.js").Agents} agents
 * @param {string} work
 * @param {{ rounds: number, batchMs: number, warmUpMs: number }} options
 * @returns {Promise<import("./stats.js").Samples>} microseconds of one call, by subject and round
 */
export async function timeWork({ tell }, work, { rounds, batchMs, warmUpMs }) {
  /** @type {{ [name: string]: number }} */
  const calls = {};
  for (const [name, ask] of Object.entries(tell)) calls[name] = await warmUp(ask, work, warmUpMs, batchMs);
  return interleave(Object.keys(tell), rounds, async (name) => {
    const count = calls[name] ?? 1;
    const [ms = Number.NaN] = (await tell[name]?.({ work, calls: count })) ?? [];
    return (ms * 1000) / count;
  });
}

const MOST_CALLS = 1_000_000;

/**
 * Calls until the compiler has had its time, and tells how many calls fill a batch.
 *
 * @param {import("./runtimes.js").Tell} ask
 * @param {string} work
 * @param {number} warmUpMs
 * @param {number} batchMs
 */
async function warmUp(ask, work, warmUpMs, batchMs) {
  let calls = 1;
  for (let spent = 0; ; ) {
    const [ms = 0] = await ask({ work, calls });
    spent += Math.max(ms, 0.2);
    const each = Math.max(ms, 0.05) / calls;
    const wanted = spent < warmUpMs ? Math.min(warmUpMs / 4, batchMs) : batchMs;
    const next = Math.max(1, Math.min(MOST_CALLS, Math.ceil(wanted / each), calls * 10));
    if (spent >= warmUpMs) return next;
    calls = next;
  }
}
