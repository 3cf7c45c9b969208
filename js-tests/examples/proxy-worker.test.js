// examples/proxy-worker: built by `wrangler deploy`, and what that would upload run in workerd. Clients of hostwire
// call through it to the sandbox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from "wrangler";
import { importInstalled, installPackage } from "../package/install.js";
import { startSandbox } from "../sandbox/index.js";
import { callsOf, ZONE } from "./proxy-calls.js";
import { projectOf, readmeOf, run, runTsc, toolOf } from "./setup.js";

const QUIET = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", WRANGLER_LOG: "warn" };
const PAGE = "https://dashboard.example.com";
const ELSEWHERE = "https://elsewhere.example.com";

const dir = projectOf("proxy-worker");
const out = join(dir, "out");
const [{ Combell }, { Hostkey }] = await importInstalled(installPackage(), ["combell", "hostkey"]);
const sandbox = await startSandbox({ providers: ["combell", "hostkey"] });
test.after(() => sandbox.close());
const { combell, hostkey } = sandbox;

const DASHBOARD = `dashboard-${randomUUID()}`;
const EDITOR = `editor-${randomUUID()}`;
const SECRETS = {
  COMBELL_API_KEY: combell.credentials.apiKey,
  COMBELL_API_SECRET: combell.credentials.apiSecret,
  HOSTKEY_API_KEY: hostkey.credentials.apiKey,
  DASHBOARD_TOKEN: DASHBOARD,
  DNS_EDITOR_TOKEN: EDITOR,
};
const VARIABLES = { ...SECRETS, COMBELL_BASE_URL: combell.url, HOSTKEY_BASE_URL: hostkey.url };

/** @typedef {import("./setup.js").Variables} Variables */
/** @typedef {import("wrangler").Unstable_MiniflareWorkerOptions["workerOptions"]} WorkerOptions */

/** @type {WorkerOptions} what wrangler.jsonc and .dev.vars say */
let options;
/** @type {Miniflare} */
let worker;
/** @type {URL} */
let url;
/** @type {string[]} what the Workers have written into their logs */
const logged = [];

/**
 * @param {{ [name: string]: string }} [changes] variables that are other than wrangler.jsonc has them
 * @param {{ kvPersist?: string, limit?: number }} [more]
 * @returns {Miniflare}
 */
function startWorker(changes = {}, { kvPersist, limit } = {}) {
  const { bindings, compatibilityDate, compatibilityFlags = [], kvNamespaces, ratelimits = {} } = options;
  assert.deepEqual(compatibilityFlags, ["enable_request_signal"]);
  assert.deepEqual(Object.keys(kvNamespaces ?? {}), ["TOKENS"]);
  assert.deepEqual(Object.keys(ratelimits), ["LIMITER"]);
  const simple = { ...ratelimits.LIMITER?.simple, ...(limit && { limit }) };
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
    compatibilityFlags,
    ...(compatibilityDate ? { compatibilityDate } : {}),
    bindings: { ...bindings, ...changes },
    ...(kvNamespaces && { kvNamespaces }),
    ...(kvPersist && { kvPersist }),
    ratelimits: /** @type {{ LIMITER: { simple: { limit: number, period: 10 | 60 } } }} */ ({
      LIMITER: { simple },
    }),
    cf: false,
    handleRuntimeStdio: (stdout, stderr) => {
      for (const stream of [stdout, stderr]) stream.on("data", (text) => logged.push(String(text)));
    },
  });
}

/**
 * A Worker for one test.
 *
 * @param {import("./setup.js").Test} t
 * @param {Parameters<typeof startWorker>} args
 */
async function another(t, ...args) {
  const started = startWorker(...args);
  t.after(() => started.dispose());
  return { url: await started.ready, worker: started };
}

/** @param {string} token */
const bearer = (token) => ({ authorization: `Bearer ${token}` });

/**
 * @param {{ [name: string]: string }} headers
 * @param {URL} [to]
 */
const clientsWith = (headers, to = url) => {
  const given = { proxy: { url: to.href, headers }, maxRetries: 0 };
  return { combell: new Combell(given), hostkey: new Hostkey(given) };
};

/**
 * What is in the namespace TOKENS.
 *
 * @param {Miniflare} started
 */
async function keysIn(started) {
  // Its type is that of a fetch by another name.
  const kv = /** @type {{ list(): Promise<{ keys: { name: string, expiration?: number }[] }> }} */ (
    /** @type {unknown} */ (await started.getKVNamespace("TOKENS"))
  );
  return (await kv.list()).keys;
}

/** How many requests have arrived at the providers. */
const arrived = () => combell.requests.length + hostkey.requests.length;

/**
 * Expects a call to be refused, and nothing to arrive at a provider.
 *
 * @param {() => PromiseLike<unknown>} call
 * @param {{ name: string, code: string }} error
 */
async function refused(call, error) {
  const before = arrived();
  await assert.rejects(async () => await call(), error);
  assert.equal(arrived(), before, "nothing arrives at a provider");
}

const UNKNOWN = { name: "AuthenticationError", code: "proxy_unauthorized" };
const NOT_SURE = { name: "AuthenticationError", code: "proxy_authorize_failed" };

test.describe("the proxy Worker", () => {
  test.before(async () => {
    // As the README has it, for `wrangler dev`.
    const lines = Object.entries(VARIABLES).map(([name, value]) => `${name}=${value}\n`);
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

  test.it("is right in TypeScript's eyes", async () => {
    const { code, stdout } = await runTsc(dir, ["-p", "."]);
    assert.equal(code, 0, stdout);
  });

  test.it("becomes one module, and the WebAssembly once, without secrets", () => {
    const files = readdirSync(out).map((name) => name.replace(/^[0-9a-f]+-/, ""));
    assert.deepEqual(files.filter((name) => /\.(js|wasm)$/.test(name)).sort(), ["core.wasm", "worker.js"]);
    const js = readFileSync(join(out, "worker.js"), "utf8");
    for (const secret of Object.values(SECRETS)) assert.ok(!js.includes(secret));
  });

  for (const { what, provider, operation, call, dashboard, editor } of callsOf(combell)) {
    for (const [caller, token, code] of /** @type {const} */ ([
      ["the dashboard", DASHBOARD, dashboard],
      ["the DNS editor", EDITOR, editor],
    ])) {
      test.it(`${code ? "refuses" : "lets"} ${caller} ${what}`, async () => {
        combell.reset();
        const clients = clientsWith(bearer(token));
        if (code) return refused(() => call(clients), { name: "PermissionError", code });
        const before = sandbox[provider].requests.length;
        await call(clients);
        const last = sandbox[provider].requests.slice(before).at(-1);
        assert.equal(last?.operationId, operation);
      });
    }
  }

  test.it("keeps passwords and other secrets to itself", async () => {
    combell.reset();
    const { combell: client } = clientsWith(bearer(DASHBOARD));
    const download = () =>
      client.sslCertificates.download({
        sha1_fingerprint: "0".repeat(40),
        file_format: "pfx",
        password: "x",
      });
    await refused(download, { name: "PermissionError", code: "proxy_secret_answer" });
  });

  /** @type {{ [what: string]: Variables }} */
  const UNKNOWN_TOKENS = {
    "no token": {},
    "an empty token": { authorization: "Bearer " },
    "another token": bearer(randomUUID()),
    "a token that is cut off": bearer(DASHBOARD.slice(0, -1)),
    "a token with more behind it": bearer(`${DASHBOARD}0`),
    "the token in another scheme": { authorization: `Basic ${DASHBOARD}` },
    "a provider's key": bearer(SECRETS.HOSTKEY_API_KEY),
  };
  for (const [what, headers] of Object.entries(UNKNOWN_TOKENS)) {
    test.it(`lets nobody in with ${what}`, async () => {
      await refused(() => clientsWith(headers).combell.domains.list(), UNKNOWN);
      await refused(() => clientsWith(headers).hostkey.eq.list(), UNKNOWN);
    });
  }

  test.it("does not take a token from the address", async () => {
    const before = arrived();
    const address = new URL(`combell/domains.list?token=${DASHBOARD}`, url);
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    assert.equal(response.status, 404);
    assert.equal(arrived(), before);
  });

  test.it("logs in to Hostkey once, for all requests and isolates", async (t) => {
    const kvPersist = mkdtempSync(join(tmpdir(), "hostwire-kv-"));
    t.after(() => rmSync(kvPersist, { recursive: true, force: true }));
    const before = hostkey.logins;
    for (let isolate = 1; isolate <= 2; isolate++) {
      const started = startWorker({}, { kvPersist });
      try {
        const clients = clientsWith(bearer(DASHBOARD), await started.ready);
        // The first request makes the proxy, and Hostkey's token is got and used in others.
        await clients.combell.domains.list();
        const answers = [await clients.hostkey.eq.list(), await clients.hostkey.pdns.listDomains()];
        assert.equal(answers.length, 2);
        assert.equal(hostkey.logins, before + 1);
        const keys = await keysIn(started);
        assert.equal(keys.length, 1);
        const [{ name = "", expiration = 0 } = {}] = keys;
        assert.match(name, /^hostwire:hostkey:[0-9a-f]+$/);
        assert.ok(expiration > Date.now() / 1000, "it is not kept for ever");
      } finally {
        await started.dispose();
      }
    }
    // A token that Hostkey does not know any more is replaced, in KV too.
    hostkey.expireTokens();
    const { url: address, worker: last } = await another(t, {}, { kvPersist });
    await clientsWith(bearer(DASHBOARD), address).hostkey.eq.list();
    assert.equal(hostkey.logins, before + 2);
    assert.equal((await keysIn(last)).length, 1);
  });

  test.it("counts the calls of each caller", async (t) => {
    const limit = 3;
    const { url: address } = await another(t, {}, { limit });
    const { combell: client } = clientsWith(bearer(DASHBOARD), address);
    // A new minute may begin meanwhile, but no third one.
    let calls = 0;
    const until = async () => {
      for (; calls <= 2 * limit; calls++) await client.domains.list();
    };
    const { limit: written, period } = options.ratelimits?.LIMITER?.simple ?? { limit: 0, period: 0 };
    await assert.rejects(until, (/** @type {{ name: string, code: string, message: string }} */ error) => {
      assert.deepEqual([error.name, error.code], ["RateLimitError", "proxy_rate"]);
      // What src/rules.ts says is what wrangler.jsonc says.
      assert.match(error.message, new RegExp(`${written} calls in ${period} seconds`));
      return true;
    });
    assert.ok(calls >= limit);
    await refused(() => client.domains.list(), { name: "RateLimitError", code: "proxy_rate" });
    const { items } = await clientsWith(bearer(EDITOR), address).combell.dnsRecords.list({
      domain_name: ZONE,
    });
    assert.ok(items.length > 0, "another caller is not held up");
  });

  test.it("lets the listed page's origin read answers, and no other one call", async () => {
    const address = new URL("combell/domains.list", url);
    // What a browser would ask leave for: the headers of a client's request.
    /** @type {string[]} */
    let sent = [];
    const client = new Combell({
      proxy: { url: url.href, headers: bearer(DASHBOARD) },
      fetch: async (/** @type {string} */ to, /** @type {RequestInit} */ init) => {
        sent = [...new Headers(init.headers).keys()];
        return await fetch(to, init);
      },
    });
    await client.domains.list();
    assert.ok(sent.includes("authorization"));
    const preflight = (/** @type {string} */ origin) =>
      fetch(address, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": sent.join(),
        },
      });
    const post = (/** @type {string} */ origin) =>
      fetch(address, {
        method: "POST",
        headers: { origin, "content-type": "application/json", ...bearer(DASHBOARD) },
        body: "{}",
      });
    const allowed = await preflight(PAGE);
    assert.equal(allowed.headers.get("access-control-allow-origin"), PAGE);
    const names = allowed.headers.get("access-control-allow-headers") ?? "";
    for (const name of sent) assert.ok(names.split(", ").includes(name), name);
    const answered = await post(PAGE);
    assert.equal(answered.status, 200);
    assert.equal(answered.headers.get("access-control-allow-origin"), PAGE);

    const before = arrived();
    for (const origin of [ELSEWHERE, "null", `${PAGE}.example.net`, "http://dashboard.example.com"]) {
      for (const response of [await preflight(origin), await post(origin)]) {
        assert.equal(response.headers.get("access-control-allow-origin"), null, origin);
      }
      const problem = /** @type {{ code: string }} */ (await (await post(origin)).json());
      assert.equal(problem.code, "proxy_origin");
    }
    assert.equal(arrived(), before);
  });

  /** @type {{ [what: string]: Variables }} */
  const INCOMPLETE = {
    "a token": { DASHBOARD_TOKEN: "" },
    "a token that is long enough": { DNS_EDITOR_TOKEN: "short" },
    "a key": { HOSTKEY_API_KEY: "" },
    "a page": { PAGE_ORIGIN: "" },
  };
  for (const [what, changes] of Object.entries(INCOMPLETE)) {
    test.it(`lets nobody in without ${what}, and says why in its log alone`, async (t) => {
      const before = arrived();
      const { url: address } = await another(t, changes);
      for (const token of [DASHBOARD, EDITOR, "", "short"]) {
        const response = await fetch(new URL("combell/domains.list", address), {
          method: "POST",
          headers: { "content-type": "application/json", ...bearer(token) },
          body: "{}",
        });
        assert.equal(response.status, 500);
        assert.equal(await response.text(), "The proxy is not set up; its log says why.\n");
      }
      assert.equal(arrived(), before);
    });
  }

  test.it("logs calls and refusals, without secrets and params", { timeout: 30_000 }, async () => {
    logged.length = 0;
    combell.misbehave({ fault: { type: "status", status: 401 }, times: "always" });
    const { combell: client } = clientsWith(bearer(EDITOR));
    const failed = client.dnsRecords.create({ domain_name: ZONE, type: "A", content: "192.0.2.77" });
    await assert.rejects(async () => await failed, { name: "AuthenticationError" });
    combell.behave();
    await refused(() => client.domains.list(), { name: "PermissionError", code: "proxy_not_allowed" });
    // The log comes over a pipe of its own, sooner or later.
    for (const line of [
      /^dns-editor combell\/dnsRecords\.create 502 \d+ ms$/m,
      /^refused dns-editor combell\/domains\.list 403 not_allowed$/m,
    ]) {
      while (!line.test(logged.join(""))) await sleep(10);
    }
    const text = logged.join("");
    for (const secret of [...Object.values(SECRETS), "192.0.2.77"]) assert.ok(!text.includes(secret), secret);
  });

  test.it("has a README that names what is to be set", () => {
    const readme = readmeOf("proxy-worker");
    const names = ["ZONE", "PAGE_ORIGIN", "ACCESS_TEAM", "ACCESS_AUDIENCE", "TOKENS", "LIMITER"];
    for (const name of [...Object.keys(VARIABLES), ...names]) assert.ok(readme.includes(name), name);
  });

  test.it("runs in wrangler dev, and shows what a token is good for", { timeout: 60_000 }, async (t) => {
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
    const address = await new Promise((resolve, reject) => {
      // To its end: where nobody reads any more, the first line that the Worker logs would end it.
      dev.stdout.on("data", (text) => {
        printed += text;
        const [, found] = /Ready on (http:\S+)/.exec(printed) ?? [];
        if (found) resolve(found);
      });
      ended.then(() => reject(new Error(printed)));
    });
    const tried = async (/** @type {string} */ token) =>
      run(dir, "npm", ["run", "--silent", "try"], { PROXY_URL: address, PROXY_TOKEN: token });
    const reader = await tried(DASHBOARD);
    assert.match(reader.stdout, /^records of example\.com: \d+\ndomain names: \d+\nservers at Hostkey: 3\n$/);
    const editor = await tried(EDITOR);
    assert.match(editor.stdout, /^records of example\.com: \d+\ndomain names: PermissionError: .+\nservers/);
    assert.match((await tried(randomUUID())).stdout, /^records of example\.com: AuthenticationError: /);
    assert.equal((await tried("")).code, 2);
  });
});

const AUDIENCE = "a1b2c3d4e5f6";

test.describe("the proxy Worker behind Cloudflare Access", () => {
  const team = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  let fetched = 0;
  let down = false;
  const access = createServer((request, response) => {
    fetched += 1;
    if (down || request.url !== "/cdn-cgi/access/certs") return void response.writeHead(503).end();
    const jwk = team.publicKey.export({ format: "jwk" });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: [{ ...jwk, kid: "key-1", alg: "RS256", use: "sig" }] }));
  });
  /** @type {string} */
  let issuer;
  /** @type {Miniflare} */
  let behind;
  /** @type {URL} */
  let address;
  const settings = () => ({ ACCESS_TEAM: issuer, ACCESS_AUDIENCE: AUDIENCE });

  test.before(async () => {
    await new Promise((resolve) => access.listen(0, "127.0.0.1", () => resolve(undefined)));
    issuer = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (access.address()).port}`;
    behind = startWorker(settings());
    address = await behind.ready;
  });
  test.after(async () => {
    await behind?.dispose();
    access.close();
    access.closeAllConnections();
  });

  /** @typedef {{ header?: object, claims?: object, key?: import("node:crypto").KeyObject, signed?: (text: string) => Buffer }} Changes */

  const encoded = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString("base64url");

  /** @param {Changes} [changes] */
  function statement({ header, claims, key = team.privateKey, signed } = {}) {
    const now = Math.floor(Date.now() / 1000);
    const right = {
      iss: issuer,
      aud: [AUDIENCE],
      email: "ann@example.com",
      iat: now,
      nbf: now,
      exp: now + 600,
    };
    const text = `${encoded({ alg: "RS256", kid: "key-1", ...header })}.${encoded({ ...right, ...claims })}`;
    const signature = signed ? signed(text) : sign("sha256", Buffer.from(text), key);
    return `${text}.${signature.toString("base64url")}`;
  }

  /**
   * @param {string} token
   * @param {URL} [to]
   */
  const withAccess = (token, to = address) => clientsWith({ "cf-access-jwt-assertion": token }, to).combell;

  test.it("lets in whom Access has signed in, to read", async () => {
    const client = withAccess(statement());
    assert.ok((await client.domains.list()).items.length > 0);
    const create = () => client.dnsRecords.create({ domain_name: ZONE, type: "A", content: "192.0.2.1" });
    await refused(create, { name: "PermissionError", code: "proxy_not_allowed" });
    const service = { email: undefined, common_name: "e367826f93b8d71185e03fe518aff3b4.access" };
    assert.ok((await withAccess(statement({ claims: service })).domains.list()).items.length > 0);
  });

  test.it("still takes tokens, and each caller has its own rules", async () => {
    const both = { ...bearer(EDITOR), "cf-access-jwt-assertion": statement() };
    const client = clientsWith(both, address).combell;
    assert.ok((await client.dnsRecords.list({ domain_name: ZONE })).items.length > 0);
    await refused(() => client.domains.list(), { name: "PermissionError", code: "proxy_not_allowed" });
  });

  const publicPem = team.publicKey.export({ type: "spki", format: "pem" });
  const seconds = (/** @type {number} */ from) => Math.floor(Date.now() / 1000) + from;
  /** @type {{ [what: string]: () => string }} */
  const WRONG = {
    "that has expired": () => statement({ claims: { exp: seconds(-1) } }),
    "that never expires": () => statement({ claims: { exp: undefined } }),
    "that does not hold yet": () => statement({ claims: { nbf: seconds(3600) } }),
    "for another application": () => statement({ claims: { aud: ["ffffffffffff"] } }),
    "for no application": () => statement({ claims: { aud: undefined } }),
    "of another team": () => statement({ claims: { iss: "https://other.cloudflareaccess.com" } }),
    "that names nobody": () => statement({ claims: { email: undefined } }),
    "signed with another key": () => statement({ key: stranger.privateKey }),
    "with an unknown key": () => statement({ header: { kid: "key-2" }, key: stranger.privateKey }),
    "without a key": () => statement({ header: { kid: undefined } }),
    "without a signature (alg none)": () =>
      statement({ header: { alg: "none" }, signed: () => Buffer.alloc(0) }),
    "with alg none and a right signature": () => statement({ header: { alg: "none" } }),
    "signed with the public key as a secret (HS256)": () =>
      statement({
        header: { alg: "HS256" },
        signed: (text) => createHmac("sha256", publicPem).update(text).digest(),
      }),
    "whose signature is missing": () => statement().split(".").slice(0, 2).join("."),
    "whose signature is empty": () => statement({ signed: () => Buffer.alloc(0) }),
    "whose claims are another's": () => {
      const [head, , signature] = statement().split(".");
      return [head, statement({ claims: { email: "eve@example.com" } }).split(".")[1], signature].join(".");
    },
    "that is none": () => "not a token",
    "that is empty": () => "",
  };
  for (const [what, make] of Object.entries(WRONG)) {
    test.it(`refuses a statement ${what}`, async () => {
      await refused(() => withAccess(make()).domains.list(), NOT_SURE);
    });
  }

  test.it("fetches the team's keys once", async () => {
    await withAccess(statement()).domains.list();
    const before = fetched;
    await withAccess(statement()).domains.list();
    for (const kid of ["made-up-1", "made-up-2"]) {
      await refused(() => withAccess(statement({ header: { kid } })).domains.list(), NOT_SURE);
    }
    assert.equal(fetched, before);
    assert.equal(fetched, 1);
  });

  test.it("lets nobody in this way where the keys cannot be fetched, until they can", async (t) => {
    const { url: to } = await another(t, settings());
    down = true;
    await refused(() => withAccess(statement(), to).domains.list(), NOT_SURE);
    down = false;
    assert.ok((await withAccess(statement(), to).domains.list()).items.length > 0);
  });

  test.it("lets nobody in this way where it is not set up", async (t) => {
    /** @type {Variables[]} */
    const halves = [{}, { ACCESS_TEAM: issuer }, { ACCESS_AUDIENCE: AUDIENCE }];
    for (const changes of halves) {
      const { url: to } = await another(t, changes);
      await refused(() => withAccess(statement(), to).domains.list(), UNKNOWN);
    }
    const nobody = statement({ claims: { iss: "", aud: "" } });
    const { url: to } = await another(t);
    await refused(() => withAccess(nobody, to).domains.list(), UNKNOWN);
  });
});
