import { expect, present } from "../expect.js";
import { followed } from "../steps.js";
import { taskState } from "./context.js";

/** @typedef {import("./context.js").CcloudStep} CcloudStep */

/** @type {CcloudStep} */
export const cores = {
  title: "More cores",
  code: [
    "await ccloud.servers.cores.update({ hostname, cores: 4 }).wait({ onProgress });",
    "const { data } = await ccloud.servers.get({ hostname });",
  ],
  async run({ ccloud, known }, show) {
    const hostname = present(known.hostname, "a server");
    await ccloud.servers.cores.update({ hostname, cores: 4 }).wait(followed(show, taskState));
    const { data } = await ccloud.servers.get({ hostname });
    expect(data?.cores === 4, "it has 4 cores");
    return `It has ${data.cores} cores now`;
  },
};

/** @type {CcloudStep} */
export const memory = {
  title: "More memory, the task taken up again from its id",
  code: [
    "const { id } = await ccloud.servers.memory.update({ hostname, memory: 8 });",
    "await ccloud.tasks.wait({ id });   // in any process",
    "const { data } = await ccloud.servers.get({ hostname });",
  ],
  async run({ ccloud, known }, show) {
    const hostname = present(known.hostname, "a server");
    const { id } = await ccloud.servers.memory.update({ hostname, memory: 8 });
    await ccloud.tasks.wait({ id }, followed(show, taskState));
    const { data } = await ccloud.servers.get({ hostname });
    expect(data?.memory === 8, "it has 8 GB of memory");
    return `It has ${data.memory} GB of memory now`;
  },
};

/** @type {CcloudStep} */
export const disk = {
  title: "A larger disk",
  code: [
    "const [disk] = await ccloud.servers.disks.list({ hostname });",
    "await ccloud.servers.disks",
    "  .update({ hostname, id: disk.id, size: 80 })",
    "  .wait({ onProgress });",
  ],
  async run({ ccloud, known }, show) {
    const hostname = present(known.hostname, "a server");
    const [disk] = await ccloud.servers.disks.list({ hostname });
    const id = present(disk?.id, "a disk");
    await ccloud.servers.disks.update({ hostname, id, size: 80 }).wait(followed(show, taskState));
    const [after] = await ccloud.servers.disks.list({ hostname });
    expect(disk?.size === 50 && after?.size === 80, "the disk has grown from 50 to 80 GB");
    return `Disk ${id} has grown from ${disk.size} to ${after.size} GB`;
  },
};
