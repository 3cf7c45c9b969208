// examples/browser-vite: built by Vite, served as files, and used in Chromium.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launchChromium } from "../browsers/chromium.js";
import { serveStatic } from "../browsers/static-server.js";
import { startSandbox } from "../sandbox/index.js";
import { projectOf, readmeOf, run, runTsc, toolOf } from "./setup.js";

/** @typedef {import("playwright-core").Page} Page */

const dir = projectOf("browser-vite");
const sandbox = await startSandbox({ providers: ["combell"], cors: true });
const closed = await startSandbox({ providers: ["combell"] });
const { combell } = sandbox;
const { apiKey, apiSecret } = combell.credentials;

/**
 * Builds the page for an address, and serves it.
 *
 * @param {string} name
 * @param {string} baseUrl
 */
async function serve(name, baseUrl) {
  const out = join(dir, name);
  const { code, stdout, stderr } = await run(dir, toolOf("vite"), ["build", "--outDir", out], {
    VITE_COMBELL_BASE_URL: baseUrl,
  });
  assert.equal(code, 0, stdout + stderr);
  assert.doesNotMatch(stdout + stderr, /warning/i);
  return { out, ...(await serveStatic(out)) };
}

const site = await serve("dist", combell.url);
const siteWithoutCors = await serve("dist-without-cors", closed.combell.url);
const browser = await launchChromium();
test.after(async () => {
  await browser.close();
  await Promise.all([site.close(), siteWithoutCors.close(), sandbox.close(), closed.close()]);
});

/**
 * @param {import("node:test").TestContext} t
 * @param {string} [url]
 */
async function open(t, url = site.url) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(url);
  return { context, page, faults };
}

/**
 * @param {Page} page
 * @param {{ key?: string, secret?: string }} [credentials]
 */
async function show(page, { key = apiKey, secret = apiSecret } = {}) {
  await page.getByLabel("API key").fill(key);
  await page.getByLabel("API secret").fill(secret);
  await page.getByRole("button", { name: "Show domain names" }).click();
}

/**
 * @param {Page} page
 * @param {RegExp} text
 */
async function status(page, text) {
  const element = page.getByRole("status").filter({ hasText: text });
  await element.waitFor();
  return { isError: await element.evaluate((found) => found.classList.contains("error")) };
}

/** @param {Page} page */
const namesIn = (page) => page.locator("#domains td:first-child").allTextContents();

const button = (/** @type {Page} */ page, /** @type {string} */ name) => page.getByRole("button", { name });

test.describe("the page", () => {
  test.beforeEach(() => combell.reset());

  test.it("is right in TypeScript's eyes", async () => {
    const { code, stdout } = await runTsc(dir, ["-p", "."]);
    assert.equal(code, 0, stdout);
  });

  test.it("has no more in it than Combell's part of hostwire, and no credentials", () => {
    const scripts = readdirSync(join(site.out, "assets")).filter((name) => name.endsWith(".js"));
    const js = scripts.map((name) => readFileSync(join(site.out, "assets", name), "utf8")).join("");
    assert.equal(scripts.length, 1);
    assert.ok(js.includes(combell.url));
    assert.ok(!js.includes(apiSecret));
    assert.doesNotMatch(js, /kvm\.server|eq\.reboot|failOverIp/);
  });

  test.it("shows the domain names page by page", async (t) => {
    const { page, faults } = await open(t);
    const all = combell.world.domains.all().map(({ domain_name }) => domain_name);
    for (const name of ["Previous", "Next", "Stop"]) assert.ok(await button(page, name).isDisabled(), name);

    await show(page);
    await status(page, /^1 to 20 of 353$/);
    assert.deepEqual(await namesIn(page), all.slice(0, 20));
    assert.deepEqual(await page.locator("#domains tr:first-child td").allTextContents(), [
      "example.com",
      "2036-01-01",
      "yes",
    ]);
    assert.ok(await button(page, "Previous").isDisabled());
    assert.ok(await button(page, "Stop").isDisabled());

    await button(page, "Next").click();
    await status(page, /^21 to 40 of 353$/);
    assert.deepEqual(await namesIn(page), all.slice(20, 40));
    await button(page, "Previous").click();
    await status(page, /^1 to 20 of 353$/);
    assert.deepEqual(await namesIn(page), all.slice(0, 20));
    const asked = combell.requests.map(({ operationId, query }) => `${operationId}?${query}`);
    assert.deepEqual(
      asked,
      [0, 20, 0].map((skip) => `domains.list?skip=${skip}&take=20`),
    );
    assert.deepEqual(faults, []);
  });

  test.it("ends at the last page", async (t) => {
    const { page } = await open(t);
    combell.world.domains.all().forEach(({ domain_name }, index) => {
      if (index >= 23) combell.world.domains.remove(domain_name);
    });
    await show(page);
    await status(page, /^1 to 20 of 23$/);
    await button(page, "Next").click();
    await status(page, /^21 to 23 of 23$/);
    assert.ok(await button(page, "Next").isDisabled());
  });

  test.it("stops when it is told to, and goes on afterwards", { timeout: 60_000 }, async (t) => {
    const { page, faults } = await open(t);
    await show(page);
    await status(page, /^1 to 20/);
    const hanging = combell.misbehave({ operation: "domains.list", fault: "hang" });
    await button(page, "Next").click();
    while (hanging.hits === 0) await sleep(10);
    await status(page, /^Loading/);
    await button(page, "Stop").click();
    await status(page, /^Stopped\.$/);
    assert.ok(await button(page, "Stop").isDisabled());
    assert.equal((await namesIn(page)).length, 20, "what was there is still there");
    await button(page, "Next").click();
    await status(page, /^21 to 40/);
    assert.deepEqual(faults, []);
  });

  test.it("drops a page that is not wanted any more", { timeout: 60_000 }, async (t) => {
    const { page, faults } = await open(t);
    await show(page);
    await status(page, /^1 to 20/);
    const hanging = combell.misbehave({ operation: "domains.list", fault: "hang" });
    await button(page, "Next").click();
    while (hanging.hits === 0) await sleep(10);
    await status(page, /^Loading/);
    await show(page);
    await status(page, /^1 to 20/);
    assert.deepEqual(faults, []);
  });

  test.it("shows what comes from Combell as text", async (t) => {
    const { page, faults } = await open(t);
    const body = [{ domain_name: "<img src=x onerror=alert(1)>", will_renew: null }];
    const fault = { type: /** @type {const} */ ("status"), status: 200, body };
    combell.misbehave({ operation: "domains.list", fault });
    await show(page);
    await status(page, /^1 to 1/);
    assert.deepEqual(await page.locator("#domains td").allTextContents(), [
      body[0]?.domain_name,
      "",
      "unknown",
    ]);
    assert.deepEqual(faults, []);
  });

  test.it("says so where the key and the secret are wrong", async (t) => {
    const { page } = await open(t);
    await show(page);
    await status(page, /^1 to 20/);
    await show(page, { secret: "wrong" });
    assert.deepEqual(await status(page, /^Combell does not know this key and secret\.$/), { isError: true });
    assert.deepEqual(await namesIn(page), []);
    await show(page);
    assert.deepEqual(await status(page, /^1 to 20/), { isError: false });
  });

  test.it("says so where there is too much", async (t) => {
    const { page } = await open(t);
    combell.misbehave({ fault: { type: "rateLimit", retryAfter: 3600 } });
    await show(page);
    assert.ok((await status(page, /^Too many calls/)).isError);
  });

  test.it("says so where Combell does not let web pages in", async (t) => {
    const { page } = await open(t, siteWithoutCors.url);
    await show(page);
    assert.ok(
      (await status(page, /could not be reached, or does not let web pages call it \(CORS\)/)).isError,
    );
    assert.ok(closed.combell.requests.length > 0);
    assert.ok(closed.combell.requests.every(({ method }) => method === "OPTIONS"));
  });

  test.it("keeps the credentials nowhere", async (t) => {
    const { context, page } = await open(t);
    await show(page);
    await status(page, /^1 to 20/);
    const state = await context.storageState();
    assert.deepEqual([state.cookies, state.origins], [[], []]);
    assert.equal(page.url(), `${site.url}/`);
    await page.reload();
    assert.equal(await page.getByLabel("API secret").inputValue(), "");
    assert.deepEqual(await namesIn(page), []);
  });

  test.it("has a README that shows its scripts and its variable", () => {
    const readme = readmeOf("browser-vite");
    for (const text of ["npm run dev", "npm run build", "VITE_COMBELL_BASE_URL", "--cors"]) {
      assert.ok(readme.includes(text), text);
    }
  });
});
