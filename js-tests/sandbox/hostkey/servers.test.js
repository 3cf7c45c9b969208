// A walk through the servers: found, run, installed, ordered, given up.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { formClient } from "./form-client.js";

/** @typedef {import("./form-client.js").Reply} Reply */

const ID = 34_533;
const PHYSICAL = 32_645;
const PIN = 1907;
const PASSWORD = "Correct4horse-";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {import("./index.js").HostkeySandbox} */
let hostkey;
/** @type {ReturnType<typeof formClient>} */
let client;

before(async () => {
  sandbox = await startSandbox({ providers: ["hostkey"], shapes: "documented" });
  hostkey = sandbox.hostkey;
  client = formClient(hostkey);
});
beforeEach(async () => {
  hostkey.reset();
  await client.login();
});
after(() => sandbox.close());

/** @param {Reply | undefined} list */
const items = (list) => /** @type {Reply[]} */ (/** @type {unknown} */ (list));

/** @param {Record<string, unknown>} [search] */
const list = async (search) => (await client.call("eq.list", search)).servers;

/** @param {number} [id] */
const show = (id = ID) => client.call("eq.show", { id });

/**
 * @param {string} name
 * @param {number} [id]
 */
const tag = async (name, id = ID) =>
  items((await client.call("tags.list", { id })).tags).find((one) => String(one.tag) === name)?.value;

describe("Hostkey's servers", () => {
  it("are listed, and found by what they are", async () => {
    assert.deepEqual(await list(), [34_533, 32_645, 17_405]);
    assert.deepEqual(await list({ location: "FI,DE" }), [17_405]);
    assert.deepEqual(await list({ status: "power_off" }), []);
    assert.deepEqual(await list({ group: "Mini, 1CPU" }), [32_645, 17_405]);
    assert.deepEqual(await list({ group: "Gpu" }), [17_405]);
    const { IP, interfaces } = await show();
    const [address, port] = [items(IP)[0], items(interfaces)[0]];
    assert.deepEqual(await list({ ip: address?.IP }), [ID]);
    const mac = String(port?.mac).replaceAll(":", ".").toUpperCase();
    assert.deepEqual(await list({ mac }), [ID]);
    assert.deepEqual(await list({ component: "104" }), [ID]);
    assert.deepEqual((await client.call("tags.userSearch", { value: "fi-GPU" })).data, [17_405]);
  });

  it("are as many as is asked for", async (test) => {
    const many = await startSandbox({
      providers: ["hostkey"],
      shapes: "documented",
      hostkey: { servers: 40 },
    });
    test.after(() => many.close());
    const other = formClient(many.hostkey);
    await other.login();
    const { servers } = await other.call("eq.list");
    const numbers = /** @type {number[]} */ (/** @type {unknown} */ (servers));
    assert.equal(new Set(numbers).size, 40);
    for (const id of numbers) assert.equal((await other.call("eq.show", { id })).server_data?.id, id);
  });

  it("are restarted, and that is followed to the end", async () => {
    const { result, scope, context } = await client.follow("eq.reboot", { id: ID, pin: PIN });
    assert.deepEqual([result, scope], ["OK", "Reboot completed"]);
    assert.deepEqual(context, { action: "reboot", id: "34533", location: "NL" });
    await client.follow("eq.off", { id: ID, pin: PIN });
    assert.equal((await client.follow("eq.status", { id: ID })).scope, "off");
    await client.follow("eq.on", { id: ID, pin: PIN });
    assert.equal((await client.follow("eq.status", { id: ID })).scope, "on");
  });

  it("have sensors and a management controller where they are physical", async () => {
    const { scope, context } = await client.follow("eq.sensors", { id: PHYSICAL });
    assert.match(String(scope), /^CPU Temp \| 36 degrees C \| ok\n/);
    assert.equal(context?.action, "get_sensors");
    assert.match(await client.refused("eq.sensors", { id: ID }), /physical servers only/);
    assert.match(await client.refused("eq.console", { id: PHYSICAL, pin: PIN }), /virtual servers only/);
    const user = (await client.follow("eq.addIpmiUser", { id: PHYSICAL })).context;
    assert.ok(user?.User && user?.Password);
    const file = await client.follow("eq.console", { id: ID, pin: PIN });
    assert.match(String(file.scope), /^\[virt-viewer\]\ntype=spice\n/);
  });

  it("keep tags", async () => {
    const { id, ...added } = await client.call("tags.add", { id: ID, tag: "team", value: "web" });
    const where = { component: "eq", component_id: ID };
    assert.deepEqual(added, {
      ...{ result: "OK", action: "add", ...where },
      ...{ tag: "team", value: "web", extra: "", internal: 0 },
    });
    const changed = await client.call("tags.add", { id: ID, tag: "team", value: "shop", extra: "2" });
    assert.deepEqual([changed.id, await tag("team")], [id, "shop"]);
    assert.ok(items((await show()).tags).some((one) => String(one.tag) === "team"));
    await client.call("tags.remove", { id: ID, tag: "team" });
    assert.equal(await tag("team"), undefined);
    assert.match(await client.refused("tags.remove", { id: ID, tag: "team" }), /no such tag/);
  });

  it("have addresses with names, which are blocked, made the main one or given back", async () => {
    const [main = {}, further = {}] = items((await show()).IP);
    const [ip, other] = [main.IP, further.IP];
    await client.call("ip.updatePtr", { id: ID, ip, ptr: "mail.example.com\nwww.example.com" });
    const { data } = await client.call("ip.getPtr", { id: ID, ip });
    assert.equal(data?.ptr, "mail.example.com\nwww.example.com");
    await client.call("net.blockIp", { id: ID, ip: other, description: "abuse", four_hours: 1 });
    const blocked = (await client.call("ip.getIp", { ip: other })).data;
    assert.deepEqual([blocked?.locked, blocked?.description, blocked?.server_id], [1, "abuse", ID]);
    await client.call("net.unblockIp", { id: ID, ip: other });
    assert.match(await client.refused("net.removeIpv4", { id: ID, ip }), /main address/);
    await client.call("ip.setMain", { id: ID, ip, main: other });
    await client.call("net.removeIpv4", { id: ID, ip });
    assert.match(await client.refused("ip.getPtr", { id: ID, ip }), /no such address/);
    assert.deepEqual(
      items((await show()).IP).map((address) => [address.IP, address.main_ip]),
      [
        [other, 1],
        ["2001:db8:1::2", 0],
      ],
    );
  });

  it("have ports that are switched, and graphs of them", async () => {
    const status = async () => {
      const { scope } = await client.follow("net.getStatus", { id: ID, pin: PIN });
      return JSON.parse(String(scope)).status;
    };
    assert.equal(await status(), "connected");
    await client.follow("net.portOff", { id: ID, pin: PIN, port: "eth0" });
    assert.equal(await status(), "notconnect");
    await client.follow("net.portOn", { id: ID, pin: PIN, port: "eth0" });
    assert.equal(await status(), "connected");
    assert.match(await client.refused("net.portOn", { id: ID, pin: PIN, port: "eth9" }), /no such port/);
    const graph = { id: ID, pin: PIN, port: "eth0", graph: "2" };
    const { headers, bytes } = await client.raw("net.showCacti", graph);
    assert.equal(headers["content-type"], "image/png");
    assert.deepEqual(bytes.subarray(0, 8), Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  });

  it("can be renamed, switched off hard and given addresses", async () => {
    await client.call("eq.renameServer", { id: ID, hostname: "renamed.example.com" });
    assert.equal(await tag("hostname"), "renamed.example.com");
    const off = await client.follow("eq.hardOff", { id: ID });
    assert.deepEqual([off.scope, hostkey.world.servers.find(ID).power], ["Post is off", "off"]);

    const addresses = async () => items((await show()).IP).map(({ IP }) => IP);
    const before = await addresses();
    const { ips, ...added } = await client.call("net.addIpv4", { id: ID, amount: 2, port: "eth0" });
    assert.deepEqual(added, { result: "OK", action: "add_ipv4", id: ID, keys: [] });
    assert.deepEqual(await addresses(), [...before, ...items(ips)]);
    const chosen = { id: ID, ips: ["198.18.9.9"] };
    await client.call("net.addIpv4", chosen);
    assert.equal((await addresses()).at(-1), "198.18.9.9");
    assert.match(await client.refused("net.addIpv4", chosen), /not free/);
    assert.match(await client.refused("net.addIpv4", { id: ID }), /amount must be specified/);

    const { scope: ip } = await client.follow("nat.addStaticNat", { id: PHYSICAL, pin: PIN });
    await client.call("nat.clearStaticNat", { ip });
    assert.equal(hostkey.world.servers.find(PHYSICAL).natAddress, "");
    assert.match(await client.refused("nat.clearStaticNat", { ip }), /no such address/);
  });

  it("are booted from images that one may upload, and delete again", async () => {
    const uploaded = async () => items((await client.call("iso.uploaded")).data);
    assert.deepEqual(await uploaded(), []);
    const { id } = await client.call("iso.upload", { url: "https://example.com/own.iso", name: "mine" });
    assert.deepEqual(await uploaded(), [{ id, name: "mine", url: "https://example.com/own.iso" }]);
    assert.equal((await client.call("iso.add", { params: { name: "mine" } })).id, id, "there already");
    await client.follow("iso.mountIso", { id: ID, iso_id: id });
    assert.equal(hostkey.world.servers.find(ID).iso, "mine");
    assert.equal(await client.refused("iso.delete", { id: 11 }), "Access denied");
    await client.call("iso.delete", { id });
    assert.deepEqual(await uploaded(), []);
  });

  it("have snapshots where they are virtual, and images", async () => {
    const name = "before-update";
    await client.follow("vm.createSnapshot", { id: ID, name });
    const snapshots = async () =>
      JSON.parse(String((await client.follow("vm.getSnapshot", { id: ID })).scope)).snapshots;
    assert.equal((await snapshots())[0].name, name);
    assert.match(await client.refused("vm.createSnapshot", { id: ID, name: "a b" }), /name must match/);
    await client.follow("vm.restoreSnapshot", { id: ID, name });
    assert.match(await client.refused("vm.removeSnapshot", { id: ID, name }), /powered off/);
    await client.follow("eq.off", { id: ID, pin: PIN });
    assert.equal((await client.follow("vm.loadStats", { id: ID })).scope, '{"cpu":0,"memory":0}');
    await client.follow("vm.removeSnapshot", { id: ID, name });
    assert.deepEqual(await snapshots(), []);
    assert.match(await client.refused("iso.listIso"), /server_id is required/);
    const [image] = items((await client.call("iso.listIso", { server_id: ID })).data);
    await client.follow("iso.mountIso", { id: ID, name: image?.name });
    assert.equal(hostkey.world.servers.find(ID).iso, image?.name);
    await client.follow("iso.unmountIso", { id: ID });
    assert.match(await client.refused("iso.mountIso", { id: ID }), /no such image/);
  });
});

describe("Hostkey's installations", () => {
  const reinstall = { id: ID, pin: PIN, os_id: 180, soft_id: 18, root_pass: PASSWORD, hostname: "fresh" };

  it("tell their stages, and then have changed the server", async () => {
    hostkey.configure({ jobPolls: 6 });
    const { callback: key, ...started } = await client.call("eq.reinstallInstance", reinstall);
    const software = { os_name: "Debian 11", soft_name: "Grafana" };
    assert.deepEqual(started, { result: "OK", action: "order_instance", id: ID, ...software });
    assert.match(await client.refused("eq.reinstallInstance", reinstall), /another reinstallation/);
    const states = [];
    for (let poll = 0; poll < 7; poll += 1) states.push(await client.call("eqCallback.check", { key }));
    assert.deepEqual(
      states.map(({ result, scope }) => [result, scope]),
      [
        ["Not ready", undefined],
        ["Stage", " (1/5) OS installation started"],
        ["Stage", " (2/5) Base OS was installed"],
        ["Stage", " (3/5) Post-install tasks are completed"],
        ["Stage", " (4/5) Install is completed, restarting the server"],
        ["Stage", " (5/5) The server is online"],
        ["OK", "Reinstall completed"],
      ],
    );
    assert.deepEqual(
      [await tag("OS"), await tag("Password"), await tag("hostname")],
      ["Debian 11", PASSWORD, "fresh"],
    );
    await client.call("eq.reinstallInstance", { ...reinstall, own_os: 1 });
  });

  it("are refused where software does not fit, and with a wrong PIN", async () => {
    assert.equal(
      await client.refused("eq.reinstallInstance", { ...reinstall, os_id: 187, soft_id: 49 }),
      "reinstall: extra software Odoo (#49) is not compatible with Ubuntu 22.04",
    );
    assert.match(await client.refused("eq.reinstallInstance", { ...reinstall, os_id: 183 }), /RockyLinux 8/);
    assert.match(
      await client.refused("eq.reinstallInstance", { ...reinstall, os_id: 1 }),
      /no such operating/,
    );
    assert.equal(await client.refused("eq.reinstallInstance", { ...reinstall, pin: 1 }), "Invalid pin code");
    assert.match(
      await client.refused("eq.reinstallInstance", { ...reinstall, root_pass: "short" }),
      /root_pass/,
    );
  });

  it("over the network begin once the server boots from there", async () => {
    const { callback: key } = await client.call("eq.reinstall", { id: PHYSICAL });
    const waits = async () => String((await client.call("eqCallback.check", { key })).result) === "Not ready";
    const pxe = { id: PHYSICAL, pin: PIN, os_id: 187, root_pass: PASSWORD, hostname: "bm-1" };
    for (const _ of [1, 2, 3, 4]) assert.ok(await waits());
    assert.match(await client.refused("eq.createPxe", { ...pxe, reinstall_key: "x" }), /AsyncKey not found/);
    await client.follow("eq.createPxe", { ...pxe, reinstall_key: key });
    await client.follow("eq.reboot", { id: PHYSICAL, pin: PIN });
    assert.ok(await waits());
    await client.follow("eq.bootDev", { id: PHYSICAL, pin: PIN, media: "pxe" });
    assert.ok(await waits());
    assert.equal(await tag("OS", PHYSICAL), "Debian 11");
    await client.follow("eq.reboot", { id: PHYSICAL, pin: PIN });
    assert.equal((await client.call("eqCallback.check", { reinstall_key: key })).result, "Not ready");
    assert.equal((await client.call("eqCallback.check", { reinstall_key: key })).result, "Stage");
    assert.equal(
      (await client.call("eqCallback.check", { reinstall_key: key })).scope,
      "The server is online",
    );
    assert.equal(await tag("OS", PHYSICAL), "Ubuntu 22.04");
    await client.follow("eq.bootDev", { id: PHYSICAL, pin: PIN, media: "disk" });
    await client.follow("eq.clearPxe", { id: PHYSICAL, hostname: "bm-1" });
    assert.equal(hostkey.world.servers.find(PHYSICAL).pxe, undefined);
    await client.call("jenkins.call", { id: PHYSICAL, task: "gpu_driver" });
    assert.deepEqual(hostkey.world.servers.find(PHYSICAL).tasksRun, ["Install GPU drivers"]);
  });
});

describe("Hostkey's orders", () => {
  const order = {
    deploy_period: "quarterly",
    deploy_notify: "true",
    pin: PIN,
    location_name: "NL",
    os_id: 180,
    root_pass: PASSWORD,
  };
  const instance = { ...order, preset: "vm.mini", traffic_plan: "25", hostname: "web-1" };
  const credit = async () => Number((await client.call("whmcs.getClient")).client?.credit);

  it("are paid from the balance, deployed, and in the list once that is renewed", async () => {
    const before = await credit();
    const { callback, id, ...rest } = await client.call("eq.orderInstance", instance);
    assert.deepEqual([rest.status, rest.os_name], ["Paid", "Debian 11"]);
    assert.equal(Number((before - (await credit())).toFixed(2)), 14.55, "three months at 5 EUR, less 3 %");
    const { deploy_keys } = await client.call("eq.updateServers");
    assert.deepEqual(Object.values(deploy_keys ?? {}), [callback]);
    assert.deepEqual((await client.call("auth.info")).result?.deploy_keys, deploy_keys);

    for (const result of ["Not ready", "Stage"]) {
      assert.equal((await client.call("eqCallback.check", { key: callback })).result, result);
    }
    const { scope, context } = await client.call("eqCallback.check", { key: callback });
    assert.equal(context?.id, id);
    assert.deepEqual(scope, { result: "deploy_done", id, hostname: "web-1", ip: context?.ip });
    assert.match(await client.refused("eq.show", { id }), /eq\/update_servers/);
    const { servers, deploy_keys: none } = await client.call("eq.updateServers");
    assert.ok(Object.values(servers ?? {}).includes(id));
    assert.deepEqual(none, []);
    assert.equal((await show(Number(id))).preset, "vm.mini");
    const [invoice] = items((await client.call("whmcs.getRelatedInvoices", { id })).invoices);
    assert.deepEqual([invoice?.id, invoice?.status, invoice?.subtotal], [rest.invoice, "Paid", "14.55"]);
  });

  it("wait for their payment where nothing is paid automatically", async () => {
    await client.call("whmcs.updateClient", { co_autopayment: "off" });
    const ordered = await client.call("eq.orderInstance", { ...instance, preset: "110" });
    assert.deepEqual([ordered.status, ordered.deploy_status], ["Unpaid", "Waiting for payment"]);
    const key = ordered.callback;
    for (const _ of [1, 2, 3, 4]) {
      assert.equal((await client.call("eqCallback.check", { key })).result, "Not ready");
    }
    await client.call("whmcs.applyCredit", { invoice_id: ordered.invoice, amount: 14.55 });
    const states = [];
    for (const _ of [1, 2, 3]) states.push((await client.call("eqCallback.check", { key })).result);
    assert.deepEqual(states, ["Not ready", "Stage", "OK"]);
  });

  it("start no job before they are paid, where that is set", async () => {
    hostkey.configure({ awaitPayment: true, shapes: 0 });
    const { invoice_id, ...awaiting } = await client.call("eq.orderInstance", instance);
    assert.deepEqual(awaiting, { result: "OK", deploy_status: "awaiting_payment" });
    const { data, ...second } = await client.call("eq.orderInstance", instance);
    assert.deepEqual([second, data?.status], [{ result: "OK" }, "Unpaid"]);
    assert.notEqual(data?.invoice_id, invoice_id);
    const keys = async () => Object.values((await client.call("eq.updateServers")).deploy_keys ?? {});
    assert.deepEqual(await keys(), [], "nothing is under way");
    await client.call("whmcs.applyCredit", { invoice_id, amount: 14.55 });
    const [key, ...more] = await keys();
    assert.deepEqual(more, [], "only what was paid is under way");
    for (const result of ["Not ready", "Stage", "OK"]) {
      assert.equal((await client.call("eqCallback.check", { key })).result, result);
    }
  });

  it("are refused for what is not to be had, and cost nothing then", async () => {
    const before = await credit();
    for (const [changes, text] of /** @type {const} */ ([
      [{ preset: "vm.huge" }, /no such preset/],
      [{ preset: "15", location_name: "US" }, /not had there/],
      [{ preset: "61", traffic_plan: "40" }, /sold out/],
      [{ os_id: 183 }, /not compatible/],
      [{ soft_id: 999 }, /no such software/],
      [{ traffic_plan: "9" }, /no such traffic plan/],
      [{ traffic_plan: "40" }, /does not fit/],
      [{ pin: 1 }, /Invalid pin code/],
      [{ location_name: "XX" }, /not had there/],
      [{ deploy_period: "daily" }, /no such deploy_period/],
    ])) {
      assert.match(await client.refused("eq.orderInstance", { ...instance, ...changes }), text);
    }
    assert.equal(await credit(), before);
  });

  it("are taken until there are no more", async () => {
    const order = { ...instance, preset: "vgpu.v1-mini" };
    const { presets } = await client.call("presets.list", { location: "NL" });
    assert.equal(items(presets).find(({ name }) => String(name) === order.preset)?.available, 1);
    await client.call("eq.orderInstance", order);
    assert.match(await client.refused("eq.orderInstance", order), /sold out/);
  });

  it("take servers from stock", async () => {
    const there = async (/** @type {string} */ group) =>
      items((await client.call("stocks.list", { location: "FI", group })).servers).map(({ id }) => id);
    assert.deepEqual(await there("ALL"), [40_514, 44_717]);
    assert.deepEqual(await there("INTEL"), [44_717]);
    assert.deepEqual(await there("GPU"), []);
    const stock = { ...order, id: 44_717, location_name: "FI", traffic_plan: "40" };
    const { callback } = await client.call("eq.orderStockServer", stock);
    assert.deepEqual(await there("ALL"), [40_514]);
    for (const _ of [1, 2]) await client.call("eqCallback.check", { key: callback });
    assert.equal((await client.call("eqCallback.check", { key: callback })).context?.id, 44_717);
    await client.call("eq.updateServers");
    const again = await client.call("eq.orderStockServer", stock);
    assert.equal(again.invoice, undefined, "a server that one has is installed anew");
  });

  it("end with a cancellation, at once or at the end of the period", async () => {
    await client.call("whmcs.requestCancellation", { id: ID, cancellation_type: 0 });
    const requests = async () => items((await client.call("whmcs.getCancellationRequests")).data);
    assert.equal((await requests())[0]?.relid, ID);
    await client.call("whmcs.deleteCancellationRequest", { id: ID });
    assert.deepEqual(await requests(), []);
    assert.match(await client.refused("whmcs.deleteCancellationRequest", { id: ID }), /no such cancellation/);
    await client.call("whmcs.requestCancellation", { id: ID, cancellation_type: 1 });
    assert.deepEqual(await list(), [32_645, 17_405]);
    assert.match(await client.refused("eq.show", { id: ID }), /no such server/);
  });

  it("are made from what the catalogue has", async () => {
    const anyone = formClient(hostkey);
    const presets = items((await anyone.call("presets.list", { location: "FI" })).presets);
    assert.deepEqual(
      presets.map(({ name }) => name),
      ["vm.pico", "vm.mini", "gpu.v2-storage"],
    );
    const systems = items((await anyone.call("os.list", { instance_id: 15 })).os_list);
    assert.ok(systems.some(({ id }) => Number(id) === 205) && !systems.some(({ id }) => Number(id) === 202));
    const plans = items((await anyone.call("trafficPlans.list", { location: "NL", id: ID })).traffic_plans);
    assert.deepEqual(
      plans.map(({ id }) => id),
      [25],
    );
    assert.ok(items((await anyone.call("software.list", { instance_id: 108 })).software).length > 2);
    assert.equal(items((await anyone.call("jenkins.getTasks")).tasks)[0]?.id, -1);
    const everywhere = items((await anyone.call("presets.list")).presets);
    assert.equal(everywhere.length, items((await anyone.call("presets.info")).data).length);
    const { data: shown } = await anyone.call("presets.show", { id: 61 });
    assert.deepEqual(
      shown,
      everywhere.find(({ id }) => Number(id) === 61),
    );
    assert.ok(items((await anyone.call("presets.groups")).data).length > 2);
    const fit = items(
      (await anyone.call("trafficPlans.list", { location: "NL", instance: 15 })).traffic_plans,
    );
    assert.ok(fit.length > 0 && fit.every(({ id }) => Number(id) !== 25), "25 is for virtual servers");
    const found = await client.call("presets.search", { name: "gpu.v2-storage", location: "FI" });
    assert.deepEqual(found.data, []);
    const all = await client.call("presets.search", { name: "gpu.v2-storage", location: "FI", scope: "all" });
    assert.equal(items(all.data).length, 1);
  });
});
