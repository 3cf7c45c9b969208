import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begin, openItem } from "./extension.js";

/** More looks at a task than a test takes. */
const ENDLESS = 1_000_000;

/** @param {() => import("./extension.js").Extension} extension */
export const testProgress = (extension) =>
  describe("its progress", () => {
    /** @param {string} hostname */
    const finish = (hostname) => {
      const tasks = extension().sandbox.ccloud.world.tasks.all.all();
      for (const task of tasks) if (task.work.hostname === hostname) task.pollsLeft = 0;
    };

    /** @param {string} name */
    async function reboot(name) {
      extension().sandbox.ccloud.nextJob({ polls: ENDLESS });
      const popup = await extension().openPopup();
      await openItem(popup, "ccloud", name);
      await begin(popup, "Reboot");
      await popup.locator("#confirm-go").click();
      await popup.locator("[data-run=reboot].following", { hasText: "Under way" }).waitFor();
      return popup;
    }

    test("is shown while it lasts, in the list too, and goes on when the popup is closed", async () => {
      const popup = await reboot("Shop 5");
      await popup.getByRole("progressbar", { name: "Reboot" }).waitFor();
      await popup.close();

      const again = await extension().openPopup();
      const line = again.locator("#tray").getByRole("button", { name: "Reboot · Shop 5" });
      await line.click();
      await again.locator("[data-run=reboot].following").waitFor();
      finish("vs10004");
      await again.locator("[data-run=reboot].done", { hasText: "Shop 5 was restarted." }).waitFor();
      await again.close();
    });

    test("outlasts the worker: a new one takes it up", async () => {
      const popup = await reboot("Shop 9");
      const sent = () =>
        extension().sandbox.ccloud.requests.filter(({ operationId }) => operationId === "servers.state.reset")
          .length;
      const before = sent();
      const devtools = await extension().browser.context.newCDPSession(popup);
      await devtools.send("ServiceWorker.enable");
      await devtools.send("ServiceWorker.stopAllWorkers");
      await popup.locator("[data-run=reboot].following").waitFor();
      finish("vs10008");
      await popup.locator("[data-run=reboot].done", { hasText: "Shop 9 was restarted." }).waitFor();
      assert.equal(sent(), before, "nothing is sent again");
      await popup.close();
    });

    test("can be left, and then goes on at the provider", async () => {
      const popup = await reboot("vs10002");
      await popup.getByRole("button", { name: "Stop following" }).click();
      await popup.locator("[data-run=reboot].left", { hasText: "the provider goes on with it" }).waitFor();
      await popup.getByRole("button", { name: "Dismiss" }).click();
      await popup.locator("[data-run=reboot]").waitFor({ state: "detached" });
      await popup.close();
    });

    test("tells why work has failed", async () => {
      extension().sandbox.ccloud.nextJob({ outcome: "failed", message: "The host has no memory left." });
      const popup = await extension().openPopup();
      await openItem(popup, "ccloud", "vs10003");
      await begin(popup, "Start");
      const failed = popup.locator("[data-run=start].failed");
      await failed.getByText("ccloud could not finish it").waitFor();
      assert.match((await failed.textContent()) ?? "", /The host has no memory left/);
      await popup.close();
    });
  });
