// The sandbox as a whole: options, recording, web pages, closing, the command line.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { PROVIDERS, startSandbox } from "./index.js";
import { send, signedClient } from "./raw-client.js";
import { record } from "./recorder.js";

const small = { combell: { accounts: 4 } };

/**
 * A sandbox that ends with the test, whatever comes of it.
 *
 * @param {import("node:test").TestContext} test
 * @param {import("./index.js").SandboxOptions} options
 */
async function start(test, options) {
  const sandbox = await startSandbox(options);
  test.after(() => sandbox.close());
  return sandbox;
}

describe("startSandbox", () => {
  it("refuses options that it does not know", async () => {
    const odd = /** @type {import("./index.js").SandboxOptions} */ (
      /** @type {unknown} */ ({ provider: "combell" })
    );
    await assert.rejects(startSandbox(odd), /unknown: provider\. There are providers/);
    const unknown = /** @type {"combell"[]} */ (/** @type {unknown} */ (["nobody"]));
    await assert.rejects(startSandbox({ providers: unknown }), /unknown: nobody/);
    const combell = /** @type {{}} */ ({ jobPools: 3 });
    await assert.rejects(startSandbox({ combell }), /no setting jobPools/);
  });

  it("takes credentials and a port", async (test) => {
    const credentials = { apiKey: "mine", apiSecret: "secret" };
    const { combell } = await start(test, { combell: { ...small.combell, credentials } });
    assert.deepEqual(combell.credentials, credentials);
    assert.equal((await signedClient(combell)("GET", "/v2/accounts")).status, 200);
    const port = Number(new URL(combell.url).port);
    await assert.rejects(startSandbox({ combell: { accounts: 0, port } }), { code: "EADDRINUSE" });
  });

  it("refuses fields and query parameters that nobody knows, or ignores them", async (test) => {
    const refusing = await start(test, { combell: { accounts: 4 } });
    const ignoring = await start(test, {
      unknownFields: "ignore",
      combell: { accounts: 4 },
      ccloud: { servers: 1, unknownFields: "refuse" },
    });
    const json = { will_renew: false, colour: "red" };
    const ask = async (/** @type {import("./index.js").Sandbox} */ { combell }) => {
      const call = signedClient(combell);
      const inQuery = await call("GET", "/v2/accounts?colour=red");
      const inBody = await call("PUT", "/v2/domains/example.com/renew", { json });
      return [inQuery, inBody].map(({ status, text }) => [status, text]);
    };
    const [inQuery, inBody] = await ask(refusing);
    assert.deepEqual([inQuery?.[0], inBody?.[0]], [400, 400]);
    assert.match(String(inQuery?.[1]), /query colour is not known/);
    assert.match(String(inBody?.[1]), /body colour is not known/);
    assert.deepEqual(
      (await ask(ignoring)).map(([status]) => status),
      [200, 204],
    );
    const settings = await Promise.all(
      PROVIDERS.map(async (name) => (await send(ignoring[name].url, "GET", "/_sandbox")).json.settings),
    );
    assert.deepEqual(
      settings.map((one) => one?.unknownFields),
      PROVIDERS.map((name) => (name === "ccloud" ? "refuse" : "ignore")),
    );
  });

  it("records what arrived, as it arrived", async (test) => {
    const clock = Date.UTC(2026, 0, 1);
    const { combell } = await start(test, { now: () => clock, combell: { accounts: 4 } });
    const headers = { "X-Test": "Value" };
    await send(combell.url, "PATCH", "/v2/%61ccounts?Skip=%2B1", headers, Buffer.from([0, 255]));
    const { headers: received, ...rest } = combell.requests[0] ?? assert.fail();
    assert.deepEqual(rest, {
      operationId: null,
      method: "PATCH",
      path: "/v2/%61ccounts",
      query: "Skip=%2B1",
      body: Buffer.from([0, 255]),
      at: clock,
      status: 405,
      fault: null,
    });
    assert.equal(received["x-test"], "Value");
  });

  it("keeps the latest requests only", () => {
    /** @type {import("./recorder.js").RecordedRequest[]} */
    const requests = [];
    const exchange = /** @type {import("./exchange.js").Exchange} */ ({ path: "/" });
    for (let at = 0; at < 20; at += 1) record(requests, exchange, at, 5);
    assert.deepEqual(
      requests.map((request) => request.at),
      [15, 16, 17, 18, 19],
    );
  });

  it("lets web pages in only where it is told to", async (test) => {
    const preflight = {
      origin: "https://page.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type",
    };
    const open = await start(test, { ...small, cors: true });
    const allowed = await send(open.combell.url, "OPTIONS", "/v2/accounts", preflight);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers["access-control-allow-origin"], "*");
    assert.equal(allowed.headers["access-control-allow-headers"], "authorization, content-type");
    const answer = await signedClient(open.combell)("GET", "/v2/accounts");
    assert.equal(answer.headers["access-control-allow-origin"], "*");
    assert.match(String(answer.headers["access-control-expose-headers"]), /x-paging-totalresults/);
    const info = await send(open.combell.url, "GET", "/_sandbox");
    assert.equal(info.headers["access-control-allow-origin"], "*");
    assert.equal(open.combell.requests.length, 1, "preflights are not recorded");
    const closed = await start(test, small);
    assert.equal((await send(closed.combell.url, "OPTIONS", "/v2/accounts", preflight)).status, 405);
    const shut = await signedClient(closed.combell)("GET", "/v2/accounts");
    assert.equal(shut.headers["access-control-allow-origin"], undefined);
  });

  it("closes at once, hanging and delayed requests included", async () => {
    const { combell, close } = await startSandbox(small);
    const call = signedClient(combell);
    combell.misbehave({ operation: "accounts.list", fault: "hang" });
    combell.misbehave({ operation: "domains.list", fault: { type: "latency", ms: 600_000 } });
    const pending = [call("GET", "/v2/accounts"), call("GET", "/v2/domains")];
    const ends = Promise.allSettled(pending);
    while (combell.requests.length < 2) await new Promise(setImmediate);
    await close();
    assert.deepEqual(
      (await ends).map((end) => end.status),
      ["rejected", "rejected"],
    );
    await assert.rejects(send(combell.url, "GET", "/_sandbox"), { code: "ECONNREFUSED" });
  });

  it("rejects on close where the sandbox itself was at fault", async (test) => {
    const { combell, close } = await startSandbox(small);
    const loud = test.mock.method(console, "error", () => undefined);
    const [account] = combell.world.accounts.all();
    Object.assign(account ?? assert.fail(), { identifier: 7 });
    const answer = await signedClient(combell)("GET", "/v2/accounts");
    assert.deepEqual([answer.status, answer.json.error_code], [500, "sandbox_internal_error"]);
    assert.match(
      String(loud.mock.calls[0]?.arguments[0]),
      /INTERNAL ERROR.*accounts\.list.*\/0\/identifier must be string/,
    );
    await assert.rejects(close(), /accounts\.list/);
  });

  it("is never itself at fault, whatever it is sent", async (test) => {
    const { combell } = await start(test, small);
    const call = signedClient(combell);
    const segment = fc.constantFrom(
      "v2",
      "dns",
      "example.com",
      "records",
      "accounts",
      "%2F",
      "..",
      "",
      "%C3%BC",
      "%",
      "a+b",
    );
    const name = fc.constantFrom("skip", "take", "type", "__proto__", "constructor", "%00", "identifier");
    const value = fc.constantFrom("1", "-1", "TXT", "", "%2B", "9".repeat(30), "%F0%9F%98%80", "null");
    const query = fc.array(
      fc.tuple(name, value).map((pair) => pair.join("=")),
      { maxLength: 4 },
    );
    const target = fc
      .tuple(fc.array(segment, { maxLength: 6 }), query)
      .map(([path, pairs]) => `/${path.join("/")}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`);
    const body = fc.oneof(fc.constant(""), fc.json(), fc.string());
    const method = fc.constantFrom("GET", "POST", "PUT", "DELETE");
    await fc.assert(
      fc.asyncProperty(method, target, body, async (verb, path, sent) => {
        const { status } = await call(verb, path, { body: sent });
        assert.ok(status < 500, `${verb} ${path} ${status}`);
      }),
      { numRuns: 300, seed: 20260601 },
    );
  });

  it("takes any body for any operation without a fault of its own", async (test) => {
    const { combell } = await start(test, small);
    const call = signedClient(combell);
    const types = ["A", "MX", "SRV", "CAA", "TLSA", "TXT", "SOA", "odd", "", "__proto__", "toString"];
    const recordLike = fc.record(
      {
        type: fc.constantFrom(...types),
        record_name: fc.string(),
        content: fc.string(),
        ttl: fc.integer(),
        priority: fc.option(fc.integer()),
        target: fc.option(fc.string()),
        service: fc.option(fc.string()),
        port: fc.option(fc.integer()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(recordLike, async (json) => {
        const { status } = await call("POST", "/v2/dns/example.com/records", { json });
        assert.ok(status === 201 || status === 400, String(status));
      }),
      { numRuns: 200, seed: 20260602 },
    );
  });
});

describe("the command line", () => {
  const script = fileURLToPath(new URL(".", import.meta.url));

  /** @param {string[]} args */
  async function run(...args) {
    const child = spawn(process.execPath, [script, ...args]);
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    const [code] = await once(child, "close");
    return { code, out, err };
  }

  it("explains itself and refuses what it does not know", async () => {
    const [help, flag, number, reading, limit] = await Promise.all([
      run("--help"),
      run("--nope"),
      run("--port", "x"),
      run("--reading", "tea"),
      run("--rate-limit", "5"),
    ]);
    assert.equal(help?.code, 0);
    assert.match(help?.out ?? "", /--reading WHICH/);
    for (const [result, message] of /** @type {const} */ ([
      [flag, /Unknown option '--nope'[\s\S]*--help/],
      [number, /--port has to be a whole number, not x/],
      [reading, /reading has to be document, client or both/],
      [limit, /--rate-limit has to be like 100\/60/],
    ])) {
      assert.deepEqual([result?.code, result?.out], [1, ""]);
      assert.match(result?.err ?? "", message);
    }
  });

  it("starts the sandbox, says where it is and prints the requests", async () => {
    const child = spawn(process.execPath, [script, "--accounts", "3", "--rate-limit", "7/60", "--cors"]);
    let out = "";
    const seen = (/** @type {RegExp} */ text) =>
      new Promise((resolve) => {
        const look = () => (text.test(out) ? resolve(text.exec(out)?.[1]) : undefined);
        child.stdout.on("data", look);
        look();
      });
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    const url = String(await seen(/combell is at (http:\/\/127\.0\.0\.1:\d+)\n[\s\S]*Ctrl-C/));
    assert.match(out, /apiKey +sandbox-key/);
    const info = (await send(url, "GET", "/_sandbox")).json;
    assert.deepEqual(info.settings?.rateLimit, { limit: 7, windowSeconds: 60 });
    await send(url, "GET", "/v2/sslcertificates/AB/download?file_format=pfx&password=mine");
    await seen(
      /401 GET \/v2\/sslcertificates\/AB\/download\?file_format=pfx&password=… {2}\(sslCertificates\.download\)/,
    );
    child.kill("SIGTERM");
    assert.deepEqual(await once(child, "close"), [0, null]);
  });
});
