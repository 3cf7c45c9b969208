// Tasks. They get on with every look at one of them, never with time, so that nothing that is tested with
// them depends on a clock.

import { ok, Refusal } from "../answers.js";
import { Collection } from "../collection.js";
import { isCount, isObject } from "../settings.js";
import { CUSTOMER_ID, USERNAME } from "./customer.js";
import { holds, page } from "./paging.js";
import { uuid } from "./uuid.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {"done" | "failed" | "unknown-status"} TaskOutcome
 *
 * @typedef {object} TaskPlan How the next task is to go.
 * @property {TaskOutcome} [outcome] done unless given
 * @property {number} [polls] how often it is processing; the setting jobPolls unless given
 * @property {string} [message] why it failed
 *
 * @typedef {object} Work
 * @property {string} action
 * @property {string} hostname
 * @property {() => void} done what changes once the task is done; refuses where it has become impossible
 * @property {() => void} [failed] what is put back where it failed
 *
 * @typedef {object} Task
 * @property {number} id
 * @property {Work} work
 * @property {string} createdAt
 * @property {"processing" | "failed" | "done"} status
 * @property {string} [errorMessage]
 * @property {TaskOutcome} outcome
 * @property {string} failure why it fails, if it does
 * @property {number} pollsLeft
 *
 * @typedef {import("./paging.js").Paging & { action?: string, status?: string, search?: string }} ListParams
 */

/** @type {TaskOutcome[]} */
const OUTCOMES = ["done", "failed", "unknown-status"];

export class Tasks {
  /** @type {Collection<Task>} */
  all = new Collection("task", (task) => task.id);
  /** @type {TaskPlan[]} */
  #plans = [];

  /** @param {World} world */
  constructor(world) {
    this.world = world;
  }

  /** @param {TaskPlan} plan */
  planNext(plan) {
    if (!isObject(plan)) throw new TypeError("nextJob: an object is expected");
    const { outcome = "done", polls, message = "" } = plan;
    if (!OUTCOMES.includes(outcome))
      throw new TypeError(`nextJob: outcome has to be one of ${OUTCOMES.join(", ")}`);
    if (polls !== undefined && !isCount(polls))
      throw new TypeError("nextJob: polls has to be a whole number");
    if (typeof message !== "string") throw new TypeError("nextJob: message has to be text");
    this.#plans.push(plan);
  }

  /**
   * @param {Work} work
   * @returns {Task}
   */
  start(work) {
    const { outcome = "done", polls, message } = this.#plans.shift() ?? {};
    return this.all.add({
      id: this.world.number("task"),
      work,
      createdAt: this.world.time(),
      status: "processing",
      outcome,
      failure: message ?? `The action ${work.action} failed.`,
      pollsLeft: polls ?? this.world.settings.jobPolls,
    });
  }

  /**
   * A task of former times.
   *
   * @param {string} hostname
   * @param {string} action
   * @param {string} [errorMessage] where it failed
   */
  addFinished(hostname, action, errorMessage) {
    const task = this.start({ action, hostname, done: () => undefined });
    task.status = errorMessage === undefined ? "done" : "failed";
    task.errorMessage = errorMessage;
  }

  /** @param {number} id */
  poll(id) {
    const task = this.all.find(id);
    if (task.status === "processing" && task.pollsLeft === 0) {
      if (task.outcome === "unknown-status")
        return { ...ok({ ...shown(task), status: "on_hold" }), unchecked: true };
      this.#finish(task);
    }
    task.pollsLeft = Math.max(0, task.pollsLeft - 1);
    return ok(shown(task));
  }

  /** @param {Task} task */
  #finish(task) {
    const { outcome, work } = task;
    const why =
      outcome === "failed"
        ? task.failure
        : attempt(() => {
            this.world.servers.find(work.hostname);
            work.done();
          });
    task.errorMessage = why;
    task.status = why === undefined ? "done" : "failed";
    if (why !== undefined) work.failed?.();
  }

  /**
   * @param {ListParams} params
   * @param {(task: Task) => boolean} [isAsked]
   */
  list(params, isAsked = () => true) {
    const { action, status, search } = params;
    const tasks = this.all
      .all()
      .filter(isAsked)
      .filter((task) => action === undefined || task.work.action === action)
      .filter((task) => status === undefined || task.status === status)
      .filter((task) => holds(search, [task.work.hostname, task.errorMessage]));
    return ok(
      page(this.world, params, tasks.map(shown), ["id", "action", "hostname", "status", "created_at"]),
    );
  }
}

/**
 * Says why something has become impossible while the task was processing.
 *
 * @param {() => void} act
 */
function attempt(act) {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.faults[0]?.text ?? error.message;
    throw error;
  }
}

/** @param {Task} task */
const shown = ({ id, work, status, errorMessage, createdAt }) => ({
  id,
  action: work.action,
  customer_id: CUSTOMER_ID,
  username: USERNAME,
  hostname: work.hostname,
  status,
  ...(errorMessage === undefined ? {} : { error_message: errorMessage }),
  created_at: createdAt,
});

/** @param {Task} task */
export const taskId = ({ id }) => ({ id });

/** @param {Task} task */
export const taskWithJob = ({ id, work }) => ({ id, job_id: uuid(`job ${id}`), action: work.action });

/**
 * @param {Task} task
 * @param {Record<string, string>} given what the task works with
 */
export const taskWithData = ({ id, work }, given) => ({
  id,
  data: [{ ...given, hostname: work.hostname, customer_id: CUSTOMER_ID, username: USERNAME }],
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const taskHandlers = {
  "tasks.list": (/** @type {import("./world.js").Call<ListParams>} */ { world, params }) =>
    world.tasks.list(params),

  "tasks.get": (/** @type {import("./world.js").Call<{ id: number }>} */ { world, params }) =>
    world.tasks.poll(params.id),

  "servers.tasks.list": (
    /** @type {import("./world.js").Call<ListParams & { hostname: string }>} */ { world, params },
  ) => {
    const { hostname } = world.servers.find(params.hostname);
    return world.tasks.list(params, (task) => task.work.hostname === hostname);
  },
};
