// The worker: the only part that has credentials and talks to providers.

import { accountCards, cardOf, providerOf, readAccount, removeAccount, writeAccount } from "./accounts.js";
import { catalogue } from "./catalogue.js";
import { aboutOf, clientOf, connect, dropClient } from "./clients.js";
import { Lists } from "./lists.js";
import { mergeAccount } from "./merge.js";
import { Runs } from "./runs.js";
import { inWords } from "./words.js";

/**
 * @typedef {import("../types.js").FromWorker} FromWorker
 * @typedef {import("../types.js").Question} Question
 * @typedef {import("../types.js").QuestionName} QuestionName
 * @typedef {import("../types.js").Questions} Questions
 * @typedef {import("../types.js").Target} Target
 */

/** @type {Set<chrome.runtime.Port>} */
const ports = new Set();

/** @param {import("../types.js").News} news */
const tell = (news) => {
  for (const port of ports) port.postMessage(news);
};

const lists = new Lists(tell);
const runs = new Runs(tell);
const restored = lists.restore().then(() => runs.restore());

/** @param {string} name */
async function reset(name) {
  await dropClient(name);
  await lists.forget(name);
}

/** @param {Target} target */
async function withItem({ provider, item }) {
  return { about: providerOf(provider), client: await clientOf(provider), found: lists.find(provider, item) };
}

/** @type {{ [Name in QuestionName]: (params: Questions[Name]["takes"]) => Questions[Name]["gives"] | Promise<Questions[Name]["gives"]> }} */
const answers = {
  catalogue,
  accounts: accountCards,
  lists: () => lists.states(),
  runs: () => runs.all(),

  async save({ provider, ...input }) {
    const account = mergeAccount(await readAccount(provider), input);
    connect(provider, account);
    await reset(provider);
    await writeAccount(provider, account);
    lists.refresh(provider);
    return cardOf(providerOf(provider), account);
  },

  async forget({ provider }) {
    runs.forget(provider);
    await removeAccount(provider);
    await reset(provider);
    return null;
  },

  refresh({ provider }) {
    if (provider === undefined) lists.refreshAll();
    else lists.refresh(provider, true);
    return null;
  },

  async look(target) {
    const { about, client, found } = await withItem(target);
    const look = (await about.look?.(client, found)) ?? { facts: [] };
    if (look.state && look.state !== found.state) lists.setState(target.provider, target.item, look.state);
    return look;
  },

  async choices(target) {
    const { about, client, found } = await withItem(target);
    const action = about.actions.find(({ name }) => name === target.action);
    return (await action?.choices?.(client, found)) ?? [];
  },

  run: ({ provider, item, action, values }) =>
    runs.start(provider, lists.find(provider, item), action, values),

  leave({ run }) {
    runs.leave(run);
    return null;
  },

  dismiss({ run }) {
    runs.dismiss(run);
    return null;
  },
};

/**
 * @param {Question} question
 * @returns {Promise<FromWorker>}
 */
async function answer({ id, ask, params }) {
  try {
    await restored;
    // That the params are those of the question is what the type Question says.
    const give = /** @type {(params: unknown) => unknown} */ (answers[ask]);
    return { id, gives: await give(params) };
  } catch (error) {
    const name = params && "provider" in params ? params.provider : undefined;
    return {
      id,
      failure: inWords(error, name ? aboutOf(name) : { label: "The extension", isProxied: false }),
    };
  }
}

chrome.runtime.onConnect.addListener((port) => {
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
  port.onMessage.addListener(async (message) => {
    const answered = await answer(/** @type {Question} */ (message));
    if (ports.has(port)) port.postMessage(answered);
  });
});

chrome.permissions.onAdded.addListener(() => lists.refreshAll());

chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === "install") chrome.runtime.openOptionsPage();
});
