// What the steps of the tour of ccloud have in common.

/**
 * @typedef {typeof import("../../../pkg/providers/ccloud.js")} Hostwire
 * @typedef {import("../../../pkg/providers/ccloud.js").Ccloud} Ccloud
 * @typedef {import("../../../pkg/providers/ccloud.js").CcloudOptions} CcloudOptions
 * @typedef {import("../../../pkg/providers/ccloud.js").TasksGetStatus} Task
 *
 * @typedef {object} Context
 * @property {Ccloud} ccloud
 * @property {Hostwire} hostwire
 * @property {CcloudOptions & { clientId: string, clientSecret: string }} clientOptions for steps that make a
 *   client of their own
 * @property {import("../../sandbox/ccloud/index.js").CcloudSandbox | undefined} sandbox undefined: ccloud
 * @property {import("../tour.js").Traffic} traffic
 * @property {Known} known
 *
 * @typedef {object} Known What earlier steps have found out or made.
 * @property {string} [pool]
 * @property {string} [hostname]
 *
 * @typedef {import("../steps.js").StepOf<Context>} CcloudStep
 */

/** The server of the tour. */
export const HOSTNAME = "my-shop";

export const NO_SERVER = "There is no server to look at";

/** @param {Task} task */
export const taskState = ({ id, action, status }) => `task ${id} ${action} ${status}`;
