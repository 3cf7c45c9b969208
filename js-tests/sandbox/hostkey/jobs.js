// Work that a call only starts. It gets on with every look at it, never with time, so that nothing that is
// tested with it depends on a clock. What comes out is told once; then the key is gone.

import { createHash } from "node:crypto";
import { ok, Refusal } from "../answers.js";
import { Collection } from "../collection.js";
import { isCount, isObject } from "../settings.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 * @typedef {import("./settings.js").HostkeySettings} HostkeySettings
 *
 * @typedef {"finished" | "failed" | "unknown" | "lost"} JobOutcome
 *   unknown: a result that nobody knows, for good; lost: finished, but the key is gone before that was told
 *
 * @typedef {object} JobPlan How the next work is to go.
 * @property {JobOutcome} [outcome] finished unless given
 * @property {number} [polls] how often it is under way; the setting jobPolls unless given
 *
 * @typedef {object} Outcome What came out.
 * @property {string | object} scope
 * @property {string | null} [debug]
 * @property {Record<string, string | number>} [context] besides action, id and location
 *
 * @typedef {object} Work
 * @property {string} action
 * @property {number} server 0 where none is involved
 * @property {string} [location]
 * @property {"eq" | "nat"} [module] whose callback has to be asked; eq unless given
 * @property {string} [shownAs] the action in the context, where it has another name there
 * @property {string[]} [stages] told while it is under way
 * @property {() => boolean} [isReady] whether it can get on; always unless given
 * @property {() => Outcome} finish does what is to be done
 *
 * @typedef {Work & { number: number, key: string, outcome: JobOutcome, polls: number, polled: number, done: Outcome | undefined }} Job
 */

/** @type {JobOutcome[]} */
const OUTCOMES = ["finished", "failed", "unknown", "lost"];

export class Jobs {
  /** @type {Collection<Job>} */
  #all = new Collection("AsyncKey", (job) => job.key);
  /** @type {JobPlan[]} */
  #plans = [];
  #started = 0;

  /** @param {HostkeySettings} settings */
  constructor(settings) {
    this.settings = settings;
  }

  /** @param {JobPlan} plan */
  planNext(plan) {
    if (!isObject(plan)) throw new TypeError("nextJob: an object is expected");
    const { outcome = "finished", polls } = plan;
    if (!OUTCOMES.includes(outcome))
      throw new TypeError(`nextJob: outcome has to be one of ${OUTCOMES.join(", ")}`);
    if (polls !== undefined && !isCount(polls))
      throw new TypeError("nextJob: polls has to be a whole number");
    this.#plans.push(plan);
  }

  /**
   * @param {Work} work
   * @returns {string} the key to follow it by
   */
  begin(work) {
    const { outcome = "finished", polls = this.settings.jobPolls } = this.#plans.shift() ?? {};
    this.#started += 1;
    const key = createHash("md5").update(`job ${this.#started}`).digest("hex");
    this.#all.add({ ...work, number: this.#started, key, outcome, polls, polled: 0, done: undefined });
    return key;
  }

  /**
   * @param {Work} work
   * @returns {Answer}
   */
  start(work) {
    return ok({ result: "OK", action: work.action, callback: this.begin(work) });
  }

  /**
   * @param {string} key
   * @returns {Job | undefined}
   */
  get(key) {
    return this.#all.get(key);
  }

  /**
   * Whether such work on a server is still under way.
   *
   * @param {number} server
   * @param {string} action
   */
  isBusy(server, action) {
    return this.#all
      .all()
      .some((job) => job.server === server && job.action === action && !job.done && job.outcome !== "failed");
  }

  /**
   * @param {string} module
   * @param {string} key
   * @returns {Answer}
   */
  check(module, key) {
    const job = this.#all.get(key);
    if (!job || (job.module ?? "eq") !== module) throw keyUnknown();
    if (job.isReady && !job.isReady()) return ok({ result: "Not ready", key });
    if (job.polled < job.polls) return ok({ ...progressOf(job), key });
    const { action, shownAs = action, server, location } = job;
    const context = { action: shownAs, id: String(server), ...(location ? { location } : {}) };
    if (job.outcome === "unknown") return ok({ result: "On hold", scope: "", context, key });
    this.#all.remove(key);
    if (job.outcome === "failed") {
      return ok({ result: "Error", scope: `${shownAs}: could not be done`, context, debug: "", key });
    }
    const { scope, debug = "", context: more } = this.#carryOut(job);
    if (job.outcome === "lost") throw keyUnknown();
    return ok({ result: "OK", scope, context: { ...context, ...more }, debug, key });
  }

  /**
   * Work on one server is done in the order in which it was asked for, whether anybody asks what became of it
   * or not.
   *
   * @param {Job} job
   * @returns {Outcome}
   */
  #carryOut(job) {
    if (job.done) return job.done;
    for (const one of this.#all.all()) {
      const isEarlier = one.number < job.number && one.server === job.server && job.server !== 0;
      if (isEarlier && goesWell(one)) one.done ??= one.finish();
    }
    job.done = job.finish();
    return job.done;
  }
}

const keyUnknown = () => new Refusal(200, "async_key_not_found", "AsyncKey not found");

/** @param {Job} job */
const goesWell = ({ outcome, isReady = () => true }) =>
  (outcome === "finished" || outcome === "lost") && isReady();

/**
 * An installation tells as many of its stages as there are polls for.
 *
 * @param {Job} job
 */
function progressOf(job) {
  const { stages = [], polls, polled, action, server, location } = job;
  job.polled += 1;
  if (stages.length === 0 || polled === 0) return { result: "Not ready" };
  const scope = stages[Math.floor((polled * stages.length) / polls)] ?? "";
  return {
    result: "Stage",
    scope,
    context: { action, id: String(server), ...(location ? { location } : {}) },
  };
}
