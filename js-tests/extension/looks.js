// Screenshots in light and dark, for people to look at. They are not compared with anything.

import { describe, test } from "node:test";
import { begin, carryOut, loaded, openItem, screenshot } from "./extension.js";

/** @param {() => import("./extension.js").Extension} extension */
export const testLooks = (extension) =>
  describe("its looks", () => {
    for (const [scheme, dark] of /** @type {const} */ ([
      ["light", false],
      ["dark", true],
    ])) {
      test(`are kept in ${scheme}`, async () => {
        const { sandbox, openPopup, openOptions } = extension();
        const popup = await openPopup(dark);
        await loaded(popup);
        await screenshot(popup, `list-${scheme}`);
        await popup.getByRole("combobox").fill("198.51.100.1");
        await screenshot(popup, `search-${scheme}`);
        await openItem(popup, "vs10000", "Shop 1");
        await popup.locator(".facts").waitFor();
        await screenshot(popup, `server-${scheme}`);
        await begin(popup, "Restore a snapshot");
        await popup.locator("dialog[open]").waitFor();
        await screenshot(popup, `confirmation-${scheme}`);
        await popup.keyboard.press("Escape");
        await popup.locator("#form-view").getByRole("button", { name: "Back" }).click();
        sandbox.ccloud.nextJob({ polls: 1_000_000 });
        await begin(popup, "Reboot");
        await popup.locator("#confirm-go").click();
        await popup.locator("[data-run=reboot].following", { hasText: "Under way" }).waitFor();
        await screenshot(popup, `progress-${scheme}`);
        await popup.getByRole("button", { name: "Stop following" }).click();
        await popup.locator("#back").click();

        await openItem(popup, "combell example.com", "example.com");
        await begin(popup, "Add a DNS record", { ttl: "5", content: "192.0.2.1" });
        await popup.getByText("must be at least 60").waitFor();
        await screenshot(popup, `form-${scheme}`);
        await popup.close();

        const down = sandbox.hostkey.misbehave({ times: "always", fault: { type: "status", status: 503 } });
        const again = await openPopup(dark);
        await again.locator(".failure").waitFor();
        await screenshot(again, `provider-down-${scheme}`);
        down.cancel();
        await openItem(again, "603003", "Server 603003");
        await begin(again, "Open console", { source: "203.0.113.70" });
        await carryOut(again, "console");
        await screenshot(again, `console-${scheme}`);
        await again.close();

        const options = await openOptions();
        await options.emulateMedia({ colorScheme: scheme });
        await options.locator("#account-artnet summary").first().click();
        await screenshot(options, `options-${scheme}`);
        await options.close();
      });
    }
  });
