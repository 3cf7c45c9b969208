// Snapshots that are taken by themselves.

import { noContent, ok, Refusal } from "../answers.js";
import { demandFields } from "./refusals.js";

/**
 * @typedef {object} Schedule
 * @property {number} frequency hours
 * @property {string} next_run YYYY-MM-DD HH:MM
 *
 * @typedef {{ hostname: string }} Params
 */

/**
 * The list of all schedules has the same time in another form.
 *
 * @param {string} nextRun
 */
const asDateTime = (nextRun) => `${nextRun.replace(" ", "T")}:00Z`;

/** @param {string} nextRun */
function isTime(nextRun) {
  const time = new Date(asDateTime(nextRun));
  // February 30th would be read as a day of March.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(nextRun.replace(" ", "T"));
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const scheduleHandlers = {
  "servers.snapshots.scheduled.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const { schedule } = world.servers.find(params.hostname);
    if (!schedule) throw new Refusal(404, "schedule_not_found", "The server has no snapshot schedule.");
    return ok(schedule);
  },

  "servers.snapshots.scheduled.create": (
    /** @type {import("./world.js").Call<Params, Schedule>} */ { world, params, body },
  ) => {
    const server = world.servers.find(params.hostname);
    demandFields([isTime(body.next_run), "next_run", "There is no such time."]);
    server.schedule = { frequency: body.frequency, next_run: body.next_run };
    return noContent();
  },

  "servers.snapshots.scheduled.delete": (
    /** @type {import("./world.js").Call<Params>} */ { world, params },
  ) => {
    world.servers.find(params.hostname).schedule = undefined;
    return noContent();
  },

  "customers.scheduled.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(
      world.servers
        .all()
        .flatMap(({ hostname, schedule }) =>
          schedule
            ? [{ hostname, frequency: schedule.frequency, next_run: asDateTime(schedule.next_run) }]
            : [],
        ),
    ),
};
