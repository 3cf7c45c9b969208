// Runs the demo as people do, for its tests: a process of its own, its output piped.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PROVIDERS, startSandbox } from "../sandbox/index.js";
import { artnet } from "./artnet.js";
import { ccloud } from "./ccloud.js";
import { combahton } from "./combahton.js";
import { combell } from "./combell.js";
import { hostkey } from "./hostkey.js";

/** @typedef {import("../sandbox/index.js").ProviderName} ProviderName */

const DEMO = fileURLToPath(new URL("index.js", import.meta.url));
const TOURS = { combell, hostkey, ccloud, artnet, combahton };
const TIMEOUT_MS = 60_000;

export const CREDENTIALS = {
  combell: { apiKey: "key-5d1f0c", apiSecret: "secret-93be27" },
  hostkey: { apiKey: "key-e07a41", pin: 7733 },
  ccloud: { clientId: "client-b25d90", clientSecret: "secret-4fc8e1" },
  artnet: { customerId: "48213", apiKey: "Key7c02d9a1e5b3f846e" },
  combahton: { email: "someone-6a@example.net", secret: "secret-c1a90f7b2d3e4855a6" },
};

/** What a client calls by itself; that changes nothing of the customer's. */
export const LOGINS = ["auth.login", "oauth.token"];

/**
 * @param {Record<string, string>} [variables]
 * @returns {Promise<{ code: number, text: string }>}
 */
export function runDemo(variables = {}) {
  // What the developer's own shell has set must not take the tests to a real provider.
  const own = new RegExp(`^(${PROVIDERS.join("|")})_`, "i");
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  const env = { ...Object.fromEntries(inherited), ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [DEMO], { env, timeout: TIMEOUT_MS }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, text: stdout + stderr }),
    );
  });
}

/**
 * Sandboxes in the place of the providers, and the environment that leads to them.
 *
 * @param {import("node:test").TestContext} test
 * @param {ProviderName[]} [providers]
 */
export async function startProviders(test, providers = PROVIDERS) {
  const settings = providers.map((provider) => [provider, { credentials: CREDENTIALS[provider] }]);
  const sandbox = await startSandbox({ providers, ...Object.fromEntries(settings) });
  test.after(() => sandbox.close());
  const env = providers.flatMap((provider) => {
    const { credentials, baseUrl } = TOURS[provider];
    const values = new Map(Object.entries(CREDENTIALS[provider]));
    const given = Object.entries(credentials).map(([option, name]) => [name, String(values.get(option))]);
    return [...given, [baseUrl, sandbox[provider].url]];
  });
  return { sandbox, env: Object.fromEntries(env) };
}

/** @param {string} text */
export function assertNoSecret(text) {
  for (const secret of Object.values(CREDENTIALS).flatMap((credentials) => Object.values(credentials))) {
    assert.ok(!text.includes(String(secret)), `${secret} is shown`);
  }
}
