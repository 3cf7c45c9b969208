// What a user sees of ccloud's own failures.

import { expect, failure, present } from "../expect.js";
import { count } from "../output.js";
import { followed, showError, showIssues } from "../steps.js";
import { HOSTNAME, taskState } from "./context.js";

/** @typedef {import("./context.js").CcloudStep} CcloudStep */

/** @type {CcloudStep} */
export const refusedByProvider = {
  title: "What only the provider can judge: status 422, a ValidationError with the issues by field",
  code: [
    "await ccloud.servers.create({",
    '  hostname: "My Shop", pool: "none", image: "buster_uefi", type: "unmanaged",',
    "  cores: 2, memory: 4, disks: [3],",
    "});",
  ],
  async run({ ccloud, hostwire }, show) {
    const error = await failure(hostwire.ValidationError, () =>
      ccloud.servers.create({
        ...{ hostname: "My Shop", pool: "none", image: "buster_uefi", type: "unmanaged" },
        ...{ cores: 2, memory: 4, disks: [3] },
      }),
    );
    const { message, status, issues } = error;
    const told = issues.map(({ path, message }) => [`issues: ${path}`, message]);
    showError(show, error, { message, status, ...Object.fromEntries(told) });
    expect(status === 422, "the status is 422");
    for (const path of ["hostname", "pool", "disks.0"]) {
      expect(
        issues.some((issue) => issue.path === path),
        `there is an issue about ${path}`,
      );
    }
    return `${count(issues.length, "fault")} told, each with its field`;
  },
};

/** @type {CcloudStep} */
export const failedTask = {
  title: "A task that fails is a JobError with the provider's reason",
  code: ['await ccloud.servers.state.stop({ hostname: "vs10000" }).wait({ onProgress });'],
  async run({ ccloud, hostwire, sandbox }, show) {
    const plan = /** @type {const} */ ({ outcome: "failed", polls: 1, message: "The host is busy." });
    present(sandbox, "a sandbox").nextJob(plan);
    const error = await failure(hostwire.JobError, () =>
      ccloud.servers.state.stop({ hostname: "vs10000" }).wait(followed(show, taskState)),
    );
    showError(show, error, { message: error.message, job: JSON.stringify(error.job) });
    expect(error.message.includes(plan.message), "the provider's reason is told");
    return "error.job names the task, for ccloud.tasks.wait";
  },
};

/** @type {CcloudStep} */
export const gone = {
  title: "What is not there is a NotFoundError",
  code: [`await ccloud.servers.get({ hostname: "${HOSTNAME}-2" });`],
  async run({ ccloud, hostwire }, show) {
    const error = await failure(hostwire.NotFoundError, () =>
      ccloud.servers.get({ hostname: `${HOSTNAME}-2` }),
    );
    showError(show, error, { message: error.message, status: error.status });
    expect(error.status === 404, "the status is 404");
    return "Told apart with instanceof";
  },
};

/** @type {CcloudStep} */
export const badInput = {
  title: "Wrong input is caught before anything is sent, every fault at once",
  code: ['await ccloud.servers.list({ limit: "many", pge: 2 });'],
  async run({ ccloud, hostwire, traffic }, show) {
    const before = traffic.requests;
    /** @type {{}} what TypeScript would refuse */
    const wrong = { limit: "many", pge: 2 };
    const error = await failure(hostwire.InputError, () => ccloud.servers.list(wrong));
    showIssues(show, error);
    expect(error.issues.length === 2, "there are two issues");
    expect(traffic.requests === before, "nothing is sent");
    return `${count(error.issues.length, "fault")} found, nothing sent`;
  },
};

/** @type {CcloudStep} */
export const notAllowed = {
  title: "A client that may only read cannot delete anything",
  code: [
    'const reader = new Ccloud({ clientId, clientSecret, allow: ["read"] });',
    "await reader.servers.delete({ hostname });",
  ],
  async run({ hostwire, clientOptions, traffic }, show) {
    const reader = new hostwire.Ccloud({ ...clientOptions, allow: ["read"] });
    const before = traffic.requests;
    const error = await failure(hostwire.NotAllowedError, () =>
      reader.servers.delete({ hostname: HOSTNAME }),
    );
    showError(show, error, { message: error.message });
    expect(traffic.requests === before, "nothing is sent");
    return "Refused, nothing sent";
  },
};
