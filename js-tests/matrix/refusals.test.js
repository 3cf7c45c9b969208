// Where a browser says no, the error says what it was: in real browsers, with the packed package.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { launchWithExtension } from "../browsers/chromium.js";
import { serveStatic } from "../browsers/static-server.js";
import { startSandbox } from "../sandbox/index.js";
import { projectOf, runIn } from "./project.js";
import { openPage } from "./rows/pages.js";

/**
 * @typedef {{ [name: string]: unknown }} Options of a client
 * @typedef {{ options: Options, calls: number }} Task
 * @typedef {{ name: string, message: string, issues?: unknown }} Told
 */

const WASM_FORBIDDEN = { "content-security-policy": "script-src 'self'" };

/**
 * Makes a client where the program runs, and tells what its calls end with.
 *
 * @param {Task} task
 * @returns {Promise<Told[]>}
 */
const callTold = async ({ options, calls }) => {
  const { hostwire } = /** @type {{ hostwire: any }} */ (/** @type {unknown} */ (globalThis));
  const told = [];
  for (let call = 0; call < calls; call++) {
    try {
      await new hostwire.Combell(options).accounts.get({ account_id: 200001 });
      told.push({ name: "none", message: "" });
    } catch (error) {
      const { name, message, issues } = /** @type {Told} */ (error);
      told.push({ name, message, issues });
    }
  }
  return told;
};

/** @type {Awaited<ReturnType<typeof startSandbox>>} */
let closed;
/** @type {Awaited<ReturnType<typeof startSandbox>>} */
let open;
/** @type {string} */
let pages;

/** @param {typeof closed} sandbox @returns {Options} */
const optionsFor = ({ combell }) => ({
  ...combell.credentials,
  baseUrl: combell.url,
  allowBrowser: true,
  maxRetries: 0,
});

before(async () => {
  closed = await startSandbox({ providers: ["combell"] });
  open = await startSandbox({ providers: ["combell"], cors: true });
  pages = await projectOf("refusals", "page");
});
after(async () => {
  await closed.close();
  await open.close();
});

/**
 * @param {"Chromium" | "Firefox"} browser
 * @param {Task} task
 * @param {{ [name: string]: string }} [headers]
 */
async function inPage(browser, task, headers) {
  const server = await serveStatic(pages, { headers });
  try {
    const told = await openPage(browser, `${server.url}/index.html`, async (page) => {
      await page.waitForFunction(() => "hostwire" in globalThis);
      return page.evaluate(callTold, task);
    });
    return { told, origin: server.url };
  } finally {
    await server.close();
  }
}

for (const browser of /** @type {const} */ (["Chromium", "Firefox"])) {
  describe(`a page in ${browser}`, () => {
    it("whose policy forbids WebAssembly reads which directive to add, at every call", async () => {
      const { told } = await inPage(browser, { options: optionsFor(open), calls: 2 }, WASM_FORBIDDEN);
      for (const { name, message } of told) {
        assert.equal(name, "HostwireError");
        assert.match(message, /Content Security Policy.*'wasm-unsafe-eval'.*script-src/);
      }
      assert.equal(told.length, 2);
    });

    it("that the provider does not let in reads of CORS, and from which origin", async () => {
      const { told, origin } = await inPage(browser, { options: optionsFor(closed), calls: 1 });
      const [{ name, message } = { name: "", message: "" }] = told;
      assert.equal(name, "ConnectionError");
      assert.ok(message.includes(`lets no page of ${origin} call it (CORS)`), message);
      assert.ok(message.includes(new URL(closed.combell.url).origin), message);
    });

    it("is told that a redirect is one", async () => {
      open.combell.misbehave({
        fault: { type: "status", status: 303, headers: { location: "/v2/elsewhere" } },
      });
      const { told } = await inPage(browser, { options: optionsFor(open), calls: 1 });
      assert.equal(told[0]?.name, "ResponseError");
      assert.match(String(told[0]?.message), /redirect.*browsers hide/);
    });

    it("does not take credentials without allowBrowser", async () => {
      const task = { options: { ...optionsFor(open), allowBrowser: false }, calls: 1 };
      const { told } = await inPage(browser, task);
      assert.equal(told[0]?.name, "InputError");
      assert.match(String(told[0]?.message), /allowBrowser/);
    });
  });
}

describe("an extension", () => {
  /** @param {string} name @param {(manifest: any) => void} change */
  async function extensionWith(name, change) {
    const dir = await projectOf(name, "extension");
    const manifest = JSON.parse(readFileSync(join(dir, "manifest.json"), "utf8"));
    change(manifest);
    writeFileSync(join(dir, "manifest.json"), JSON.stringify(manifest));
    for (const out of ["service-worker", "popup"]) {
      await runIn(dir, "esbuild", ["program/page.js", "--bundle", `--outfile=dist/${out}.js`]);
    }
    return launchWithExtension(dir);
  }

  it("whose manifest lacks 'wasm-unsafe-eval' reads the line to put there", async () => {
    const { serviceWorker, close } = await extensionWith("extension-policy", (manifest) => {
      delete manifest.content_security_policy;
    });
    try {
      const { allowBrowser, ...options } = optionsFor(open);
      const [told] = await serviceWorker.evaluate(callTold, { options, calls: 1 });
      assert.equal(told?.name, "HostwireError");
      const line = `"content_security_policy": { "extension_pages": "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" }`;
      assert.ok(told?.message.includes(line), told?.message);
    } finally {
      await close();
    }
  });

  it("without the provider's host permission reads which one it needs", async () => {
    const { context, origin, close } = await extensionWith("extension-permission", (manifest) => {
      delete manifest.host_permissions;
    });
    try {
      const page = await context.newPage();
      await page.goto(`${origin}/popup.html`);
      const { allowBrowser, ...options } = optionsFor(closed);
      const [told] = await page.evaluate(callTold, { options, calls: 1 });
      assert.equal(told?.name, "ConnectionError");
      const permission = `no host permission for ${new URL(closed.combell.url).origin}/*`;
      assert.ok(told?.message.includes(permission), told?.message);
    } finally {
      await close();
    }
  });
});
