// The demo as people run it: a process of its own, its output piped.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PROVIDERS } from "../sandbox/index.js";
import { loadSpec } from "../spec.js";
import * as artnet from "./artnet.js";
import * as ccloud from "./ccloud.js";
import * as combahton from "./combahton.js";
import * as combell from "./combell.js";
import * as hostkey from "./hostkey.js";
import { assertNoSecret, CREDENTIALS, LOGINS, runDemo, startProviders } from "./run.js";

const TOURS = { combell, hostkey, ccloud, artnet, combahton };

describe("the demo", { concurrency: 2 }, () => {
  it("shows the whole scenario on sandboxes", async () => {
    const { code, text } = await runDemo();
    assert.equal(code, 0, text);

    for (const fact of FACTS) assert.match(text, fact);
    for (const [provider, least] of Object.entries({
      combell: 15,
      hostkey: 15,
      ccloud: 15,
      artnet: 14,
      combahton: 13,
    })) {
      const [, exercised, all] =
        new RegExp(`^ +${provider} +\\d+ steps +(\\d+) of (\\d+) operations`, "im").exec(text) ?? [];
      assert.equal(Number(all), loadSpec(provider).operations.size, provider);
      assert.ok(Number(exercised) >= least, `${exercised} of ${provider}'s operations`);
    }
    assert.match(text, /In all +\d+ steps +\d+ of 431 operations/);
    const [, seconds] = /Time +(\d+\.\d) s/.exec(text) ?? [];
    assert.ok(Number(seconds) < 30, `it takes ${seconds} s`);

    assert.ok(!text.includes("\x1b"), "there are no colours in a pipe");
    assert.doesNotMatch(text, /sandbox-(key|secret|client|password)|SandboxKey|19052|1907\b/);
    assert.doesNotMatch(text, /\b[0-9a-f]{24,38}\b|Seeded-password/, "no password, no key of a job is shown");
    assert.doesNotMatch(text, /a1[0-9a-f]{16}/, "no password is shown");
  });

  it("only reads where there are credentials", async (test) => {
    const { sandbox, env } = await startProviders(test);
    const { code, text } = await runDemo(env);
    assert.equal(code, 0, text);
    assert.equal(text.match(/with your credentials; only reads/g)?.length, PROVIDERS.length);
    assert.equal(text.match(/its own API, only reads/g)?.length, PROVIDERS.length);
    assert.match(text, /350 of 350 accounts/);
    assert.match(text, /Invoice-\d+\.pdf[\s\S]*invoice-\d+\.pdf/);
    assertNoSecret(text);

    for (const provider of PROVIDERS) {
      const { requests } = sandbox[provider];
      const { operations } = loadSpec(provider);
      assert.ok(requests.length >= 6, `${requests.length} requests to ${provider}`);
      for (const { operationId, method } of requests) {
        const name = operationId ?? "";
        if (LOGINS.includes(name)) continue;
        assert.equal(operations.get(name)?.effect, "read", `${provider}: ${method} ${operationId}`);
      }
    }
  });

  it("says so where there is nothing to show", async (test) => {
    const { sandbox, env } = await startProviders(test);
    for (const [provider, answers] of Object.entries(NOTHING)) {
      const { misbehave } = sandbox[/** @type {keyof typeof NOTHING} */ (provider)];
      for (const [operation, body] of Object.entries(answers)) {
        misbehave({ operation, times: "always", fault: { type: "status", status: 200, body } });
      }
    }
    const { code, text } = await runDemo(env);
    assert.equal(code, 0, text);
    for (const what of [
      ...["account", "domain name", "server", "address", "zone"],
      ...["virtual server", "firewall", "fail-over address"],
    ]) {
      assert.match(text, new RegExp(`There is no ${what} to look at`));
    }
    assert.match(text, /All are paid[\s\S]*There is no invoice to download/);
  });

  it("has a sandbox for every provider without credentials", async (test) => {
    const { sandbox, env } = await startProviders(test, ["artnet"]);
    const { code, text } = await runDemo(env);
    assert.equal(code, 0, text);
    assert.match(text, /Combell +17 steps.* sandbox\n/);
    assert.match(text, /Artnet +9 steps.* its own API, only reads\n/);
    assert.doesNotMatch(text, /On Artnet/);
    assert.match(text, /On Hostkey +HOSTKEY_API_KEY=\.\.\. make demo/);
    assert.ok(sandbox.artnet.requests.length > 6);
    assertNoSecret(text);
  });

  it("fails where a result is not as expected", async (test) => {
    const { sandbox, env } = await startProviders(test, ["combell"]);
    const headers = { "x-paging-totalresults": "9" };
    sandbox.combell.misbehave({ operation: "accounts.list", fault: { type: "headers", headers } });
    const { code, text } = await runDemo(env);
    assert.equal(code, 1, text);
    assert.match(text, /Step 2, "Walk all accounts.*", did not go as\s+expected/);
    assert.match(text, /the walk meets 9 accounts, not 350/);
    assert.doesNotMatch(text, /All as expected/);
  });

  it("says what to do about a refusal", async (test) => {
    const { env } = await startProviders(test, ["combell"]);
    const { code, text } = await runDemo({ ...env, COMBELL_API_SECRET: "wrong-41c7" });
    assert.equal(code, 1, text);
    assert.match(text, /Step 1[\s\S]*AuthenticationError[\s\S]*allow list/);
    assert.doesNotMatch(text, /wrong-41c7|\n +at /);
    assertNoSecret(text);
  });

  it("wants all credentials or none", async () => {
    for (const [given, missing] of [
      ["COMBELL_API_KEY", "COMBELL_API_SECRET"],
      ["CCLOUD_CLIENT_SECRET", "CCLOUD_CLIENT_ID"],
      ["COMBAHTON_BASE_URL", "COMBAHTON_EMAIL, COMBAHTON_SECRET"],
    ]) {
      const { code, text } = await runDemo({ [String(given)]: CREDENTIALS.combell.apiKey });
      assert.equal(code, 1, text);
      assert.match(text.replaceAll(/\s+/g, " "), new RegExp(`Set: ${given}\\. Not set: ${missing}\\.`));
      assertNoSecret(text);
    }
  });

  it("calls what the code that it shows calls", () => {
    for (const [provider, { EVERYTHING, READS }] of Object.entries(TOURS)) {
      for (const { title, code, run } of [...stepsOf(EVERYTHING), ...stepsOf(READS)]) {
        const shown = callsIn(code.join("\n"), [provider, "reader", "stranger"]);
        assert.ok(shown.length > 0, `${provider}: ${title}`);
        const called = callsIn(run.toString(), [provider, "reader", "stranger"]);
        assert.deepEqual(new Set(called), new Set(shown), `${provider}: ${title}`);
      }
    }
  });

  it("changes nothing in the steps for accounts that somebody has", () => {
    for (const [provider, { READS }] of Object.entries(TOURS)) {
      const { operations } = loadSpec(provider);
      for (const { title, run } of stepsOf(READS)) {
        // A client named reader is one that may only read, and is there to be refused.
        for (const name of callsIn(run.toString(), [provider])) {
          if (name.endsWith(".wait")) continue;
          assert.equal(operations.get(name)?.effect, "read", `${provider}: ${title}: ${name}`);
        }
      }
    }
  });
});

/** @typedef {{ title: string, code: string[], run: (...given: never[]) => unknown }} AnyStep */

/** @param {{ steps: AnyStep[] }[]} chapters */
const stepsOf = (chapters) => chapters.flatMap(({ steps }) => steps);

/**
 * @param {string} code
 * @param {string[]} clients
 */
const callsIn = (code, clients) =>
  [
    ...code
      .replaceAll(/\s+/g, "")
      .matchAll(new RegExp(`(?:${clients.join("|")})\\.((?:\\w+\\.)+\\w+)\\(`, "g")),
  ].map(([, name = ""]) => name);

/** What is to be seen, in order within each. */
const FACTS = [
  /at http:\/\/127\.0\.0\.1:\d+/,
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

  /3 servers +2 requests/,
  /Not ready, asked 2x[\s\S]*Reboot completed, server 34533/,
  /The server is on/,
  /198\.18\.0\.11 is shop\.example\.com/,
  /6 records of example\.com[\s\S]*one of 7 records[\s\S]*the other 6 are there/,
  /Invoice-23501\.pdf, \d+ bytes/,
  /ApiError\n.*eq\.reboot: Invalid pin code/,
  /JobError[\s\S]*on: could not be done/,
  /logins +1, and 1 more/,

  /create-server processing, asked 2x[\s\S]*Server my-shop is there/,
  /Snapshot "before the upgrade" is there/,
  /It has 4 cores now[\s\S]*8 GB of memory now[\s\S]*from 50 to 80 GB/,
  /\{"hostname":"my-shop"\}[\s\S]*Server my-shop is gone/,
  /60 servers in 4 pages/,
  /ValidationError[\s\S]*422[\s\S]*issues: hostname[\s\S]*issues: disks\.0/,
  /JobError[\s\S]*The host is busy/,

  /vps-01\.example\.com[\s\S]*off, then on/,
  /126 services in 4 pages/,
  /rules\[in\]\[0\]\[destination\]\[port\]\[begin\]=80[\s\S]*DROP[\s\S]*2 rules saved/,
  /serial number 2026010101[\s\S]*6 records, serial number 2026010102/,
  /203\.0\.113\.200 leads to 198\.51\.100\.12 now/,
  /ApiError[\s\S]*code +ip-not-allowed/,
  /rules\.in\[0\]\.destination\.port +is required/,

  /33 contracts, 250 EUR of credit/,
  /invoice-104\.pdf, \d+ bytes/,
  /l4_permanent +on[\s\S]*192\.0\.2\.10 is my-shop\.example\.net/,
  /ipmi-gw\.example\.com:\d+ is open to 203\.0\.113\.70/,
  /id_reinstalling, asked 2x[\s\S]*Debian 12 is installed/,
  /AuthenticationError[\s\S]*auth_failed/,
  /PermissionError[\s\S]*id_unauthenticated/,
];

/** The answers of a provider whose customer has nothing. */
const NOTHING = {
  combell: { "servicepacks.list": [], "accounts.list": [], "domains.list": [], "sslCertificates.list": [] },
  hostkey: {
    "eq.list": { result: "OK", servers: [] },
    "pdns.listZones": { result: "OK", module: "pdns", action: "list_zones", data: [] },
  },
  ccloud: { "servers.list": { data: [] }, "tasks.list": [], "customers.invoices.list": [] },
  artnet: {
    "vps.list": { success: true, services_list: [] },
    "services.list": { success: true, services_list: [] },
    "failOverIp.list": { success: true, services_list: [] },
    "firewall.list": { success: true, rulesets_list: [] },
    "dns.list": { success: true, zones_list: [] },
  },
  combahton: {
    "customer.contract.viewAll": [],
    "customer.invoices.viewUnpaid": { status: "invoices_paid" },
    "antiddos.incidents.showAll": { status: "blank" },
  },
};
