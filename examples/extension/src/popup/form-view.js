// What an action needs to know, asked in a form.

import { failureOf } from "../page/connection.js";
import { byId, failureBox, h, icon } from "../page/dom.js";

/**
 * @typedef {import("../types.js").ActionCard} ActionCard
 * @typedef {import("../types.js").Choice} Choice
 * @typedef {import("../types.js").Failure} Failure
 * @typedef {import("../types.js").Field} Field
 * @typedef {import("../types.js").Row} Row
 * @typedef {import("../types.js").Values} Values
 * @typedef {import("./app.js").App} App
 *
 * @typedef {object} Control
 * @property {Field} field
 * @property {HTMLInputElement | HTMLSelectElement} input
 * @property {HTMLElement} fault
 * @property {HTMLElement} whole
 */

export class FormView {
  #root = byId("form-view", HTMLElement);
  #app;
  #row;
  #card;
  #problem = h("div", { role: "alert" });
  #submit;
  /** @type {Control[]} */
  #controls;

  /**
   * @param {App} app
   * @param {Row} row
   * @param {ActionCard} card
   */
  constructor(app, row, card) {
    this.#app = app;
    this.#row = row;
    this.#card = card;
    const kind = card.confirmation?.destroys ? "danger" : "primary";
    this.#submit = h("button", { class: kind, type: "submit" }, card.label);
    this.#controls = card.fields.map((field) => this.#control(field));
    const form = h(
      "form",
      {
        novalidate: true,
        submit: (/** @type {Event} */ event) => this.#onSubmit(event),
        change: () => this.#showFitting(),
      },
      ...this.#controls.map(({ whole }) => whole),
      this.#problem,
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", click: () => app.back() }, "Cancel"),
        this.#submit,
      ),
    );
    this.#root.replaceChildren(
      h(
        "header",
        { class: "item-head" },
        h("button", { class: "plain", "aria-label": "Back", click: () => app.back() }, icon("back")),
        h(
          "div",
          { class: "row-text" },
          h("h1", { class: "row-name" }, card.label),
          h("p", { class: "row-detail" }, `${row.name} · ${app.model.card(row.provider).label}`),
        ),
      ),
      form,
    );
    this.#root.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      app.back();
    };
    this.#showFitting();
    if (card.asks) this.#ask();
  }

  get row() {
    return this.#row;
  }

  focus() {
    this.#controls[0]?.input.focus();
  }

  /**
   * @param {Field} field
   * @returns {Control}
   */
  #control(field) {
    const id = `field-${field.name}`;
    const described = { "aria-describedby": `${id}-fault` };
    const fault = h("p", { class: "fault", id: `${id}-fault` });
    const choices =
      field.choices === "ips" ? this.#row.ips.map((ip) => ({ value: ip, label: ip })) : field.choices;
    const input =
      choices === undefined
        ? h("input", {
            ...described,
            id,
            name: field.name,
            type: field.secret ? "password" : "text",
            autocomplete: "off",
            spellcheck: "false",
            placeholder: field.hint,
            value: field.initial,
          })
        : h(
            "select",
            { ...described, id, name: field.name, disabled: choices === "asked" },
            ...optionsOf(choices),
          );
    const label = h("label", { for: id }, field.label, field.optional && h("small", {}, " optional"));
    return { field, input, fault, whole: h("div", { class: "field" }, label, input, fault) };
  }

  async #ask() {
    const { provider, key } = this.#row;
    const control = this.#controls.find(({ field }) => field.choices === "asked");
    this.#submit.disabled = true;
    try {
      const choices = await this.#app.ask("choices", { provider, item: key, action: this.#card.name });
      control?.input.replaceChildren(
        ...optionsOf(choices.length > 0 ? choices : [{ value: "", label: "There are none" }]),
      );
      if (control) control.input.disabled = choices.length === 0;
      this.#submit.disabled = choices.length === 0;
      control?.input.focus();
    } catch (error) {
      this.#problem.replaceChildren(failureBox(failureOf(error)));
    }
  }

  /** @returns {Values} */
  #values() {
    const shown = this.#controls.filter(({ whole }) => !whole.hidden);
    return Object.fromEntries(shown.map(({ field, input }) => [field.name, input.value.trim()]));
  }

  #showFitting() {
    const all = Object.fromEntries(this.#controls.map(({ field, input }) => [field.name, input.value]));
    for (const { field, whole } of this.#controls) {
      whole.hidden = field.when !== undefined && !field.when.is.includes(all[field.when.field] ?? "");
    }
  }

  /** @param {Event} event */
  async #onSubmit(event) {
    event.preventDefault();
    this.#showFaults({ title: "", help: "", issues: [] });
    this.#submit.toggleAttribute("aria-busy", true);
    const details = this.#controls.flatMap(({ field, input }) => this.#chosen(field, input));
    const failure = await this.#app.run(this.#row, this.#card, this.#values(), details);
    this.#submit.toggleAttribute("aria-busy", false);
    if (failure) this.#showFaults(failure);
  }

  /**
   * What a confirmation says beside the consequence.
   *
   * @param {Field} field
   * @param {HTMLInputElement | HTMLSelectElement} input
   */
  #chosen(field, input) {
    if (!(input instanceof HTMLSelectElement)) return [];
    return { label: field.label, value: input.selectedOptions[0]?.textContent ?? "" };
  }

  /** @param {Failure} failure */
  #showFaults({ title, help, issues }) {
    /** @type {Set<unknown>} */
    const placed = new Set();
    for (const { field, input, fault, whole } of this.#controls) {
      const path = field.path ?? field.name;
      const here = whole.hidden
        ? []
        : issues.filter(
            (issue) => !placed.has(issue) && (issue.path === path || issue.path.startsWith(`${path}[`)),
          );
      for (const issue of here) placed.add(issue);
      fault.textContent = here.map(({ message }) => message).join("; ");
      input.toggleAttribute("aria-invalid", here.length > 0);
    }
    const others = issues.filter((issue) => !placed.has(issue));
    const text = [help, ...others.map(({ path, message }) => `${path} ${message}`.trim())].join(" ");
    this.#problem.replaceChildren(title === "" ? "" : failureBox({ title, help: text, issues: [] }));
    this.#controls.find(({ fault }) => fault.textContent !== "")?.input.focus();
  }
}

/** @param {readonly Choice[] | "asked"} choices */
const optionsOf = (choices) =>
  choices === "asked"
    ? [h("option", { value: "" }, "Loading…")]
    : choices.map(({ value, label }) => h("option", { value }, label));
