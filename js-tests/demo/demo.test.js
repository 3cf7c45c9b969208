// The demo as people run it: a process of its own, its output piped.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { startSandbox } from "../sandbox/index.js";
import { loadSpec } from "../spec.js";
import { EVERYTHING, READS } from "./combell.js";

const DEMO = fileURLToPath(new URL("index.js", import.meta.url));
const CREDENTIALS = { apiKey: "key-5d1f0c", apiSecret: "secret-93be27" };
const { operations } = loadSpec("combell");

/**
 * @param {Record<string, string>} [variables]
 * @returns {Promise<{ code: number, text: string }>}
 */
function runDemo(variables = {}) {
  // What the developer's own shell has set must not take the tests to a real provider.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("COMBELL_"));
  const env = { ...Object.fromEntries(inherited), ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [DEMO], { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, text: stdout + stderr }),
    );
  });
}

/** @param {import("node:test").TestContext} test */
async function startProvider(test) {
  const sandbox = await startSandbox({ providers: ["combell"], combell: { credentials: CREDENTIALS } });
  test.after(() => sandbox.close());
  const { combell } = sandbox;
  const env = {
    COMBELL_API_KEY: CREDENTIALS.apiKey,
    COMBELL_API_SECRET: CREDENTIALS.apiSecret,
    COMBELL_BASE_URL: combell.url,
  };
  return { combell, env };
}

/** @param {string} text */
function assertNoSecret(text) {
  for (const secret of Object.values(CREDENTIALS)) assert.ok(!text.includes(secret), `${secret} is shown`);
}

describe("the demo", { concurrency: true }, () => {
  it("shows the whole scenario on a sandbox", async () => {
    const { code, text } = await runDemo();
    assert.equal(code, 0, text);

    for (const fact of [
      /sandbox at http:\/\/127\.0\.0\.1:\d+/,
      /1001 +Web hosting Linux Start/,
      /ongoing[\s\S]*finished: \/v2\/accounts\/200351/,
      /finished: \/v2\/mysqldatabases\/ID200351_shop/,
      /Record (ID\d+) is there[\s\S]*192\.0\.2\.21[\s\S]*Record \1 is gone/,
      /351 of 351 accounts in 4 pages/,
      /issued: \/v2\/sslcertificates\/[0-9A-F]{40}/,
      /my-shop\.example\.pfx, 1540 bytes/,
      /InputError[\s\S]*domain_name +is required[\s\S]*did you mean type\?[\s\S]* 0 requests/,
      /ValidationError[\s\S]*dns_record_content_invalid/,
      /NotFoundError[\s\S]*404[\s\S]*domain_not_found/,
      /RateLimitError[\s\S]*retryAfterMs +30000/,
      /429 RateLimitError: trying again in 1\.0 s[\s\S]*after 2 attempts/,
      /NotAllowedError[\s\S]* 0 requests/,
    ]) {
      assert.match(text, fact);
    }
    const [, exercised, all] = /(\d+) of (\d+) operations/.exec(text) ?? [];
    assert.equal(Number(all), operations.size);
    assert.ok(Number(exercised) >= 15);

    assert.ok(!text.includes("\x1b"), "there are no colours in a pipe");
    assert.doesNotMatch(text, /sandbox-key|sandbox-secret/, "no credential is shown");
    assert.doesNotMatch(text, /a1[0-9a-f]{16}/, "no password is shown");
  });

  it("only reads where there are credentials", async (test) => {
    const { combell, env } = await startProvider(test);
    const { code, text } = await runDemo(env);
    assert.equal(code, 0, text);
    assert.match(text, /with your credentials; only reads/);
    assert.match(text, /350 of 350 accounts/);
    assertNoSecret(text);

    assert.ok(combell.requests.length > 8);
    for (const { operationId, method } of combell.requests) {
      assert.equal(operations.get(operationId ?? "")?.effect, "read", `${method} ${operationId}`);
    }
  });

  it("says so where there is nothing to show", async (test) => {
    const { combell, env } = await startProvider(test);
    for (const operation of ["servicepacks.list", "accounts.list", "domains.list", "sslCertificates.list"]) {
      combell.misbehave({ operation, times: "always", fault: { type: "status", status: 200, body: [] } });
    }
    const { code, text } = await runDemo(env);
    assert.equal(code, 0, text);
    assert.match(text, /There is no account to look at/);
    assert.match(text, /There is no domain name to look at/);
  });

  it("fails where a result is not as expected", async (test) => {
    const { combell, env } = await startProvider(test);
    const headers = { "x-paging-totalresults": "9" };
    combell.misbehave({ operation: "accounts.list", fault: { type: "headers", headers } });
    const { code, text } = await runDemo(env);
    assert.equal(code, 1, text);
    assert.match(text, /Step 2, "Walk all accounts.*", did not go as\s+expected/);
    assert.match(text, /the walk meets 9 accounts, not 350/);
    assert.doesNotMatch(text, /All as expected/);
  });

  it("says what to do about a refusal", async (test) => {
    const { env } = await startProvider(test);
    const { code, text } = await runDemo({ ...env, COMBELL_API_SECRET: "wrong-41c7" });
    assert.equal(code, 1, text);
    assert.match(text, /Step 1[\s\S]*AuthenticationError[\s\S]*allow list/);
    assert.doesNotMatch(text, /wrong-41c7|\n +at /);
    assertNoSecret(text);
  });

  it("wants all credentials or none", async () => {
    const { code, text } = await runDemo({ COMBELL_API_KEY: CREDENTIALS.apiKey });
    assert.equal(code, 1, text);
    assert.match(text, /Set: COMBELL_API_KEY\. Not set: COMBELL_API_SECRET\./);
    assertNoSecret(text);
  });

  it("calls what the code that it shows calls", () => {
    /** @param {string} code */
    const calls = (code) =>
      [...code.replaceAll(/\s+/g, "").matchAll(/(?:combell|reader)\.(\w+\.\w+)\(/g)].map(([, name]) => name);
    for (const { title, code, run } of [...EVERYTHING, ...READS].flatMap(({ steps }) => steps)) {
      const shown = calls(code.join("\n"));
      assert.ok(shown.length > 0, title);
      assert.deepEqual(new Set(calls(run.toString())), new Set(shown), title);
    }
  });
});
