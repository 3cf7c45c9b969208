// examples/worker-dns-webhook: built by `wrangler deploy`, and what that would upload run in workerd.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from "wrangler";
import { startSandbox } from "../sandbox/index.js";
import { operationsOf, projectOf, readmeOf, run, runTsc, toolOf } from "./setup.js";

const QUIET = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", WRANGLER_LOG: "warn" };
const RECORD = { name: "shop.example.com", type: "A", content: "192.0.2.1" };

const dir = projectOf("worker-dns-webhook");
const out = join(dir, "out");
const sandbox = await startSandbox({ providers: ["combell"] });
test.after(() => sandbox.close());
const { combell } = sandbox;
const { apiKey, apiSecret } = combell.credentials;
const SECRETS = {
  WEBHOOK_SECRET: `whsec_${randomBytes(32).toString("base64")}`,
  COMBELL_API_KEY: apiKey,
  COMBELL_API_SECRET: apiSecret,
};

/** @type {Miniflare} */
let worker;
/** @type {URL} */
let url;
/** @type {import("wrangler").Unstable_MiniflareWorkerOptions["workerOptions"]} what wrangler.jsonc and .dev.vars say */
let options;
/** @type {string[]} what the Worker has written into its log */
const logged = [];

/**
 * @param {{ [name: string]: string }} [changes] variables that are other than wrangler.jsonc has them
 * @returns {Miniflare}
 */
function startWorker(changes = {}) {
  const { bindings, compatibilityDate, compatibilityFlags = [] } = options;
  assert.deepEqual(compatibilityFlags, []);
  const modules = readdirSync(out)
    .filter((name) => /\.(js|wasm)$/.test(name))
    .sort((a, b) => Number(a.endsWith(".wasm")) - Number(b.endsWith(".wasm")))
    .map((name) => ({
      type: /** @type {"ESModule" | "CompiledWasm"} */ (name.endsWith(".js") ? "ESModule" : "CompiledWasm"),
      path: join(out, name),
    }));
  return new Miniflare({
    modules,
    modulesRoot: out,
    ...(compatibilityDate ? { compatibilityDate } : {}),
    bindings: { ...bindings, ...changes },
    cf: false,
    handleRuntimeStdio: (stdout, stderr) => {
      for (const stream of [stdout, stderr]) stream.on("data", (text) => logged.push(String(text)));
    },
  });
}

/**
 * @typedef {object} Delivery
 * @property {unknown} [body] the record; text is sent as it is
 * @property {string} [method]
 * @property {string} [secret]
 * @property {number} [ageSeconds]
 * @property {{ [name: string]: string | null }} [headers] other than they should be; null leaves one away
 *
 * @param {Delivery} [delivery]
 */
function signed({ body = RECORD, method = "POST", secret, ageSeconds = 0, headers = {} } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const key = Buffer.from((secret ?? SECRETS.WEBHOOK_SECRET).slice("whsec_".length), "base64");
  const code = createHmac("sha256", key).update(`msg_1.${timestamp}.${text}`).digest("base64");
  const all = {
    "webhook-id": "msg_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${code}`,
    ...headers,
  };
  const sent = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return { method, headers: Object.fromEntries(sent), ...(method === "GET" ? {} : { body: text }) };
}

/**
 * @param {Delivery} [delivery]
 * @param {URL} [to]
 * @returns {Promise<{ status: number, headers: Headers, body: { [name: string]: string } }>}
 */
async function deliver(delivery, to = url) {
  const response = await fetch(to, signed(delivery));
  const body = /** @type {{ [name: string]: string }} */ (await response.json());
  return { status: response.status, headers: response.headers, body };
}

const recordsOf = (/** @type {string} */ type, /** @type {string} */ name) =>
  combell.world.zones
    .find("example.com")
    .records.all()
    .filter((record) => record.type === type && record.record_name === name)
    .map(({ content, ttl }) => ({ content, ttl }));

test.describe("the Worker", () => {
  test.before(async () => {
    // As the README has it, for `wrangler dev`.
    const variables = { ...SECRETS, COMBELL_BASE_URL: combell.url };
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(dir, ".dev.vars"), lines.join(""));
    const args = ["deploy", "--dry-run", "--outdir", out];
    const { code, stdout, stderr } = await run(dir, toolOf("wrangler"), args, QUIET);
    assert.equal(code, 0, stdout + stderr);
    process.env.WRANGLER_LOG = "error";
    options = readWorkerOptions(join(dir, "wrangler.jsonc")).workerOptions;
    worker = startWorker();
    url = await worker.ready;
  });
  test.after(() => worker?.dispose());
  test.beforeEach(() => {
    combell.reset();
    logged.length = 0;
  });

  test.it("is right in TypeScript's eyes", async () => {
    const { code, stdout } = await runTsc(dir, ["-p", "."]);
    assert.equal(code, 0, stdout);
  });

  test.it("becomes one module, and the WebAssembly once", () => {
    const files = readdirSync(out).map((name) => name.replace(/^[0-9a-f]+-/, ""));
    assert.deepEqual(files.filter((name) => /\.(js|wasm)$/.test(name)).sort(), ["core.wasm", "worker.js"]);
    const js = readFileSync(join(out, "worker.js"), "utf8");
    assert.doesNotMatch(js, /nodejs_compat|from "node:|createHmac/);
    for (const secret of Object.values(SECRETS)) assert.ok(!js.includes(secret), basename(out));
  });

  test.it("creates the record, and does nothing when the webhook comes again", async () => {
    const first = await deliver();
    assert.deepEqual([first.status, first.body], [201, { result: "created" }]);
    const second = await deliver();
    assert.deepEqual([second.status, second.body], [200, { result: "unchanged" }]);
    assert.deepEqual(recordsOf("A", "shop"), [{ content: "192.0.2.1", ttl: 3600 }]);
    const operations = operationsOf(combell.requests);
    assert.deepEqual(operations, ["dnsRecords.list", "dnsRecords.create", "dnsRecords.list"]);
  });

  test.it("updates the record that there is, and keeps what else it has", async () => {
    const { records } = combell.world.zones.find("example.com");
    const [apex] = records.all().filter(({ type }) => type === "A");
    if (!apex) return assert.fail("the zone has no A record");
    records.add({ ...apex, ttl: 600 });
    const { status, body } = await deliver({ body: { ...RECORD, name: "Example.COM" } });
    assert.deepEqual([status, body], [200, { result: "updated" }]);
    assert.deepEqual(recordsOf("A", ""), [{ content: "192.0.2.1", ttl: 600 }]);
    const www = await deliver({
      body: { name: "www.example.com", type: "CNAME", content: "shop.example.net" },
    });
    assert.equal(www.body.result, "updated");
    assert.deepEqual(recordsOf("CNAME", "www"), [{ content: "shop.example.net", ttl: 3600 }]);
  });

  test.it("takes a webhook of the sender that comes with it", async () => {
    const args = ["run", "--silent", "send", "--", "shop.example.com", "AAAA", "2001:db8::1"];
    const { WEBHOOK_SECRET } = SECRETS;
    const sent = await run(dir, "npm", args, { WEBHOOK_SECRET, WEBHOOK_URL: url.href });
    assert.deepEqual(sent, { code: 0, stdout: '201 {"result":"created"}\n', stderr: "" });
    assert.deepEqual(recordsOf("AAAA", "shop"), [{ content: "2001:db8::1", ttl: 3600 }]);
    const stranger = await run(dir, "npm", args, { WEBHOOK_SECRET: "whsec_AAAA", WEBHOOK_URL: url.href });
    assert.equal(stranger.code, 1);
    assert.match(stranger.stdout, /^401 /);
  });

  test.it("takes one of several signatures, and a signature of the same time is no other's", async () => {
    const good = String(signed().headers["webhook-signature"]);
    const several = `v1,${"A".repeat(43)}= v2,x ${good}`;
    assert.equal((await deliver({ headers: { "webhook-signature": several } })).status, 201);
    const other = { ...RECORD, content: "192.0.2.2" };
    assert.equal((await deliver({ body: other, headers: { "webhook-signature": good } })).status, 401);
  });

  /** @type {{ [what: string]: Delivery & { status: number, error: RegExp } }} */
  const REFUSED = {
    "another method": { method: "GET", status: 405, error: /POST/ },
    "no signature": { headers: { "webhook-signature": null }, status: 401, error: /signature/ },
    "a signature with another secret": { secret: "whsec_b3RoZXI=", status: 401, error: /signature/ },
    "a signature that is cut off": {
      headers: { "webhook-signature": "v1,AAAA" },
      status: 401,
      error: /signature/,
    },
    "no id": { headers: { "webhook-id": null }, status: 401, error: /signature/ },
    "another id": { headers: { "webhook-id": "msg_2" }, status: 401, error: /signature/ },
    "a time that is none": { headers: { "webhook-timestamp": "NaN" }, status: 401, error: /signature/ },
    "a webhook of an hour ago": { ageSeconds: 3600, status: 401, error: /too old/ },
    "a webhook of the future": { ageSeconds: -3600, status: 401, error: /too old/ },
    "a body that is too large": { body: { ...RECORD, more: "x".repeat(5000) }, status: 413, error: /4096/ },
    "what is not JSON": { body: "name=shop", status: 400, error: /not JSON/ },
    null: { body: "null", status: 400, error: /name, type and content/ },
    "a record without content": { body: { ...RECORD, content: "" }, status: 400, error: /name, type and/ },
    "a name that is a number": { body: { ...RECORD, name: 1 }, status: 400, error: /name, type and content/ },
    "a name that is none": { body: { ...RECORD, name: "a b.example.com" }, status: 400, error: /host name/ },
    "another zone": { body: { ...RECORD, name: "www.example.net" }, status: 403, error: /zone/ },
    "a zone that ends alike": { body: { ...RECORD, name: "evil-example.com" }, status: 403, error: /zone/ },
    "a type that is not listed": { body: { ...RECORD, type: "TXT" }, status: 403, error: /type/ },
  };
  for (const [what, { status, error, ...delivery }] of Object.entries(REFUSED)) {
    test.it(`refuses ${what}, and asks Combell nothing`, async () => {
      const refused = await deliver(delivery);
      assert.equal(refused.status, status);
      assert.deepEqual(Object.keys(refused.body), ["error"]);
      assert.match(refused.body.error ?? "", error);
      if (status === 405) assert.equal(refused.headers.get("allow"), "POST");
      assert.equal(combell.requests.length, 0);
    });
  }

  test.it("refuses a body that is too large and does not say how large it is", async () => {
    const { method, headers } = signed();
    const chunk = new TextEncoder().encode("x".repeat(1000));
    let left = 5;
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    // Not in fetch's type of Node 20.
    const streamed = { method, headers, body, duplex: "half" };
    const { status } = await fetch(url, /** @type {RequestInit} */ (streamed));
    assert.equal(status, 413);
    assert.equal(combell.requests.length, 0);
  });

  test.it("changes nothing where several records have the name and the type", async () => {
    const { records } = combell.world.zones.find("example.com");
    const [apex] = records.all().filter(({ type }) => type === "A");
    if (!apex) return assert.fail("the zone has no A record");
    records.add({ ...apex, id: "ID1", content: "192.0.2.11" });
    assert.equal((await deliver({ body: { ...RECORD, name: "example.com" } })).status, 409);
    assert.deepEqual(operationsOf(combell.requests), ["dnsRecords.list"]);
  });

  test.it("is done in the end, where the first webhook got no good answer", async () => {
    // Combell carries it out, and its answer is lost.
    combell.misbehave({ operation: "dnsRecords.create", fault: "resetAfter" });
    assert.equal((await deliver()).status, 502);
    const again = await deliver();
    assert.deepEqual([again.status, again.body], [200, { result: "unchanged" }]);
    assert.deepEqual(recordsOf("A", "shop"), [{ content: "192.0.2.1", ttl: 3600 }]);
  });

  /** @type {{ [what: string]: [import("../sandbox/misbehave.js").Rule["fault"], status: number] }} */
  const FAULTS = {
    "cannot be reached": ["reset", 502],
    "has a fault": [{ type: "status", status: 503 }, 502],
    "answers with a page": ["html", 502],
    "does not know the credentials": [{ type: "status", status: 401 }, 502],
    "does not take the record": [{ type: "status", status: 400 }, 422],
    "has had too many calls": [{ type: "rateLimit", retryAfter: 3600 }, 503],
  };
  for (const [what, [fault, status]] of Object.entries(FAULTS)) {
    test.it(`says ${status} where Combell ${what}, and not why`, async () => {
      combell.misbehave({ fault, times: "always" });
      const failed = await deliver();
      assert.equal(failed.status, status);
      assert.deepEqual(Object.keys(failed.body), ["error"]);
      assert.doesNotMatch(JSON.stringify(failed.body), /combell|sandbox|127\.0\.0\.1|\wError/i);
      if (status === 503) assert.equal(failed.headers.get("retry-after"), "3600");
      assert.ok(!operationsOf(combell.requests).includes("dnsRecords.create"));
    });
  }

  test.it("says 422 where the content does not fit the type", async () => {
    assert.equal((await deliver({ body: { ...RECORD, content: "2001:db8::1" } })).status, 422);
    assert.deepEqual(recordsOf("A", "shop"), []);
  });

  test.it("lets nobody in where it is not set up", async () => {
    /** @type {{ [name: string]: string }[]} */
    const incomplete = [{ WEBHOOK_SECRET: "" }, { WEBHOOK_SECRET: "whsec_" }, { ZONE: "" }, { TYPES: "" }];
    for (const changes of incomplete) {
      const unready = startWorker(changes);
      try {
        const { status, body } = await deliver({ secret: "whsec_" }, await unready.ready);
        assert.deepEqual([status, body], [500, { error: "The webhook is not set up right." }]);
      } finally {
        await unready.dispose();
      }
    }
    assert.equal(combell.requests.length, 0);
  });

  test.it("logs what went wrong, without secrets", { timeout: 30_000 }, async () => {
    combell.misbehave({ fault: { type: "status", status: 401 }, times: "always" });
    await deliver();
    // The log comes over a pipe of its own, sooner or later.
    while (!logged.join("").includes("AuthenticationError: ")) await sleep(10);
    const text = logged.join("");
    for (const secret of Object.values(SECRETS)) assert.ok(!text.includes(secret));
  });

  test.it("runs in wrangler dev", { timeout: 60_000 }, async (t) => {
    const env = { PATH: process.env.PATH, HOME: dir, CI: "1", CLOUDFLARE_CF_FETCH_ENABLED: "false" };
    const args = ["dev", "--port", "0", "--inspector-port", "0"];
    const { WRANGLER_LOG: _, ...quiet } = QUIET;
    const dev = spawn(toolOf("wrangler"), args, { cwd: dir, env: { ...env, ...quiet } });
    const ended = new Promise((resolve) => dev.once("exit", resolve));
    t.after(async () => {
      dev.kill();
      await ended;
    });
    let printed = "";
    const ready = /Ready on (http:\S+)/;
    for await (const text of dev.stdout) {
      printed += text;
      if (ready.test(printed)) break;
    }
    const [, address = ""] = ready.exec(printed) ?? assert.fail(printed);
    assert.equal((await deliver({}, new URL(address))).status, 201);
    assert.deepEqual(recordsOf("A", "shop"), [{ content: "192.0.2.1", ttl: 3600 }]);
  });

  test.it("has a README that names its variables and its limits", () => {
    const readme = readmeOf("worker-dns-webhook");
    for (const name of [...Object.keys(SECRETS), "ZONE", "TYPES", "COMBELL_BASE_URL"]) {
      assert.ok(readme.includes(name), name);
    }
    for (const status of [200, 201, 400, 401, 403, 405, 409, 413, 422, 500, 502, 503, 504]) {
      assert.ok(readme.includes(`${status}`), `${status}`);
    }
  });
});
