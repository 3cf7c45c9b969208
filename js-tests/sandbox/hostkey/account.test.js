// A walk through the account: billing, DNS, keys, requests to the staff.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { startSandbox } from "../index.js";
import { formClient } from "./form-client.js";

/** @typedef {import("./form-client.js").Reply} Reply */

const ID = 34_533;

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

describe("Hostkey's billing", () => {
  const credit = async () => (await client.call("whmcs.getClient")).client?.credit;

  it("has the customer, whose data can be changed", async () => {
    await client.call("whmcs.updateClient", {
      billing_city: "Utrecht",
      billing_taxexempt: "true",
      billing_email: "new@example.com",
      co_marktemails: "on",
      co_secret: "other",
    });
    const { client: customer, internal } = await client.call("whmcs.getClient");
    assert.deepEqual([customer?.city, customer?.taxexempt, customer?.firstname], ["Utrecht", true, "Robin"]);
    assert.deepEqual([customer?.co_marktemails?.value, customer?.co_secret?.value], ["on", "other"]);
    assert.deepEqual([customer?.email, internal?.email], ["new@example.com", "new@example.com"]);
    await client.call("whmcs.resetPassword", { email: "new@example.com" });
    assert.match(
      await client.refused("whmcs.resetPassword", { email: "other@example.com" }),
      /not the e-mail/,
    );
  });

  it("has contacts", async () => {
    const contacts = async () => items((await client.call("whmcs.getContacts")).contacts);
    assert.equal((await contacts()).length, 1);
    await client.call("whmcs.addContact");
    const added = (await contacts())[1];
    assert.match(String(added?.email), /@random\.example$/);
    const changes = { email: "c@example.com", phonenumber: "+31201234567", password2: "secret" };
    await client.call("whmcs.updateContact", { contact_id: added?.id, ...changes });
    const changed = (await contacts())[1];
    assert.deepEqual([changed?.email, changed?.phonenumber], ["c@example.com", "+31201234567"]);
    assert.notEqual(changed?.Password, added?.Password);
    await client.call("whmcs.deleteContact", { contact_id: added?.id });
    assert.equal((await contacts()).length, 1);
    assert.match(await client.refused("whmcs.deleteContact", { contact_id: added?.id }), /no such contact/);
  });

  it("has invoices, newest first, which are paid from the balance", async () => {
    const { invoiceid } = await client.call("whmcs.generateDueInvoice", { id: ID });
    const { totalresults, invoices } = await client.call("whmcs.getInvoices");
    const all = items(invoices?.invoice);
    assert.deepEqual([all.length, totalresults, all[0]?.id], [7, 7, invoiceid]);
    assert.deepEqual([all[0]?.total, all[0]?.status], ["5.00", "Unpaid"]);
    const before = Number(await credit());
    const pay = (/** @type {number} */ amount) => ({ invoice_id: invoiceid, amount });
    assert.match(await client.refused("whmcs.applyCredit", pay(5.01)), /more than the invoice/);
    await client.call("whmcs.applyCredit", pay(1.5));
    assert.equal((await client.call("whmcs.getInvoice", { invoice_id: invoiceid })).balance, "3.50");
    await client.call("whmcs.applyCredit", pay(3.5));
    const paid = await client.call("whmcs.getInvoice", { invoice_id: invoiceid });
    assert.deepEqual([paid.status, paid.total, paid.balance], ["Paid", "5.00", "0.00"]);
    assert.equal(await credit(), (before - 5).toFixed(2));
    assert.match(await client.refused("whmcs.applyCredit", pay(1)), /paid already/);
    const { message } = await client.call("whmcs.getCredits", { id: ID });
    const movements = items(message?.credits?.credit).slice(-2);
    assert.deepEqual(
      movements.map(({ amount }) => amount),
      ["-1.50", "-3.50"],
    );
    const { transactions } = await client.call("whmcs.transactions", { invoice_id: invoiceid });
    assert.equal(items(transactions?.transaction).length, 1);
    assert.match(await client.refused("whmcs.getInvoice", { invoice_id: 1 }), /no such invoice/);
  });

  it("puts invoices together, and adds funds", async () => {
    const open = [23_502, 23_504];
    const { invoiceid } = await client.call("whmcs.massPay", { invoices: open });
    const { balance } = await client.call("whmcs.getInvoice", { invoice_id: invoiceid });
    assert.equal(balance, "40.00");
    await client.call("whmcs.applyCredit", { invoice_id: invoiceid, amount: 40 });
    for (const invoice_id of open) {
      assert.equal((await client.call("whmcs.getInvoice", { invoice_id })).status, "Paid");
    }
    assert.match(await client.refused("whmcs.massPay", { invoices: open }), /not paid/);
    const funds = await client.call("whmcs.createAddfunds", { amount: 25.5 });
    const shown = await client.call("whmcs.getInvoice", { invoice_id: funds.invoiceid });
    assert.deepEqual([shown.total, shown.transactions], ["25.50", ""]);
    const { methods } = await client.call("whmcs.getPaymentGw", { invoice_id: funds.invoiceid });
    assert.match(String(methods?.paypal?.call), /value="25\.50"/);
    const pay = { invoice_id: funds.invoiceid, amount: 25.5 };
    assert.match(await client.refused("whmcs.applyCredit", pay), /cannot be paid from them/);
  });

  it("gives invoices as PDF, or as Base64 inside JSON", async () => {
    const answer = await client.raw("whmcs.downloadInvoice", { invoice_id: 23_502 });
    assert.deepEqual([answer.status, answer.headers["content-type"]], [200, "application/pdf"]);
    assert.equal(answer.headers["content-disposition"], 'attachment; filename="Invoice-23502.pdf"');
    assert.equal(answer.bytes.subarray(0, 5).toString(), "%PDF-");
    assert.notEqual(Buffer.from(answer.text).length, answer.bytes.length, "bytes that are not text");
    hostkey.configure({ documents: "base64" });
    const wrapped = await client.raw("whmcs.downloadInvoice", { invoice_id: 23_502 });
    assert.match(String(wrapped.headers["content-type"]), /^application\/json/);
    assert.equal(wrapped.json.result, "OK");
    assert.deepEqual(Buffer.from(String(wrapped.json.data), "base64"), answer.bytes);
    const graph = { id: ID, pin: 1907, port: "eth0", graph: "1" };
    assert.match(String((await client.raw("net.showCacti", graph)).json.data), /^iVBORw0KGgo/);
    assert.match(await client.refused("whmcs.downloadInvoice", { invoice_id: 1 }), /no such invoice/);
  });

  it("knows what a server costs", async () => {
    const data = await client.call("whmcs.getBillingData", { id: ID });
    assert.deepEqual(
      [data.billing_reccuring, data.billing_cycle, data.next_due_date],
      ["5.00", "Monthly", "2035-01-31"],
    );
  });
});

describe("Hostkey's DNS", () => {
  const zone = "example.com";
  const records = async (/** @type {string} */ of = zone) =>
    items((await client.call("pdns.viewZone", { params: { zone: of } })).data?.records);
  const find = async (/** @type {string} */ name, /** @type {string} */ type) =>
    (await records()).filter((record) => String(record.name) === name && String(record.type) === type);
  const serial = async () => String((await find("@", "SOA"))[0]?.content).split(" ")[2];

  it("keeps records: new ones take the place of those of the same name and type", async () => {
    const before = Number(await serial());
    const set = (/** @type {Record<string, unknown>} */ params) =>
      client.call("pdns.addDns", { params: { zone, ...params } });
    await set({ name: "app.example.com", type: "a", content: ["192.0.2.1", "192.0.2.2"], ttl: 60 });
    const made = await find("app", "A");
    assert.deepEqual(
      made.map(({ content, ttl }) => [content, ttl]),
      [
        ["192.0.2.1", 60],
        ["192.0.2.2", 60],
      ],
    );
    assert.equal(Number(await serial()), before + 1);
    await set({ name: "app", type: "A", content: ["192.0.2.3"], increase_soa_serial: 0 });
    assert.equal((await find("app", "A")).length, 1);
    assert.equal(Number(await serial()), before + 1);
    await set({ name: "api", old_name: "app", type: "A", content: ["192.0.2.4"] });
    assert.deepEqual([(await find("app", "A")).length, (await find("api", "A")).length], [0, 1]);
    const srv = { name: "_sip._tcp", type: "SRV", content: ["-"], priority: 5, weight: 1 };
    await set({ ...srv, port: 5060, target: "sip.example.com" });
    const [shown] = await find("_sip._tcp", "SRV");
    assert.deepEqual([shown?.content, shown?.priority], ["1 5060 sip.example.com", 5]);
    const again = { zone, name: "api", type: "A", content: ["192.0.2.5"] };
    assert.match(
      await client.refused("pdns.addDns", { params: { ...again, changetype: "create" } }),
      /already/,
    );
    assert.match(
      await client.refused("pdns.addDns", { params: { ...again, name: "no", changetype: "update" } }),
      /no such record/,
    );
    assert.match(await client.refused("pdns.addDns", { params: { ...again, type: "X" } }), /type has to be/);
  });

  it("deletes records by their value", async () => {
    const which = { zone, name: "@", type: "MX", content: ["mx.example.com"] };
    assert.match(
      await client.refused("pdns.deleteDns", { params: { ...which, priority: 99 } }),
      /no such record/,
    );
    await client.call("pdns.deleteDns", { params: { ...which, priority: 10 } });
    assert.deepEqual(await find("@", "MX"), []);
    assert.match(await client.refused("pdns.deleteDns", { params: which }), /no such record/);
  });

  it("keeps domains with a zone, and subdomains of servers", async () => {
    const { data } = await client.call("pdns.addDomain", { params: { name: "new.example", server_id: ID } });
    const domains = async () => items((await client.call("pdns.listDomains")).data);
    assert.deepEqual((await domains())[1], { id: data?.id, name: "new.example" });
    assert.ok((await records("NEW.example")).length >= 3);
    assert.match(await client.refused("pdns.addDomain", { params: { name: "new.example" } }), /already/);

    const place = { server_id: ID, domain_id: data?.id };
    await client.call("pdns.addSubdomain", { params: { ...place, name: "shop" } });
    const subdomains = async () =>
      items((await client.call("pdns.listSubdomains", { params: { server_id: ID } })).data);
    const [added] = await subdomains();
    assert.equal(added?.name, "shop");
    assert.ok((await records("new.example")).some(({ name }) => String(name) === "shop"));
    await client.call("pdns.deleteSubdomain", { params: { server_id: ID, id: added?.id } });
    assert.deepEqual(await subdomains(), []);
    assert.ok(!(await records("new.example")).some(({ name }) => String(name) === "shop"));

    const other = { id: data?.id, zone: "example.com" };
    assert.match(await client.refused("pdns.deleteDomain", { params: other }), /not the zone/);
    await client.call("pdns.deleteDomain", { params: { ...other, zone: "new.example" } });
    assert.equal((await domains()).length, 1);
    assert.match(
      await client.refused("pdns.viewZone", { params: { zone: "new.example" } }),
      /no such DNS zone/,
    );
  });

  it("keeps zones", async () => {
    const dns = { mname: "ns.example.net", serial: 2026010100 };
    const params = { name: "own.example", kind: "Master", dns, nameservers: ["ns.example.net"] };
    await client.call("pdns.addZone", { params });
    const [soa, ns] = await records("own.example");
    assert.match(String(soa?.content), /^ns\.example\.net hostmaster\.own\.example 2026010100 /);
    assert.equal(ns?.content, "ns.example.net");
    const zones = items((await client.call("pdns.listZones")).data).map(({ name }) => name);
    assert.deepEqual(zones, ["example.com", "own.example"]);
    await client.call("pdns.deleteZone", { params: { zone: "own.example" } });
    assert.equal(items((await client.call("pdns.listZones")).data).length, 1);
  });
});

describe("Hostkey's keys and requests", () => {
  it("are API keys, shown once", async () => {
    const params = { name: "deploy", ip: "10.0.0.1, 10.4.6.0/24", login_notify_method: "none", active: 1 };
    const { data: made } = await client.call("apiKeys.add", { params });
    assert.match(String(made?.api_key), /^[0-9a-f]{16}-[0-9a-f]{16}$/);
    const listed = items((await client.call("apiKeys.list")).data);
    const { api_key, ...shown } = made ?? {};
    assert.deepEqual(listed[1], shown);
    assert.deepEqual([shown.ip, shown.server_id], ["10.0.0.1 10.4.6.0/24", 0]);
    const id = shown.id;
    await client.call("apiKeys.edit", { params: { ...params, id, name: "other", server_id: ID } });
    const { data } = await client.call("apiKeys.listForServer", { params: { server_id: ID } });
    assert.equal(items(data)[0]?.name, "other");
    const email = { ...params, id, login_notify_method: "email" };
    assert.match(await client.refused("apiKeys.edit", { params: email }), /none only/);
    assert.match(
      await client.refused("apiKeys.add", { params: { ...params, ip: "10.0.0.300" } }),
      /params\[ip\]/,
    );
    await client.call("apiKeys.delete", { params: { id } });
    assert.match(await client.refused("apiKeys.view", { params: { id } }), /no such API key/);
    const events = items((await client.call("apiKeys.history", { params: { id } })).data);
    assert.deepEqual(
      events.map(({ message }) => String(message).split(" ")[0]),
      ["Deleted", "Updated", "Created"],
    );
    const early = { id, period_from: "2000-01-01", period_to: "2000-12-31" };
    assert.match(await client.refused("apiKeys.history", { params: early }), /no such API key/);
  });

  it("are SSH keys, one of them the default", async () => {
    const key = `ssh-ed25519 ${"A".repeat(68)}`;
    const { sshkey } = await client.call("sshKeys.add", { params: { name: "new", key, default: 1 } });
    const keys = async () => items((await client.call("sshKeys.list")).sshkeys);
    assert.deepEqual(
      (await keys()).map((one) => one.default),
      [0, 1],
    );
    await client.call("sshKeys.delete", { id: sshkey?.id });
    assert.equal((await keys()).length, 1);
    assert.match(await client.refused("sshKeys.delete", { id: sshkey?.id }), /no such SSH key/);
    assert.match(await client.refused("sshKeys.add", { params: { name: "x", key: "x" } }), /public key/);
  });

  it("are requests to the staff", async () => {
    const order_data = '{"comment":"Please look."}';
    const { requests } = await client.call("rhr.add", { params: { type: "KVM", eq_id: ID, order_data } });
    const [made] = items(requests);
    assert.deepEqual([made?.eq_id, made?.status], [ID, "PENDING"]);
    await client.call("rhr.chat", { id: made?.id, message: "Hello" });
    assert.deepEqual(hostkey.world.handsRequests.find(Number(made?.id)).messages, ["Hello"]);
    await client.call("rhr.discard", { id: made?.id });
    await client.call("rhr.discard", { id: made?.id });
    const list = async (/** @type {Record<string, string>} */ filter) =>
      items((await client.call("rhr.list", filter)).requests).length;
    assert.deepEqual(
      [await list({ status: "PENDING" }), await list({}), await list({ location: "US" })],
      [1, 2, 0],
    );
    const params = { type: "KVM", eq_id: ID, order_data: "{" };
    assert.match(await client.refused("rhr.add", { params }), /has to be JSON/);
    await client.call("jira.requestReboot", { id: ID });
    await client.call("jira.requestAssistance", { message: "Please move my server." });
    assert.deepEqual(
      hostkey.world.tickets.map(({ action, server }) => [action, server]),
      [
        ["request_reboot", ID],
        ["request_assistance", 0],
      ],
    );
  });
});

describe("the world of Hostkey's sandbox", () => {
  it("is the same after every reset, whenever that is", async () => {
    const look = async () => {
      await client.login();
      const { server_data, ...server } = await client.call("eq.show", { id: ID });
      const { days_left, ...data } = server_data ?? {};
      const others = ["whmcs.getInvoices", "whmcs.getClient", "sshKeys.list", "apiKeys.list", "rhr.list"];
      return [server, data, ...(await Promise.all(others.map((id) => client.call(id))))];
    };
    const first = await look();
    await client.call("whmcs.addContact");
    await client.call("whmcs.requestCancellation", { id: ID, cancellation_type: 1 });
    hostkey.configure({ jobPolls: 9, failureForm: "word", clockOffsetMs: 86_400_000 });
    hostkey.reset();
    assert.equal(hostkey.requests.length, 0);
    assert.equal(hostkey.logins, 0);
    assert.deepEqual(await look(), first);
    hostkey.configure({ clockOffsetMs: 86_400_000 });
    assert.deepEqual(await look(), first);
  });

  it("has the credentials that it is given, and tells them", async (test) => {
    const credentials = { apiKey: "mine", pin: 42 };
    const other = await startSandbox({
      providers: ["hostkey"],
      shapes: "documented",
      hostkey: { credentials },
    });
    test.after(() => other.close());
    assert.deepEqual(other.hostkey.credentials, credentials);
    const state = /** @type {Reply} */ (await (await fetch(other.hostkey.controlUrl)).json());
    assert.deepEqual(state.credentials, credentials);
    const own = formClient(other.hostkey);
    await own.login();
    assert.equal((await own.follow("eq.on", { id: ID, pin: 42 })).scope, "Post is on");
    const odd = /** @type {{}} */ ({ jobPools: 1 });
    await assert.rejects(
      startSandbox({ providers: ["hostkey"], shapes: "documented", hostkey: odd }),
      /no setting jobPools/,
    );
  });
});
