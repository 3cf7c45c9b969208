import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loaded } from "./extension.js";

/** @param {() => import("./extension.js").Extension} extension */
export const testKeyboard = (extension) =>
  describe("its keyboard", () => {
    test("is all it takes: search, choose, act, confirm, go back", async () => {
      const { sandbox } = extension();
      const popup = await extension().openPopup();
      const { keyboard } = popup;
      await loaded(popup);
      /** @returns {Promise<string>} */
      const focused = () =>
        popup.evaluate(
          "document.activeElement.id || document.activeElement.dataset.action || document.activeElement.textContent",
        );
      const selected = () => popup.locator("[role=option][aria-selected=true] .row-name").textContent();

      assert.equal(await focused(), "search", "the search has the focus at once");
      await keyboard.type("vs1000");
      assert.equal(await selected(), "Shop 1");
      await keyboard.press("ArrowDown");
      assert.equal(await selected(), "Shop 5");
      const active = await popup.getByRole("combobox").getAttribute("aria-activedescendant");
      assert.equal(await popup.locator(`#${active} .row-name`).textContent(), "Shop 5");
      await keyboard.press("ArrowUp");
      await keyboard.press("Enter");

      await popup.locator("#item-view h1", { hasText: "Shop 1" }).waitFor();
      assert.equal(await focused(), "start");
      for (const name of ["shutdown", "stop"]) {
        await keyboard.press("ArrowDown");
        assert.equal(await focused(), name);
      }
      await keyboard.press("Enter");
      await popup.getByRole("alertdialog").waitFor();
      assert.equal(await focused(), "Cancel");
      await keyboard.press("Tab");
      assert.equal(await focused(), "confirm-go");
      await keyboard.press("Enter");
      await popup.locator("[data-run=stop].done").waitFor();
      assert.equal(sandbox.ccloud.world.servers.find("vs10000").state, "Off");
      assert.equal(await focused(), "stop", "the focus is back where it was");

      await keyboard.press("ArrowUp");
      await keyboard.press("ArrowUp");
      await keyboard.press("Enter");
      await popup.locator("[data-run=start].done").waitFor();
      assert.equal(sandbox.ccloud.world.servers.find("vs10000").state, "Running");
      await keyboard.press("Escape");
      assert.equal(await focused(), "search");
      assert.equal(await popup.getByRole("combobox").inputValue(), "vs1000");
      await keyboard.press("Escape");
      assert.equal(await popup.getByRole("combobox").inputValue(), "");
      await popup.close();
    });

    test("fills in a form, and leaves it", async () => {
      const { sandbox } = extension();
      const popup = await extension().openPopup();
      const { keyboard } = popup;
      await loaded(popup);
      await keyboard.type("combell example.com");
      await keyboard.press("Enter");
      await keyboard.press("Enter");
      await popup.locator("#form-view h1", { hasText: "Add a DNS record" }).waitFor();
      assert.equal(await popup.evaluate("document.activeElement.name"), "type");
      await keyboard.press("Tab");
      await keyboard.type("keys");
      await keyboard.press("Tab");
      await keyboard.type("192.0.2.33");
      await keyboard.press("Enter");
      await popup
        .locator("[data-run=addRecord].done", { hasText: "keys.example.com has a new A record." })
        .waitFor();
      const records = sandbox.combell.world.zones.find("example.com").records.all();
      assert.ok(records.some(({ content }) => content === "192.0.2.33"));
      await keyboard.press("Enter");
      await popup.locator("#form-view").waitFor();
      await keyboard.press("Escape");
      await popup.locator("#item-view").waitFor();
      await popup.close();
    });
  });
