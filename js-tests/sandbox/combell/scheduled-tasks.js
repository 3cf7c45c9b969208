import { created, demand, noContent, ok, pathOf } from "../answers.js";

/**
 * @typedef {import("./linux-hostings.js").LinuxHosting} LinuxHosting
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} ScheduledTask
 * @property {string} id
 * @property {boolean} enabled
 * @property {string} cron_expression
 * @property {string} script_location
 *
 * @typedef {Partial<ScheduledTask>} TaskInput
 * @typedef {{ domain_name: string }} Params
 * @typedef {Params & { scheduled_task_id: string }} TaskParams
 */

/**
 * @param {number} first
 * @param {number} last
 * @returns {(field: string) => boolean}
 */
const between = (first, last) => (field) =>
  /^(0|[1-9][0-9]?)$/.test(field) && Number(field) >= first && Number(field) <= last;

const minute = between(0, 59);
const FIELDS = [
  (/** @type {string} */ field) => minute(field) || /^\*\/(5|10|15|30)$/.test(field),
  between(0, 23),
  between(1, 31),
  between(1, 12),
  between(1, 7),
];

/** @param {string} expression */
function isCron(expression) {
  const fields = expression.split(" ");
  return (
    fields.length === 5 && FIELDS.every((fits, index) => fields[index] === "*" || fits(fields[index] ?? ""))
  );
}

/**
 * @param {string} id
 * @param {TaskInput} input
 * @returns {ScheduledTask}
 */
function taskOf(id, { enabled = true, cron_expression = "", script_location = "" }) {
  const rule =
    "minute (0-59 or */5, */10, */15, */30), hour, day of the month, month and weekday (1-7), or *";
  demand(
    [isCron(cron_expression), "cron_expression_invalid", `The five fields are ${rule}.`],
    [
      script_location.startsWith("/"),
      "script_location_invalid",
      "The script location has to be an absolute path.",
    ],
  );
  return { id, enabled, cron_expression, script_location };
}

/**
 * @param {World} world
 * @param {LinuxHosting} hosting
 * @param {TaskInput} input
 */
export function addTask(world, hosting, input) {
  const task = taskOf(`T${world.number("task")}`, input);
  return hosting.tasks.add(task);
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const scheduledTaskHandlers = {
  "linuxHostings.listScheduledTasks": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(world.linuxHostings.find(params.domain_name).tasks.all()),

  "linuxHostings.getScheduledTask": (
    /** @type {import("./world.js").Call<TaskParams>} */ { world, params },
  ) => ok(world.linuxHostings.find(params.domain_name).tasks.find(params.scheduled_task_id)),

  "linuxHostings.addScheduledTask": (
    /** @type {import("./world.js").Call<Params, TaskInput>} */ { world, params, body },
  ) => {
    const hosting = world.linuxHostings.find(params.domain_name);
    const { id } = addTask(world, hosting, body);
    return created(pathOf("v2", "linuxhostings", hosting.domain_name, "scheduledtasks", id));
  },

  "linuxHostings.configureScheduledTask": (
    /** @type {import("./world.js").Call<TaskParams, TaskInput>} */ { world, params, body },
  ) => {
    const { tasks } = world.linuxHostings.find(params.domain_name);
    const { id } = tasks.find(params.scheduled_task_id);
    tasks.add(taskOf(id, body));
    return noContent();
  },

  "linuxHostings.deleteScheduledTask": (
    /** @type {import("./world.js").Call<TaskParams>} */ { world, params },
  ) => {
    world.linuxHostings.find(params.domain_name).tasks.remove(params.scheduled_task_id);
    return noContent();
  },
};
