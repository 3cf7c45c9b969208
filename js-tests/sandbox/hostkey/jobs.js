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
 * @typedef {"finished" | "failed" | "cancelled" | "aborted" | "word" | "unknown" | "lost" | "gone"} JobOutcome
 *   failed: result Error; cancelled: result OK, and the context has the status cancelled; aborted: result OK, and
 *   the context has an error; word: the result itself is a word for a failure; unknown: a result that nobody knows,
 *   for good; lost: finished, but the key is gone before that was told; gone: the key is gone, and nothing was done
 *
 * @typedef {object} JobPlan How the next work is to go.
 * @property {JobOutcome} [outcome] finished unless given
 * @property {string} [word] what says so: the result for the outcome word (failed unless given), the status in the
 *   context for cancelled (cancelled unless given)
 * @property {number} [polls] how often it is under way; the setting jobPolls unless given
 * @property {"Not ready" | "pending"} [underWay] how that is told: as documented, or with result OK and the scope
 *   pending, as deployments do
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
 * @typedef {Work & { number: number, key: string, polled: number, done: Outcome | undefined } & Required<JobPlan>} Job
 */

/** @type {JobOutcome[]} */
const OUTCOMES = ["finished", "failed", "cancelled", "aborted", "word", "unknown", "lost", "gone"];

/** @type {JobOutcome[]} after which what was to be done is done */
const DONE = ["finished", "lost"];

/** @type {JobOutcome[]} that show nothing of a job that is still under way */
const OVER = ["failed", "cancelled", "aborted", "word", "gone"];

export class Jobs {
  /** @type {Collection<Job>} */
  #all = new Collection("AsyncKey", (job) => job.key);
  /** @type {JobPlan[]} */
  #plans = [];
  #started = 0;

  /**
   * @param {HostkeySettings} settings
   * @param {import("../shapes.js").Shapes} shapes
   */
  constructor(settings, shapes) {
    this.settings = settings;
    this.shapes = shapes;
  }

  /** @param {JobPlan} plan */
  planNext(plan) {
    if (!isObject(plan)) throw new TypeError("nextJob: an object is expected");
    const { outcome = "finished", polls, word, underWay = "Not ready" } = plan;
    if (!OUTCOMES.includes(outcome))
      throw new TypeError(`nextJob: outcome has to be one of ${OUTCOMES.join(", ")}`);
    if (polls !== undefined && !isCount(polls))
      throw new TypeError("nextJob: polls has to be a whole number");
    if (word !== undefined && typeof word !== "string") throw new TypeError("nextJob: word has to be text");
    if (underWay !== "Not ready" && underWay !== "pending") {
      throw new TypeError("nextJob: underWay has to be Not ready or pending");
    }
    this.#plans.push(plan);
  }

  /**
   * @param {Work} work
   * @returns {string} the key to follow it by
   */
  begin(work) {
    const { outcome = "finished", ...plan } = this.#plans.shift() ?? {};
    const { word = outcome === "cancelled" ? "cancelled" : "failed", underWay = "Not ready" } = plan;
    const { polls = this.settings.jobPolls } = plan;
    this.#started += 1;
    const key = createHash("md5").update(`job ${this.#started}`).digest("hex");
    const state = { number: this.#started, key, polled: 0, done: undefined };
    this.#all.add({ ...work, ...state, outcome, word, underWay, polls });
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
      .some(
        (job) => job.server === server && job.action === action && !job.done && !OVER.includes(job.outcome),
      );
  }

  /**
   * @param {string} module
   * @param {string} key
   * @returns {Answer}
   */
  check(module, key) {
    const job = this.#all.get(key);
    if (!job || (job.module ?? "eq") !== module) throw keyUnknown(key);
    if (job.isReady && !job.isReady()) return ok(this.#notReady(key));
    if (job.polled < job.polls) return ok(this.#progressOf(job));
    if (job.outcome === "unknown") return ok({ result: "On hold", scope: "", context: contextOf(job), key });
    this.#all.remove(key);
    if (job.outcome === "gone") throw keyUnknown(key);
    if (!DONE.includes(job.outcome)) return ok({ ...failureOf(job), key });
    const { scope, debug = "", context: more } = this.#carryOut(job);
    if (job.outcome === "lost") throw keyUnknown(key);
    const context = { ...contextOf(job), ...more };
    return ok({ result: this.shapes.of("outcome", "OK", "success"), scope, context, debug, key });
  }

  /** @param {string} key */
  #notReady(key) {
    return this.shapes.of("not ready", { result: "Not ready", key }, { result: "Not ready" });
  }

  /**
   * An installation tells as many of its stages as there are polls for.
   *
   * @param {Job} job
   */
  #progressOf(job) {
    const { stages = [], polls, polled, key } = job;
    job.polled += 1;
    if (job.underWay === "pending")
      return { result: "OK", scope: "pending", context: { id: "", ip: "" }, key };
    if (stages.length === 0 || polled === 0) return this.#notReady(key);
    const scope = stages[Math.floor((polled * stages.length) / polls)] ?? "";
    const { action, server, location } = job;
    return { result: "Stage", scope, context: contextOf({ action, server, location }), key };
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

/** @param {string} key */
const keyUnknown = (key) => new Refusal(200, "async_key_not_found", `AsyncKey ${key} not found`);

/** @param {Job} job */
const goesWell = ({ outcome, isReady = () => true }) => DONE.includes(outcome) && isReady();

/** @param {Pick<Job, "action" | "shownAs" | "server" | "location">} job */
const contextOf = ({ action, shownAs = action, server, location }) => ({
  action: shownAs,
  id: String(server),
  ...(location ? { location } : {}),
});

/** @param {Job} job */
function failureOf(job) {
  const context = contextOf(job);
  const { word } = job;
  const { action } = context;
  switch (job.outcome) {
    case "cancelled":
      return { result: "OK", context: { ...context, status: word } };
    case "aborted":
      return { result: "OK", context: { ...context, error: `${action} aborted by panel` } };
    case "word":
      return { result: word, scope: "", context, debug: "" };
    default:
      return { result: "Error", scope: `${action}: could not be done`, context, debug: `${action} stopped` };
  }
}
