// Chromium for tests: headless, as Debian has it, with nothing that calls out.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

/**
 * @typedef {import("playwright-core").Browser} Browser
 * @typedef {import("playwright-core").BrowserContext} BrowserContext
 * @typedef {import("playwright-core").Worker} Worker
 */

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** @returns {Promise<Browser>} */
export const launchChromium = () => chromium.launch({ executablePath, args: QUIET });

/**
 * @typedef {object} ExtensionBrowser
 * @property {BrowserContext} context
 * @property {Worker} serviceWorker the extension's
 * @property {string} origin `chrome-extension://<id>`
 * @property {() => Promise<void>} close
 */

/**
 * Chromium with an unpacked extension and an empty profile.
 *
 * @param {string} dir the extension's folder
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @returns {Promise<ExtensionBrowser>}
 */
export async function launchWithExtension(dir, options = {}) {
  const profile = await mkdtemp(join(tmpdir(), "hostwire-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    executablePath,
    headless: true,
    args: [...QUIET, `--disable-extensions-except=${dir}`, `--load-extension=${dir}`],
  });
  const serviceWorker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  return {
    context,
    serviceWorker,
    // URL knows no origins but those of the web.
    origin: serviceWorker.url().split("/", 3).join("/"),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
