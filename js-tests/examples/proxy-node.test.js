// examples/proxy-node: installed by npm and run by Node. Clients of hostwire call through it to the sandbox.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import * as test from "node:test";
import { importInstalled, installPackage } from "../package/install.js";
import { startSandbox } from "../sandbox/index.js";
import { callsOf, ZONE } from "./proxy-calls.js";
import { checkScript, copyOf, readmeOf, run, startRegistry } from "./setup.js";

/** @typedef {import("./setup.js").Variables} Variables */

const PAGE = "https://dashboard.example.com";

const dir = copyOf(test, "proxy-node");
const [{ Combell, Hostkey }] = await importInstalled(installPackage(), [""]);
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
const VARIABLES = {
  ...SECRETS,
  ZONE,
  COMBELL_BASE_URL: combell.url,
  HOSTKEY_BASE_URL: hostkey.url,
  PORT: "0",
};

/**
 * @param {import("./setup.js").Test | undefined} t ends it at its end
 * @param {Variables} [changes]
 */
async function startServer(t, changes = {}) {
  const env = { PATH: process.env.PATH ?? "", ...VARIABLES, ...changes };
  const server = spawn(process.execPath, ["server.js"], { cwd: dir, env });
  let printed = "";
  /** @type {Set<() => void>} */
  const watchers = new Set();
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (text) => {
      printed += text;
      for (const watcher of watchers) watcher();
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const kill = async () => {
    server.kill("SIGKILL");
    await ended;
  };
  t?.after(kill);
  /**
   * Until it has printed this.
   *
   * @param {RegExp} what
   * @returns {Promise<string>} the first group
   */
  const says = (what) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = what.exec(printed);
        if (!found) return;
        watchers.delete(look);
        resolve(found[1] ?? "");
      };
      watchers.add(look);
      look();
      ended.then(() => reject(new Error(`it ended: ${printed}`)));
    });
  const url = await says(/^listening on (http:\S+)$/m);
  return { url, says, ended, printed: () => printed, kill, stop: () => server.kill("SIGTERM") };
}

/** @param {string} token */
const bearer = (token) => ({ authorization: `Bearer ${token}` });

/**
 * @param {string} url
 * @param {Variables} headers
 */
const clientsWith = (url, headers) => {
  const given = { proxy: { url, headers }, maxRetries: 0 };
  return { combell: new Combell(given), hostkey: new Hostkey(given) };
};

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

test.describe("the proxy for Node", () => {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;

  test.before(async () => {
    const { code, stderr } = await run(dir, "npm", ["install"], await startRegistry(test));
    assert.equal(code, 0, stderr);
    server = await startServer(undefined, { PAGE_ORIGIN: PAGE });
  });
  test.after(() => server?.kill());

  test.it("is right in TypeScript's eyes", async () => {
    const { code, stdout } = await checkScript(dir, "server.js");
    assert.equal(code, 0, stdout);
  });

  const needed = [...Object.keys(SECRETS), "ZONE"];
  for (const name of needed) {
    test.it(`does not start without ${name}`, async () => {
      const outcome = await run(dir, "npm", ["start", "--silent"], { ...VARIABLES, [name]: "" });
      assert.deepEqual(outcome, {
        code: 2,
        stdout: "",
        stderr: `The environment is not right: set ${name}.\n`,
      });
    });
  }

  test.it("does not start with a token that is too short, or an address that is none", async () => {
    const short = "short-token";
    const { code, stderr } = await run(dir, "npm", ["start"], { ...VARIABLES, DNS_EDITOR_TOKEN: short });
    assert.equal(code, 2);
    assert.match(stderr, /tokens\[1\]\.token must be text of at least 16 characters/);
    assert.ok(!stderr.includes(short));
    const other = await run(dir, "npm", ["start"], { ...VARIABLES, COMBELL_BASE_URL: "http://example.com" });
    assert.equal(other.code, 2);
    assert.match(other.stderr, /baseUrl/);
    const page = await run(dir, "npm", ["start"], { ...VARIABLES, PAGE_ORIGIN: "*" });
    assert.equal(page.code, 2);
    assert.match(page.stderr, /cors\.origins\[0\]/);
  });

  test.it("says so where it cannot listen", async () => {
    const { port } = new URL(server.url);
    const { code, stderr } = await run(dir, "npm", ["start", "--silent"], { ...VARIABLES, PORT: port });
    assert.equal(code, 1);
    assert.match(stderr, /^Cannot listen: .*EADDRINUSE/);
  });

  for (const { what, provider, operation, call, dashboard, editor } of callsOf(combell)) {
    for (const [caller, token, code] of /** @type {const} */ ([
      ["the dashboard", DASHBOARD, dashboard],
      ["the DNS editor", EDITOR, editor],
    ])) {
      test.it(`${code ? "refuses" : "lets"} ${caller} ${what}`, async () => {
        combell.reset();
        const clients = clientsWith(server.url, bearer(token));
        if (code) return refused(() => call(clients), { name: "PermissionError", code });
        const before = sandbox[provider].requests.length;
        await call(clients);
        const last = sandbox[provider].requests.slice(before).at(-1);
        assert.equal(last?.operationId, operation);
      });
    }
  }

  for (const [what, headers] of Object.entries({
    "no token": {},
    "another token": bearer(randomUUID()),
    "a token that is cut off": bearer(DASHBOARD.slice(0, -1)),
    "a provider's key": bearer(SECRETS.HOSTKEY_API_KEY),
  })) {
    test.it(`lets nobody in with ${what}`, async () => {
      const unknown = { name: "AuthenticationError", code: "proxy_unauthorized" };
      const clients = clientsWith(server.url, headers);
      await refused(() => clients.combell.domains.list(), unknown);
      await refused(() => clients.hostkey.eq.list(), unknown);
    });
  }

  test.it("lets the page's origin read answers, and no other one call; without a page, none", async (t) => {
    const without = await startServer(t);
    const post = (/** @type {string} */ url, /** @type {string} */ origin) =>
      fetch(`${url}/combell/domains.list`, {
        method: "POST",
        headers: { origin, "content-type": "application/json", ...bearer(DASHBOARD) },
        body: "{}",
      });
    const answered = await post(server.url, PAGE);
    assert.equal(answered.status, 200);
    assert.equal(answered.headers.get("access-control-allow-origin"), PAGE);
    const before = arrived();
    for (const response of [await post(server.url, `${PAGE}.example.net`), await post(without.url, PAGE)]) {
      assert.equal(response.status, 403);
      assert.equal(response.headers.get("access-control-allow-origin"), null);
    }
    assert.equal(arrived(), before);
  });

  test.it("counts the calls of each caller", async (t) => {
    const { url } = await startServer(t);
    const client = clientsWith(url, bearer(DASHBOARD)).combell;
    let calls = 0;
    // A place comes free every half second; nothing is so slow that each call would find one.
    const until = async () => {
      for (; calls < 2000; calls++) await client.servicepacks.list();
    };
    await assert.rejects(until, { name: "RateLimitError", code: "proxy_rate" });
    assert.ok(calls >= 120);
    const editor = clientsWith(url, bearer(EDITOR)).combell;
    assert.ok((await editor.dnsRecords.list({ domain_name: ZONE })).items.length > 0);
  });

  test.it("logs a line for each call and each refusal, without secrets and params", async (t) => {
    const { url, says, printed } = await startServer(t);
    const client = clientsWith(url, bearer(EDITOR)).combell;
    combell.misbehave({ fault: { type: "status", status: 401 }, times: "always" });
    const create = () => client.dnsRecords.create({ domain_name: ZONE, type: "A", content: "192.0.2.77" });
    await assert.rejects(async () => await create(), { name: "AuthenticationError" });
    combell.behave();
    await assert.rejects(async () => await client.domains.list(), { name: "PermissionError" });
    await assert.rejects(async () => await clientsWith(url, {}).combell.domains.list());
    await says(/^refused \? combell\/domains\.list 401 unauthorized$/m);
    const lines = printed().trimEnd().split("\n").slice(1);
    assert.equal(lines.length, 3, printed());
    assert.match(lines[0] ?? "", /^dns-editor combell\/dnsRecords\.create 502 \d+ ms$/);
    assert.equal(lines[1], "refused dns-editor combell/domains.list 403 not_allowed");
    for (const secret of [...Object.values(SECRETS), "192.0.2.77"]) assert.ok(!printed().includes(secret));
  });

  test.it("ends the calls that are running when it is told to stop, and takes no more", async (t) => {
    // A provider that answers when it is told to.
    /** @type {() => void} */
    let answer = () => assert.fail("nothing has been asked");
    const asked = new Promise((resolve) => {
      slow.on("request", (_, response) => {
        answer = () => response.setHeader("content-type", "application/json").end("[]");
        resolve(undefined);
      });
    });
    const { url, says, ended, stop } = await startServer(t, { COMBELL_BASE_URL: slowUrl });
    const { combell: client } = clientsWith(url, bearer(DASHBOARD));
    const running = client.domains.list();
    await asked;
    stop();
    await says(/^stopping$/m);
    const late = async () => await clientsWith(url, bearer(DASHBOARD)).combell.domains.list();
    await assert.rejects(late, { name: "ConnectionError" });
    answer();
    assert.deepEqual((await running).items, []);
    assert.equal(await ended, 0);
  });
  const slow = createServer();
  /** @type {string} */
  let slowUrl;
  test.before(async () => {
    await new Promise((resolve) => slow.listen(0, "127.0.0.1", () => resolve(undefined)));
    slowUrl = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (slow.address()).port}`;
  });
  test.after(() => {
    slow.close();
    slow.closeAllConnections();
  });

  test.it("has a README that names its variables", () => {
    const readme = readmeOf("proxy-node");
    for (const name of [...Object.keys(VARIABLES), "HOST", "PAGE_ORIGIN"])
      assert.ok(readme.includes(name), name);
  });
});
