// Pages in real Chromium that call through a proxy: from an origin that is listed, and from one that is not.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { launchChromium } from "../browsers/chromium.js";
import { serveStatic } from "../browsers/static-server.js";
import { projectOf } from "../matrix/project.js";
import { importInstalled, installPackage } from "../package/install.js";
import { startSandbox } from "../sandbox/index.js";

const TOKEN = "token-of-the-tests-0123456789";
const [root, proxies] = await importInstalled(installPackage(), ["", "proxy"]);

/** @typedef {{ url: string, headers: { authorization: string } }} ProxyTarget */

/**
 * What a page does with its proxy.
 *
 * @param {ProxyTarget} proxy
 */
const callsOf = async (proxy) => {
  const { hostwire } = /** @type {{ hostwire: any }} */ (/** @type {unknown} */ (globalThis));
  // No allowBrowser: there is no credential in this page.
  const combell = new hostwire.Combell({ proxy, maxRetries: 0 });
  const outcome = async (/** @type {() => Promise<unknown>} */ call) => {
    try {
      return await call();
    } catch (error) {
      const { name, message, code, retryAfterMs } = /** @type {any} */ (error);
      return { name, message, code, retryAfterMs };
    }
  };
  return {
    pages: await outcome(async () => {
      const ids = [];
      for await (const { id } of combell.accounts.list({ take: 100 })) ids.push(id);
      return ids.length;
    }),
    total: await outcome(async () => (await combell.accounts.list({ take: 1 })).total),
    failure: await outcome(() => combell.accounts.get({ account_id: 1 })),
    denied: await outcome(() => combell.accounts.create({ identifier: "a.example", servicepack_id: 1001 })),
    aborted: await outcome(() => {
      const controller = new AbortController();
      controller.abort(new Error("changed my mind"));
      return combell.accounts.list({}, { signal: controller.signal });
    }),
  };
};

describe("a page behind a proxy", () => {
  /** @type {Awaited<ReturnType<typeof startSandbox>>} */
  let sandbox;
  /** @type {Awaited<ReturnType<typeof serveStatic>>} */
  let listed;
  /** @type {Awaited<ReturnType<typeof serveStatic>>} */
  let other;
  /** @type {import("node:http").Server} */
  let server;
  /** @type {ProxyTarget} */
  let target;
  /** @type {any[]} */
  const denied = [];

  before(async () => {
    sandbox = await startSandbox({ providers: ["combell"] });
    const dir = await projectOf("proxy-page", "page");
    listed = await serveStatic(dir);
    other = await serveStatic(dir);
    const { credentials, url: baseUrl } = sandbox.combell;
    const proxy = proxies.createProxy({
      clients: { combell: new root.Combell({ ...credentials, baseUrl }) },
      authorize: proxies.bearerTokens([{ token: TOKEN, caller: "page" }]),
      allow: { combell: ["*"] },
      cors: { origins: [listed.url] },
      onDenied: (/** @type {unknown} */ event) => denied.push(event),
    });
    server = createServer(proxies.toNodeHandler(proxy));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    target = { url, headers: { authorization: `Bearer ${TOKEN}` } };
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    await Promise.all([listed.close(), other.close()]);
    await sandbox.close();
  });

  /** @param {string} origin */
  async function callFrom(origin) {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}/index.html`);
      await page.waitForFunction(() => "hostwire" in globalThis);
      return await page.evaluate(callsOf, target);
    } finally {
      await browser.close();
    }
  }

  it("from a listed origin has pages, errors of their classes, and aborts", async () => {
    const { pages, total, failure, denied: refused, aborted } = await callFrom(listed.url);
    assert.deepEqual([pages, total], [350, 350]);
    const { name, code } = /** @type {any} */ (failure);
    assert.deepEqual([name, code], ["NotFoundError", "account_not_found"]);
    assert.equal(/** @type {any} */ (refused).code, "proxy_not_allowed");
    assert.equal(/** @type {any} */ (aborted).message, "changed my mind");
  });

  it("from another origin reaches nothing: the browser's preflight is answered with no leave", async () => {
    sandbox.combell.reset();
    const { pages, denied: refused } = await callFrom(other.url);
    for (const { name, message } of /** @type {any[]} */ ([pages, refused])) {
      assert.equal(name, "ConnectionError");
      assert.ok(message.includes(`lets no page of ${other.url} call it (CORS)`), message);
    }
    assert.equal(sandbox.combell.requests.length, 0);
  });
});
