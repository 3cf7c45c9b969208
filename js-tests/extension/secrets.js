import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begin, carryOut, loaded, openItem } from "./extension.js";

/** Keeps what goes between the popup and the worker, from the popup's first moment on. */
const LISTEN = `
  const connect = chrome.runtime.connect;
  globalThis.heard = [];
  chrome.runtime.connect = (...args) => {
    const port = connect.apply(chrome.runtime, args);
    port.onMessage.addListener((message) => heard.push(message));
    return port;
  };
`;

/** @param {() => import("./extension.js").Extension} extension */
export const testSecrets = (extension) =>
  describe("its secrets", () => {
    test("do not get into the popup, neither its page nor its messages", async () => {
      const { sandbox, browser } = extension();
      const popup = await browser.context.newPage();
      await popup.addInitScript(LISTEN);
      await popup.goto(`${browser.origin}/popup.html`);
      await loaded(popup);
      await browser.context.route("https://console.example.com/**", (route) =>
        route.fulfill({ body: "console" }),
      );
      const tab = browser.context.waitForEvent("page");
      await openItem(popup, "vs10000", "Shop 1");
      await begin(popup, "Open console");
      await carryOut(popup, "console");
      await (await tab).close();
      const heard = JSON.stringify(await popup.evaluate("heard"));
      assert.ok(heard.includes("vs10000"), "the messages are heard");
      const text = heard + (await popup.content());
      const secrets = [
        sandbox.combell.credentials.apiKey,
        sandbox.combell.credentials.apiSecret,
        sandbox.ccloud.credentials.clientSecret,
        sandbox.artnet.credentials.apiKey,
        sandbox.combahton.credentials.secret,
        // The address of a console opens it for whoever has it.
        "ticket=",
      ];
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is in the popup`);
      await popup.close();
    });
  });
