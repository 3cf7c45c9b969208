import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { followed } from "../steps.js";
import { NO_SERVER, taskState } from "./context.js";

/**
 * @typedef {import("./context.js").CcloudStep} CcloudStep
 * @typedef {import("../../../pkg/providers/ccloud.js").Snapshot} Snapshot
 */

const NAME = "before the upgrade";

/** @type {CcloudStep} */
export const create = {
  title: "Take a snapshot",
  code: [
    "await ccloud.servers.snapshots",
    `  .create({ hostname, name: "${NAME}" })`,
    "  .wait({ onProgress });",
    "const snapshots = await ccloud.servers.snapshots.list({ hostname });",
  ],
  async run({ ccloud, known }, show) {
    const hostname = present(known.hostname, "a server");
    await ccloud.servers.snapshots.create({ hostname, name: NAME }).wait(followed(show, taskState));
    const snapshots = await ccloud.servers.snapshots.list({ hostname });
    expect(snapshots.length === 1 && snapshots[0]?.name === NAME, "the snapshot is there");
    expect(snapshots[0].active === true, "the server stands on it");
    showSnapshots(show, snapshots);
    return `Snapshot "${NAME}" is there`;
  },
};

/** @type {CcloudStep} */
export const list = {
  title: "List its snapshots",
  code: ["const snapshots = await ccloud.servers.snapshots.list({ hostname });"],
  async run({ ccloud, known: { hostname } }, show) {
    if (hostname === undefined) return NO_SERVER;
    const snapshots = await ccloud.servers.snapshots.list({ hostname });
    showSnapshots(show, snapshots);
    return count(snapshots.length, "snapshot");
  },
};

/**
 * @param {import("../output.js").Output} show
 * @param {Snapshot[]} snapshots
 */
const showSnapshots = (show, snapshots) =>
  show.table(snapshots.map(({ id, name, active }) => [id, name, active ? "active" : ""]));
