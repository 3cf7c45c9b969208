import { randomBytes } from "node:crypto";
import { expect, present } from "../expect.js";
import { count } from "../output.js";
import { followed } from "../steps.js";
import { HOSTNAME, NO_SERVER, taskState } from "./context.js";

/** @typedef {import("./context.js").CcloudStep} CcloudStep */

const POOL = "pool_iw_ssd";
const IMAGE = "buster_uefi";

/** @type {CcloudStep} */
export const choose = {
  title: "What can a server be made from? The client fetches its token by itself",
  code: ["const pools = await ccloud.pools.list();", "const systems = await ccloud.os.list();"],
  async run({ ccloud, known, traffic }, show) {
    const pools = await ccloud.pools.list();
    const systems = await ccloud.os.list();
    expect(traffic.operations.has("oauth.token"), "the client has fetched its token");
    known.pool = pools.find(({ tag }) => tag === POOL)?.tag;
    expect(
      systems.some(({ image }) => image === IMAGE),
      "the image that the code names is there",
    );
    show.table(pools.map(({ tag, name }) => [tag, name]));
    show.table(systems.map(({ image, name, min_disk }) => [image, name, `from ${min_disk} GB`]));
    return `${count(pools.length, "pool")}, ${count(systems.length, "operating system")}`;
  },
};

/** @type {CcloudStep} */
export const create = {
  title: "Create a server and follow the task to its end",
  code: [
    "const task = await ccloud.servers",
    "  .create({",
    `    hostname: "${HOSTNAME}", pool: "${POOL}", image: "${IMAGE}", type: "unmanaged",`,
    "    cores: 2, memory: 4, disks: [50], subnets: [1, 3], password,",
    "  })",
    "  .wait({ onProgress });",
  ],
  async run({ ccloud, known }, show) {
    const pool = present(known.pool, "the pool that the code names");
    const password = randomBytes(12).toString("hex");
    const order = /** @type {const} */ ({ type: "unmanaged", cores: 2, memory: 4, disks: [50] });
    const task = await ccloud.servers
      .create({ ...order, hostname: HOSTNAME, pool, image: IMAGE, subnets: [1, 3], password })
      .wait(followed(show, taskState));
    expect(task.status === "done" && task.hostname === HOSTNAME, `${HOSTNAME} is built`);
    known.hostname = task.hostname;
    return `Server ${task.hostname} is there`;
  },
};

/** @type {CcloudStep} */
export const show = {
  title: "Look at it",
  code: [
    "const server = await ccloud.servers.get({ hostname });",
    "const { state } = await ccloud.servers.state.get({ hostname });",
  ],
  async run({ ccloud, known, sandbox }, show) {
    const hostname = known.hostname;
    if (hostname === undefined) return NO_SERVER;
    const { data, network_adapters = [] } = await ccloud.servers.get({ hostname });
    const { state } = await ccloud.servers.state.get({ hostname });
    expect(!sandbox || state === "Running", "it runs");
    const addresses = network_adapters.flatMap(({ ip_addresses = [] }) => ip_addresses.map(({ ip }) => ip));
    show.fields({
      state,
      "data.cores": data?.cores,
      "data.memory": `${data?.memory} GB`,
      "data.disk": `${data?.disk} GB`,
      addresses: addresses.join(", "),
    });
    return `${hostname} is ${state}`;
  },
};

/** @type {CcloudStep} */
export const remove = {
  title: "Delete it; the client sends along the hostname that ccloud wants as a confirmation",
  code: [
    'const request = await ccloud.prepare("servers.delete", { hostname });   // to look at',
    "const task = await ccloud.servers.delete({ hostname }).wait({ onProgress });",
  ],
  async run({ ccloud, known, sandbox }, show) {
    const hostname = present(known.hostname, "a server");
    const request = await ccloud.prepare("servers.delete", { hostname });
    show.fields({
      request: `${request.method} ${new URL(request.url).pathname}`,
      body: await request.text(),
    });
    const task = await ccloud.servers.delete({ hostname }).wait(followed(show, taskState));
    expect(task.status === "done", "the deletion is done");
    const sent = sandbox?.requests.find(({ operationId }) => operationId === "servers.delete");
    expect(String(sent?.body) === JSON.stringify({ hostname }), "the confirmation was sent");
    expect(sandbox?.world.servers.has(hostname) === false, `${hostname} is gone`);
    return `Server ${hostname} is gone`;
  },
};
