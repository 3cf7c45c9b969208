// examples/node-script: installed by npm and run by Node.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as test from "node:test";
import { installPackage } from "../package/install.js";
import { PROVIDERS, startSandbox } from "../sandbox/index.js";
import { loadSpec } from "../spec.js";
import { checkScript, copyOf, operationsOf, readmeOf, run, startRegistry, toolOf } from "./setup.js";

const dir = copyOf(test, "node-script");
const sandbox = await startSandbox();
test.after(() => sandbox.close());
const readme = readmeOf("node-script");

const { combell, hostkey, ccloud, artnet, combahton } = sandbox;
const VARIABLES = {
  COMBELL_API_KEY: combell.credentials.apiKey,
  COMBELL_API_SECRET: combell.credentials.apiSecret,
  COMBELL_BASE_URL: combell.url,
  HOSTKEY_API_KEY: hostkey.credentials.apiKey,
  HOSTKEY_BASE_URL: hostkey.url,
  CCLOUD_CLIENT_ID: ccloud.credentials.clientId,
  CCLOUD_CLIENT_SECRET: ccloud.credentials.clientSecret,
  CCLOUD_BASE_URL: ccloud.url,
  ARTNET_CUSTOMER_ID: String(artnet.credentials.customerId),
  ARTNET_API_KEY: artnet.credentials.apiKey,
  ARTNET_BASE_URL: artnet.url,
  COMBAHTON_EMAIL: combahton.credentials.email,
  COMBAHTON_SECRET: combahton.credentials.secret,
  COMBAHTON_BASE_URL: combahton.url,
};
const COMBELL = Object.fromEntries(Object.entries(VARIABLES).filter(([name]) => name.startsWith("COMBELL")));

/** @param {import("./setup.js").Variables} variables */
const start = (variables) => run(dir, "npm", ["start", "--silent"], variables);

/** @param {string} stdout */
const rowsOf = (stdout) => stdout.trimEnd().split("\n").slice(1);

/**
 * @param {string} stdout
 * @param {RegExp} which
 */
const count = (stdout, which) => rowsOf(stdout).filter((row) => which.test(row)).length;

const sent = () => PROVIDERS.flatMap((provider) => sandbox[provider].requests);

test.describe("the Node script", () => {
  test.before(async () => {
    const { code, stderr } = await run(dir, "npm", ["install"], await startRegistry(test));
    assert.equal(code, 0, stderr);
  });
  test.beforeEach(() => {
    for (const provider of PROVIDERS) sandbox[provider].reset();
  });

  test.it("is right in TypeScript's eyes", async () => {
    const { code, stdout } = await checkScript(dir, "inventory.js");
    assert.equal(code, 0, stdout);
  });

  test.it("lists what there is at all providers", async () => {
    const { code, stdout, stderr } = await start(VARIABLES);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    assert.equal(count(stdout, /^Combell +domain /), combell.world.domains.all().length);
    assert.equal(count(stdout, /^Hostkey +server /), 3);
    assert.equal(count(stdout, /^Hostkey +domain /), 1);
    assert.equal(count(stdout, /^ccloud +server /), 60);
    assert.equal(count(stdout, /^Artnet +server /), 12 + 4 + 30 + 12);
    assert.equal(count(stdout, /^Artnet +domain /), 40);
    assert.equal(count(stdout, /^combahton +contract /), 33);
    assert.doesNotMatch(stdout, /undefined|null|\[object/);

    for (const secret of Object.entries(VARIABLES).filter(([name]) => /KEY|SECRET/.test(name))) {
      assert.ok(!stdout.includes(secret[1]), `${secret[0]} is shown`);
    }
    for (const provider of PROVIDERS) {
      const { operations } = loadSpec(provider);
      for (const name of operationsOf(sandbox[provider].requests)) {
        const login = name === "auth.login" || name === "oauth.token";
        assert.ok(login || operations.get(name ?? "")?.effect === "read", `${provider}: ${name}`);
      }
    }
    // The table in the README is a part of this one.
    const [, example = ""] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
    assert.equal(example.split("\n")[0], stdout.split("\n")[0]);
    for (const row of rowsOf(example)) assert.ok(rowsOf(stdout).includes(row), row);
  });

  test.it("gives the same in the newest Node", async () => {
    const newest = await run(dir, toolOf("node"), ["inventory.js"], VARIABLES);
    assert.equal(newest.code, 0, newest.stderr);
    assert.equal(newest.stdout, (await start(VARIABLES)).stdout);
  });

  test.it("asks only providers that have credentials", async () => {
    const { code, stdout } = await start(COMBELL);
    assert.equal(code, 0);
    assert.equal(count(stdout, /^Combell /), rowsOf(stdout).length);
    assert.deepEqual(new Set(operationsOf(sent())), new Set(["domains.list"]));
    assert.equal(combell.requests.length, 4, "pages of a hundred");
  });

  test.it("tells which provider failed, shows the others, and exits with 1", async () => {
    const wrong = { ...VARIABLES, ARTNET_API_KEY: "Wrong41c7" };
    ccloud.misbehave({ operation: "servers.list", fault: { type: "status", status: 503 }, times: "always" });
    const { code, stdout, stderr } = await start(wrong);
    assert.equal(code, 1);
    assert.match(stderr, /^ccloud failed after 0 rows\. ServerError: /m);
    assert.match(stderr, /^Artnet failed after 0 rows\. \w+Error: /m);
    assert.doesNotMatch(stderr, /Combell|Hostkey|combahton|Wrong41c7|\n +at /);
    assert.ok(count(stdout, /^Combell /) > 300);
    assert.equal(count(stdout, /^combahton /), 33);
    assert.equal(count(stdout, /^(ccloud|Artnet) /), 0);
  });

  test.it("shows what it had when a list broke off", async () => {
    combell.misbehave({ operation: "domains.list", after: 2, fault: "html" });
    const { code, stdout, stderr } = await start(COMBELL);
    assert.equal(code, 1);
    assert.match(stderr, /^Combell failed after 200 rows\. ResponseError: /m);
    assert.equal(count(stdout, /^Combell /), 200);
  });

  test.it("says which variables it needs, and asks nobody", async () => {
    const none = await start({});
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^No credentials are set\.\n/);
    const { COMBELL_API_SECRET: _, ...half } = VARIABLES;
    const some = await start(half);
    assert.equal(some.code, 2);
    assert.match(some.stderr, /^Not set: COMBELL_API_SECRET\.\n/);
    for (const name of Object.keys(VARIABLES)) {
      assert.ok(readme.includes(`\`${name}\``), name);
      assert.ok(name.endsWith("_BASE_URL") || none.stderr.includes(name), name);
    }
    assert.equal(none.stdout + some.stdout, "");
    assert.equal(sent().length, 0);
  });

  test.it("runs with a tarball of hostwire too, as its README has it", async (t) => {
    const copy = copyOf(t, "node-script");
    const nowhere = { NPM_CONFIG_REGISTRY: "http://127.0.0.1:9", npm_config_audit: "false" };
    const installed = await run(copy, "npm", ["install", installPackage().tarball], nowhere);
    assert.equal(installed.code, 0, installed.stderr);
    const { code, stderr } = await run(copy, "npm", ["start", "--silent"], COMBELL);
    assert.equal(code, 0, stderr);
  });

  test.it("asks for the hostwire that there is", () => {
    const { dependencies } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    assert.deepEqual(Object.keys(dependencies), ["hostwire"]);
    const installed = JSON.parse(readFileSync(join(dir, "node_modules/hostwire/package.json"), "utf8"));
    assert.equal(dependencies.hostwire, `^${installed.version}`);
  });
});
