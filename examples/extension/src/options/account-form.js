// The credentials of one provider, or the proxy that has them.

import { addressOf, isUsable, patternOf } from "../access.js";
import { failureOf } from "../page/connection.js";
import { chip, failureBox, h, icon } from "../page/dom.js";

/**
 * @typedef {import("../types.js").AccountCard} AccountCard
 * @typedef {import("../types.js").AccountInput} AccountInput
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
const NO_PROXY = {
  title: "This address cannot be used",
  help: "It has to begin with https://, unless the proxy is on this computer.",
};

/** @type {Omit<Failure, "issues">} */
const DECLINED = {
  title: "Access was not allowed",
  help: "Nothing was saved: without access to that address the extension cannot call it.",
};

/** @type {CredentialField} */
const TOKEN = { name: "token", label: "Token", hint: "it tells the proxy who you are", secret: true };

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
    return this.#account && patternOf(addressOf(this.#card, this.#account));
  }

  #render() {
    const account = this.#account;
    const withKeys = this.#keys();
    const withProxy = this.#proxy();
    const isProxy = h("input", { type: "checkbox", name: "isProxy", checked: account?.proxy !== undefined });
    // What is disabled is neither checked nor sent.
    const choose = () => {
      withKeys.disabled = withKeys.hidden = isProxy.checked;
      withProxy.disabled = withProxy.hidden = !isProxy.checked;
    };
    isProxy.addEventListener("change", () => {
      choose();
      withProxy.querySelector("input")?.focus();
    });
    choose();
    const remove = h("button", { type: "button", class: "remove", click: () => this.#remove() }, "Remove");
    this.#say(account ? "Saved" : "Not set up", account ? "good" : "");
    this.#problem.replaceChildren();
    this.#form.replaceChildren(
      h("label", { class: "check" }, isProxy, h("span", {}, "Use a proxy in place of keys")),
      withKeys,
      withProxy,
      h(
        "label",
        { class: "check" },
        h("input", { type: "checkbox", name: "session", checked: account?.session === true }),
        h("span", {}, "Remember only until the browser closes"),
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

  /** Credentials that this extension keeps. */
  #keys() {
    const { name, addresses, credentials } = this.#card;
    const id = `${name}-baseUrl`;
    return h(
      "fieldset",
      { "aria-label": "Keys" },
      ...credentials.map((field) =>
        this.#field(field, this.#account?.saved.includes(field.name), this.#account?.shown[field.name]),
      ),
      h(
        "details",
        { class: "advanced", open: Boolean(this.#account?.baseUrl) },
        h("summary", {}, "Advanced"),
        h(
          "div",
          { class: "field" },
          h("label", { for: id }, "API address"),
          h("input", {
            id,
            name: "baseUrl",
            type: "url",
            value: this.#account?.baseUrl ?? "",
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
    );
  }

  /** A proxy that has the credentials. */
  #proxy() {
    const id = `${this.#card.name}-proxyUrl`;
    const { proxy } = this.#account ?? {};
    return h(
      "fieldset",
      { "aria-label": "Proxy" },
      h(
        "p",
        { class: "hint" },
        "A proxy made with hostwire/proxy keeps the provider's keys and decides what you may do. This browser ",
        "then has none of them. The proxy has to let in this extension by its origin:",
        h("code", {}, location.origin),
      ),
      h(
        "div",
        { class: "field" },
        h("label", { for: id }, "Proxy address"),
        h("input", {
          id,
          name: "proxyUrl",
          type: "url",
          required: true,
          value: proxy?.url ?? "",
          placeholder: "https://proxy.example.com",
          spellcheck: "false",
        }),
      ),
      this.#field(TOKEN, proxy !== undefined),
    );
  }

  /**
   * @param {CredentialField} field
   * @param {boolean} [isSaved]
   * @param {string} [shown] its value, where that is no secret
   */
  #field(field, isSaved = false, shown = "") {
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
        value: shown,
        spellcheck: "false",
      });
    if (secret && isSaved) {
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
    const input = this.#input();
    const unusable = { ...(input.proxy ? NO_PROXY : ELSEWHERE), issues: [] };
    this.#problem.replaceChildren();
    if (!isUsable(this.#card, input)) return this.#fail(unusable);
    try {
      // Chrome asks only while it answers a click: nothing may be waited for before this.
      const isAllowed = await chrome.permissions
        .request({ origins: [patternOf(addressOf(this.#card, input))] })
        .catch(() => undefined);
      if (!isAllowed) return this.#fail(isAllowed === false ? { ...DECLINED, issues: [] } : unusable);
      const before = this.pattern;
      this.#account = await this.#around.ask("save", { provider: this.#card.name, ...input });
      this.#render();
      await this.#giveUp(before);
    } catch (error) {
      this.#fail(failureOf(error));
    }
  }

  /**
   * What is typed in.
   *
   * @returns {AccountInput}
   */
  #input() {
    const form = new FormData(this.#form);
    const textOf = (/** @type {string} */ name) => String(form.get(name) ?? "").trim();
    const typed = this.#card.credentials.filter((field) => form.has(field.name));
    return {
      credentials: Object.fromEntries(typed.map(({ name }) => [name, textOf(name)])),
      baseUrl: textOf("baseUrl"),
      session: form.has("session"),
      ...(form.has("isProxy") && { proxy: { url: textOf("proxyUrl"), token: textOf("token") } }),
    };
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
    if (name.startsWith("proxy.")) return name === "proxy.url" ? "Proxy address" : "Token";
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
