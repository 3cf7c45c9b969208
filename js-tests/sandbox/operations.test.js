// Every operation of Combell, in an order in which each of them succeeds. The sandbox holds each answer
// against the spec before it sends it, so any status but 500 also says that the answer fits.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { loadSpec } from "../spec.js";
import { SAMPLE_CSR, SAMPLE_SSH_KEY } from "./combell/samples.js";
import { fingerprintOf } from "./combell/ssh-keys.js";
import { startSandbox } from "./index.js";
import { signedClient } from "./raw-client.js";

/**
 * @typedef {object} Input
 * @property {Record<string, string | number>} [path]
 * @property {string} [query]
 * @property {unknown} [json]
 */

const spec = loadSpec("combell");
const ACCOUNT = 200001;
const hosting = { domain_name: "example.com" };
const parent = { hosting_domain_name: "example.com" };
const site = { ...hosting, site_name: "example.com" };
const host = { ...hosting, hostname: "www.example.com" };
const mailbox = { mailbox_name: "new@example.com" };
const alias = { ...hosting, email_address: "team@example.com" };
const smtp = { ...hosting, hostname: "further.example" };
const database = { database_name: `ID${ACCOUNT}_blog` };
const user = { ...database, user_name: "reader" };
const password = "correct4horse";
const record = { type: "TXT", record_name: "note", content: "Hello" };
const task = { enabled: true, cron_expression: "*/30 4 * * 7", script_location: "/www/clean.php" };
const on = { enabled: true };

describe("every operation of Combell", () => {
  /** @type {import("./index.js").Sandbox} */
  let sandbox;
  before(async () => {
    sandbox = await startSandbox({ shapes: "documented", combell: { jobPolls: 1, accounts: 40 } });
  });
  after(() => sandbox.close());

  /**
   * @param {string} id
   * @param {number} status
   * @param {Input} [input]
   */
  async function call(id, status, { path = {}, query = "", json } = {}) {
    const operation = spec.operations.get(id);
    assert.ok(operation, id);
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(path[name])));
    const target = query ? `${filled}?${query}` : filled;
    const answer = await signedClient(sandbox.combell)(operation.method, target, { json });
    assert.equal(answer.status, status, `${id}: ${answer.status} ${answer.text}`);
    assert.equal(sandbox.combell.requests.at(-1)?.operationId, id);
    return answer;
  }

  /** @param {import("./raw-client.js").RawAnswer} answer */
  const idIn = (answer) => decodeURIComponent(String(answer.headers.location).split("/").at(-1) ?? "");

  /** @param {import("./raw-client.js").RawAnswer} accepted */
  async function finish(accepted) {
    const path = { job_id: idIn(accepted) };
    await call("provisioningJobs.get", 200, { path });
    return await call("provisioningJobs.get", 201, { path });
  }

  it("is reached and answers as the spec says: accounts and domains", async () => {
    await call("accounts.list", 200, { query: "asset_type=mysql&skip=1&take=2" });
    await call("accounts.get", 200, { path: { account_id: ACCOUNT } });
    const json = { identifier: "new.example", servicepack_id: 1001, ftp_password: password };
    await finish(await call("accounts.create", 202, { json }));
    await call("servicepacks.list", 200);
    await call("domains.list", 200);
    await call("domains.get", 200, { path: hosting });
    const registrant = { country_code: "CA", first_name: "Robin" };
    await finish(await call("domains.register", 202, { json: { domain_name: "fresh.ca", registrant } }));
    await finish(
      await call("domains.transfer", 202, { json: { domain_name: "moved.be", auth_code: "code" } }),
    );
    const name_servers = ["ns1.example.net", "ns2.example.net"];
    await call("domains.editNameServers", 204, { path: hosting, json: { ...hosting, name_servers } });
    await call("domains.configure", 204, { path: hosting, json: { will_renew: false } });
  });

  it("is reached and answers as the spec says: DNS records", async () => {
    await call("dnsRecords.list", 200, { path: hosting, query: "type=SRV&service=sip" });
    const record_id = idIn(await call("dnsRecords.create", 201, { path: hosting, json: record }));
    const path = { ...hosting, record_id };
    await call("dnsRecords.get", 200, { path });
    await call("dnsRecords.update", 200, { path, json: { ...record, content: "Bye" } });
    await call("dnsRecords.delete", 204, { path });
  });

  it("is reached and answers as the spec says: hostings", async () => {
    const json = on;
    await call("linuxHostings.list", 200);
    await call("linuxHostings.get", 200, { path: hosting });
    await call("linuxHostings.configureFtp", 204, { path: hosting, json });
    await call("linuxHostings.configureSsh", 204, { path: hosting, json });
    await call("linuxHostings.listAvailablePhpVersions", 200, { path: hosting });
    await call("linuxHostings.changePhpVersion", 204, { path: hosting, json: { version: "8.2" } });
    await call("linuxHostings.changePhpMemoryLimit", 204, { path: hosting, json: { memory_limit: 128 } });
    await call("linuxHostings.changeApcu", 204, { path: hosting, json: { ...on, apcu_size: 64 } });
    await call("linuxHostings.changeGzipCompression", 204, { path: hosting, json });
    const blog = { domain_name: "blog.example.com" };
    await call("linuxHostings.createSubsite", 201, { path: parent, json: blog });
    await call("linuxHostings.deleteSubsite", 204, { path: { ...hosting, site_name: "blog.example.com" } });
    const headerPath = { ...parent, site_name: "example.com" };
    await call("linuxHostings.createHostHeader", 201, { path: headerPath, json: blog });
    await call("linuxHostings.changeLetsEncrypt", 204, { path: host, json });
    await call("linuxHostings.changeAutoRedirect", 204, { path: host, json });
    await call("linuxHostings.configureHttp2", 204, { path: site, json });
    await call("windowsHostings.list", 200);
    await call("windowsHostings.get", 200, { path: { domain_name: "example.net" } });
  });

  it("is reached and answers as the spec says: scheduled tasks and SSH keys", async () => {
    await call("linuxHostings.listScheduledTasks", 200, { path: hosting });
    const added = await call("linuxHostings.addScheduledTask", 201, { path: hosting, json: task });
    const path = { ...hosting, scheduled_task_id: idIn(added) };
    await call("linuxHostings.getScheduledTask", 200, { path });
    await call("linuxHostings.configureScheduledTask", 204, { path, json: { ...task, enabled: false } });
    await call("linuxHostings.deleteScheduledTask", 204, { path });
    await call("linuxHostings.listSshKeys", 200, { path: hosting });
    await call("linuxHostings.addSshKey", 201, { path: hosting, json: { public_key: SAMPLE_SSH_KEY } });
    await call("ssh.listKeys", 200);
    const fingerprint = fingerprintOf(SAMPLE_SSH_KEY);
    assert.match(fingerprint, /\+.*\/|\/.*\+/);
    await call("linuxHostings.deleteSshKey", 204, { path: { ...hosting, fingerprint } });
  });

  it("is reached and answers as the spec says: mail", async () => {
    const path = mailbox;
    const email_address = mailbox.mailbox_name;
    await call("mailboxes.create", 201, { json: { email_address, account_id: ACCOUNT, password } });
    await call("mailboxes.list", 200, { query: "domain_name=example.com" });
    await call("mailboxes.get", 200, { path });
    await call("mailboxes.changePassword", 204, { path, json: { password } });
    await call("mailboxes.configureAutoReply", 204, {
      path,
      json: { ...on, subject: "Away", message: "Soon" },
    });
    const forward = { ...on, email_addresses: ["robin@example.org"], copy_to_myself: true };
    await call("mailboxes.configureAutoForward", 204, { path, json: forward });
    await call("mailboxes.delete", 204, { path });

    await call("mailZones.get", 200, { path: hosting });
    await call("mailZones.configureAntiSpam", 204, { path: hosting, json: { type: "advanced" } });
    const destinations = ["info@example.com"];
    const aliased = { email_address: alias.email_address, destinations };
    await call("mailZones.createAlias", 201, { path: hosting, json: aliased });
    await call("mailZones.configureAlias", 202, { path: alias, json: { destinations } });
    await call("mailZones.deleteAlias", 204, { path: alias });
    await call("mailZones.createCatchAll", 201, {
      path: hosting,
      json: { email_address: alias.email_address },
    });
    await call("mailZones.deleteCatchAll", 204, { path: alias });
    await call("mailZones.createSmtpDomain", 201, { path: hosting, json: { hostname: smtp.hostname } });
    await call("mailZones.configureSmtpDomain", 202, { path: smtp, json: { enabled: false } });
    await call("mailZones.deleteSmtpDomain", 204, { path: smtp });
  });

  it("is reached and answers as the spec says: MySQL databases", async () => {
    const json = { database_name: "blog", account_id: ACCOUNT, password };
    await finish(await call("mySqlDatabases.create", 202, { json }));
    await call("mySqlDatabases.list", 200);
    await call("mySqlDatabases.get", 200, { path: database });
    const reader = { name: "reader", password };
    await finish(await call("mySqlDatabases.createUser", 202, { path: database, json: reader }));
    await call("mySqlDatabases.listUsers", 200, { path: database });
    await call("mySqlDatabases.changeUserPassword", 204, { path: user, json: { password } });
    await call("mySqlDatabases.changeUserStatus", 204, { path: user, json: { enabled: false } });
    await call("mySqlDatabases.deleteUser", 204, { path: user });
    await call("mySqlDatabases.delete", 204, { path: database });
  });

  it("is reached and answers as the spec says: SSL certificates", async () => {
    await call("sslCertificateRequests.list", 200);
    const ordered = { csr: SAMPLE_CSR, certificate_type: "standard", validation_level: "domain_validated" };
    const id = idIn(await call("sslCertificateRequests.create", 201, { json: ordered }));
    await call("sslCertificateRequests.get", 200, { path: { id } });
    await call("sslCertificateRequests.verify", 202, { path: { id } });
    const sha1_fingerprint = idIn(await call("sslCertificateRequests.get", 303, { path: { id } }));
    const path = { sha1_fingerprint };
    await call("sslCertificates.list", 200);
    await call("sslCertificates.get", 200, { path });
    await call("sslCertificates.download", 200, { path, query: "file_format=pfx&password=open-sesame" });
  });

  it("was in this list", () => {
    const called = new Set(sandbox.combell.requests.map((request) => request.operationId));
    assert.deepEqual(
      [...spec.operations.keys()].filter((id) => !called.has(id)),
      [],
    );
    assert.equal(spec.operations.size, 75);
  });

  it("is 404 for things that do not exist, where it names any", async () => {
    for (const { id, method, path, parameters } of spec.operations.values()) {
      if (!path.includes("{")) continue;
      /** @type {Record<string, string>} */
      const unknown = { account_id: "999", id: "999", job_id: "00000000-0000-4000-8000-000000000000" };
      const filled = path.replace(/\{(\w+)\}/g, (_, name) => unknown[name] ?? "no-such.invalid");
      const query = id === "sslCertificates.download" ? "?file_format=pfx&password=x" : "";
      const json = BODIES[id];
      const answer = await signedClient(sandbox.combell)(method, filled + query, { json });
      assert.equal(answer.status, 404, `${id}: ${answer.status} ${answer.text} ${parameters.length}`);
    }
  });
});

/** @type {Record<string, unknown>} Bodies that are valid for any thing of the kind. */
const BODIES = {
  "dnsRecords.create": record,
  "dnsRecords.update": record,
  "domains.editNameServers": { domain_name: "no-such.invalid", name_servers: ["ns1.example.net"] },
  "domains.configure": { will_renew: true },
  "linuxHostings.configureFtp": on,
  "linuxHostings.configureSsh": on,
  "linuxHostings.changePhpVersion": { version: "8.2" },
  "linuxHostings.changePhpMemoryLimit": { memory_limit: 128 },
  "linuxHostings.changeApcu": on,
  "linuxHostings.changeGzipCompression": on,
  "linuxHostings.createSubsite": { domain_name: "blog.example.com" },
  "linuxHostings.createHostHeader": { domain_name: "blog.example.com" },
  "linuxHostings.changeLetsEncrypt": on,
  "linuxHostings.changeAutoRedirect": on,
  "linuxHostings.configureHttp2": on,
  "linuxHostings.addScheduledTask": task,
  "linuxHostings.configureScheduledTask": task,
  "linuxHostings.addSshKey": { public_key: SAMPLE_SSH_KEY },
  "mailboxes.changePassword": { password },
  "mailboxes.configureAutoReply": on,
  "mailboxes.configureAutoForward": on,
  "mailZones.configureAntiSpam": { type: "none" },
  "mailZones.createAlias": { email_address: "a@no-such.invalid", destinations: ["b@example.com"] },
  "mailZones.configureAlias": { destinations: ["b@example.com"] },
  "mailZones.createCatchAll": { email_address: "b@example.com" },
  "mailZones.createSmtpDomain": { hostname: "further.example" },
  "mailZones.configureSmtpDomain": on,
  "mySqlDatabases.createUser": { name: "reader", password },
  "mySqlDatabases.changeUserPassword": { password },
  "mySqlDatabases.changeUserStatus": on,
};
