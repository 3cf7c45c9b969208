// The options: which providers there are credentials for.

import { connectToWorker } from "../page/connection.js";
import { byId } from "../page/dom.js";
import { AccountForm } from "./account-form.js";

/** @typedef {import("../types.js").ListState} ListState */

/** @type {Map<string, AccountForm>} */
const forms = new Map();

const ask = connectToWorker(
  "options",
  (news) => {
    if (news.news === "list") forms.get(news.list.provider)?.showList(news.list);
  },
  () => undefined,
);

async function load() {
  const [cards, accounts, lists] = await Promise.all([
    ask("catalogue", undefined),
    ask("accounts", undefined),
    ask("lists", undefined),
  ]);
  const known = new Map(accounts.map((account) => [account.provider, account]));
  for (const card of cards)
    forms.set(card.name, new AccountForm(card, known.get(card.name), { ask, patterns }));
  byId("providers", HTMLElement).replaceChildren(...[...forms.values()].map(({ element }) => element));
  for (const list of lists) forms.get(list.provider)?.showList(list);
}

/** What the accounts need access to, so that nothing is given up that another one needs. */
const patterns = () => [...forms.values()].flatMap((form) => form.pattern ?? []);

load();
