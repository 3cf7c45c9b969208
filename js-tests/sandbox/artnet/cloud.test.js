// Artnet's cloud instances.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { INSTANCE_PASSWORD } from "./cloud-instances.js";
import { artnetClient, items } from "./form-client.js";

/** @type {import("../index.js").Sandbox} */
let sandbox;
/** @type {ReturnType<typeof artnetClient>["call"]} */
let call;
/** @type {ReturnType<typeof artnetClient>["refused"]} */
let refused;
let clock = 1_780_000_000_000;

before(async () => {
  sandbox = await startSandbox({ providers: ["artnet"], artnet: { now: () => clock } });
  ({ call, refused } = artnetClient(sandbox.artnet));
});
beforeEach(() => sandbox.artnet.reset());
after(() => sandbox.close());

describe("Artnet's cloud instances", () => {
  const access = (id = 5001) => ({ instance_id: id, instance_password: INSTANCE_PASSWORD });
  const details = async (id = 5001) =>
    (await call("cloudInstance.details", { instance_id: id })).instance_details;

  it("start and stop, and may be deaf to signals", async () => {
    clock += 60_000;
    await call("cloudInstance.actionShutdown", access());
    assert.equal((await details())?.state, "stopped");
    assert.equal((await details())?.state_time, clock / 1000);
    await call("cloudInstance.actionReboot", access());
    assert.equal((await details())?.state, "stopped", "there is nothing that would heed the signal");
    await call("cloudInstance.actionPowerOn", access());
    assert.equal((await details())?.state, "running");
    await call("cloudInstance.actionShutdown", access(5004));
    assert.equal((await details(5004))?.state, "running");
    await call("cloudInstance.actionPowerOff", access(5004));
    assert.equal((await details(5004))?.state, "stopped");
  });

  it("change their resources and with them their price", async () => {
    const { resources_ranges } = await call("cloudInstance.resourcesAllowedRanges", { instance_id: 5001 });
    assert.deepEqual(resources_ranges?.hdd, { min: 50, max: 1000, step: 10 });
    const resources = { cpu: 4, ram: 8192, hdd: 80, bandwidth: 100 };
    const { price_resources } = await call("cloudInstance.resourcesCalculatePrice", { resources });
    await call("cloudInstance.resourcesNegotiate", { ...access(), shutdown: "true", resources });
    const { ram, hdd, bandwidth } = resources;
    assert.deepEqual((await details())?.resources, { cpu_cores: 4, ram, hdd, bandwidth });
    assert.deepEqual((await details())?.price_resources, price_resources);
    for (const [id, shutdown, change, code] of /** @type {const} */ ([
      [5001, "false", { hdd: 70 }, "instance-resources-negotiate-cannot-decrease-hdd"],
      [5001, "false", { cpu: 99 }, "instance-resources-negotiate-incorrect-parameters"],
      [5001, "false", { ram: 1000 }, "instance-resources-negotiate-incorrect-parameters"],
      [5001, "false", { cpu: "many" }, "invalid-param-value"],
      [5001, "yes", {}, "invalid-param-value"],
      [5004, "true", {}, "instance-unable-shutdown"],
    ])) {
      const fields = { ...access(id), shutdown, resources: { ...resources, ...change } };
      assert.equal((await refused("cloudInstance.resourcesNegotiate", fields)).code, code);
    }
    const fields = { resources: { ...resources, hdd: 15 } };
    assert.equal(
      (await refused("cloudInstance.resourcesCalculatePrice", fields)).code,
      "invalid-param-value",
    );
  });

  it("boot from an image and from their disk", async () => {
    const shutdown = "false";
    const installation_image = "debian-8.1-amd64";
    await call("cloudInstance.bootModeInstallationImage", { ...access(5004), installation_image, shutdown });
    assert.equal((await details(5004))?.boot_status, "install");
    await call("cloudInstance.bootModeBoot", { ...access(5004), shutdown });
    assert.equal((await details(5004))?.boot_status, "boot");
    const odd = { ...access(), installation_image: "none", shutdown };
    const { code } = await refused("cloudInstance.bootModeInstallationImage", odd);
    assert.equal(code, "instance-boot-incorrect-installation-image");
    const deaf = await refused("cloudInstance.bootModeBoot", { ...access(5004), shutdown: "true" });
    assert.equal(deaf.code, "instance-unable-shutdown");
  });

  it("have names, notes and passwords, and can be deleted", async () => {
    const custom_properties = { display_name: "Nowa & =[0] nazwa" };
    await call("cloudInstance.customPropertiesEdit", { instance_id: 5001, custom_properties });
    assert.equal((await details())?.custom_name, "Nowa & =[0] nazwa");
    assert.equal((await details())?.custom_properties?.notes, "Apache,\nPHP & MySQL");
    for (const [properties, code] of /** @type {const} */ ([
      [{ display_name: "x".repeat(36) }, "instance-custom-properties-display-name-too-long"],
      [{ notes: "x".repeat(10_241) }, "instance-custom-properties-notes-too-long"],
    ])) {
      const fields = { instance_id: 5001, custom_properties: properties };
      assert.equal((await refused("cloudInstance.customPropertiesEdit", fields)).code, code);
    }

    const change = { ...access(), instance_new_password: "New&pass+1=" };
    for (const [password, code] of /** @type {const} */ ([
      ["abc", "password-too-short"],
      ["with space", "password-invalid"],
      ["hasło", "password-invalid"],
    ])) {
      const fields = { ...change, instance_new_password: password };
      assert.equal((await refused("cloudInstance.passwordChange", fields)).code, code);
    }
    await call("cloudInstance.passwordChange", change);
    assert.equal((await refused("cloudInstance.passwordChange", change)).code, "instance-password-incorrect");
    assert.equal((await refused("cloudInstance.delete", access())).code, "instance-password-incorrect");
    await call("cloudInstance.delete", { ...access(), instance_password: "New&pass+1=" });
    assert.equal(
      (await refused("cloudInstance.details", { instance_id: 5001 })).code,
      "authorization-failed",
    );
    assert.equal(items((await call("cloudInstance.list")).instances_list).length, 11);
  });
});
