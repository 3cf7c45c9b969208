// A Worker that is a proxy for Combell and Hostkey: it keeps their credentials, and its callers have tokens that are
// good for what src/rules.ts opens to them.

import { Combell } from "hostwire/combell";
import { Hostkey } from "hostwire/hostkey";
import { bearerTokens, createProxy } from "hostwire/proxy";
import { accessIdentity } from "./access.js";
import type { Env } from "./env.js";
import { type Caller, RATE, rulesFor } from "./rules.js";

/**
 * One for all requests that an isolate answers, because it remembers things: how many calls of a caller are running,
 * which requests have arrived before, which token Hostkey has given.
 *
 * It is made at the first request. At the top of the module it could be made as well, with the `env` of
 * `import { env } from "cloudflare:workers"`: making it needs no network, which is closed there. But then a Worker
 * whose secrets are not set yet would not start, and so could not be deployed.
 *
 * What is kept between requests must not be bound to one of them: no connection, no body, no promise. The bindings
 * (`env.TOKENS`, `env.LIMITER`) are not, and hostwire's clients keep no such thing either, except while they log in.
 */
let proxy: ReturnType<typeof makeProxy> | undefined;

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      proxy ??= makeProxy(env);
    } catch (error) {
      // A secret or a variable is missing or wrong. Until that is put right, nobody gets in.
      console.error(`not set up: ${error instanceof Error ? error.message : error}`);
      return new Response("The proxy is not set up; its log says why.\n", { status: 500 });
    }
    return await proxy.fetch(request);
  },
};

function makeProxy(env: Env) {
  const combell = new Combell({
    apiKey: env.COMBELL_API_KEY,
    apiSecret: env.COMBELL_API_SECRET,
    baseUrl: env.COMBELL_BASE_URL,
    // Whatever is written into the rules one day, this proxy buys nothing.
    allow: ["read", "write", "destroy"],
  });
  const hostkey = new Hostkey({
    apiKey: env.HOSTKEY_API_KEY,
    baseUrl: env.HOSTKEY_BASE_URL,
    allow: ["read"],
    tokenStore: storeIn(env.TOKENS),
    // Where a request that is logging in is cancelled, Workers never finish its login. Others that wait for it
    // begin one of their own after this time; with the usual 30 seconds they would wait for long.
    timeoutMs: 10_000,
  });

  const byToken = bearerTokens<Caller>([
    { token: env.DASHBOARD_TOKEN, caller: { id: "dashboard", role: "dashboard" } },
    { token: env.DNS_EDITOR_TOKEN, caller: { id: "dns-editor", role: "dnsEditor" } },
  ]);
  const byAccess = async (request: Request): Promise<Caller | undefined> => {
    const id = await accessIdentity(request, { team: env.ACCESS_TEAM, audience: env.ACCESS_AUDIENCE });
    // Who may sign in is decided in the policies of Access. Whoever may, may read.
    return id === undefined ? undefined : { id, role: "dashboard" };
  };

  return createProxy<Caller>({
    clients: { combell, hostkey },
    authorize: async (request) => (await byToken(request)) ?? (await byAccess(request)),
    allow: (caller) => rulesFor(caller, env.ZONE),
    // Browsers let this page read the answers, and no other page call at all. Programs are not asked for an origin.
    cors: { origins: [env.PAGE_ORIGIN] },
    limits: {
      rate: {
        ...RATE,
        // Counted by Cloudflare, for all isolates of a location together. In memory each isolate would count anew.
        store: { take: async (key) => ({ allowed: (await env.LIMITER.limit({ key })).success }) },
      },
    },
    onResponse: ({ caller, provider, operation, status, durationMs }) =>
      console.log(`${caller.id} ${provider}/${operation} ${status} ${durationMs} ms`),
    onDenied: ({ caller, provider = "", operation = "", status, code, cause }) =>
      console.warn(
        `refused ${caller?.id ?? "?"} ${provider}/${operation} ${status} ${code} ${cause ?? ""}`.trim(),
      ),
  });
}

/** Hostkey's token in KV, for all isolates. It is a credential: who can read the namespace can use it. */
const storeIn = (kv: Env["TOKENS"]) => ({
  get: (key: string) => kv.get(key),
  // KV keeps nothing for less than a minute. The token's own end is part of the value.
  set: (key: string, value: string, ttlSeconds: number) =>
    kv.put(key, value, { expirationTtl: Math.max(60, ttlSeconds) }),
  delete: (key: string) => kv.delete(key),
});
