import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begin, carryOut, openItem } from "./extension.js";

/** @param {() => import("./extension.js").Extension} extension */
export const testConfirmations = (extension) =>
  describe("its confirmations", () => {
    test("name the thing and what happens; nothing is sent when the user says no", async () => {
      const { sandbox } = extension();
      const sent = () =>
        sandbox.combahton.requests.filter(({ operationId }) => operationId === "kvm.server.reinstall").length;
      const before = sent();
      const popup = await extension().openPopup();
      await openItem(popup, "603002", "Server 603002");
      await begin(popup, "Reinstall", { template: "Ubuntu 24.04" });
      const dialog = popup.getByRole("alertdialog", { name: "Reinstall?" });
      const text = await dialog.textContent();
      for (const part of ["Server 603002", "combahton", "Ubuntu 24.04", "is lost", "cannot be undone"]) {
        assert.ok(text?.includes(part), `${part} is said`);
      }
      assert.equal(await popup.evaluate("document.activeElement.textContent"), "Cancel");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "hidden" });
      assert.equal(sent(), before);

      await popup.locator("#form-view form").getByRole("button", { name: "Reinstall" }).click();
      await popup.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      assert.equal(sent(), before);

      await popup.locator("#form-view form").getByRole("button", { name: "Reinstall" }).click();
      await carryOut(popup, "reinstall");
      assert.equal(sent(), before + 1);
      assert.equal(sandbox.combahton.world.servers.find("603002").ostemplate, "Ubuntu 24.04");
      await popup.close();
    });
  });
