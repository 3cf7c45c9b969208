// The button that helps with a failure.

import { h } from "../page/dom.js";

/**
 * @param {import("./app.js").App} app
 * @param {string} provider
 * @param {Pick<import("../types.js").Failure, "remedy" | "origin">} failure
 */
export function remedyButton(app, provider, { remedy, origin }) {
  if (remedy === "options") {
    return h("button", { class: "small", click: () => chrome.runtime.openOptionsPage() }, "Options");
  }
  if (remedy === "permission" && origin) {
    // Chrome asks only in answer to a click; the worker loads the lists once it may.
    return h(
      "button",
      { class: "small", click: () => chrome.permissions.request({ origins: [origin] }) },
      "Allow access",
    );
  }
  return (
    remedy === "retry" &&
    h("button", { class: "small", click: () => app.ask("refresh", { provider }) }, "Try again")
  );
}
