// What web pages are told: listed origins all that they need, others nothing.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kindOf, read, setUp } from "./setup.js";

const { make, start, sent } = await setUp();
const APP = "https://app.example.com";
const EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
const cors = { origins: [APP, EXTENSION] };
const HOST = "http://proxy.example";

const ALLOWING = /^access-control-/;
/** @param {Headers} headers */
const allowances = (headers) => [...headers.keys()].filter((name) => ALLOWING.test(name)).sort();

/** @param {string} origin @param {{ [name: string]: string }} [more] */
const preflight = (origin, more) =>
  new Request(`${HOST}/combell/dnsRecords.list`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type, hostwire-retries, hostwire-request-id",
      ...more,
    },
  });

describe("A preflight", () => {
  it("of a listed origin is answered with what its clients need", async () => {
    const { proxy, events } = make({ cors });
    for (const origin of cors.origins) {
      const { status, headers } = await proxy.fetch(preflight(origin));
      assert.equal(status, 204);
      assert.equal(headers.get("access-control-allow-origin"), origin);
      assert.equal(headers.get("access-control-allow-methods"), "POST");
      assert.deepEqual(headers.get("access-control-allow-headers").split(", ").sort(), [
        "authorization",
        "content-type",
        "hostwire-request-id",
        "hostwire-retries",
      ]);
      assert.equal(headers.get("access-control-max-age"), "600");
      assert.equal(headers.get("access-control-allow-credentials"), null);
      assert.equal(headers.get("vary"), "origin");
    }
    assert.deepEqual(events.denied, []);
    assert.deepEqual(sent(), []);
  });

  for (const origin of [
    "https://evil.example",
    "null",
    "http://app.example.com",
    `${APP}.evil.example`,
    `${APP}:444`,
    "*",
  ]) {
    it(`of ${origin} allows nothing`, async () => {
      for (const options of [
        { cors },
        { cors: { ...cors, credentials: true } },
        { cors: { origins: [] } },
        {},
      ]) {
        const { status, headers } = await make(options).proxy.fetch(preflight(origin));
        assert.equal(status, 204);
        assert.deepEqual(allowances(headers), []);
        assert.equal(headers.get("vary"), "origin");
      }
    });
  }

  it("asks authorize for nothing, and says nothing of what there is", async () => {
    let asked = 0;
    const { proxy } = make({ cors, authorize: () => void asked++ });
    const texts = new Set();
    for (const path of ["/combell/dnsRecords.list", "/combell/nothing", "/"]) {
      const response = await proxy.fetch(new Request(HOST + path, preflight(APP)));
      texts.add(JSON.stringify([response.status, [...response.headers], await response.text()]));
    }
    assert.deepEqual([texts.size, asked], [1, 0]);
  });

  it("allows further headers and cookies where the options say so, and never all", async () => {
    const { proxy } = make({ cors: { ...cors, credentials: true, headers: ["x-team"], maxAgeSeconds: 5 } });
    const { headers } = await proxy.fetch(preflight(APP));
    assert.equal(headers.get("access-control-allow-credentials"), "true");
    assert.match(headers.get("access-control-allow-headers"), /x-team/);
    assert.equal(headers.get("access-control-max-age"), "5");
    assert.ok(![...headers.values()].includes("*"));
  });

  it("without a method asked for is an ordinary request, which is refused", async () => {
    const { proxy } = make({ cors });
    const request = new Request(`${HOST}/combell/dnsRecords.list`, {
      method: "OPTIONS",
      headers: { origin: APP },
    });
    assert.equal((await proxy.fetch(request)).status, 405);
  });
});

describe("A call of a web page", () => {
  it("from a listed origin can read the answer, refusals too", async () => {
    const { call } = await start({ cors });
    for (const [more, status] of /** @type {const} */ ([
      [{}, 200],
      [{ authorization: "Bearer wrong" }, 401],
      [{ "content-type": "text/plain" }, 415],
    ])) {
      const response = await call({ headers: { origin: APP, ...more } });
      assert.equal(response.status, status);
      assert.equal(response.headers.get("access-control-allow-origin"), APP);
      assert.match(
        String(response.headers.get("access-control-expose-headers")),
        /hostwire-response.*retry-after/,
      );
      assert.equal(response.headers.get("access-control-allow-credentials"), null);
      assert.equal(response.headers.get("vary"), "origin");
    }
  });

  it("from another origin is refused before anybody is asked who is calling", async () => {
    let asked = 0;
    const { call, events } = await start({ cors, authorize: () => void asked++ });
    for (const origin of ["https://evil.example", "null"]) {
      const answer = await read(await call({ headers: { origin } }));
      assert.deepEqual([answer.status, kindOf(answer)], [403, "PermissionError proxy_origin"]);
      assert.deepEqual(allowances(answer.headers), []);
      assert.equal(answer.headers.get("vary"), "origin");
    }
    assert.deepEqual([asked, events.denied.length], [0, 2]);
    assert.deepEqual(sent(), []);
  });

  it("from the proxy's own origin needs no list, from the same host by another scheme or port it does", async () => {
    const { call, url } = await start();
    assert.equal((await call({ headers: { origin: url } })).status, 200);
    for (const origin of [
      url.replace("http", "https"),
      "http://127.0.0.1",
      url.replace("127.0.0.1", "localhost"),
    ]) {
      assert.equal((await call({ headers: { origin } })).status, 403, origin);
    }
    assert.equal(sent().length, 1);
  });

  it("as a form, which needs no preflight, is refused for its type", async () => {
    const { call } = await start({ cors });
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
    ]) {
      const answer = await read(await call({ headers: { origin: APP, "content-type": type } }));
      assert.equal(answer.status, 415);
    }
    assert.deepEqual(sent(), []);
  });
});

describe("Every answer", () => {
  it("keeps out of caches, and is what it says that it is", async () => {
    const { call } = await start({ cors });
    for (const ask of [
      {},
      { path: "/" },
      { method: "GET" },
      { body: "{" },
      { headers: { origin: "https://evil.example" } },
    ]) {
      const { headers } = await call(ask);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("vary"), "origin");
    }
  });
});
