// The extension as its users build it, in a Chromium of its own, with a sandbox of every provider.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchWithExtension } from "../browsers/chromium.js";
import { makeProject } from "../package/install.js";
import { startSandbox } from "../sandbox/index.js";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("../sandbox/index.js").ProviderName} ProviderName
 * @typedef {import("../sandbox/index.js").Sandbox} Sandbox
 *
 * @typedef {object} Extension
 * @property {string} dir the example's copy
 * @property {Sandbox} sandbox
 * @property {import("../browsers/chromium.js").ExtensionBrowser} browser
 * @property {(dark?: boolean) => Promise<Page>} openPopup
 * @property {() => Promise<Page>} openOptions
 * @property {() => Promise<void>} close
 */

const FROM = fileURLToPath(new URL("../../examples/extension", import.meta.url));
const SCREENSHOTS = fileURLToPath(new URL("../build/screenshots/", import.meta.url));

/** Nothing takes as long; what does not happen is told before the whole run is given up. */
const LONGEST_MS = 15_000;

/** What a popup has in a toolbar. */
const POPUP = { width: 420, height: 560 };
const OPTIONS = { width: 900, height: 900 };

export function buildExtension() {
  const dir = makeProject("extension", FROM);
  execFileSync(process.execPath, ["scripts/build.js"], { cwd: dir, stdio: "pipe" });
  const file = join(dir, "dist/manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  // Nobody can answer Chrome's question for access in headless Chromium: for the sandbox it is granted here.
  manifest.host_permissions = ["http://127.0.0.1/*"];
  writeFileSync(file, JSON.stringify(manifest));
  return dir;
}

/** @returns {Promise<Extension>} */
export async function startExtension() {
  const dir = buildExtension();
  // Without CORS: it is the permission that lets the extension in. Jobs get on with every look at them.
  const sandbox = await startSandbox({
    hostkey: { jobPolls: 0 },
    ccloud: { jobPolls: 0 },
    combahton: { jobPolls: 0 },
  });
  const browser = await launchWithExtension(join(dir, "dist"));
  browser.context.setDefaultTimeout(LONGEST_MS);

  /**
   * @param {string} path
   * @param {{ width: number, height: number }} size
   * @param {boolean} [dark]
   */
  async function open(path, size, dark = false) {
    const page = await browser.context.newPage();
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await page.goto(`${browser.origin}/${path}`);
    return page;
  }

  return {
    dir,
    sandbox,
    browser,
    openPopup: (dark) => open("popup.html", POPUP, dark),
    openOptions: () => open("options.html", OPTIONS),
    async close() {
      await browser.close();
      await sandbox.close();
    },
  };
}

/**
 * @param {Page} page
 * @param {string} name
 */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  // Text that is still being set makes two runs differ.
  await page.evaluate("document.fonts.ready");
  await page.screenshot({ path: join(SCREENSHOTS, `extension-${name}.png`), animations: "disabled" });
}

/**
 * Types the credentials into the options and saves them.
 *
 * @param {Page} options
 * @param {ProviderName} name
 * @param {{ url: string, credentials: {} }} provider
 */
export async function saveAccount(options, name, { url, credentials }) {
  const account = options.locator(`#account-${name}`);
  await account.evaluate((element) => element.toggleAttribute("open", true));
  for (const [field, value] of Object.entries(credentials)) {
    await account.locator(`input[name=${field}]`).fill(String(value));
  }
  const address = account.getByLabel("API address");
  if (!(await address.isVisible())) await account.getByText("Advanced").click();
  await address.fill(url);
  await account.getByRole("button", { name: "Save" }).click();
}

/**
 * Until every provider has been asked.
 *
 * @param {Page} popup
 */
export async function loaded(popup) {
  await popup.locator("body[data-ready]:not([data-loading]) [role=option]").first().waitFor();
}

/**
 * Searches for something and opens it.
 *
 * @param {Page} popup
 * @param {string} query
 * @param {string} name
 */
export async function openItem(popup, query, name) {
  await popup.getByRole("combobox").fill(query);
  const exactly = popup.locator(".row-name").getByText(name, { exact: true });
  await popup.getByRole("option").filter({ has: exactly }).first().click();
  await popup.locator("#item-view h1", { hasText: name }).waitFor();
}

/**
 * Clicks an action; where it has a form, fills it in and submits it.
 *
 * @param {Page} popup
 * @param {string} label
 * @param {Record<string, string>} [values] by the names of the fields; for a choice its text
 */
export async function begin(popup, label, values = {}) {
  await popup.locator(".action").filter({ hasText: label }).first().click();
  const form = popup.locator("#form-view form");
  if (!(await form.isVisible())) return;
  for (const [name, value] of Object.entries(values)) {
    const select = form.locator(`select[name=${name}]:enabled`);
    if (await form.locator(`select[name=${name}]`).count()) await select.selectOption({ label: value });
    else await form.locator(`input[name=${name}]`).fill(value);
  }
  await form.getByRole("button", { name: label }).click();
}

/**
 * Confirms what asks to be confirmed, and waits for the end.
 *
 * @param {Page} popup
 * @param {string} action
 */
export async function carryOut(popup, action) {
  const go = popup.locator("#confirm-go");
  if (await go.isVisible()) await go.click();
  await popup.locator(`#item-view [data-run=${action}].done`).waitFor();
}
