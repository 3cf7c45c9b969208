// What only browsers do, in real Chromium: a call given up in flight, a page that goes away, a worker, a request that
// the browser sends again by itself, cookies.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launchChromium } from "../browsers/chromium.js";
import { serveStatic } from "../browsers/static-server.js";
import { projectOf } from "../matrix/project.js";
import { HEADERS, setUp, startServer } from "./served.js";
import { until } from "./until.js";

const { sandbox, proxies, directClient, allowAll, startProxy, sent } = await setUp({
  providers: ["combell"],
});

/** @typedef {{ proxy: { url: string, headers: {} } }} Given */
/** @typedef {typeof globalThis & { hostwire: any }} Scope */

describe("a page behind a proxy", { timeout: 120_000 }, () => {
  /** @type {import("../browsers/chromium.js").Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serveStatic>>} */
  let pages;
  /** @type {import("playwright-core").Page} */
  let page;

  before(async () => {
    pages = await serveStatic(await projectOf("proxy-calls", "page"));
    browser = await launchChromium();
    page = await openPage();
  });
  after(async () => {
    await browser.close();
    await pages.close();
  });

  async function openPage() {
    const opened = await browser.newPage();
    await opened.goto(`${pages.url}/index.html`);
    await opened.waitForFunction(() => "hostwire" in globalThis);
    return opened;
  }

  const cors = () => ({ cors: { origins: [pages.url] } });

  /** A proxy whose provider never answers. */
  async function startHanging() {
    const seen = { open: 0, closed: 0 };
    const { url: baseUrl } = await startServer((_, response) => {
      seen.open++;
      response.on("close", () => seen.closed++);
    });
    const { url } = await startProxy(cors(), { baseUrl });
    return { seen, given: { proxy: { url, headers: HEADERS } } };
  }

  it("gives up a call in flight, at the provider too, and has its own reason", async () => {
    const { seen, given } = await startHanging();
    const outcome = page.evaluate(async ({ proxy }) => {
      const { Combell } = /** @type {Scope} */ (globalThis).hostwire;
      const controller = new AbortController();
      Object.assign(globalThis, { giveUp: () => controller.abort("changed my mind") });
      const call = new Combell({ proxy }).accounts.list({}, { signal: controller.signal });
      return call.catch((/** @type {unknown} */ reason) => reason);
    }, given);
    await until(() => seen.open === 1);
    await page.evaluate(() => /** @type {any} */ (globalThis).giveUp());
    assert.equal(await outcome, "changed my mind");
    await until(() => seen.closed === 1);
  });

  it("that is closed breaks off its calls at the provider", async () => {
    const { seen, given } = await startHanging();
    const closing = await openPage();
    const call = closing.evaluate(async ({ proxy }) => {
      const { Combell } = /** @type {Scope} */ (globalThis).hostwire;
      await new Combell({ proxy, maxRetries: 0 }).accounts.list();
    }, given);
    const ended = call.catch(() => "closed");
    await until(() => seen.open === 1);
    await closing.close();
    assert.equal(await ended, "closed");
    await until(() => seen.closed === 1);
  });

  it("calls from a module worker", async () => {
    const { url } = await startProxy(cors());
    const said = await page.evaluate(
      ({ proxy }) =>
        new Promise((resolve, reject) => {
          // What the page itself imports, by the same addresses.
          const text = `
            const { Combell, NotFoundError } = await import("${location.origin}/node_modules/hostwire/index.js");
            const combell = new Combell({ proxy: ${JSON.stringify(proxy)} });
            const { total } = await combell.accounts.list({ take: 1 });
            const error = await combell.accounts.get({ account_id: 1 }).catch((error) => error);
            postMessage([total, error instanceof NotFoundError, error.code]);
          `;
          const blob = new Blob([text], { type: "text/javascript" });
          const worker = new Worker(URL.createObjectURL(blob), { type: "module" });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
      /** @type {Given} */ ({ proxy: { url, headers: HEADERS } }),
    );
    assert.deepEqual(said, [350, true, "account_not_found"]);
  });

  it("makes a purchase once, though the browser sends it again where the connection breaks off", async () => {
    const proxy = proxies.createProxy({
      clients: { combell: directClient("combell") },
      authorize: () => "page",
      allow: allowAll(),
      ...cors(),
    });
    const handle = proxies.toNodeHandler(proxy);
    let purchases = 0;
    const front = await startServer((request, response) => {
      if (!/accounts\.create$/.test(request.url ?? "") || request.method !== "POST" || ++purchases > 1) {
        return handle(request, response);
      }
      // The first one is carried out, and its answer is lost with the connection.
      const lost = { writableFinished: true, on() {}, writeHead() {}, end: () => response.destroy() };
      return handle(request, lost);
    });
    const told = await page.evaluate(
      async ({ proxy }) => {
        const { Combell } = /** @type {Scope} */ (globalThis).hostwire;
        const { accounts } = new Combell({ proxy });
        // So that the connection has been in use before.
        await accounts.list({ take: 1 });
        return accounts
          .create({ identifier: "once.example", servicepack_id: 1001 })
          .then(String, (/** @type {any} */ error) => [error.name, error.code, error.attempts]);
      },
      /** @type {Given} */ ({ proxy: { url: front.url, headers: {} } }),
    );
    assert.equal(purchases, 2, "the browser did not send it again");
    assert.deepEqual(sent(), ["accounts.list", "accounts.create"]);
    assert.deepEqual(told, ["ConflictError", "proxy_repeated", 1]);
  });

  it("sends no cookies along, and takes none", async () => {
    /** @type {(string | undefined)[]} */
    const cookies = [];
    const proxy = proxies.createProxy({
      clients: { combell: directClient("combell") },
      authorize: () => "page",
      allow: { combell: ["*"] },
      ...cors(),
    });
    const handle = proxies.toNodeHandler(proxy);
    const front = await startServer((request, response) => {
      cookies.push(request.headers.cookie);
      return handle(request, response);
    });
    await page.context().addCookies([{ name: "session", value: "of-somebody", url: front.url }]);
    await page.evaluate(
      async ({ proxy }) => {
        await new /** @type {Scope} */ (globalThis).hostwire.Combell({ proxy }).accounts.list({ take: 1 });
      },
      /** @type {Given} */ ({ proxy: { url: front.url, headers: {} } }),
    );
    assert.ok(cookies.length > 0 && cookies.every((cookie) => cookie === undefined), String(cookies));
    assert.equal(sandbox.combell.requests.length, 1);
  });
});
