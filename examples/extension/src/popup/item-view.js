// One server, domain or address, and what can be done with it.

import { failureOf } from "../page/connection.js";
import { byId, chip, failureBox, h, icon } from "../page/dom.js";
import { factList } from "./facts.js";
import { stateDot } from "./list-view.js";
import { runBox, worthShowing } from "./run-box.js";

/**
 * @typedef {import("../types.js").ActionCard} ActionCard
 * @typedef {import("../types.js").Row} Row
 * @typedef {import("./app.js").App} App
 */

export class ItemView {
  #root = byId("item-view", HTMLElement);
  #app;
  #row;
  #facts = h("div", { class: "facts-box", "aria-busy": "true" }, h("span", { class: "bar" }));
  #runs = h("div", { class: "runs", role: "status", "aria-live": "polite" });
  #state = h("span", {});
  /** How many of its actions are over: one more may have changed what is shown. */
  #over = 0;

  /**
   * @param {App} app
   * @param {Row} row
   */
  constructor(app, row) {
    this.#app = app;
    this.#row = row;
    this.#over = this.#countOver();
    const card = app.model.card(row.provider);
    const buttons = this.#buttons();
    this.#root.replaceChildren(
      h(
        "header",
        { class: "item-head" },
        h(
          "button",
          { class: "plain", "aria-label": "Back", id: "back", click: () => app.back() },
          icon("back"),
        ),
        chip(card),
        h(
          "div",
          { class: "row-text" },
          h("h1", { class: "row-name" }, row.name),
          h("p", { class: "row-detail" }, [card.label, row.detail].filter(Boolean).join(" · ")),
        ),
        this.#state,
      ),
      this.#runs,
      h(
        "div",
        { class: "actions", role: "group", "aria-label": "Actions", "data-provider": card.name },
        ...buttons,
      ),
      this.#facts,
    );
    this.#root.onkeydown = (event) => this.#onKey(event);
    this.render();
    this.#look();
  }

  get row() {
    return this.#row;
  }

  /** @param {string} [action] the one that was just done or given up */
  focus(action) {
    const buttons = [...this.#root.querySelectorAll(".action")];
    const button = buttons.find((one) => one.getAttribute("data-action") === action) ?? buttons[0];
    if (button instanceof HTMLElement) button.focus();
  }

  #buttons() {
    const { actions } = this.#app.model.card(this.#row.provider);
    const cards = this.#row.actions.flatMap((name) => actions.find((card) => card.name === name) ?? []);
    return [...cards.map((card) => this.#actionButton(card)), ...this.#copyButtons()];
  }

  /** @param {ActionCard} card */
  #actionButton(card) {
    const destroys = card.confirmation?.destroys === true;
    return h(
      "button",
      {
        class: destroys ? "action destroys" : "action",
        "data-action": card.name,
        click: () => this.#app.begin(this.#row, card),
      },
      icon(card.icon),
      h("span", {}, card.label),
      card.fields.length > 0 && h("span", { class: "more", "aria-hidden": "true" }, "…"),
    );
  }

  #copyButtons() {
    const { kind, name, ips } = this.#row;
    const texts = kind === "domain" ? [name] : ips;
    return texts.map((text) => {
      const says = h("span", {}, kind === "domain" ? "Copy name" : "Copy IP");
      const copy = async () => {
        await navigator.clipboard.writeText(text);
        says.textContent = "Copied";
      };
      return h(
        "button",
        { class: "action", "data-action": "copy", click: copy },
        icon("copy"),
        says,
        kind !== "domain" && h("span", { class: "ip" }, text),
      );
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.#app.back();
    else if (step !== undefined) {
      const buttons = /** @type {HTMLElement[]} */ ([...this.#root.querySelectorAll("button")]);
      const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
    } else return;
    event.preventDefault();
  }

  #countOver() {
    return this.#app.model.runsOf(this.#row).filter(({ phase }) => phase === "done" || phase === "failed")
      .length;
  }

  render() {
    const { model } = this.#app;
    const current = model.row(this.#row) ?? this.#row;
    this.#state.replaceChildren(stateDot(current.state) || "");
    const runs = worthShowing(model.runsOf(this.#row));
    this.#runs.replaceChildren(...runs.map((run) => runBox(this.#app, run)));
    const over = this.#countOver();
    if (over > this.#over) this.#look();
    this.#over = over;
  }

  async #look() {
    const { provider, key } = this.#row;
    this.#facts.setAttribute("aria-busy", "true");
    try {
      const { facts } = await this.#app.ask("look", { provider, item: key });
      this.#facts.replaceChildren(facts.length > 0 ? factList(facts) : "");
    } catch (error) {
      this.#facts.replaceChildren(failureBox(failureOf(error)));
    }
    this.#facts.setAttribute("aria-busy", "false");
  }
}
