// Provisioning jobs. They get on with every look at them, never with time, so that nothing that is tested
// with them depends on a clock.

import { createHash } from "node:crypto";
import { accepted, demand, ok, pathOf } from "../answers.js";
import { Collection } from "../collection.js";
import { isCount, isObject } from "../settings.js";

/**
 * @typedef {import("../answers.js").Answer} Answer
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"finished" | "finished-200" | "failed" | "cancelled" | "unknown-status"} JobOutcome
 *   finished-200 finishes with a 200 and the status "finished" in place of the 201
 *
 * @typedef {object} JobPlan How the next job is to go.
 * @property {JobOutcome} [outcome] finished unless given
 * @property {number} [polls] how often it is ongoing; the setting jobPolls unless given
 *
 * @typedef {object} Job
 * @property {string} id
 * @property {string} subject what it works on; no second job may while this one does
 * @property {JobOutcome} outcome
 * @property {number} pollsLeft
 * @property {() => string} make makes the resource and gives the link to it
 * @property {string | undefined} link once it is made
 */

/** @type {JobOutcome[]} */
const OUTCOMES = ["finished", "finished-200", "failed", "cancelled", "unknown-status"];

export class Jobs {
  /** @type {Collection<Job>} */
  all = new Collection("provisioning job", (job) => job.id);
  /** @type {JobPlan[]} */
  #plans = [];

  /** @param {World} world */
  constructor(world) {
    this.world = world;
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
   * @param {string} subject
   * @param {() => string} make
   * @returns {Answer}
   */
  start(subject, make) {
    const busy = this.all.all().some((job) => job.subject === subject && holdsSubject(job));
    demand([!busy, "provisioning_in_progress", "A provisioning job for this is not finished yet."]);
    const { outcome = "finished", polls = this.world.settings.jobPolls } = this.#plans.shift() ?? {};
    const id = uuid(`job ${this.world.number("job")}`);
    this.all.add({ id, subject, outcome, pollsLeft: polls, make, link: undefined });
    return accepted(pathOf("v2", "provisioningjobs", id));
  }

  /**
   * @param {string} id
   * @returns {Answer}
   */
  poll(id) {
    const job = this.all.find(id);
    if (job.pollsLeft > 0) {
      job.pollsLeft -= 1;
      const estimate = this.world.timeIn(5 * (job.pollsLeft + 1));
      return ok({ id: job.id, status: "ongoing", completion: { estimate } });
    }
    if (job.outcome === "unknown-status")
      return { ...ok({ id: job.id, status: "on_hold" }), unchecked: true };
    if (job.outcome === "failed" || job.outcome === "cancelled")
      return ok({ id: job.id, status: job.outcome });
    job.link ??= job.make();
    if (job.outcome === "finished-200") return ok({ id: job.id, status: "finished" });
    return { status: 201, headers: { location: job.link }, json: { id: job.id, resource_links: [job.link] } };
  }
}

/**
 * A failed job may still be put right, so what it works on stays taken.
 *
 * @param {Job} job
 */
const holdsSubject = ({ link, outcome, pollsLeft }) =>
  link === undefined && !(outcome === "cancelled" && pollsLeft === 0);

/** @param {string} seed */
function uuid(seed) {
  const hex = createHash("sha256").update(seed).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const jobHandlers = {
  "provisioningJobs.get": (/** @type {import("./world.js").Call<{ job_id: string }>} */ { world, params }) =>
    world.jobs.poll(params.job_id),
};
