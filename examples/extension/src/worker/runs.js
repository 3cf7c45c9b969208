// Actions that were started: they go on when the popup is closed, and even when the browser stops the worker.

import { isGoing } from "../going.js";
import { Refused } from "../refused.js";
import { providerOf } from "./accounts.js";
import { aboutOf, clientOf } from "./clients.js";
import { inWords } from "./words.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("../types.js").Outcome} Outcome
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../types.js").Values} Values
 * @typedef {import("../types.js").JobAction<object, unknown>} AnyJobAction
 *
 * @typedef {Run & { about: Item, job?: import("../types.js").JobParams }} KeptRun
 */

const KEY = "runs";
const MOST_KEPT = 30;

/** Chrome ends a worker that has had nothing to do with it for 30 seconds. */
const HEARTBEAT_MS = 20_000;

const INTERRUPTED = {
  title: "The browser interrupted it",
  help: "What was asked for may have been done: look before you try again.",
  issues: [],
};

/** @param {Outcome} outcome */
async function open({ open: url }) {
  if (url === undefined) return;
  // What a proxy hands on in place of secrets.
  if (url === "***")
    throw new Refused("The proxy keeps the address to itself: its rules hand on no secrets.");
  // The address comes from the provider: nothing but a web page is to be opened.
  if (new URL(url).protocol !== "https:")
    throw new Error("The provider gave an address that is no web page.");
  await chrome.tabs.create({ url });
}

export class Runs {
  /** @type {KeptRun[]} */
  #runs = [];
  /** @type {Map<string, AbortController>} */
  #active = new Map();
  #tell;

  /** @param {(news: import("../types.js").News) => void} tell */
  constructor(tell) {
    this.#tell = tell;
    setInterval(() => this.#active.size > 0 && chrome.storage.session.get(KEY), HEARTBEAT_MS);
  }

  /** Takes up what an earlier worker was at. */
  async restore() {
    const kept = (await chrome.storage.session.get(KEY))[KEY];
    this.#runs = /** @type {KeptRun[] | undefined} */ (kept) ?? [];
    for (const run of this.#runs.filter(isGoing)) {
      if (run.job)
        this.#begin(run, (signal) => this.#follow(run.id, run.about, this.#jobActionOf(run), signal));
      else this.#change(run.id, { phase: "failed", failure: INTERRUPTED });
    }
  }

  /** @returns {Run[]} the latest first */
  all() {
    return this.#runs.map(({ about, job, ...run }) => run).reverse();
  }

  /**
   * @param {string} name
   * @param {Item} item
   * @param {string} actionName
   * @param {Values} values
   * @returns {Run}
   */
  start(name, item, actionName, values) {
    const before = this.#runs.find(
      (run) => run.provider === name && run.item === item.key && run.action === actionName,
    );
    // A second click does not send it twice.
    if (before && isGoing(before)) return before;
    const action = providerOf(name).actions.find((one) => one.name === actionName);
    if (!action) throw new Error(`There is no action ${actionName}.`);
    /** @type {KeptRun} */
    const run = {
      id: crypto.randomUUID(),
      provider: name,
      item: item.key,
      itemName: item.name,
      action: actionName,
      label: action.label,
      phase: "sending",
      progress: "",
      startedAt: Date.now(),
      about: item,
    };
    const others = this.#runs.filter((one) => one !== before);
    const isKept = (/** @type {Run} */ one, /** @type {number} */ index) =>
      isGoing(one) || index >= others.length - MOST_KEPT;
    this.#runs = [...others.filter(isKept), run];
    this.#begin(run, async (signal) => {
      const client = await clientOf(name);
      if ("run" in action) return await action.run(client, item, values, signal);
      const call = action.start(client, item, values, signal);
      const job = providerOf(name).jobs?.paramsOf(await call, item);
      this.#change(run.id, { phase: "following", job });
      return await this.#follow(run.id, item, action, signal);
    });
    return run;
  }

  /** @param {KeptRun} run */
  #jobActionOf(run) {
    const action = providerOf(run.provider).actions.find(({ name }) => name === run.action);
    if (!action || !("start" in action)) throw new Error(`${run.action} starts no job.`);
    return action;
  }

  /**
   * @param {string} id
   * @param {Item} item
   * @param {AnyJobAction} action
   * @param {AbortSignal} signal
   */
  async #follow(id, item, action, signal) {
    const run = this.#find(id);
    const { jobs } = providerOf(run?.provider ?? "");
    if (!run?.job || !jobs) throw new Error("The provider named no job to follow.");
    const onProgress = (/** @type {{ answer: unknown }} */ { answer }) =>
      this.#change(id, { progress: jobs.progressOf?.(answer) ?? "Under way" });
    const result = await jobs.follow(await clientOf(run.provider), run.job, { signal, onProgress });
    return action.done(item, result);
  }

  /**
   * @param {KeptRun} run
   * @param {(signal: AbortSignal) => Promise<Outcome>} work
   */
  async #begin({ id, provider }, work) {
    const active = new AbortController();
    this.#active.set(id, active);
    this.#told();
    try {
      const outcome = await work(active.signal);
      await open(outcome);
      const { open: _, ...shown } = outcome;
      this.#change(id, { phase: "done", outcome: shown });
    } catch (error) {
      if (active.signal.aborted) this.#change(id, { phase: "left" });
      else this.#change(id, { phase: "failed", failure: inWords(error, aboutOf(provider), true) });
    } finally {
      this.#active.delete(id);
    }
  }

  /**
   * Ends the following, not the work.
   *
   * @param {string} id
   */
  leave(id) {
    if (this.#find(id)?.phase === "following") this.#active.get(id)?.abort();
  }

  /** @param {string} id */
  dismiss(id) {
    this.#runs = this.#runs.filter((run) => run.id !== id || isGoing(run));
    this.#told();
  }

  /** @param {string} provider */
  forget(provider) {
    for (const run of this.#runs) if (run.provider === provider) this.#active.get(run.id)?.abort();
    this.#runs = this.#runs.filter((run) => run.provider !== provider);
    this.#told();
  }

  /** @param {string} id */
  #find(id) {
    return this.#runs.find((run) => run.id === id);
  }

  /**
   * @param {string} id
   * @param {Partial<KeptRun>} change
   */
  #change(id, change) {
    this.#runs = this.#runs.map((run) => (run.id === id ? { ...run, ...change } : run));
    this.#told();
  }

  #told() {
    this.#tell({ news: "runs", runs: this.all() });
    chrome.storage.session.set({ [KEY]: this.#runs });
  }
}
