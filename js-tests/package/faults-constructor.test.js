// What a client cannot be made with.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { importInstalled, installPackage } from "./install.js";
import { startRecorder } from "./servers.js";
import { setUp } from "./setup.js";

const { combell, sandbox, client } = await setUp();
const { Combell, InputError } = combell;
const [{ Artnet, InputError: ArtnetInputError }] = await importInstalled(installPackage(), ["artnet"]);

const CREDENTIALS = { apiKey: "key", apiSecret: "secret" };

/**
 * @param {unknown} options
 * @returns {{ [path: string]: string }} the messages of the issues, by path
 */
function issuesOf(options) {
  try {
    new Combell(options);
  } catch (error) {
    assert.ok(error instanceof InputError, `${inspect(options)}: ${error}`);
    return byPath(error);
  }
  throw new Error(`this was taken: ${inspect(options)}`);
}

/** @param {any} error */
const byPath = (error) =>
  Object.fromEntries(error.issues.map((/** @type {any} */ { path, message }) => [path, message]));

describe("a constructor refuses", () => {
  it("what is no object of options", () => {
    for (const options of [undefined, null, "key", 7, [], () => CREDENTIALS]) {
      assert.deepEqual(Object.keys(issuesOf(options)), ["options"], inspect(options));
    }
  });

  it("credentials that are missing, empty, no text, or not visible ASCII", () => {
    assert.deepEqual(issuesOf({}), { apiKey: "is missing", apiSecret: "is missing" });
    for (const wrong of [
      undefined,
      "",
      null,
      7,
      {},
      "a\nb",
      "a\r\nx: y",
      "a\0b",
      "a\u007fb",
      "é",
      "\u2028",
    ]) {
      for (const name of Object.keys(CREDENTIALS)) {
        assert.deepEqual(Object.keys(issuesOf({ ...CREDENTIALS, [name]: wrong })), [name], inspect(wrong));
      }
    }
  });

  /** @type {{ [option: string]: unknown[] }} */
  const WRONG = {
    baseUrl: [
      ...["", "example.com", "//example.com", "http://example.com", "ftp://localhost", "javascript:1"],
      ...["http://localhost.example.com", "http://127.0.0.1.example.com", "http://192.168.0.1"],
      ...["https://user@example.com", "https://user:word@example.com", "https://example.com/?a=b"],
      ...["https://example.com/?", "https://example.com/#", "https://example.com/#a", 7, null, {}, []],
    ],
    fetch: [null, "fetch", {}, true],
    timeoutMs: [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "5", null, 2 ** 31],
    maxRetries: [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "2", null],
    headers: [
      ...[null, "a: b", ["a"], { "a b": "c" }, { "": "c" }, { "a:": "c" }, { a: 1 }, { a: null }],
      ...[{ a: "b\nc" }, { a: "b\r\nx: y" }, { a: "b\0" }, { a: "\u20ac" }, { "a\n": "b" }],
    ],
    allow: [null, "read", ["reed"], [1], { read: true }],
    onRequest: [null, "log", {}],
    onResponse: [null, "log", {}],
    onRetry: [null, "log", {}],
    now: [null, 0, new Date()],
    allowBrowser: [null, "yes", 1],
  };
  for (const [option, values] of Object.entries(WRONG)) {
    it(`a wrong ${option}`, () => {
      for (const value of values) {
        assert.deepEqual(
          Object.keys(issuesOf({ ...CREDENTIALS, [option]: value })),
          [option],
          inspect(value),
        );
      }
    });
  }

  it("a header or credential with a line break, and names it", () => {
    assert.match(issuesOf({ ...CREDENTIALS, headers: { "x-a": "b\r\nc: d" } }).headers ?? "", /x-a/);
    assert.match(issuesOf({ apiKey: "key", apiSecret: "a\r\nb" }).apiSecret ?? "", /control character/);
  });

  it("everything at once, and does not repeat what may be secret", () => {
    const options = {
      apiKey: 7,
      apiSecret: "swordfish\n",
      timeoutMs: 0,
      retries: 3,
      baseUrl: "http://a.example",
    };
    const names = ["apiKey", "apiSecret", "baseUrl", "retries", "timeoutMs"];
    assert.deepEqual(Object.keys(issuesOf(options)).sort(), names);
    assert.doesNotMatch(inspect(rejectionOf(options), { showHidden: true, depth: 10 }), /swordfish/);
  });

  /** @param {unknown} options */
  function rejectionOf(options) {
    try {
      return new Combell(options);
    } catch (error) {
      return error;
    }
  }

  it("an option that is not known, with the one that is meant", () => {
    for (const [given, meant] of [
      ["timeoutms", "timeoutMs"],
      ["base_url", "baseUrl"],
      ["apikey", "apiKey"],
    ]) {
      const message = issuesOf({ ...CREDENTIALS, [String(given)]: 1 })[String(given)];
      assert.match(message ?? "", new RegExp(`is not known; did you mean ${meant}\\?`));
    }
    assert.match(issuesOf({ ...CREDENTIALS, colour: 1 }).colour ?? "", /is not known/);
    const odd = JSON.parse('{ "__proto__": 1, "constructor": 1, "toString": 1 }');
    const names = Object.keys(issuesOf({ ...CREDENTIALS, ...odd, ["__proto__"]: 1 }));
    assert.deepEqual(names.sort(), ["__proto__", "constructor", "toString"]);
  });

  it("an option that is mistyped, with the one that is nearest", () => {
    for (const [given, meant] of [
      ["maxRetrys", "maxRetries"],
      ["onRequests", "onRequest"],
      ["apiKye", "apiKey"],
    ]) {
      const message = issuesOf({ ...CREDENTIALS, [String(given)]: 1 })[String(given)];
      assert.match(message ?? "", new RegExp(`is not known; did you mean ${meant}\\?`));
    }
  });

  it("headers in a class that would lose them", async () => {
    // Either they arrive or they are refused; they are not dropped in silence.
    for (const headers of [new Headers({ "x-a": "b" }), new Map([["x-a", "b"]])]) {
      try {
        await client({ headers }).servicepacks.list();
      } catch (error) {
        assert.ok(error instanceof InputError);
        continue;
      }
      assert.equal(sandbox.requests.at(-1)?.headers["x-a"], "b", inspect(headers));
    }
  });

  it("an address in a class that is none", async () => {
    // Either it works or it is refused.
    try {
      await client({ baseUrl: new URL(sandbox.url) }).servicepacks.list();
    } catch (error) {
      assert.ok(error instanceof InputError, String(error));
    }
  });
});

describe("a constructor takes", () => {
  it("an address with a path, with a slash at its end, and localhost under each name", () => {
    for (const baseUrl of [
      ...[
        "https://example.com",
        "https://example.com/",
        "https://example.com/combell/",
        "https://[::1]:8443",
      ],
      ...["http://localhost:8080", "http://127.0.0.1:1", "http://127.0.0.2", "http://[::1]:8080/x"],
    ]) {
      new Combell({ ...CREDENTIALS, baseUrl });
    }
  });

  it("options that are undefined for none", () => {
    new Combell({ ...CREDENTIALS, baseUrl: undefined, headers: undefined, now: undefined, allow: undefined });
  });

  it("a base path, below which everything is sent", async () => {
    const recorder = await startRecorder(() => ({
      headers: { "content-type": "application/json" },
      body: "[]",
    }));
    await client({ baseUrl: `${recorder.url}/combell//` }).accounts.list({ take: 1 });
    await recorder.close();
    assert.equal(recorder.requests[0]?.path, "/combell/v2/accounts");
  });
});

describe("a credential that is a number by nature", () => {
  it("may be given as one, and is sent as its text", async () => {
    const recorder = await startRecorder(() => ({ body: '{"success":true,"customer":{"id":12}}' }));
    const client = new Artnet({ customerId: 12, apiKey: "key", baseUrl: recorder.url });
    await client.customer.details();
    await recorder.close();
    assert.equal(new URLSearchParams(recorder.requests[0]?.body.toString()).get("id"), "12");
  });

  it("is a whole number that has a text of its own, or visible text", () => {
    for (const customerId of [0, 12, Number.MAX_SAFE_INTEGER, "12"])
      new Artnet({ customerId, apiKey: "key" });
    for (const customerId of [
      -1,
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53,
      "",
      "1\n",
      null,
      true,
      {},
      1n,
    ]) {
      assert.throws(
        () => new Artnet({ customerId, apiKey: "key" }),
        (error) => error instanceof ArtnetInputError && Object.keys(byPath(error)).join() === "customerId",
        inspect(customerId),
      );
    }
    assert.throws(() => new Artnet({ customerId: 12, apiKey: 12 }), { name: "InputError" });
  });
});

describe("a client with credentials", () => {
  const page = { document: {}, location: { protocol: "https:" } };
  const worker = { importScripts: () => undefined };
  /** @type {[where: string, globals: { [name: string]: unknown }, isRefused: boolean][]} */
  const PLACES = [
    ["a web page", page, true],
    ["a page from a file", { ...page, location: { protocol: "file:" } }, true],
    ["a web page's worker", { ...worker, location: page.location }, true],
    ["an extension's page", { ...page, location: { protocol: "chrome-extension:" } }, false],
    ["an extension's page in Firefox", { ...page, location: { protocol: "moz-extension:" } }, false],
    ["an extension's service worker", { ...worker, location: { protocol: "chrome-extension:" } }, false],
    ["Deno, which may have a document", { ...page, Deno: {} }, false],
    ["an edge runtime", {}, false],
  ];
  for (const [where, globals, isRefused] of PLACES) {
    it(`${isRefused ? "needs allowBrowser" : "may be made"} in ${where}`, () => {
      const names = ["process", ...Object.keys(globals)];
      const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
      try {
        for (const name of names) {
          Object.defineProperty(globalThis, name, {
            value: globals[name],
            configurable: true,
            writable: true,
          });
        }
        if (isRefused) {
          assert.deepEqual(Object.keys(issuesOf(CREDENTIALS)), ["allowBrowser"]);
          assert.deepEqual(Object.keys(issuesOf({ ...CREDENTIALS, allowBrowser: false })), ["allowBrowser"]);
        } else new Combell(CREDENTIALS);
        new Combell({ ...CREDENTIALS, allowBrowser: true });
      } finally {
        for (const [index, name] of names.entries()) {
          const descriptor = before[index];
          if (descriptor) Object.defineProperty(globalThis, name, descriptor);
          else Reflect.deleteProperty(globalThis, name);
        }
      }
    });
  }
});
