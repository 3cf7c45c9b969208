import { h } from "../page/dom.js";

/**
 * @param {import("../types.js").Fact[]} facts
 */
export const factList = (facts) =>
  h(
    "dl",
    { class: "facts" },
    ...facts.flatMap(({ label, value, secret }) => [
      h("dt", {}, label),
      h("dd", {}, secret ? hidden(label, value) : value),
    ]),
  );

/**
 * @param {string} label
 * @param {string} value
 */
function hidden(label, value) {
  const shown = h("span", {}, "••••••••");
  const show = h(
    "button",
    {
      class: "small",
      "aria-label": `Show ${label}`,
      click: () => {
        shown.textContent = value;
        show.remove();
      },
    },
    "Show",
  );
  return h("span", { class: "hidden-value" }, shown, show);
}
