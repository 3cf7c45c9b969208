// The question before something that may hurt.

import { byId, h } from "../page/dom.js";

/**
 * @param {import("../types.js").Row} row
 * @param {string} provider
 * @param {import("../types.js").ActionCard} card
 * @param {{ label: string, value: string }[]} details
 * @returns {Promise<boolean>}
 */
export function confirm(row, provider, { label, confirmation }, details) {
  if (!confirmation) return Promise.resolve(true);
  const dialog = byId("confirm", HTMLDialogElement);
  const cancel = h("button", { click: () => dialog.close("no") }, "Cancel");
  const go = h(
    "button",
    {
      class: confirmation.destroys ? "danger" : "primary",
      id: "confirm-go",
      click: () => dialog.close("yes"),
    },
    label,
  );
  dialog.replaceChildren(
    h("h2", { id: "confirm-title" }, `${label}?`),
    h(
      "div",
      { id: "confirm-text" },
      h("p", { class: "confirm-what" }, h("strong", {}, row.name), ` at ${provider}`),
      ...details.map((detail) => h("p", { class: "confirm-what" }, `${detail.label}: ${detail.value}`)),
      h("p", {}, confirmation.says, confirmation.destroys && " This cannot be undone."),
    ),
    h("div", { class: "buttons" }, cancel, go),
  );
  dialog.returnValue = "";
  dialog.showModal();
  cancel.focus();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
  });
}
