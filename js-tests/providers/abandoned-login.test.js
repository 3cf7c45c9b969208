// In Workers a request that is cancelled takes its promises and timers with it: they are never settled. A login that
// other calls wait for must not hold them up for ever.

import assert from "node:assert/strict";
import { it, mock } from "node:test";
import { setUp } from "./setup.js";

const { sandbox, client } = await setUp("hostkey");

it("calls that wait for a login which never ends make one of their own, together", async () => {
  /** The first login is abandoned: no answer, and no timer that gives it up. */
  let abandoned = false;
  const real = globalThis.setTimeout;
  const timers = mock.method(globalThis, "setTimeout", (/** @type {any[]} */ ...args) => {
    if (abandoned) return real(.../** @type {[() => void, number]} */ (args));
    return real(() => {}, 0);
  });
  const fetch = (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    if (abandoned) return globalThis.fetch(url, init);
    abandoned = true;
    return new Promise(() => {});
  };
  const api = client({ fetch, timeoutMs: 500 });
  api.eq.list({});
  while (!abandoned) await new Promise((resolve) => setImmediate(resolve));
  const answers = await Promise.all(Array.from({ length: 5 }, () => api.eq.list({})));
  timers.mock.restore();
  assert.deepEqual(
    answers.map(({ result }) => result),
    Array(5).fill("OK"),
  );
  assert.equal(sandbox.logins, 1);
});
