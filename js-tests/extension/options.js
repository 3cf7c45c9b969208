import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PROVIDERS } from "../sandbox/index.js";
import { saveAccount } from "./extension.js";

/** @typedef {import("./extension.js").Extension} Extension */

/**
 * What the extension keeps, as only its worker can tell.
 *
 * @param {Extension} extension
 * @param {"local" | "session"} area
 * @param {string} name
 * @returns {Promise<{ credentials: Record<string, string>, baseUrl: string } | undefined>}
 */
const kept = ({ browser }, area, name) =>
  browser.serviceWorker.evaluate(
    `chrome.storage.${area}.get("account:${name}").then((all) => all["account:${name}"])`,
  );

/** @param {() => Extension} extension */
export const testOptions = (extension) =>
  describe("its options", () => {
    test("say where credentials are kept, before there are any", async () => {
      const options = await extension().openOptions();
      const notice = await options.locator(".notice").textContent();
      assert.ok(notice);
      assert.match(notice, /not encrypted/);
      assert.match(notice, /anyone who can\s+use this browser profile/);
      assert.match(notice, /not synchronised/);
      await options.locator("#account-combell .status", { hasText: "Not set up" }).waitFor();
      await options.close();
    });

    test("ask Chrome for the provider's address in answer to the click, and save nothing unless it is given", async () => {
      const options = await extension().openOptions();
      await options.evaluate(`chrome.permissions.request = (asked) => {
        document.body.dataset.asked = JSON.stringify([asked, navigator.userActivation.isActive]);
        return Promise.resolve(false);
      }`);
      const account = options.locator("#account-combell");
      await account.locator("summary").first().click();
      await account.locator("input[name=apiKey]").fill("key");
      await account.locator("input[name=apiSecret]").fill("secret");
      await account.getByRole("button", { name: "Save" }).click();
      await account.getByText("Access was not allowed").waitFor();
      const asked = JSON.parse((await options.locator("body").getAttribute("data-asked")) ?? "");
      assert.deepEqual(asked, [{ origins: ["https://api.combell.com/*"] }, true]);
      assert.equal(await kept(extension(), "local", "combell"), undefined);
      await options.close();
    });

    test("refuse an address that is not the provider's", async () => {
      const options = await extension().openOptions();
      const { credentials } = extension().sandbox.combell;
      await saveAccount(options, "combell", { url: "https://elsewhere.example", credentials });
      await options.getByText("This address cannot be used").waitFor();
      assert.equal(await kept(extension(), "local", "combell"), undefined);
      await options.close();
    });

    test("say in plain words that credentials are wrong", async () => {
      const options = await extension().openOptions();
      const { url, credentials } = extension().sandbox.hostkey;
      await saveAccount(options, "hostkey", { url, credentials: { ...credentials, apiKey: "wrong" } });
      await options
        .locator("#account-hostkey .status.bad", { hasText: "Hostkey does not accept the credentials" })
        .waitFor();
      await options.locator("#account-hostkey").getByRole("button", { name: "Remove" }).click();
      await options.locator("#account-hostkey .status", { hasText: "Not set up" }).waitFor();
      await options.close();
    });

    test("can keep credentials until the browser closes only", async () => {
      const options = await extension().openOptions();
      const account = options.locator("#account-combell");
      await account.locator("summary").first().click();
      await account.getByLabel("Remember only until the browser closes").check();
      await saveAccount(options, "combell", extension().sandbox.combell);
      await account.locator(".status.good", { hasText: "servers and domains" }).waitFor();
      assert.equal(await kept(extension(), "local", "combell"), undefined);
      assert.equal((await kept(extension(), "session", "combell"))?.credentials.apiKey, "sandbox-key");
      await account.getByRole("button", { name: "Remove" }).click();
      await account.locator(".status", { hasText: "Not set up" }).waitFor();
      assert.equal(await kept(extension(), "session", "combell"), undefined);
      await options.close();
    });

    for (const name of PROVIDERS) {
      test(`save the credentials of ${name}, and list what there is`, async () => {
        const options = await extension().openOptions();
        const provider = extension().sandbox[name];
        await saveAccount(options, name, provider);
        await options
          .locator(`#account-${name} .status.good`, { hasText: /\d+ servers and domains/ })
          .waitFor();
        const account = await kept(extension(), "local", name);
        assert.equal(account?.baseUrl, provider.url);
        const given = Object.entries(provider.credentials).map(([field, value]) => [field, String(value)]);
        assert.deepEqual(account?.credentials, Object.fromEntries(given));
        await options.close();
      });
    }

    test("show no secret again, and replace one", async () => {
      const options = await extension().openOptions();
      const account = options.locator("#account-artnet");
      await account.locator("summary").first().click();
      assert.equal(await account.locator("input[name=customerId]").inputValue(), "19052");
      assert.equal(await account.locator("input[name=apiKey]").count(), 0);
      assert.ok(!(await options.content()).includes("SandboxKey"));
      await account.getByRole("button", { name: "Replace API key" }).click();
      const input = account.locator("input[name=apiKey]");
      assert.equal(await input.getAttribute("type"), "password");
      assert.equal(await input.inputValue(), "");
      await input.fill("SandboxKey0000000000");
      await account.getByRole("button", { name: "Save changes" }).click();
      await account.getByRole("button", { name: "Replace API key" }).waitFor();
      await account.locator(".status.good", { hasText: "servers and domains" }).waitFor();
      await options.close();
    });
  });
