// The extension with a proxy in place of keys: a real one, on node:http, in front of the sandbox.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, describe, test } from "node:test";
import { importInstalled, installPackage } from "../package/install.js";
import { begin, carryOut, loaded, openItem, saveAccount, screenshot } from "./extension.js";

/** @typedef {import("./extension.js").Extension} Extension */

const TOKEN = "token-of-the-extension";

/**
 * Of Combell it lets records of one zone be made, at ccloud nothing but look.
 *
 * @param {Extension} extension
 * @param {string[]} origins
 */
async function startProxy({ sandbox }, origins) {
  const modules = await importInstalled(installPackage(), ["", "proxy"]);
  /** @type {typeof import("../../pkg/index.js")} */
  const { Ccloud, Combell } = modules[0];
  /** @type {typeof import("../../pkg/proxy.js")} */
  const { bearerTokens, createProxy, toNodeHandler } = modules[1];
  const params = { domain_name: "example.com" };
  /** @type {string[]} */
  const denied = [];
  const proxy = createProxy({
    clients: {
      combell: new Combell({ ...sandbox.combell.credentials, baseUrl: sandbox.combell.url }),
      ccloud: new Ccloud({ ...sandbox.ccloud.credentials, baseUrl: sandbox.ccloud.url }),
    },
    authorize: bearerTokens([{ token: TOKEN, caller: "extension" }]),
    allow: { combell: ["*", { operation: "dnsRecords.create", params }], ccloud: ["*"] },
    cors: { origins },
    onDenied: ({ code }) => denied.push(code),
  });
  const server = createServer(toNodeHandler(proxy));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    denied,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {Extension} extension
 * @param {string} name
 */
const kept = ({ browser }, name) =>
  browser.serviceWorker.evaluate(
    `chrome.storage.local.get("account:${name}").then((all) => all["account:${name}"])`,
  );

/**
 * @param {import("playwright-core").Page} options
 * @param {string} name
 * @param {{ url?: string, token?: string }} proxy what is typed
 */
async function saveProxy(options, name, { url, token }) {
  const account = options.locator(`#account-${name}`);
  await account.evaluate((element) => element.toggleAttribute("open", true));
  await account.getByLabel("Use a proxy in place of keys").check();
  if (url !== undefined) await account.getByLabel("Proxy address").fill(url);
  if (token !== undefined) {
    const replace = account.getByRole("button", { name: "Replace Token" });
    if (await replace.isVisible()) await replace.click();
    await account.locator("input[name=token]").fill(token);
  }
  await account.getByRole("button", { name: "Save" }).click();
}

/**
 * Until it is saved, and what there is was loaded again.
 *
 * @param {import("playwright-core").Page} options
 * @param {string} name
 */
async function saved(options, name) {
  const account = options.locator(`#account-${name}`);
  // What was loaded before the proxy was there is of no account with a token.
  await account.getByRole("button", { name: "Replace Token" }).waitFor();
  await account.locator(".status.good", { hasText: /\d+ servers and domains/ }).waitFor();
}

/** @param {() => Extension} extension */
export const testProxy = (extension) =>
  describe("its proxy", () => {
    /** @type {Awaited<ReturnType<typeof startProxy>>} */
    let proxy;
    after(() => proxy?.close());

    test("is chosen in the options; then no credentials are kept, and the provider is called by it alone", async () => {
      const { browser, sandbox, openOptions } = extension();
      proxy = await startProxy(extension(), [browser.origin]);
      const options = await openOptions();
      const account = options.locator("#account-combell");
      await account.evaluate((element) => element.toggleAttribute("open", true));
      assert.ok(await account.getByText("API key", { exact: true }).isVisible());
      await account.getByLabel("Use a proxy in place of keys").check();
      assert.equal(await account.getByText("API key", { exact: true }).isVisible(), false);
      assert.equal(await options.evaluate("document.activeElement.name"), "proxyUrl");
      assert.ok((await account.textContent())?.includes(browser.origin), "its origin is told");
      const before = sandbox.combell.requests.length;
      await saveProxy(options, "combell", { url: proxy.url, token: TOKEN });
      await saved(options, "combell");
      assert.deepEqual(await kept(extension(), "combell"), {
        credentials: {},
        baseUrl: "",
        session: false,
        proxy: { url: proxy.url, token: TOKEN },
      });
      const agents = sandbox.combell.requests.slice(before).map(({ headers }) => headers["user-agent"]);
      assert.ok(agents.length > 0);
      assert.doesNotMatch(agents.join(), /Chrome/, "what arrives is the proxy's");
      await saveProxy(options, "ccloud", { url: proxy.url, token: TOKEN });
      await saved(options, "ccloud");
      assert.ok(!(await options.content()).includes(TOKEN));
      await options.locator("#account-combell").scrollIntoViewIfNeeded();
      await screenshot(options, "options-proxy-light");
      await options.emulateMedia({ colorScheme: "dark" });
      await screenshot(options, "options-proxy-dark");
      await options.close();
    });

    test("lists what there is, and carries out what it allows", async () => {
      const { sandbox, openPopup } = extension();
      const popup = await openPopup();
      await loaded(popup);
      await popup.getByRole("combobox").fill("ccloud Shop 1");
      await popup.getByRole("option").filter({ hasText: "vs10000" }).waitFor();
      await openItem(popup, "combell example.com", "example.com");
      await begin(popup, "Add a DNS record", { type: "A", name: "proxied", content: "192.0.2.44" });
      await carryOut(popup, "addRecord");
      const records = sandbox.combell.world.zones.find("example.com").records.all();
      assert.ok(records.some(({ content }) => content === "192.0.2.44"));
      await popup.close();
    });

    test("refuses what its rules do not open, and the popup says so", async () => {
      const { sandbox, openPopup } = extension();
      const popup = await openPopup();
      await openItem(popup, "combell example.net", "example.net");
      const before = sandbox.combell.requests.length;
      await begin(popup, "Add a DNS record", { type: "A", name: "proxied", content: "192.0.2.45" });
      await popup.locator("#form-view .failure").getByText("The proxy does not allow this").waitFor();
      await screenshot(popup, "proxy-refusal-light");
      assert.equal(sandbox.combell.requests.length, before);
      assert.equal(proxy.denied.at(-1), "params");
      await popup.locator("#form-view").getByRole("button", { name: "Back" }).click();
      await popup.locator("#back").click();

      await openItem(popup, "ccloud", "Shop 1");
      const sent = sandbox.ccloud.requests.length;
      await begin(popup, "Reboot");
      await popup.locator("#confirm-go").click();
      const run = popup.locator("[data-run=reboot].failed");
      await run.getByText("The proxy does not allow this").waitFor();
      assert.match((await run.textContent()) ?? "", /Its rules do not open it to you/);
      assert.equal(proxy.denied.at(-1), "not_allowed");
      const operations = sandbox.ccloud.requests.slice(sent).map(({ operationId }) => operationId);
      assert.ok(!operations.includes("servers.state.reset"), operations.join());

      // Open to it, but for the secret in the answer.
      await begin(popup, "Open console");
      const console = popup.locator("[data-run=console].failed");
      await console.getByText("its rules hand on no secrets").waitFor();
      await popup.close();
    });

    test("is told apart from the provider: a wrong token, an unknown origin, no proxy there", async () => {
      const { openOptions, sandbox } = extension();
      const options = await openOptions();
      const status = options.locator("#account-combell .status.bad");
      await saveProxy(options, "combell", { token: "another-token-altogether" });
      await status.getByText("The proxy does not know the token").waitFor();

      const strange = await startProxy(extension(), ["https://dashboard.example.com"]);
      await saveProxy(options, "combell", { url: strange.url, token: TOKEN });
      await status.getByText("The proxy does not let this extension in").waitFor();
      assert.ok((await status.textContent())?.includes(extension().browser.origin));
      strange.close();

      await saveProxy(options, "combell", { url: sandbox.hostkey.url, token: TOKEN });
      await status.getByText("The answer for Combell is not a proxy's").waitFor();
      const page = createServer();
      await new Promise((resolve) => page.listen(0, "127.0.0.1", () => resolve(undefined)));
      const { port } = /** @type {import("node:net").AddressInfo} */ (page.address());
      await new Promise((resolve) => page.close(resolve));
      await saveProxy(options, "combell", { url: `http://127.0.0.1:${port}`, token: TOKEN });
      await status.getByText("Combell cannot be reached by way of the proxy").waitFor();

      // One that has no client of the provider.
      await options.locator("#account-artnet").waitFor();
      await saveProxy(options, "artnet", { url: proxy.url, token: TOKEN });
      await options
        .locator("#account-artnet .status.bad", { hasText: "The proxy does not know Artnet" })
        .waitFor();

      await saveProxy(options, "combell", { url: proxy.url, token: TOKEN });
      await saved(options, "combell");
      sandbox.combell.misbehave({ times: "always", fault: { type: "status", status: 401 } });
      await saveProxy(options, "combell", {});
      await status.getByText("Combell does not accept the proxy's credentials").waitFor();
      sandbox.combell.behave();
      await options.close();
    });

    test("gets the token that was typed for it, and no other proxy does", async () => {
      const options = await extension().openOptions();
      const account = options.locator("#account-combell");
      await account.evaluate((element) => element.toggleAttribute("open", true));
      await saveProxy(options, "combell", { url: "http://127.0.0.1:9" });
      await account.getByText("The token is that of another proxy").waitFor();
      const still = /** @type {{ proxy: object }} */ (await kept(extension(), "combell"));
      assert.deepEqual(still.proxy, { url: proxy.url, token: TOKEN });
      await options.close();
    });

    test("has to be reached by https, and Chrome is asked for its address alone", async () => {
      const options = await extension().openOptions();
      await options.evaluate(`chrome.permissions.request = (asked) => {
        document.body.dataset.asked = JSON.stringify(asked.origins);
        return Promise.resolve(false);
      }`);
      const account = options.locator("#account-combell");
      await saveProxy(options, "combell", { url: "http://proxy.example.com", token: TOKEN });
      await account.getByText("This address cannot be used").waitFor();
      assert.equal(await options.locator("body").getAttribute("data-asked"), null);
      await saveProxy(options, "combell", { url: "https://proxy.example.com/hosting", token: TOKEN });
      await account.getByText("Access was not allowed").waitFor();
      assert.equal(
        await options.locator("body").getAttribute("data-asked"),
        '["https://proxy.example.com/*"]',
      );
      await options.close();
    });

    test("is given up for keys, and its token with it", async () => {
      const { openOptions, sandbox } = extension();
      const options = await openOptions();
      for (const name of /** @type {const} */ (["combell", "ccloud", "artnet"])) {
        const account = options.locator(`#account-${name}`);
        await account.evaluate((element) => element.toggleAttribute("open", true));
        await account.getByLabel("Use a proxy in place of keys").uncheck();
        await saveAccount(options, name, sandbox[name]);
        // It is saved once its keys can be replaced.
        await account
          .getByRole("button", { name: /^Replace (?!Token)/ })
          .first()
          .waitFor();
        await account.locator(".status.good", { hasText: "servers and domains" }).waitFor();
        assert.ok(!JSON.stringify(await kept(extension(), name)).includes(TOKEN));
      }
      await options.close();
    });
  });
