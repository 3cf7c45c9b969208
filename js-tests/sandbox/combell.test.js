// A walk through Combell: what is made is there, what is changed shows, what is deleted is gone.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { SAMPLE_CSR, SAMPLE_MULTI_DOMAIN_CSR, SAMPLE_WILDCARD_CSR } from "./combell/samples.js";
import { startSandbox } from "./index.js";
import { signedClient } from "./raw-client.js";

/** @typedef {import("./raw-client.js").Reply} Reply */

/** @type {import("./combell/index.js").CombellSandbox} */
let combell;
/** @type {ReturnType<typeof signedClient>} */
let call;
/** @type {import("./index.js").Sandbox} */
let sandbox;

before(async () => {
  sandbox = await startSandbox({ shapes: "documented" });
  combell = sandbox.combell;
  call = signedClient(combell);
});
beforeEach(() => combell.reset());
after(() => sandbox.close());

/** @param {string} target */
async function get(target) {
  const answer = await call("GET", target);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

/** @param {Reply} list */
const items = (list) => /** @type {Reply[]} */ (/** @type {unknown} */ (list));

describe("Combell's lists", () => {
  it("come in pages of 25 and say how many there are", async () => {
    const first = await call("GET", "/v2/accounts");
    assert.equal(items(first.json).length, 25);
    assert.equal(first.headers["x-paging-skipped"], "0");
    assert.equal(first.headers["x-paging-take"], "25");
    assert.equal(first.headers["x-paging-totalresults"], "350");
    assert.deepEqual(items(first.json)[0], { id: 200001, identifier: "example.com", servicepack_id: 1001 });

    const last = await call("GET", "/v2/accounts?skip=340&take=100");
    assert.equal(items(last.json).length, 10);
    assert.equal(last.headers["x-paging-skipped"], "340");
    assert.equal(last.headers["x-paging-take"], "10");
    assert.deepEqual(items(await get("/v2/accounts?skip=350")), []);
    assert.deepEqual(items(await get("/v2/accounts?take=0")), []);
  });

  it("have every item once, whatever the page", async () => {
    /** @type {unknown[]} */
    const ids = [];
    for (let skip = 0; skip < 350; skip += 100) {
      ids.push(...items(await get(`/v2/accounts?skip=${skip}&take=100`)).map((account) => account.id));
    }
    assert.equal(new Set(ids).size, 350);
  });

  it("may hold fewer items than asked for", async () => {
    combell.configure({ maxTake: 10 });
    const { headers } = await call("GET", "/v2/accounts?take=100");
    assert.equal(headers["x-paging-take"], "10");
    assert.equal(headers["x-paging-totalresults"], "350");
  });

  it("are all nine longer than a page, but for the records of one zone", async () => {
    const lists = ["accounts", "domains", "linuxhostings", "mysqldatabases", "ssh", "sslcertificaterequests"];
    for (const list of [...lists, "sslcertificates", "windowshostings"]) {
      const { status, headers } = await call("GET", `/v2/${list}`);
      assert.equal(status, 200);
      assert.ok(Number(headers["x-paging-totalresults"]) > 25, list);
    }
    const { headers } = await call("GET", "/v2/dns/example.com/records?take=3");
    assert.equal(headers["x-paging-totalresults"], "10");
  });

  it("of accounts can be filtered", async () => {
    assert.equal(items(await get("/v2/accounts?identifier=example.net"))[0]?.id, 200002);
    assert.deepEqual(items(await get("/v2/accounts?identifier=nobody.example")), []);
    for (const asset of ["domain", "linux_hosting", "mysql", "dns", "mailbox", "windows_hosting"]) {
      const { headers } = await call("GET", `/v2/accounts?asset_type=${asset}`);
      assert.ok(Number(headers["x-paging-totalresults"]) > 25, asset);
    }
    const { headers } = await call("GET", "/v2/accounts?asset_type=windows_hosting");
    assert.ok(Number(headers["x-paging-totalresults"]) < 350);
  });

  it("of records can be filtered, but by name only together with a type", async () => {
    const count = async (/** @type {string} */ query) =>
      items(await get(`/v2/dns/example.com/records?${query}`)).length;
    assert.equal(await count("type=A"), 1);
    assert.equal(await count("type=mx"), 1);
    assert.equal(await count("type=CNAME&record_name=www"), 1);
    assert.equal(await count("type=CNAME&record_name=ftp"), 0);
    assert.equal(await count("type=A&record_name=@"), 1);
    assert.equal(await count("record_name=www"), 10);
    assert.equal(await count("type=SRV&service=sip"), 1);
    assert.equal(await count("type=SRV&service=xmpp"), 0);
  });
});

describe("Combell's provisioning jobs", () => {
  /** @param {string} identifier */
  const create = (identifier) => call("POST", "/v2/accounts", { json: { identifier, servicepack_id: 1001 } });

  it("make an account with a domain, a hosting, a mail zone and a DNS zone, once they are finished", async () => {
    const accepted = await create("new.example");
    assert.equal(accepted.status, 202);
    assert.equal(accepted.text, "");
    const job = String(accepted.headers.location);
    assert.match(job, /^\/v2\/provisioningjobs\/[0-9a-f-]{36}$/);
    const id = job.split("/").at(-1);
    for (const _ of [1, 2]) {
      const { completion, ...rest } = await get(job);
      assert.deepEqual(rest, { id, status: "ongoing" });
      assert.ok(!Number.isNaN(Date.parse(String(completion?.estimate))));
      assert.equal(items(await get("/v2/accounts?identifier=new.example")).length, 0);
    }
    const finished = await call("GET", job);
    assert.equal(finished.status, 201);
    assert.deepEqual(finished.json, { id, resource_links: ["/v2/accounts/200351"] });
    assert.equal(finished.headers.location, "/v2/accounts/200351");
    assert.equal((await call("GET", job)).status, 201, "it stays finished");

    assert.deepEqual(await get("/v2/accounts/200351"), {
      id: 200351,
      identifier: "new.example",
      servicepack: { id: 1001, name: "Web hosting Linux Start" },
      addons: [],
    });
    assert.equal((await get("/v2/domains/new.example")).will_renew, true);
    assert.equal((await get("/v2/linuxhostings/new.example")).php_version, "8.3");
    assert.equal((await get("/v2/mailzones/new.example")).name, "new.example");
    const types = items(await get("/v2/dns/new.example/records")).map((record) => record.type);
    assert.deepEqual(types, ["SOA", "NS", "NS", "A", "CNAME", "MX", "TXT"]);
    assert.equal((await create("new.example")).status, 400, "it is there now");
  });

  it("can fail, be cancelled, finish with 200 or have a status that nobody knows", async () => {
    for (const [outcome, status] of /** @type {const} */ ([
      ["failed", "failed"],
      ["cancelled", "cancelled"],
      ["unknown-status", "on_hold"],
      ["finished-200", "finished"],
    ])) {
      combell.nextJob({ outcome, polls: 1 });
      const { headers } = await create(`${outcome}.example`);
      assert.equal((await get(String(headers.location))).status, "ongoing");
      assert.equal((await get(String(headers.location))).status, status);
      assert.equal((await get(String(headers.location))).status, status);
      const made = items(await get(`/v2/accounts?identifier=${outcome}.example`)).length;
      assert.equal(made, outcome === "finished-200" ? 1 : 0);
    }
    assert.equal((await create("cancelled.example")).status, 202, "a cancelled call may be sent again");
    assert.equal((await create("failed.example")).status, 400, "a failed one may still be put right");
  });

  it("hold what they work on", async () => {
    assert.equal((await create("twice.example")).status, 202);
    const second = await create("twice.example");
    assert.equal(second.status, 400);
    assert.match(second.text, /provisioning_in_progress/);
  });

  it("register and transfer domain names", async () => {
    const json = {
      domain_name: "fresh.be",
      name_servers: ["ns1.example.net"],
      registrant: { first_name: "Robin" },
    };
    combell.nextJob({ polls: 0 });
    const { headers } = await call("POST", "/v2/domains/registrations", { json });
    assert.equal((await call("GET", String(headers.location))).headers.location, "/v2/domains/fresh.be");
    const domain = await get("/v2/domains/fresh.be");
    assert.deepEqual(domain.registrant, { first_name: "Robin" });
    assert.equal(items(domain.name_servers ?? {})[0]?.name, "ns1.example.net");
  });

  it("make databases with a prefix, and their users", async () => {
    combell.configure({ jobPolls: 0 });
    const json = { database_name: "blog", account_id: 200001, password: "correct4horse" };
    const { headers } = await call("POST", "/v2/mysqldatabases", { json });
    const link = String((await call("GET", String(headers.location))).headers.location);
    assert.equal(link, "/v2/mysqldatabases/ID200001_blog");
    assert.equal((await get(link)).user_count, 1);
    const user = await call("POST", `${link}/users`, { json: { name: "reader", password: "correct4horse" } });
    await call("GET", String(user.headers.location));
    assert.deepEqual(items(await get(`${link}/users`)), [
      { name: "ID200001_blog", rights: "read_and_write", enabled: true },
      { name: "reader", rights: "read_only", enabled: true },
    ]);
    assert.ok(JSON.stringify(await get("/v2/linuxhostings/example.com")).includes("ID200001_blog"));
    assert.equal((await call("DELETE", `${link}/users/ID200001_blog`)).status, 400);
    assert.equal((await call("DELETE", link)).status, 204);
    assert.equal((await call("GET", link)).status, 404);
  });
});

describe("Combell's DNS", () => {
  it("keeps records", async () => {
    const json = { type: "TXT", record_name: "_acme-challenge", content: "Token", ttl: 60 };
    const { status, headers, text } = await call("POST", "/v2/dns/example.com/records", { json });
    assert.deepEqual([status, text], [201, ""]);
    const location = String(headers.location);
    assert.match(location, /^\/v2\/dns\/example\.com\/records\/ID\d+$/);
    const id = location.split("/").at(-1);
    const unused = { priority: null, service: null, weight: null, target: null, protocol: null, port: null };
    assert.deepEqual(await get(location), { id, ...json, ...unused });
    assert.ok(items(await get("/v2/dns/example.com/records?type=TXT")).some((record) => record.id === id));

    const changed = await call("PUT", location, { json: { ...json, content: "Other" } });
    assert.deepEqual([changed.status, changed.text, changed.headers["content-length"]], [200, "", "0"]);
    assert.equal((await get(location)).content, "Other");
    assert.equal((await call("GET", location.toLowerCase())).status, 404, "record ids have their case");
    assert.equal((await call("DELETE", location)).status, 204);
    assert.equal((await call("GET", location)).status, 404);
    assert.equal((await call("DELETE", location)).status, 404);
  });

  it("does not let the target of an SRV record change", async () => {
    const [record] = items(await get("/v2/dns/example.com/records?type=SRV"));
    const path = `/v2/dns/example.com/records/${record?.id}`;
    const refused = await call("PUT", path, { json: { ...record, target: "other.example.com" } });
    assert.match(refused.text, /dns_record_not_changeable/);
    assert.equal((await call("PUT", path, { json: { ...record, weight: 9 } })).status, 200);
    assert.equal((await get(path)).weight, 9);
  });

  it("has zones with names that need percent escapes", async () => {
    assert.equal(items(await get("/v2/dns/b%C3%BCcher.example/records")).length, 7);
  });
});

describe("Combell's hostings and mail", () => {
  it("show what was changed", async () => {
    const put = async (/** @type {string} */ path, /** @type {unknown} */ json) =>
      assert.ok([202, 204].includes((await call("PUT", path, { json })).status), path);
    await put("/v2/linuxhostings/example.com/phpsettings/version", { version: "8.1" });
    await put("/v2/linuxhostings/example.com/ftp/configuration", { enabled: false });
    await put("/v2/linuxhostings/example.com/sslsettings/example.com/autoredirect", { enabled: true });
    const hosting = await get("/v2/linuxhostings/example.com");
    assert.equal(hosting.php_version, "8.1");
    assert.equal(hosting.ftp_enabled, false);
    assert.equal(items(hosting.sites ?? {})[0]?.https_redirect_enabled, true);

    await put("/v2/domains/example.com/renew", { will_renew: false });
    assert.equal((await get("/v2/domains/example.com")).will_renew, false);
    const autoReply = { enabled: true, subject: "Away", message: "Back soon" };
    await put("/v2/mailboxes/info@example.com/autoreply", autoReply);
    assert.deepEqual((await get("/v2/mailboxes/info%40example.com")).auto_reply, autoReply);
    await put("/v2/mailzones/example.com/antispam", { type: "advanced" });
    await put("/v2/mailzones/example.com/aliases/hello@example.com", { destinations: ["b@example.org"] });
    const zone = await get("/v2/mailzones/example.com");
    assert.equal(zone.anti_spam?.type, "advanced");
    assert.deepEqual(items(zone.aliases ?? {})[0], {
      email_address: "hello@example.com",
      destinations: ["b@example.org"],
    });
  });

  it("have room for so many mailboxes as the service pack says", async () => {
    const add = (/** @type {number} */ number) =>
      call("POST", "/v2/mailboxes", {
        json: { email_address: `box${number}@example.com`, account_id: 200001, password: "correct4horse" },
      });
    for (let number = 1; number <= 9; number += 1) {
      const { status, headers } = await add(number);
      assert.deepEqual([status, headers.location], [201, `/v2/mailboxes/box${number}@example.com`]);
    }
    assert.match((await add(10)).text, /account_not_available/);
    assert.deepEqual((await get("/v2/mailzones/example.com")).available_accounts, []);
  });

  it("are listed with their SSH keys", async () => {
    const [key] = items(await get("/v2/ssh"));
    assert.ok(items(key?.linux_hostings ?? {}).length > 1);
  });
});

describe("Combell's certificates", () => {
  /**
   * @param {string} csr
   * @param {string} [certificate_type]
   */
  async function order(csr, certificate_type = "standard") {
    const json = { csr, certificate_type, validation_level: "domain_validated" };
    const { status, headers } = await call("POST", "/v2/sslcertificaterequests", { json });
    assert.equal(status, 201);
    return String(headers.location);
  }

  it("are ordered, issued and downloaded", async () => {
    const request = await order(SAMPLE_CSR);
    for (const _ of [1, 2]) {
      const shown = await get(request);
      assert.equal(shown.common_name, "example.com");
      assert.deepEqual(shown.subject_alt_names, [
        { type: "dns", value: "example.com" },
        { type: "dns", value: "www.example.com" },
      ]);
      assert.ok(items(shown.validations ?? {}).every((validation) => validation.auto_validated));
    }
    const complete = await call("GET", request);
    assert.deepEqual([complete.status, complete.text], [303, ""]);
    const certificate = String(complete.headers.location);
    assert.match(certificate, /^\/v2\/sslcertificates\/[0-9A-F]{40}$/);
    assert.equal((await call("GET", request)).status, 303);
    assert.equal((await call("PUT", request)).status, 303);

    const shown = await get(certificate);
    assert.equal(shown.common_name, "example.com");
    const listed = items(await get("/v2/sslcertificates?take=1000"));
    assert.ok(listed.some(({ sha1_fingerprint }) => sha1_fingerprint === shown.sha1_fingerprint));
    const open = items(await get("/v2/sslcertificaterequests?take=1000"));
    assert.ok(!open.some(({ id }) => request.endsWith(`/${id}`)));

    const file = await call("GET", `${certificate}/download?file_format=pfx&password=open-sesame`);
    assert.equal(file.headers["content-type"], "application/x-pkcs12");
    assert.equal(file.headers["content-disposition"], 'attachment; filename="example.com.pfx"');
    assert.equal(new Set(file.bytes).size, 256, "every byte value is there");
    const again = await call("GET", `${certificate}/download?file_format=pfx&password=other`);
    assert.deepEqual(file.bytes, again.bytes);
    assert.equal((await call("GET", `${certificate}/download?file_format=pfx&password=`)).status, 400);
  });

  it("wait for the customer where they are not validated by themselves", async () => {
    for (const validation of /** @type {const} */ (["dns", "file", "email"])) {
      combell.nextCertificateRequest({ validation, polls: 1 });
      const request = await order(SAMPLE_MULTI_DOMAIN_CSR, "multi_domain");
      for (const _ of [1, 2, 3]) {
        const [first] = items((await get(request)).validations ?? {});
        assert.deepEqual([first?.type, first?.auto_validated], [validation, false]);
      }
      assert.equal((await call("PUT", request)).status, 202);
      assert.equal((await call("GET", request)).status, 200);
      assert.equal((await call("GET", request)).status, 303);
    }
  });

  it("may come to nothing", async () => {
    combell.nextCertificateRequest({ outcome: "failed", polls: 0 });
    const request = await order(SAMPLE_WILDCARD_CSR, "wildcard");
    const gone = await call("GET", request);
    assert.deepEqual([gone.status, gone.text], [410, ""]);
    assert.equal((await call("PUT", request)).status, 410);
  });
});

describe("the sandbox's world", () => {
  it("is the same after every reset", async () => {
    const look = async () => {
      const paths = [
        "accounts",
        "domains",
        "ssh",
        "sslcertificates",
        "sslcertificaterequests",
        "mysqldatabases",
      ];
      return await Promise.all(paths.map((path) => get(`/v2/${path}?take=1000`)));
    };
    const first = await look();
    await call("DELETE", "/v2/mailboxes/info@example.com");
    combell.reading = "client";
    combell.reset();
    assert.equal(combell.reading, "both");
    assert.equal(combell.requests.length, 0);
    assert.deepEqual(await look(), first);
    assert.equal((await call("GET", "/v2/mailboxes/info@example.com")).status, 200);
  });
});
