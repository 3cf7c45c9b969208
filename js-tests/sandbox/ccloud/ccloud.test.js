// A walk through ccloud: what is made is there, what is changed shows, what is deleted is gone.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { send } from "../raw-client.js";
import { bearerClient, items } from "./raw-client.js";

/** @typedef {import("./raw-client.js").Reply} Reply */

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {import("./index.js").CcloudSandbox} */
let ccloud;

before(async () => {
  sandbox = await startSandbox({ providers: ["ccloud"] });
  ccloud = sandbox.ccloud;
});
beforeEach(() => ccloud.reset());
after(() => sandbox.close());

/**
 * @param {string} method
 * @param {string} target
 * @param {unknown} [json]
 */
async function call(method, target, json) {
  const answer = await bearerClient(ccloud)(method, target, { json });
  assert.ok([200, 204].includes(answer.status), `${method} ${target}: ${answer.status} ${answer.text}`);
  return answer.status === 204 ? {} : answer.json;
}

/** @param {string} target */
const get = (target) => call("GET", target);

/**
 * @param {Reply} started
 * @returns {Promise<Reply>} the task, once it is over
 */
async function follow(started) {
  const { id } = Array.isArray(started) ? (items(started)[0] ?? {}) : started;
  for (;;) {
    const task = await get(`/ccloud/tasks/${id}`);
    if (String(task.status) !== "processing") return task;
  }
}

const order = {
  pool: "pool_iw_ssd",
  hostname: "fresh",
  cores: 2,
  memory: 4,
  disks: [50, 20],
  image: "buster_uefi",
  type: "unmanaged",
  password: "correct4horse",
  addons: [{ name: "monitoring", count: 2 }],
  subnets: [1, 3],
  tags: ["blue"],
  rollouts: ["app_apache"],
};

describe("a server of ccloud", () => {
  it("is ordered, built, snapshotted, resized and deleted", async () => {
    const { id, ...rest } = await call("POST", "/ccloud/servers", order);
    assert.deepEqual(rest, {});
    const building = await get("/ccloud/servers/fresh");
    assert.deepEqual([building.build_in_progress, building.credentials_available], [true, false]);
    assert.deepEqual(building.network_adapters, []);
    for (const _ of [1, 2]) {
      const task = await get(`/ccloud/tasks/${id}`);
      assert.deepEqual([task.status, task.action, task.hostname], ["processing", "create-server", "fresh"]);
      assert.equal((await get("/ccloud/servers/fresh")).build_in_progress, true);
    }
    assert.equal((await get(`/ccloud/tasks/${id}`)).status, "done");
    assert.equal((await get(`/ccloud/tasks/${id}`)).status, "done", "it stays done");

    const built = await get("/ccloud/servers/fresh");
    assert.deepEqual([built.build_in_progress, built.custom_price, built.tags], [false, false, ["blue"]]);
    assert.equal(built.data?.disk, 70);
    assert.deepEqual(built.data?.addons, [{ name: "monitoring", count: 2 }]);
    assert.equal(items(items(built.network_adapters)[0]?.ip_addresses).length, 2);
    assert.deepEqual(await get("/ccloud/servers/fresh/state"), { state: "Running" });
    assert.deepEqual(await get("/ccloud/servers/fresh/password"), [
      { username: "root", password: "correct4horse" },
    ]);
    assert.ok(JSON.stringify(await get("/ccloud/tags")).includes('"blue"'));

    await follow(await call("POST", "/ccloud/servers/fresh/snapshots", { name: "first" }));
    const [snapshot] = items(await get("/ccloud/servers/fresh/snapshots"));
    assert.deepEqual([snapshot?.name, snapshot?.active, snapshot?.parentSnapshotId], ["first", true, null]);
    await follow(await call("PUT", "/ccloud/servers/fresh/cores", { cores: 8 }));
    await follow(await call("PUT", "/ccloud/servers/fresh/memory", { memory: 16 }));
    const { cores, memory } = (await get("/ccloud/servers/fresh")).data ?? {};
    assert.deepEqual([cores, memory], [8, 16]);

    const deletion = await call("DELETE", "/ccloud/servers/fresh", { hostname: "fresh" });
    assert.deepEqual(await call("DELETE", "/ccloud/servers/fresh", { hostname: "fresh" }), deletion);
    assert.equal((await get("/ccloud/servers/fresh")).deletion_in_progress, true);
    assert.equal(items((await get("/ccloud/servers?deletion_in_progress=true")).data).length, 1);
    assert.equal((await follow(deletion)).status, "done");
    assert.equal((await bearerClient(ccloud)("GET", "/ccloud/servers/fresh")).status, 404);
    assert.equal(items((await get("/ccloud/servers?limit=100")).data).length, 60);
  });

  it("gets a name where it has none, and no password where it has a key", async () => {
    const { hostname: _, password: __, ...rest } = order;
    const { id } = await call("POST", "/ccloud/servers", { ...rest, sshkey: "ssh-ed25519 AAAA" });
    const { hostname } = await follow({ id });
    assert.equal(hostname, "vs10060");
    assert.equal((await get(`/ccloud/servers/${hostname}`)).credentials_available, false);
    assert.deepEqual(await get(`/ccloud/servers/${hostname}/password`), []);
  });

  it("is stopped, started and reinstalled", async () => {
    for (const [action, state] of [
      ["stop", "Off"],
      ["start", "Running"],
      ["shutdown", "Off"],
      ["reset", "Running"],
      ["shutdown-force", "Off"],
    ]) {
      await follow(await call("POST", `/ccloud/servers/vs10000/state/${action}`));
      assert.deepEqual(await get("/ccloud/servers/vs10000/state"), { state }, action);
    }
    const started = await call("POST", "/servers/vs10000/redeploy", {
      image: "win2022_uefi",
      password: "battery4staple",
    });
    assert.equal(started.action, "redeploy-server");
    assert.match(String(started.job_id), /^[0-9a-f-]{36}$/);
    await follow(started);
    assert.equal((await get("/ccloud/servers/vs10000")).data?.ostype, "Windows");
    assert.deepEqual(await get("/ccloud/servers/vs10000/password"), [
      { username: "Administrator", password: "battery4staple" },
    ]);
    assert.deepEqual(await get("/ccloud/servers/vs10000/snapshots"), []);
  });

  it("has snapshots, one based on the other", async () => {
    const path = "/ccloud/servers/vs10000/snapshots";
    const [before, later] = items(await get(path));
    assert.equal(later?.parentSnapshotId, before?.id);
    const restoring = await call("POST", `${path}/${before?.id}`);
    assert.equal(items(items(restoring)[0]?.data)[0]?.id, before?.id);
    await follow(restoring);
    const active = async () =>
      items(await get(path))
        .filter((one) => one.active)
        .map(({ name }) => name);
    assert.deepEqual(await active(), ["before the upgrade"]);
    await follow(await call("PUT", `${path}/${before?.id}`, { name: "renamed" }));
    await follow(await call("POST", path, { name: "third" }));
    assert.deepEqual(await active(), ["third"]);
    const [deletion, again] = [
      await call("DELETE", `${path}/${before?.id}`),
      await call("DELETE", `${path}/${before?.id}`),
    ];
    assert.equal((await follow(deletion)).status, "done");
    assert.deepEqual(
      items(await get(path)).map(({ name, parentSnapshotId }) => [name, parentSnapshotId]),
      [
        ["after the upgrade", null],
        ["third", null],
      ],
    );
    const second = await follow(again);
    assert.deepEqual([second.status, second.error_message], ["failed", "There is no such snapshot."]);
  });

  it("has disks and drives, and boots from either", async () => {
    const path = "/ccloud/servers/vs10000";
    await follow(await call("POST", `${path}/disks`, { size: 10 * 2 ** 30 }));
    await follow(await call("PUT", `${path}/disks/sc0s0`, { size: 80 }));
    await follow(await call("DELETE", `${path}/disks/sc0s2`));
    const disks = items(await get(`${path}/disks`)).map(({ id, size }) => [id, size]);
    assert.deepEqual(disks, [
      ["sc0s0", 80],
      ["sc0s3", 10],
    ]);
    await follow(await call("POST", `${path}/dvds`, { name: "rescue.iso" }));
    await follow(await call("PUT", `${path}/dvds/sc0s1`, { name: "virtio-win.iso" }));
    const drives = items(await get(`${path}/dvds`)).map(({ id, path: iso }) => [id, iso]);
    assert.deepEqual(drives, [
      ["sc0s1", "public/virtio-win.iso"],
      ["sc0s2", "328100/rescue.iso"],
    ]);
    const device = async () => items(await get(`${path}/bootorder`))[0]?.bootDevice;
    assert.equal(await device(), "sc0s0");
    await follow(await call("PUT", `${path}/bootorder`, { id: 4 }));
    assert.equal(await device(), "sc0s2");
    await follow(await call("DELETE", `${path}/dvds/sc0s2`));
    assert.equal(await device(), "sc0s0");
  });

  it("gets further addresses", async () => {
    const path = "/ccloud/servers/vs10000/network";
    const [adapter] = items(await get(path));
    const added = await call("POST", `${path}/${adapter?.id}/ip`, { protocol: "IPv6" });
    assert.deepEqual([added.type, added.network, added.vlan], ["IPv6", "2001:db8:a000:72::", 701]);
    assert.ok(JSON.stringify(await get(path)).includes(String(added.ip_address)));
    for (const list of ["subnets/3/ips", "ips"]) {
      const all = items(await get(`/ccloud/network/${list}`));
      const found = all.filter(({ ip }) => ip === added.ip_address);
      assert.deepEqual(
        found.map(({ hostname }) => hostname),
        ["vs10000"],
      );
    }
  });

  it("has a name, notes, tags, addons and a schedule that are changed at once", async () => {
    const path = "/ccloud/servers/vs10001";
    const server = await get("/ccloud/servers/ts12345");
    assert.equal(server.custom_name, undefined);
    await call("PUT", "/ccloud/servers/ts12345/customname", { name: "Mine" });
    assert.equal((await get("/ccloud/servers/ts12345")).custom_name, "Mine");
    await call("PUT", "/ccloud/servers/ts12345/customname");
    assert.equal((await get("/ccloud/servers/ts12345")).custom_name, undefined);
    assert.equal((await bearerClient(ccloud)("GET", path)).status, 404, "ts12345 is in the place of vs10001");

    const own = "/ccloud/servers/ts12345";
    await call("PUT", `${own}/notes`, { notes: "Mine" });
    assert.equal((await get(own)).data?.notes, "Mine");
    await call("DELETE", `${own}/notes`);
    assert.equal((await get(own)).data?.notes, undefined);
    await call("POST", `${own}/tags`, { tags: ["a", "b", "a"] });
    assert.deepEqual(await get(`${own}/tags`), ["a", "b"]);
    await call("DELETE", `${own}/tags`);
    assert.deepEqual(await get(`${own}/tags`), []);
    await call("PUT", "/servers/ts12345/addons/monitoring", { count: 3, description: { any: [1] } });
    assert.deepEqual((await get(own)).data?.addons, [{ name: "monitoring", count: 3 }]);
    for (const _ of [1, 2]) await call("DELETE", "/servers/ts12345/addons/monitoring");
    assert.deepEqual((await get(own)).data?.addons, []);

    await call("POST", `${own}/snapshots/scheduled`, { frequency: 24, next_run: "2026-12-24 18:30" });
    assert.deepEqual(await get(`${own}/snapshots/scheduled`), {
      frequency: 24,
      next_run: "2026-12-24 18:30",
    });
    const scheduled = async () =>
      items(await get("/ccloud/customers/scheduled")).find(({ hostname }) => String(hostname) === "ts12345");
    assert.deepEqual(await scheduled(), {
      hostname: "ts12345",
      frequency: 24,
      next_run: "2026-12-24T18:30:00Z",
    });
    for (const _ of [1, 2]) await call("DELETE", `${own}/snapshots/scheduled`);
    assert.equal(await scheduled(), undefined);
  });
});

describe("a task of ccloud", () => {
  it("may fail, and then nothing has changed", async () => {
    ccloud.nextJob({ outcome: "failed", polls: 1, message: "The host is on fire." });
    const task = await follow(await call("POST", "/ccloud/servers", order));
    assert.deepEqual([task.status, task.error_message], ["failed", "The host is on fire."]);
    assert.equal((await bearerClient(ccloud)("GET", "/ccloud/servers/fresh")).status, 404);

    ccloud.nextJob({ outcome: "failed" });
    const deletion = await call("DELETE", "/ccloud/servers/vs10000", { hostname: "vs10000" });
    assert.equal((await follow(deletion)).error_message, "The action delete-server failed.");
    const server = await get("/ccloud/servers/vs10000");
    assert.equal(server.deletion_in_progress, false);
    const second = await call("DELETE", "/ccloud/servers/vs10000", { hostname: "vs10000" });
    assert.notEqual(second.id, deletion.id);
    assert.equal((await follow(second)).status, "done");
  });

  it("may have a status that nobody knows, and takes as many looks as it is told to", async () => {
    ccloud.nextJob({ outcome: "unknown-status", polls: 0 });
    const odd = await call("POST", "/ccloud/servers/vs10000/state/stop");
    for (const _ of [1, 2]) assert.equal((await get(`/ccloud/tasks/${odd.id}`)).status, "on_hold");
    assert.deepEqual(await get("/ccloud/servers/vs10000/state"), { state: "Running" });

    ccloud.configure({ jobPolls: 0 });
    const quick = await call("POST", "/ccloud/servers/vs10000/state/stop");
    assert.equal((await get(`/ccloud/tasks/${quick.id}`)).status, "done");
    ccloud.configure({ jobPolls: 5 });
    const slow = await call("POST", "/ccloud/servers/vs10000/state/start");
    for (const _ of [1, 2, 3, 4, 5]) {
      assert.equal(items(await get("/ccloud/tasks?status=processing&sort=id&order=desc"))[0]?.id, slow.id);
      assert.equal((await get(`/ccloud/tasks/${slow.id}`)).status, "processing");
    }
    assert.equal((await get(`/ccloud/tasks/${slow.id}`)).status, "done");
  });

  it("fails where what it works on has gone in the meantime", async () => {
    const path = "/ccloud/servers/vs10000";
    const disk = await call("DELETE", `${path}/disks/sc0s2`);
    await follow(await call("DELETE", `${path}/disks/sc0s2`));
    assert.equal((await follow(disk)).error_message, "There is no such disk.");
    const resizing = await call("PUT", `${path}/cores`, { cores: 4 });
    await follow(await call("DELETE", path, { hostname: "vs10000" }));
    const { status, error_message } = await follow(resizing);
    assert.deepEqual([status, error_message], ["failed", "There is no such server."]);
  });

  it("is planned over HTTP too", async () => {
    const plan = (/** @type {unknown} */ json) =>
      send(ccloud.url, "POST", "/_sandbox/next-job", {}, JSON.stringify(json));
    assert.equal((await plan({ outcome: "failed" })).status, 200);
    const task = await follow(await call("POST", "/ccloud/servers/vs10000/state/stop"));
    assert.equal(task.status, "failed");
    for (const odd of [{ outcome: "lost" }, { polls: -1 }, { message: 7 }, 3]) {
      assert.equal((await plan(odd)).status, 400, JSON.stringify(odd));
    }
  });
});

describe("the customer of ccloud", () => {
  it("moves servers between subscriptions, which shows in the preview of the invoice", async () => {
    const pooled = async () =>
      JSON.stringify(items(await get("/ccloud/customers/invoices/preview"))[0]?.pools).includes('"vs10000"');
    assert.equal(await pooled(), false);
    await call("POST", "/subscriptions/2/export/vs10000/pool");
    assert.equal(await pooled(), true);
    assert.equal((await bearerClient(ccloud)("POST", "/subscriptions/2/export/vs10000/pool")).status, 404);
    await call("POST", "/subscriptions/3/import", { hostname: "vs10000" });
    await call("POST", "/subscriptions/3/export/all", { target_subscription: "S328100-004" });
    assert.equal(await pooled(), false);
    await call("POST", "/subscriptions/4/export/vs10000/pool");
    await call("PUT", "/ccloud/subscriptions/4/customname", { display_name: "Ours" });
    assert.equal((await get("/ccloud/subscriptions/4")).display_name, "Ours");
  });

  it("is told prices before and after", async () => {
    const prices = await get("/ccloud/customers/prices/pool_aw2_ssd");
    assert.deepEqual(prices, { cores: 6, memory: 3.1, disk: 0.1 });
    const quote = await call("POST", "/ccloud/customers/quotes", {
      pool: "pool_aw2_ssd",
      cores: 2,
      memory: 4,
      disk: 50,
      addons: [{ name: "cprotect", count: 2 }],
      ostype: "windows",
    });
    assert.deepEqual(quote, {
      resources: { cores: 12, memory: 12.4, disk: 5 },
      addons: { cprotect: { category: "availability", monthly_price: 29, setup_fee: 19.98 } },
      licenses: { "Windows Server": 11 },
      setup_fee_total: 19.98,
      monthly_total: 69.4,
    });
    const empty = await call("POST", "/ccloud/customers/quotes", {});
    assert.equal(empty.monthly_total, 0);
  });

  it("gets invoices whose parts add up", async () => {
    const listed = items(await get("/ccloud/customers/invoices")).find(({ id }) => Number(id) === 1323);
    assert.deepEqual([listed?.month, listed?.year], [11, 2022]);
    const [invoice] = items(await get("/ccloud/customers/invoices/1323"));
    assert.equal(invoice?.total, listed?.total);
    const { pools, subscriptions, total } = invoice?.details ?? {};
    const cents = (/** @type {unknown} */ amount) => Math.round(Number(amount) * 100);
    assert.equal(cents(pools?.total) + cents(subscriptions?.total), cents(total));
  });

  it("downloads reports as they are, byte by byte", async () => {
    assert.ok(items(await get("/ccloud/customers/reports")).length > 0);
    const answer = await bearerClient(ccloud)("GET", "/ccloud/customers/reports/2023-09");
    assert.equal(answer.headers["content-type"], "application/pdf");
    assert.equal(answer.headers["content-disposition"], 'attachment; filename="report-2023-09.pdf"');
    assert.equal(answer.bytes.subarray(0, 8).toString(), "%PDF-1.4");
    assert.equal(new Set(answer.bytes).size, 256, "every byte value is there");
    const start = Number(/startxref\n(\d+)\n/.exec(answer.bytes.toString("latin1"))?.[1]);
    assert.equal(answer.bytes.subarray(start, start + 4).toString(), "xref");
  });

  it("books addons, and sees what there is", async () => {
    await call("PUT", "/ccloud/customers/addons/report", { count: 4 });
    assert.deepEqual(await get("/ccloud/customers/addons"), [{ name: "report", count: 4 }]);
    await call("PUT", "/ccloud/customers/addons/report");
    assert.deepEqual(await get("/ccloud/customers/addons"), [{ name: "report", count: 1 }]);
    await call("DELETE", "/ccloud/customers/addons/report");
    assert.deepEqual(await get("/ccloud/customers/addons"), []);
    assert.equal(items(await get("/ccloud/pools")).length, 3);
    assert.equal(items(await get("/ccloud/pools?inactive=true")).length, 4);
    assert.equal(items(await get("/ccloud/servers/vs10003/gpus")).length, 2);
    assert.deepEqual(await get("/ccloud/servers/vs10000/gpus"), []);
    const usage = async () => (await get("/ccloud/resource-info")).usage?.cores;
    const before = Number(await usage());
    await follow(await call("PUT", "/ccloud/servers/vs10000/cores", { cores: 3 }));
    assert.equal(await usage(), before + 1);
  });

  it("gets a fresh URL each time", async () => {
    for (const path of ["/ccloud/servers/vs10000/console", "/ccloud/customers/monitoring"]) {
      assert.notEqual((await get(path)).url, (await get(path)).url);
    }
  });
});

describe("the world of ccloud", () => {
  it("is the same after every reset", async () => {
    const look = async () =>
      await Promise.all(
        ["servers?limit=100", "tasks?limit=200", "customers/subscriptions?limit=100", "network/ips"].map(
          (path) => get(`/ccloud/${path}`),
        ),
      );
    const first = await look();
    await follow(await call("POST", "/ccloud/servers", order));
    ccloud.reset();
    assert.equal(ccloud.requests.length, 0);
    assert.deepEqual(await look(), first);
  });

  it("has as many servers as it is told to", async (test) => {
    await assert.rejects(
      startSandbox({ providers: ["ccloud"], ccloud: { servers: 501 } }),
      /servers has to be/,
    );
    const full = await startSandbox({ providers: ["ccloud"], ccloud: { servers: 500 } });
    test.after(() => full.close());
    assert.equal(full.ccloud.world.servers.all().length, 500);
    const empty = await startSandbox({ providers: ["ccloud"], ccloud: { servers: 0 } });
    test.after(() => empty.close());
    assert.equal(empty.ccloud.world.servers.all().length, 0);
  });
});
