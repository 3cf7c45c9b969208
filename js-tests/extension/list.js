import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loaded } from "./extension.js";

/** @param {() => import("./extension.js").Extension} extension */
export const testList = (extension) =>
  describe("its list", () => {
    test("has what every provider lists", async () => {
      const popup = await extension().openPopup();
      await loaded(popup);
      const search = popup.getByRole("combobox");
      for (const [query, name] of [
        ["combell example.com", "example.com"],
        ["hostkey 34533", "nl-vmmini"],
        ["ccloud vs10000", "Shop 1"],
        ["artnet vps-01", "vps-01.example.com"],
        ["combahton 603000", "Server 603000"],
        ["combahton 192.0.2.10", "192.0.2.10"],
      ]) {
        await search.fill(query ?? "");
        await popup.getByRole("option").filter({ hasText: name }).first().waitFor();
      }
      await popup.close();
    });

    test("is searched by name, address, provider and kind, as one types", async () => {
      const popup = await extension().openPopup();
      await loaded(popup);
      const search = popup.getByRole("combobox");
      await search.pressSequentially("198.51.100.10");
      const names = await popup.getByRole("option").locator(".row-name").allTextContents();
      assert.ok(names.includes("Shop 1") && names.includes("HP DL120 G7"), names.join());
      await search.fill("HOSTKEY domain");
      assert.deepEqual(await popup.getByRole("option").locator(".row-name").allTextContents(), [
        "example.com",
      ]);
      await search.fill("no such thing");
      await popup.getByText("Nothing fits “no such thing”").waitFor();
      await popup.close();
    });

    test("takes an address that no provider lists", async () => {
      const popup = await extension().openPopup();
      await loaded(popup);
      await popup.getByRole("combobox").fill("192.0.2.17");
      const options = popup.getByRole("option").filter({ hasText: "not in a list" });
      assert.deepEqual(await options.locator(".row-detail").allTextContents(), [
        "Artnet · not in a list",
        "combahton · not in a list",
      ]);
      await options.nth(1).click();
      await popup.locator(".facts dt", { hasText: "layer 4 permanent" }).waitFor();
      await popup.close();
    });

    test("is there at once when the popup is opened again, while it is loaded anew", async () => {
      const { sandbox } = extension();
      sandbox.ccloud.misbehave({ operation: "servers.list", fault: "hang" });
      const popup = await extension().openPopup();
      await popup.locator("body[data-loading]").waitFor();
      await popup.getByRole("combobox").fill("Shop 1");
      await popup.getByRole("option").filter({ hasText: "vs10000" }).waitFor();
      sandbox.ccloud.behave();
      await popup.close();
    });

    test("narrows down what is too much to show", async () => {
      const popup = await extension().openPopup();
      await popup.getByText(/\d+ more: type to narrow it down/).waitFor();
      assert.equal(await popup.getByRole("option").count(), 150);
      await popup.close();
    });
  });
