// Every action of every provider, clicked; what came of it is looked up in the sandbox.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { begin, carryOut, openItem } from "./extension.js";

/**
 * @typedef {import("../sandbox/index.js").ProviderName} ProviderName
 * @typedef {import("../sandbox/index.js").Sandbox} Sandbox
 *
 * @typedef {object} Case
 * @property {ProviderName} provider
 * @property {string} action
 * @property {string} label
 * @property {string} operation
 * @property {[query: string, name: string]} item
 * @property {Record<string, string>} [values]
 * @property {boolean} [asks] whether it is confirmed
 * @property {string} [opens] address of the tab that it opens
 * @property {(sandbox: Sandbox) => void} [prepare]
 * @property {(sandbox: Sandbox) => boolean} [happened] for what changes something there
 */

/** @type {[query: string, name: string]} */
const HOSTKEY_SERVER = ["hostkey 34533", "nl-vmmini"];
/** @type {[query: string, name: string]} */
const CCLOUD_SERVER = ["vs10000", "Shop 1"];
/** @type {[query: string, name: string]} */
const INSTANCE = ["artnet cloud", "Baza danych"];
/** @type {[query: string, name: string]} */
const COMBAHTON_SERVER = ["603001", "Server 603001"];

const RECORD = { type: "A", name: "shop", content: "192.0.2.20", ttl: "600" };

/** @param {Sandbox} sandbox */
const combellZone = ({ combell }) => combell.world.zones.find("example.com").records.all();
/** @param {Sandbox} sandbox */
const hostkeyZone = ({ hostkey }) => hostkey.world.zones.find("example.com").records;
/** @param {Sandbox} sandbox */
const hostkeyServer = ({ hostkey }) => hostkey.world.servers.find(34533);
/** @param {Sandbox} sandbox */
const ccloudServer = ({ ccloud }) => ccloud.world.servers.find("vs10000");
/** @param {Sandbox} sandbox */
const vps = ({ artnet }) => artnet.world.vpses.find(12017);
/** @param {Sandbox} sandbox */
const instance = ({ artnet }) =>
  artnet.world.instances.all().find(({ displayName }) => displayName === "Baza danych");
/** @param {Sandbox} sandbox */
const kvm = ({ combahton }) => combahton.world.servers.find("603001");
/** @param {Sandbox} sandbox */
const address = ({ combahton }) => combahton.world.addresses.find("192.0.2.10");

/** @type {Case[]} */
const CASES = [
  {
    provider: "combell",
    action: "addRecord",
    label: "Add a DNS record",
    operation: "dnsRecords.create",
    item: ["combell example.com", "example.com"],
    values: RECORD,
    happened: (sandbox) =>
      combellZone(sandbox).some((record) => record.content === "192.0.2.20" && record.ttl === 600),
  },
  {
    provider: "combell",
    action: "deleteRecord",
    label: "Delete a DNS record",
    operation: "dnsRecords.delete",
    item: ["combell example.com", "example.com"],
    values: { record: "A shop.example.com 192.0.2.20" },
    asks: true,
    happened: (sandbox) => !combellZone(sandbox).some((record) => record.content === "192.0.2.20"),
  },
  {
    provider: "hostkey",
    action: "stop",
    label: "Stop",
    operation: "eq.off",
    item: HOSTKEY_SERVER,
    asks: true,
    happened: (sandbox) => hostkeyServer(sandbox).power === "off",
  },
  {
    provider: "hostkey",
    action: "start",
    label: "Start",
    operation: "eq.on",
    item: HOSTKEY_SERVER,
    happened: (sandbox) => hostkeyServer(sandbox).power === "on",
  },
  {
    provider: "hostkey",
    action: "reboot",
    label: "Reboot",
    operation: "eq.reboot",
    item: HOSTKEY_SERVER,
    asks: true,
    happened: (sandbox) => hostkeyServer(sandbox).power === "on",
  },
  {
    provider: "hostkey",
    action: "console",
    label: "Open console",
    operation: "eq.novnc",
    item: HOSTKEY_SERVER,
    opens: "https://novnc.example.com/vnc.html",
  },
  {
    provider: "hostkey",
    action: "reverseDns",
    label: "Set reverse DNS",
    operation: "ip.updatePtr",
    item: HOSTKEY_SERVER,
    values: { ptr: "shop.example.com" },
    happened: (sandbox) =>
      hostkeyServer(sandbox)
        .addresses.all()
        .some(({ ptr }) => ptr === "shop.example.com"),
  },
  {
    provider: "hostkey",
    action: "addRecord",
    label: "Add a DNS record",
    operation: "pdns.addDns",
    item: ["hostkey domain", "example.com"],
    values: RECORD,
    happened: (sandbox) => hostkeyZone(sandbox).some(({ content }) => content === "192.0.2.20"),
  },
  {
    provider: "hostkey",
    action: "deleteRecord",
    label: "Delete a DNS record",
    operation: "pdns.deleteDns",
    item: ["hostkey domain", "example.com"],
    values: { record: "A shop.example.com 192.0.2.20" },
    asks: true,
    happened: (sandbox) => !hostkeyZone(sandbox).some(({ content }) => content === "192.0.2.20"),
  },
  {
    provider: "ccloud",
    action: "shutdown",
    label: "Shut down",
    operation: "servers.state.shutdown",
    item: CCLOUD_SERVER,
    asks: true,
    happened: (sandbox) => ccloudServer(sandbox).state === "Off",
  },
  {
    provider: "ccloud",
    action: "start",
    label: "Start",
    operation: "servers.state.start",
    item: CCLOUD_SERVER,
    happened: (sandbox) => ccloudServer(sandbox).state === "Running",
  },
  {
    provider: "ccloud",
    action: "stop",
    label: "Stop",
    operation: "servers.state.stop",
    item: CCLOUD_SERVER,
    asks: true,
    happened: (sandbox) => ccloudServer(sandbox).state === "Off",
  },
  {
    provider: "ccloud",
    action: "reboot",
    label: "Reboot",
    operation: "servers.state.reset",
    item: CCLOUD_SERVER,
    asks: true,
    happened: (sandbox) => ccloudServer(sandbox).state === "Running",
  },
  {
    provider: "ccloud",
    action: "console",
    label: "Open console",
    operation: "servers.console.get",
    item: CCLOUD_SERVER,
    opens: "https://console.example.com/vs10000",
  },
  {
    provider: "ccloud",
    action: "snapshot",
    label: "Take a snapshot",
    operation: "servers.snapshots.create",
    item: CCLOUD_SERVER,
    values: { name: "before the upgrade" },
    happened: (sandbox) =>
      ccloudServer(sandbox)
        .snapshots.all()
        .some(({ name }) => name === "before the upgrade"),
  },
  {
    provider: "ccloud",
    action: "restore",
    label: "Restore a snapshot",
    operation: "servers.snapshots.restore",
    item: CCLOUD_SERVER,
    asks: true,
    happened: (sandbox) => ccloudServer(sandbox).snapshots.all()[0]?.active === true,
  },
  {
    provider: "artnet",
    action: "stop",
    label: "Stop",
    operation: "vps.powerOff",
    item: ["artnet vps-01", "vps-01.example.com"],
    asks: true,
    happened: (sandbox) => vps(sandbox).power === "off",
  },
  {
    provider: "artnet",
    action: "start",
    label: "Start",
    operation: "vps.powerOn",
    item: ["artnet vps-01", "vps-01.example.com"],
    happened: (sandbox) => vps(sandbox).power === "on",
  },
  {
    provider: "artnet",
    action: "reboot",
    label: "Reboot",
    operation: "dedicated.powerRestart",
    item: ["198.51.100.10 dedicated", "HP DL120 G7"],
    asks: true,
  },
  {
    provider: "artnet",
    action: "reboot",
    label: "Reboot",
    operation: "colocation.powerRestart",
    item: ["198.51.100.30 colocation", "Kolokacja 1U"],
    asks: true,
  },
  {
    provider: "artnet",
    action: "shutdownInstance",
    label: "Shut down",
    operation: "cloudInstance.actionShutdown",
    item: INSTANCE,
    values: { password: "sandbox-pass" },
    asks: true,
    happened: (sandbox) => instance(sandbox)?.state === "stopped",
  },
  {
    provider: "artnet",
    action: "startInstance",
    label: "Start",
    operation: "cloudInstance.actionPowerOn",
    item: INSTANCE,
    values: { password: "sandbox-pass" },
    happened: (sandbox) => instance(sandbox)?.state === "running",
  },
  {
    provider: "artnet",
    action: "rebootInstance",
    label: "Reboot",
    operation: "cloudInstance.actionReboot",
    item: INSTANCE,
    values: { password: "sandbox-pass" },
    asks: true,
  },
  {
    provider: "artnet",
    action: "reverseDns",
    label: "Set reverse DNS",
    operation: "revDns.edit",
    item: ["artnet 203.0.113.1", "203.0.113.1"],
    values: { ptr: "mail.example.com" },
    happened: ({ artnet }) =>
      artnet.world.subclasses.find("113.0.203.in-addr.arpa").records.get("1") === "mail.example.com",
  },
  {
    provider: "artnet",
    action: "addRecord",
    label: "Add a DNS record",
    operation: "dns.editPrimaryRecords",
    item: ["artnet shop-1.example", "shop-1.example"],
    values: { type: "MX", name: "", content: "mail.example.com.", priority: "20", ttl: "600" },
    happened: ({ artnet }) => JSON.stringify(artnet.world.zones.find(3004)).includes("mail.example.com."),
  },
  {
    provider: "combahton",
    action: "start",
    label: "Start",
    operation: "kvm.server.start",
    item: COMBAHTON_SERVER,
    happened: (sandbox) => kvm(sandbox).status === "running",
  },
  {
    provider: "combahton",
    action: "reboot",
    label: "Reboot",
    operation: "kvm.server.reset",
    item: COMBAHTON_SERVER,
    asks: true,
    happened: (sandbox) => kvm(sandbox).status === "running",
  },
  {
    provider: "combahton",
    action: "stop",
    label: "Stop",
    operation: "kvm.server.stop",
    item: COMBAHTON_SERVER,
    asks: true,
    happened: (sandbox) => kvm(sandbox).status === "stopped",
  },
  {
    provider: "combahton",
    action: "console",
    label: "Open console",
    operation: "kvm.server.vnc",
    item: COMBAHTON_SERVER,
    values: { source: "203.0.113.70" },
  },
  {
    provider: "combahton",
    action: "reinstall",
    label: "Reinstall",
    operation: "kvm.server.reinstall",
    item: COMBAHTON_SERVER,
    values: { template: "Debian 12" },
    asks: true,
    happened: (sandbox) => kvm(sandbox).ostemplate === "Debian 12",
  },
  {
    provider: "combahton",
    action: "routing",
    label: "Set DDoS routing mode",
    operation: "antiddos.layer4.routing",
    item: ["combahton 192.0.2.10", "192.0.2.10"],
    values: { routing: "Always" },
    happened: (sandbox) => address(sandbox).filters.layer4 === "permanent",
  },
  {
    provider: "combahton",
    action: "reverseDns",
    label: "Set reverse DNS",
    operation: "ipaddr.rdns.ipv4",
    item: ["combahton 192.0.2.10", "192.0.2.10"],
    values: { ptr: "mail.example.net" },
    happened: (sandbox) => address(sandbox).rdns === "mail.example.net",
  },
];

/** @param {() => import("./extension.js").Extension} extension */
export const testActions = (extension) =>
  describe("its actions", () => {
    test("are all tried here, and none of them spends money", async () => {
      const dir = join(extension().dir, "src/providers");
      const declared = [];
      for (const file of readdirSync(dir)) {
        const { provider } = await import(pathToFileURL(join(dir, file)).href);
        for (const { name, operation } of provider.actions) {
          const found = provider.operations.find(
            (/** @type {{ name: string }} */ one) => one.name === operation,
          );
          assert.ok(found, `${provider.name} has no ${operation}`);
          assert.notEqual(found.effect, "purchase");
          declared.push(`${provider.name} ${name}`);
        }
      }
      const tried = new Set(CASES.map(({ provider, action }) => `${provider} ${action}`));
      assert.deepEqual([...tried].sort(), declared.sort());
    });

    for (const {
      provider,
      action,
      label,
      operation,
      item,
      values = {},
      asks = false,
      opens,
      happened,
    } of CASES) {
      test(`${provider}: ${label} (${operation})`, async () => {
        const { sandbox, browser } = extension();
        const sent = () => sandbox[provider].requests.filter((request) => request.operationId === operation);
        const before = sent().length;
        const popup = await extension().openPopup();
        await openItem(popup, ...item);
        if (opens !== undefined)
          await browser.context.route(`${opens}**`, (route) => route.fulfill({ body: "console" }));
        const tab = opens === undefined ? undefined : browser.context.waitForEvent("page");
        await begin(popup, label, values);
        assert.equal(await popup.locator("dialog[open]").count(), asks ? 1 : 0);
        if (asks) assert.equal(sent().length, before, "nothing is sent before the answer");
        await carryOut(popup, action);
        assert.equal(sent().length, before + 1, `${operation} was sent once`);
        if (happened) assert.ok(happened(sandbox), "the sandbox has changed");
        const page = await tab;
        if (page) {
          await page.waitForURL(`${opens}**`);
          await page.close();
        }
        await popup.close();
      });
    }

    test("copy an address and a name", async () => {
      for (const [query, name, text] of [
        ["vs10000", "Shop 1", "198.51.100.10"],
        ["combell example.com", "example.com", "example.com"],
      ]) {
        const popup = await extension().openPopup();
        await openItem(popup, query ?? "", name ?? "");
        // Reading the clipboard needs a permission that an extension's page cannot be given here.
        await popup.evaluate(
          "navigator.clipboard.writeText = async (text) => { document.body.dataset.copied = text; }",
        );
        await popup.locator("[data-action=copy]").first().click();
        await popup.getByText("Copied").waitFor();
        assert.equal(await popup.locator("body").getAttribute("data-copied"), text);
        await popup.close();
      }
    });
  });
