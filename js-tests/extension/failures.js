import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begin, loaded, openItem, saveAccount } from "./extension.js";

/** @param {() => import("./extension.js").Extension} extension */
export const testFailures = (extension) =>
  describe("its failures", () => {
    test("of one provider leave the others alone, and can be tried again", async () => {
      const { sandbox } = extension();
      const down = sandbox.hostkey.misbehave({ times: "always", fault: { type: "status", status: 503 } });
      const popup = await extension().openPopup();
      const notice = popup.locator(".failure[data-provider=hostkey]");
      await notice.getByText("Hostkey has a fault").waitFor();
      await popup.getByRole("combobox").fill("ccloud Shop 1");
      await popup.getByRole("option").filter({ hasText: "vs10000" }).waitFor();
      assert.equal(await popup.locator(".failure").count(), 1);
      down.cancel();
      await notice.getByRole("button", { name: "Try again" }).click();
      await notice.waitFor({ state: "detached" });
      await popup.close();
    });

    for (const [fault, says] of /** @type {const} */ ([
      ["reset", "Combell cannot be reached"],
      ["html", "Combell gave an answer that makes no sense"],
      [{ type: "status", status: 401 }, "Combell does not accept the credentials"],
      [{ type: "status", status: 403 }, "Combell does not allow this"],
      [{ type: "rateLimit", retryAfter: 300 }, "Wait 300 seconds"],
    ])) {
      test(`say what to do: ${says}`, async () => {
        const { sandbox } = extension();
        sandbox.combell.misbehave({ times: "always", fault });
        const popup = await extension().openPopup();
        await popup.locator(".failure[data-provider=combell]").getByText(says).waitFor();
        sandbox.combell.behave();
        await popup.close();
      });
    }

    test("of values are shown where they are, and nothing is sent", async () => {
      const { sandbox } = extension();
      const popup = await extension().openPopup();
      await openItem(popup, "combell example.com", "example.com");
      const before = sandbox.combell.requests.length;
      await begin(popup, "Add a DNS record", {
        type: "MX",
        content: "mail.example.com",
        priority: "10000",
        ttl: "5",
      });
      const fault = (/** @type {string} */ name) => popup.locator(`#field-${name}-fault`);
      await fault("ttl").getByText("must be at least 60").waitFor();
      await fault("priority").getByText("must be at most 9999").waitFor();
      assert.equal(await fault("content").textContent(), "");
      assert.equal(await popup.evaluate("document.activeElement.name"), "priority");
      assert.equal(sandbox.combell.requests.length, before);
      await popup.close();
    });

    test("of an action are told in the provider's words where there are no better ones", async () => {
      const popup = await extension().openPopup();
      await openItem(popup, "artnet cloud", "Baza danych");
      await begin(popup, "Start", { password: "not the password" });
      const problem = popup.locator("#form-view .failure");
      await problem.getByText("The password of the instance is wrong.").waitFor();
      assert.ok(!(await problem.textContent())?.includes("not the password"));
      await popup.close();
    });

    test("that leave it open whether something was done say so", async () => {
      const { sandbox } = extension();
      // Always: Chromium itself sends a request once more where a connection that it had kept breaks off.
      sandbox.combahton.misbehave({ operation: "kvm.server.reset", fault: "resetAfter", times: "always" });
      const popup = await extension().openPopup();
      await openItem(popup, "603004", "Server 603004");
      await begin(popup, "Reboot");
      await popup.locator("#confirm-go").click();
      await popup.locator("[data-run=reboot].failed", { hasText: "look before you try again" }).waitFor();
      sandbox.combahton.behave();
      await popup.close();
    });

    test("of a wrong PIN are told", async () => {
      const { sandbox, openOptions, openPopup } = extension();
      const options = await openOptions();
      const account = options.locator("#account-hostkey");
      await account.locator("summary").first().click();
      await account.getByRole("button", { name: "Replace PIN" }).click();
      await account.locator("input[name=pin]").fill("1111");
      await account.getByRole("button", { name: "Save changes" }).click();
      await account.locator(".status.good", { hasText: "servers" }).waitFor();
      const popup = await openPopup();
      await openItem(popup, "hostkey 34533", "nl-vmmini");
      await begin(popup, "Start");
      await popup.locator("[data-run=start].failed", { hasText: "Invalid pin code" }).waitFor();
      await popup.close();
      await account.getByRole("button", { name: "Replace PIN" }).click();
      await account.locator("input[name=pin]").fill(String(sandbox.hostkey.credentials.pin));
      await account.getByRole("button", { name: "Save changes" }).click();
      await account.locator(".status.good", { hasText: "servers" }).waitFor();
      await options.close();
    });

    test("for want of access come with a button that asks for it", async () => {
      const { sandbox, browser, openPopup, openOptions } = extension();
      const { port } = new URL(sandbox.combell.url);
      // The test's manifest grants access to 127.0.0.1 and not to this name of it.
      const account = {
        credentials: sandbox.combell.credentials,
        baseUrl: `http://localhost:${port}`,
        session: false,
      };
      await browser.serviceWorker.evaluate(
        `chrome.storage.local.set(${JSON.stringify({ "account:combell": account })})`,
      );
      const before = sandbox.combell.requests.length;
      const popup = await openPopup();
      const notice = popup.locator(".failure[data-provider=combell]");
      await notice.getByText("The browser may not reach Combell yet").waitFor();
      await popup.evaluate(`chrome.permissions.request = (asked) => {
        document.body.dataset.asked = asked.origins.join();
        return Promise.resolve(false);
      }`);
      await notice.getByRole("button", { name: "Allow access" }).click();
      assert.equal(await popup.locator("body").getAttribute("data-asked"), "http://localhost/*");
      assert.equal(sandbox.combell.requests.length, before);
      await popup.close();
      const options = await openOptions();
      await options.locator("#account-combell").waitFor();
      await saveAccount(options, "combell", { url: sandbox.combell.url, credentials: {} });
      await options.locator("#account-combell .status.good", { hasText: "servers and domains" }).waitFor();
      await options.close();
    });

    test("show nothing of a provider whose credentials were removed", async () => {
      const options = await extension().openOptions();
      const account = options.locator("#account-combahton");
      await account.locator("summary").first().click();
      await account.getByRole("button", { name: "Remove" }).click();
      await account.locator(".status", { hasText: "Not set up" }).waitFor();
      const popup = await extension().openPopup();
      await loaded(popup);
      await popup.getByRole("combobox").fill("combahton");
      await popup.getByText("Nothing fits “combahton”").waitFor();
      await popup.close();
      await saveAccount(options, "combahton", extension().sandbox.combahton);
      await account.locator(".status.good", { hasText: "servers and domains" }).waitFor();
      await options.close();
    });
  });
