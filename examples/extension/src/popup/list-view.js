// Everything in one list, with a search box that keeps the focus.

import { isGoing } from "../going.js";
import { byId, chip, failureBox, h, icon } from "../page/dom.js";
import { KIND_TITLES, KINDS } from "./model.js";
import { remedyButton } from "./remedies.js";

/**
 * @typedef {import("../types.js").Row} Row
 * @typedef {import("./app.js").App} App
 */

/** More than anyone reads; a search narrows it down. */
const MOST_SHOWN = 150;

const PAGE = 8;

export class ListView {
  #search = byId("search", HTMLInputElement);
  #results = byId("results", HTMLElement);
  #notices = byId("notices", HTMLElement);
  #empty = byId("empty", HTMLElement);
  /** @type {Row[]} */
  #rows = [];
  #active = 0;
  #app;

  /** @param {App} app */
  constructor(app) {
    this.#app = app;
    this.#search.addEventListener("input", () => {
      this.#active = 0;
      this.render();
      this.#results.scrollTop = 0;
    });
    this.#search.addEventListener("keydown", (event) => this.#onKey(event));
    this.#results.addEventListener("click", ({ target }) => {
      const option = target instanceof Element ? target.closest("[role=option]") : null;
      const row = this.#rows[Number(option?.getAttribute("data-index") ?? Number.NaN)];
      if (row) this.#app.open(row);
    });
  }

  focus() {
    this.#search.focus();
    this.#scroll();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const row = this.#rows[this.#active];
    if (step !== undefined) this.#move(step);
    else if (event.key === "Enter" && row) this.#app.open(row);
    else if (event.key === "Escape" && this.#search.value !== "") {
      this.#search.value = "";
      this.#active = 0;
      this.render();
    } else return;
    event.preventDefault();
  }

  /** @param {number} step */
  #move(step) {
    this.#active = Math.min(this.#rows.length - 1, Math.max(0, this.#active + step));
    for (const option of this.#results.querySelectorAll("[role=option]")) {
      const isActive = option.getAttribute("data-index") === String(this.#active);
      option.setAttribute("aria-selected", String(isActive));
    }
    this.#search.setAttribute("aria-activedescendant", `row-${this.#active}`);
    this.#scroll();
  }

  #scroll() {
    document.getElementById(`row-${this.#active}`)?.scrollIntoView({ block: "nearest" });
  }

  render() {
    const { model } = this.#app;
    const lists = [...model.lists.values()];
    const before = this.#rows[this.#active];
    const found = model.search(this.#search.value);
    this.#rows = found.slice(0, MOST_SHOWN);
    const kept = this.#rows.findIndex((row) => row.key === before?.key && row.provider === before?.provider);
    if (this.#active > 0 && kept >= 0) this.#active = kept;
    this.#active = Math.max(0, Math.min(this.#active, this.#rows.length - 1));

    const isLoading = lists.some(({ loading }) => loading);
    document.body.toggleAttribute("data-loading", isLoading);
    this.#results.setAttribute("aria-busy", String(isLoading));
    this.#search.setAttribute("aria-activedescendant", this.#rows.length > 0 ? `row-${this.#active}` : "");
    this.#notices.replaceChildren(...this.#failures());
    this.#results.replaceChildren(...this.#groups(), ...this.#skeletons(), ...this.#foot(found.length));
    this.#renderEmpty(lists.length);
  }

  #groups() {
    return KINDS.flatMap((kind) => {
      const options = this.#rows.flatMap((row, index) => (row.kind === kind ? this.#option(row, index) : []));
      if (options.length === 0) return [];
      const title = h("div", { class: "group-title", id: `kind-${kind}` }, KIND_TITLES[kind]);
      return h("div", { role: "group", "aria-labelledby": `kind-${kind}` }, title, ...options);
    });
  }

  /**
   * @param {Row} row
   * @param {number} index
   */
  #option(row, index) {
    const card = this.#app.model.card(row.provider);
    const [ip = "", ...more] = row.kind === "address" ? [] : row.ips;
    const isBusy = this.#app.model.runsOf(row).some(isGoing);
    const details = [card.label, row.detail].filter(Boolean).join(" · ");
    return h(
      "div",
      {
        role: "option",
        id: `row-${index}`,
        class: "row",
        "data-index": index,
        "aria-selected": String(index === this.#active),
      },
      chip(card),
      h(
        "span",
        { class: "row-text" },
        h("span", { class: "row-name" }, ...marked(row.name, this.#search.value)),
        h("span", { class: "row-detail" }, ...marked(details, this.#search.value)),
      ),
      h(
        "span",
        { class: "row-side" },
        ip !== "" &&
          h(
            "span",
            { class: "ip" },
            ...marked(ip, this.#search.value),
            more.length > 0 && h("small", {}, ` +${more.length}`),
          ),
        isBusy ? h("span", { class: "spinner", role: "img", "aria-label": "busy" }) : stateDot(row.state),
      ),
    );
  }

  #failures() {
    const { model } = this.#app;
    return [...model.lists.values()].flatMap(({ provider, failures }) => {
      const { label } = model.card(provider);
      // Where nothing of a provider could be loaded, the reason is the same for all of it.
      const [first] = failures;
      if (!first) return [];
      const isSame = failures.every(({ failure }) => failure.title === first.failure.title);
      return (isSame ? [first] : failures).map(({ part, failure }) => {
        const about = failure.title.includes(label) ? "" : `${label}, ${part}: `;
        const box = failureBox(
          { ...failure, title: about + failure.title },
          remedyButton(this.#app, provider, { remedy: "retry", ...failure }),
        );
        box.setAttribute("data-provider", provider);
        box.setAttribute("role", "status");
        return box;
      });
    });
  }

  #skeletons() {
    const waiting = [...this.#app.model.lists.values()].filter(
      ({ loading, rows }) => loading && rows.length === 0,
    );
    if (this.#search.value !== "") return [];
    return waiting.map(({ provider }) =>
      h(
        "div",
        { class: "row skeleton", role: "presentation", "data-provider": provider },
        chip(this.#app.model.card(provider)),
        h("span", { class: "row-text" }, h("span", { class: "bar" }), h("span", { class: "bar short" })),
      ),
    );
  }

  /** @param {number} count */
  #foot(count) {
    const rest = count - this.#rows.length;
    if (rest === 0) return [];
    return [h("div", { class: "foot", role: "presentation" }, `${rest} more: type to narrow it down`)];
  }

  /** @param {number} accounts */
  #renderEmpty(accounts) {
    const isLoading = document.body.hasAttribute("data-loading");
    const query = this.#search.value.trim();
    const isEmpty = this.#rows.length === 0 && !(isLoading && query === "");
    this.#empty.hidden = !isEmpty || (accounts > 0 && query === "" && this.#notices.childElementCount > 0);
    byId("list-view", HTMLElement).toggleAttribute("data-new", accounts === 0);
    if (accounts === 0) {
      this.#empty.replaceChildren(
        icon("globe"),
        h("h1", {}, "No provider yet"),
        h("p", {}, "Add the credentials of a hosting provider, and its servers and domains appear here."),
        h(
          "button",
          { class: "primary", id: "to-options", click: () => chrome.runtime.openOptionsPage() },
          "Add a provider",
        ),
      );
    } else if (isEmpty) {
      this.#empty.replaceChildren(
        h("h1", {}, query === "" ? "Nothing here" : `Nothing fits “${query}”`),
        h(
          "p",
          {},
          query === ""
            ? "Your providers list no servers or domains."
            : "Names, addresses and providers are searched.",
        ),
      );
    }
  }
}

/**
 * @param {string} text
 * @param {string} query
 */
function marked(text, query) {
  const word = query.trim().toLowerCase();
  const at = word === "" ? -1 : text.toLowerCase().indexOf(word);
  if (at < 0) return [text];
  const end = at + word.length;
  return [text.slice(0, at), h("mark", {}, text.slice(at, end)), text.slice(end)];
}

/** @param {Row["state"]} state */
export const stateDot = (state) =>
  state !== undefined &&
  state !== "unknown" &&
  h("span", { class: `dot ${state}`, role: "img", "aria-label": state === "on" ? "running" : "off" });
