// examples/deno-script: run by Deno, with the permissions that it asks for and no more.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as test from "node:test";
import { installPackage } from "../package/install.js";
import { startSandbox } from "../sandbox/index.js";
import { copyOf, operationsOf, readmeOf, run, startRegistry, toolOf } from "./setup.js";

const dir = copyOf(test, "deno-script");
const deno = toolOf("deno");
const registry = await startRegistry(test);
const sandbox = await startSandbox({ providers: ["combell"] });
test.after(() => sandbox.close());
const { combell } = sandbox;
const { apiKey, apiSecret } = combell.credentials;
const CREDENTIALS = { COMBELL_API_KEY: apiKey, COMBELL_API_SECRET: apiSecret };
const VARIABLES = {
  ...registry,
  DENO_DIR: `${dir}/.deno`,
  DENO_NO_UPDATE_CHECK: "1",
  ...CREDENTIALS,
  COMBELL_BASE_URL: combell.url,
};

/**
 * @param {string[]} args
 * @param {import("./setup.js").Variables} [variables]
 */
const update = (args, variables = VARIABLES) =>
  run(dir, deno, ["task", "-q", "update-sandbox", ...args], variables);

/** @param {string} name */
const addressesOf = (name) =>
  combell.world.zones
    .find("example.com")
    .records.all()
    .filter(({ type, record_name }) => type === "A" && record_name === name)
    .map(({ content, ttl }) => ({ content, ttl }));

test.describe("the Deno script", () => {
  test.beforeEach(() => combell.reset());

  test.it("is right in TypeScript's eyes", async () => {
    const { code, stderr } = await run(dir, deno, ["check", "update-address.ts"], VARIABLES);
    assert.equal(code, 0, stderr);
  });

  test.it("creates the record, leaves it alone, updates it", async () => {
    const created = await update(["example.com", "home", "192.0.2.44"]);
    assert.deepEqual(created, { code: 0, stdout: "home.example.com 192.0.2.44: created\n", stderr: "" });
    assert.deepEqual(addressesOf("home"), [{ content: "192.0.2.44", ttl: 300 }]);

    const again = await update(["example.com", "Home", "192.0.2.44"]);
    assert.match(again.stdout, /: unchanged$/m);
    const changed = await update(["example.com", "home", "192.0.2.45"]);
    assert.equal(changed.stdout, "home.example.com 192.0.2.45: updated from 192.0.2.44\n");
    assert.deepEqual(addressesOf("home"), [{ content: "192.0.2.45", ttl: 300 }]);
    assert.deepEqual(operationsOf(combell.requests), [
      ...["dnsRecords.list", "dnsRecords.create"],
      "dnsRecords.list",
      ...["dnsRecords.list", "dnsRecords.update"],
    ]);
  });

  test.it("sets the address of the zone itself, and keeps what else the record has", async () => {
    const { stdout } = await update(["example.com", "@", "192.0.2.46"]);
    assert.match(stdout, /updated from 192\.0\.2\.10/);
    assert.deepEqual(addressesOf(""), [{ content: "192.0.2.46", ttl: 3600 }]);
  });

  test.it("does not choose between several addresses", async () => {
    const { records } = combell.world.zones.find("example.com");
    const [first] = records.all().filter(({ type }) => type === "A");
    if (!first) return assert.fail("there is no A record");
    records.add({ ...first, id: "ID1", content: "192.0.2.11" });
    const { code, stderr } = await update(["example.com", "@", "192.0.2.46"]);
    assert.equal(code, 1);
    assert.match(stderr, /2 A records/);
    assert.deepEqual(operationsOf(combell.requests), ["dnsRecords.list"]);
  });

  test.it("tells what went wrong", async () => {
    const noZone = await update(["elsewhere.example.net", "home", "192.0.2.44"]);
    assert.equal(noZone.code, 1);
    assert.match(noZone.stderr, /^NotFoundError: /);
    const noAddress = await update(["example.com", "home", "192.0.2.444"]);
    assert.equal(noAddress.code, 1);
    assert.match(
      noAddress.stderr,
      /^ValidationError: .*dns_record_content_invalid|^ValidationError: .*content/,
    );
    const wrong = await update(["example.com", "home", "192.0.2.44"], {
      ...VARIABLES,
      COMBELL_API_SECRET: "wrong-41c7",
    });
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^AuthenticationError: /);
    assert.ok(!wrong.stderr.includes("wrong-41c7"));
    assert.deepEqual(addressesOf("home"), []);
  });

  test.it("says what it needs", async () => {
    const usage = await update(["example.com", "home"]);
    assert.equal(usage.code, 2);
    assert.match(usage.stderr, /^Usage: deno task update <zone> <name> <address>/);
    const { COMBELL_API_SECRET: _, ...without } = VARIABLES;
    const credentials = await update(["example.com", "home", "192.0.2.44"], without);
    assert.equal(credentials.code, 2);
    assert.equal(credentials.stderr, "Set COMBELL_API_KEY and COMBELL_API_SECRET.\n");
    assert.equal(combell.requests.length, 0);
  });

  test.it("may reach Combell and nothing else", async () => {
    // The address of the sandbox is one that the task for Combell itself must not reach.
    const { code, stderr } = await run(
      dir,
      deno,
      ["task", "-q", "update", "example.com", "home", "192.0.2.44"],
      {
        ...VARIABLES,
      },
    );
    assert.equal(code, 1);
    assert.match(stderr, /^ConnectionError: |Requires net access/);
    assert.equal(combell.requests.length, 0);
  });

  test.it("runs with a tarball of hostwire too, as its README has it", async (t) => {
    const copy = copyOf(t, "deno-script");
    const nowhere = {
      ...VARIABLES,
      NPM_CONFIG_REGISTRY: "http://127.0.0.1:9",
      DENO_DIR: join(copy, ".deno"),
    };
    const install = ["install", "--prefix", ".", installPackage().tarball];
    const installed = await run(copy, "npm", install, nowhere);
    assert.equal(installed.code, 0, installed.stderr);
    const config = JSON.parse(readFileSync(join(copy, "deno.json"), "utf8"));
    writeFileSync(join(copy, "deno.json"), JSON.stringify({ ...config, nodeModulesDir: "manual" }));
    const args = ["task", "-q", "update-sandbox", "example.com", "home", "192.0.2.44"];
    const { stdout, stderr } = await run(copy, deno, args, nowhere);
    assert.equal(stdout, "home.example.com 192.0.2.44: created\n", stderr);
  });

  test.it("has a README that shows its tasks", () => {
    const readme = readmeOf("deno-script");
    for (const task of ["update", "update-sandbox"]) assert.ok(readme.includes(`deno task ${task} `), task);
  });
});
