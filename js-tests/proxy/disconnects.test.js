// Callers that are gone: their calls are broken off at the provider, and no place of theirs stays taken.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, describe, it } from "node:test";
import { runtimesOf } from "./runtimes.js";
import { startServer, TOKEN } from "./served.js";
import { until } from "./until.js";

/** So that what waits for ever does not wait for ever. */
const SOON = { timeout: 30_000 };
const LIMITS = { rate: false, concurrency: 5 };
const HEADERS = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };

/** A provider that answers, but to the list of accounts never, and to the first login of each API key never. */
const seen = { open: 0, closed: 0 };
/** @type {Set<string>} */
const logins = new Set();
const provider = await startServer(async (asked, response) => {
  let body = "";
  for await (const chunk of asked) body += chunk;
  const key = /action=login.*key=(\w+)|key=(\w+).*action=login/.exec(body)?.[0];
  if (asked.url?.endsWith("/accounts") || (key && !logins.has(key))) {
    if (key) logins.add(key);
    seen.open++;
    response.on("close", () => seen.closed++);
    return;
  }
  const answer = key ? { result: { token: "token-of-the-session" } } : { result: "OK", id: 200_001 };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
});

for (const [runtime, start] of Object.entries(runtimesOf("disconnects"))) {
  describe(`a caller that is gone, of a proxy in ${runtime}`, () => {
    /** @type {import("./runtimes.js").Running} */
    let running;

    before(async () => {
      const combell = { apiKey: "key", apiSecret: "secret", baseUrl: provider.url, maxRetries: 0 };
      const hostkey = { apiKey: `keyIn${runtime}`, baseUrl: provider.url, timeoutMs: 500 };
      running = await start(JSON.stringify({ combell, hostkey, token: TOKEN, limits: LIMITS }));
    });
    after(() => running.stop());

    const call = (/** @type {string} */ operation, body = "{}") =>
      fetch(`${running.url}/edge/${operation}`, { method: "POST", headers: HEADERS, body });

    /** A call on a connection of its own, which is given up once the provider has it. */
    async function abandon(operation = "combell/accounts.list") {
      const { open } = seen;
      const outgoing = request(`${running.url}/edge/${operation}`, {
        method: "POST",
        headers: HEADERS,
        agent: false,
      });
      outgoing.on("error", () => undefined).end("{}");
      await until(() => seen.open > open);
      // By itself workerd notices only a reset; at Cloudflare another server notices for it.
      if (runtime === "workerd") outgoing.socket?.resetAndDestroy();
      else outgoing.destroy();
    }

    it("has its provider call broken off", SOON, async () => {
      const { closed } = seen;
      await abandon();
      await until(() => seen.closed > closed);
    });

    it("has its place taken by others, however often it goes", SOON, async () => {
      for (let round = 0; round < 2 * LIMITS.concurrency + 1; round++) {
        const { closed } = seen;
        await abandon();
        await until(() => seen.closed > closed);
      }
      // The call is broken off a moment before it has ended.
      let response = await call("combell/accounts.get", '{"account_id":200001}');
      while (response.status === 429) response = await call("combell/accounts.get", '{"account_id":200001}');
      assert.deepEqual([response.status, (await response.json()).id], [200, 200_001]);
    });

    it("takes no login with it that others wait for", SOON, async () => {
      const gone = abandon("hostkey/eq.list");
      await until(() => logins.size > 0 && [...logins].some((key) => key.includes(`keyIn${runtime}`)));
      const others = [1, 2, 3].map(() => call("hostkey/eq.list"));
      await gone;
      for (const response of await Promise.all(others)) assert.equal((await response.json()).result, "OK");
    });
  });
}
