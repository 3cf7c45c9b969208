// The credentials of one provider.

import { patternOf } from "../access.js";
import { failureOf } from "../page/connection.js";
import { chip, failureBox, h, icon } from "../page/dom.js";

/**
 * @typedef {import("../types.js").AccountCard} AccountCard
 * @typedef {import("../types.js").CredentialField} CredentialField
 * @typedef {import("../types.js").Failure} Failure
 * @typedef {import("../types.js").ListState} ListState
 * @typedef {import("../types.js").ProviderCard} ProviderCard
 *
 * @typedef {object} Surroundings
 * @property {import("../page/connection.js").Ask} ask
 * @property {() => string[]} patterns what the accounts need access to
 */

/** @type {Omit<Failure, "issues">} */
const ELSEWHERE = {
  title: "This address cannot be used",
  help: "It has to be one of the provider's own, or one on this computer.",
};

/** @type {Omit<Failure, "issues">} */
const DECLINED = {
  title: "Access was not allowed",
  help: "Nothing was saved: without access to the provider's address the extension cannot call it.",
};

export class AccountForm {
  #card;
  #account;
  #around;
  #status = h("p", { class: "status", role: "status" });
  #problem = h("div", { role: "alert" });
  #form;
  element;

  /**
   * @param {ProviderCard} card
   * @param {AccountCard | undefined} account
   * @param {Surroundings} around
   */
  constructor(card, account, around) {
    this.#card = card;
    this.#account = account;
    this.#around = around;
    this.#form = h("form", {
      submit: (/** @type {Event} */ event) => this.#save(event),
      autocomplete: "off",
    });
    this.element = h(
      "details",
      { class: "account", id: `account-${card.name}`, open: account === undefined ? false : undefined },
      h(
        "summary",
        {},
        chip(card),
        h("span", { class: "summary-text" }, h("h2", {}, card.label), this.#status),
      ),
      this.#form,
    );
    this.#render();
  }

  /** What it needs access to. */
  get pattern() {
    return this.#account && patternOf(this.#card, this.#account.baseUrl);
  }

  #render() {
    const account = this.#account;
    const { name, addresses, credentials } = this.#card;
    const id = `${name}-baseUrl`;
    const remove = h("button", { type: "button", class: "remove", click: () => this.#remove() }, "Remove");
    this.#say(account ? "Saved" : "Not set up", account ? "good" : "");
    this.#problem.replaceChildren();
    this.#form.replaceChildren(
      ...credentials.map((field) => this.#field(field)),
      h(
        "label",
        { class: "check" },
        h("input", { type: "checkbox", name: "session", checked: account?.session === true }),
        h("span", {}, "Remember only until the browser closes"),
      ),
      h(
        "details",
        { class: "advanced", open: Boolean(account?.baseUrl) },
        h("summary", {}, "Advanced"),
        h(
          "div",
          { class: "field" },
          h("label", { for: id }, "API address"),
          h("input", {
            id,
            name: "baseUrl",
            type: "url",
            value: account?.baseUrl ?? "",
            placeholder: addresses[0],
            list: `${id}-list`,
          }),
          h("datalist", { id: `${id}-list` }, ...addresses.map((value) => h("option", { value }))),
          h(
            "p",
            { class: "hint" },
            "Empty for the provider's own. A sandbox on this computer can be given too.",
          ),
        ),
      ),
      this.#problem,
      h(
        "div",
        { class: "buttons" },
        account && remove,
        h("button", { class: "primary", type: "submit" }, account ? "Save changes" : "Save"),
      ),
    );
  }

  /** @param {CredentialField} field */
  #field(field) {
    const { name, label, hint, secret = false, optional = false } = field;
    const id = `${this.#card.name}-${name}`;
    const whole = h(
      "div",
      { class: "field" },
      h("label", { for: id }, label, optional && h("small", {}, " optional")),
    );
    const input = () =>
      h("input", {
        id,
        name,
        type: secret ? "password" : "text",
        autocomplete: secret ? "new-password" : "off",
        required: !optional,
        value: this.#account?.shown[name] ?? "",
        spellcheck: "false",
      });
    if (secret && this.#account?.saved.includes(name)) {
      const saved = h("div", { class: "saved" }, icon("check"), "Saved");
      const replace = () => {
        const typed = input();
        saved.replaceWith(typed);
        typed.focus();
      };
      saved.append(
        h(
          "button",
          { type: "button", class: "small", "aria-label": `Replace ${label}`, click: replace },
          "Replace",
        ),
      );
      whole.append(saved);
    } else whole.append(input());
    if (hint) whole.append(h("p", { class: "hint" }, hint));
    return whole;
  }

  /** @param {Event} event */
  async #save(event) {
    event.preventDefault();
    const { name, credentials } = this.#card;
    const form = new FormData(this.#form);
    const typed = credentials.filter((field) => form.has(field.name));
    const baseUrl = String(form.get("baseUrl") ?? "").trim();
    const input = {
      credentials: Object.fromEntries(
        typed.map((field) => [field.name, String(form.get(field.name)).trim()]),
      ),
      baseUrl,
      session: form.has("session"),
    };
    this.#problem.replaceChildren();
    try {
      // Chrome asks only while it answers a click: nothing may be waited for before this.
      const isAllowed = await chrome.permissions
        .request({ origins: [patternOf(this.#card, baseUrl)] })
        .catch(() => undefined);
      if (!isAllowed) return this.#fail({ ...(isAllowed === false ? DECLINED : ELSEWHERE), issues: [] });
      const before = this.pattern;
      this.#account = await this.#around.ask("save", { provider: name, ...input });
      this.#render();
      await this.#giveUp(before);
    } catch (error) {
      this.#fail(failureOf(error));
    }
  }

  async #remove() {
    const before = this.pattern;
    try {
      await this.#around.ask("forget", { provider: this.#card.name });
      this.#account = undefined;
      this.#render();
      await this.#giveUp(before);
    } catch (error) {
      this.#fail(failureOf(error));
    }
  }

  /** @param {string | undefined} pattern access that may not be needed any more */
  async #giveUp(pattern) {
    if (pattern === undefined || this.#around.patterns().includes(pattern)) return;
    // What the manifest itself demands cannot be given up.
    await chrome.permissions.remove({ origins: [pattern] }).catch(() => false);
  }

  /** @param {Failure} failure */
  #fail({ title, help, issues }) {
    const faults = issues.map(({ path, message }) => `${this.#labelOf(path)} ${message}.`);
    this.#problem.replaceChildren(failureBox({ title, help: [help, ...faults].join(" "), issues: [] }));
  }

  /** @param {string} name */
  #labelOf(name) {
    if (name === "baseUrl") return "API address";
    return this.#card.credentials.find((field) => field.name === name)?.label ?? name;
  }

  /** @param {ListState} list */
  showList({ loading, rows, failures }) {
    if (!this.#account) return;
    const [first] = failures;
    if (loading) this.#say("Loading…");
    else if (first) this.#say(`${first.failure.title}. ${first.failure.help}`, "bad");
    else this.#say(rows.length === 1 ? "One server or domain" : `${rows.length} servers and domains`, "good");
  }

  /**
   * @param {string} text
   * @param {"good" | "bad" | ""} [kind]
   */
  #say(text, kind = "") {
    this.#status.textContent = text;
    this.#status.className = `status ${kind}`;
  }
}
