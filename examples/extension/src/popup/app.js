// The popup: which view is shown, and what goes on between it and the worker.

import { connectToWorker, failureOf } from "../page/connection.js";
import { byId } from "../page/dom.js";
import { confirm } from "./confirm.js";
import { FormView } from "./form-view.js";
import { ItemView } from "./item-view.js";
import { ListView } from "./list-view.js";
import { Model } from "./model.js";
import { countSeconds, runLine, worthShowing } from "./run-box.js";

/**
 * @typedef {import("../types.js").ActionCard} ActionCard
 * @typedef {import("../types.js").Failure} Failure
 * @typedef {import("../types.js").Row} Row
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../types.js").Values} Values
 */

export class App {
  model = new Model();
  #list = new ListView(this);
  /** @type {ItemView | undefined} */
  #item;
  /** @type {FormView | undefined} */
  #form;
  /** @type {Set<() => void>} */
  #watchers = new Set();

  ask = connectToWorker(
    "popup",
    (news) => {
      this.model.learn(news);
      this.render();
      for (const watcher of this.#watchers) watcher();
    },
    () => this.load(),
  );

  async load() {
    const [cards, lists, runs] = await Promise.all([
      this.ask("catalogue", undefined),
      this.ask("lists", undefined),
      this.ask("runs", undefined),
    ]);
    this.model.cards = new Map(cards.map((card) => [card.name, card]));
    this.model.lists = new Map(lists.map((list) => [list.provider, list]));
    this.model.runs = runs;
    document.body.toggleAttribute("data-ready", true);
    this.render();
    if (!this.#item) this.#list.focus();
    await this.ask("refresh", { provider: undefined });
  }

  render() {
    // News may come before what it is about is known.
    if (!document.body.hasAttribute("data-ready")) return;
    this.#list.render();
    this.#item?.render();
    const lines = worthShowing(this.model.runs).map((run) => runLine(this, run));
    byId("tray", HTMLElement).replaceChildren(...lines);
    countSeconds();
  }

  #show() {
    const view = this.#form ? "form" : this.#item ? "item" : "list";
    for (const name of ["list", "item", "form"]) byId(`${name}-view`, HTMLElement).hidden = name !== view;
  }

  /** @param {Row} row */
  open(row) {
    this.#form = undefined;
    this.#item = new ItemView(this, row);
    this.#show();
    this.#item.focus();
  }

  /** @param {Run} run */
  openRun({ provider, item }) {
    const row = this.model.row({ provider, key: item });
    if (row) this.open(row);
  }

  back() {
    const form = this.#form;
    this.#form = undefined;
    if (!form) this.#item = undefined;
    this.#show();
    if (this.#item) this.#item.focus();
    else this.#list.focus();
  }

  /**
   * @param {Row} row
   * @param {ActionCard} card
   */
  async begin(row, card) {
    if (card.fields.length > 0) {
      this.#form = new FormView(this, row, card);
      this.#show();
      this.#form.focus();
      return;
    }
    await this.run(row, card, {}, []);
  }

  /**
   * @param {Row} row
   * @param {ActionCard} card
   * @param {Values} values
   * @param {{ label: string, value: string }[]} details for the confirmation
   * @returns {Promise<Failure | undefined>} what is wrong with the values, for the form
   */
  async run(row, card, values, details) {
    const { provider, key } = row;
    const form = this.#form;
    if (!(await confirm(row, this.model.card(provider).label, card, details))) return undefined;
    try {
      const { id } = await this.ask("run", { provider, item: key, action: card.name, values });
      const run = await this.#answered(id);
      if (form && run?.phase === "failed") {
        // The form says it, next to the values.
        if (this.#form === form) await this.ask("dismiss", { run: id });
        return run.failure;
      }
    } catch (error) {
      return failureOf(error);
    }
    if (form && this.#form === form) this.back();
    if (this.#item?.row === row) this.#item.focus(card.name);
    return undefined;
  }

  /**
   * Until the provider has answered.
   *
   * @param {string} id
   * @returns {Promise<Run | undefined>}
   */
  #answered(id) {
    const find = () => this.model.runs.find((run) => run.id === id);
    return new Promise((resolve) => {
      const look = () => {
        const run = find();
        if (run?.phase === "sending") return;
        this.#watchers.delete(look);
        resolve(run);
      };
      this.#watchers.add(look);
      look();
    });
  }
}
