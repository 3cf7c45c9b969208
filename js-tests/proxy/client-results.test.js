// What a client gets behind a proxy is what it gets with credentials: pages, totals, jobs, files.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rejection } from "../package/rejection.js";
import { QUICK, setUp } from "./served.js";

const { hostwire, sandbox, allowAll, startProxy, directClient, proxiedClient, sent } = await setUp();
const { url } = await startProxy();
const { url: openUrl } = await startProxy({ allow: allowAll(true) });

const SERVER = { id: 34_533, pin: 1907 };
const CERTIFICATE_FILE = { file_format: "pfx", password: "correct4horse" };

/**
 * Runs the same with a client that has credentials and with one that has a proxy, each new and on a sandbox that is
 * new, and compares results and what arrived at the provider.
 *
 * @param {import("./served.js").ProviderName} name
 * @param {(client: any) => Promise<unknown>} run
 * @param {{ secrets?: boolean }} [options]
 */
async function bothWays(name, run, { secrets = false } = {}) {
  const proxy = await startProxy({ allow: allowAll(secrets) });
  const outcomes = [];
  for (const client of [directClient(name), proxiedClient(name, proxy.url)]) {
    sandbox[name].reset();
    outcomes.push({ value: await run(client), arrived: sent() });
  }
  assert.deepEqual(outcomes[1], outcomes[0]);
  return /** @type {{ value: any, arrived: string[] }} */ (outcomes[1]);
}

/** @param {AsyncIterable<any>} list */
async function collect(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

describe("pages behind a proxy", () => {
  it("are walked to the end, each asked for when it is needed", async () => {
    const { value, arrived } = await bothWays("combell", ({ accounts }) =>
      collect(accounts.list({ take: 100 })),
    );
    assert.deepEqual([value.length, arrived.length], [350, 4]);
  });

  it("are walked where the number of items stands in the body, and where pages are counted", async () => {
    const { value } = await bothWays("ccloud", async ({ servers }) => {
      const page = await servers.list({ limit: 1 });
      const next = await page.getNextPage();
      return [
        page.items.concat(next.items),
        page.total,
        next.hasNextPage,
        await collect(servers.list({ limit: 1 })),
      ];
    });
    assert.ok(value[3].length > 1);
  });

  it("know their total from a header of the provider's, which stays behind the proxy", async () => {
    const { value } = await bothWays("combell", async ({ accounts }) => {
      const { data, response } = await accounts.list({ skip: 348, take: 1 }).withResponse();
      const next = await data.getNextPage();
      return [
        data.total,
        next.total,
        next.hasNextPage,
        response.status,
        response.attempts,
        response.rateLimit,
      ];
    });
    assert.deepEqual(value.slice(0, 3), [350, 350, false]);
    const { response } = await proxiedClient("combell", url).accounts.list({ take: 1 }).withResponse();
    assert.deepEqual(
      [...response.headers.keys()].filter((header) => header.startsWith("x-rate")),
      [],
    );
  });

  it("end with an error after the last", async () => {
    const page = await proxiedClient("combell", url).accounts.list({ skip: 349 });
    const error = await rejection(page.getNextPage());
    assert.ok(error instanceof hostwire.HostwireError);
    assert.match(error.message, /last page/);
  });

  it("fetch the next with the first one's options, an abort too", async () => {
    const controller = new AbortController();
    const page = await proxiedClient("combell", url).accounts.list(
      { take: 1 },
      { signal: controller.signal },
    );
    controller.abort("enough");
    assert.equal(await rejection(page.getNextPage()), "enough");
    assert.equal(sent().length, 1);
  });
});

describe("jobs behind a proxy", () => {
  it("are followed to their end", async () => {
    const { value } = await bothWays("combell", async ({ accounts }) => {
      /** @type {unknown[]} */
      const polls = [];
      const call = accounts.create({ identifier: "proxied.example", servicepack_id: 1001 });
      const { resource_links } = await call.wait({
        ...QUICK,
        onProgress: (/** @type {any} */ { polls: count, answer }) => polls.push([count, answer.status]),
      });
      return { resource_links, polls };
    });
    assert.deepEqual(value.polls.at(-1), [2, "ongoing"]);
  });

  it("are taken up again by their id, behind the proxy or not", async () => {
    const [direct, proxied] = [directClient("combell"), proxiedClient("combell", url)];
    const database = { account_id: 200_001, database_name: "taken", password: "correct4horse" };
    const { job_id } = await proxied.mySqlDatabases.create(database);
    const result = await direct.provisioningJobs.wait({ job_id }, QUICK);
    assert.deepEqual(await proxied.provisioningJobs.wait({ job_id }, QUICK), result);
  });

  it("that fail are a JobError with the job and the provider's last answer", async () => {
    const { value } = await bothWays("combell", async ({ accounts }) => {
      sandbox.combell.nextJob({ outcome: "failed", polls: 1 });
      const call = accounts.create({ identifier: "fails.example", servicepack_id: 1001 });
      const error = await rejection(call.wait(QUICK));
      assert.ok(error instanceof hostwire.JobError);
      assert.equal(error.job.job_id, (await call).job_id);
      return [error.name, error.message.replace(error.job.job_id, "…"), error.state, error.operation];
    });
    assert.equal(value[0], "JobError");
  });

  it("of ccloud are tasks, a failed one among them", async () => {
    await bothWays("ccloud", async ({ servers, tasks }) => {
      const { items } = await servers.list({ limit: 1 });
      const { hostname } = items[0];
      const call = servers.state.stop({ hostname });
      const task = await call.wait(QUICK);
      sandbox.ccloud.nextJob({ outcome: "failed", polls: 1 });
      const error = await rejection(servers.state.start({ hostname }).wait(QUICK));
      const missing = await rejection(tasks.wait({ id: 999_999 }, QUICK));
      return [task.status, error.name, error.state, missing.name, missing.status];
    });
  });

  for (const secrets of [false, true]) {
    it(`of Hostkey are followed by their key, ${secrets ? "with" : "without"} secrets: who started them has it`, async () => {
      const { arrived } = await bothWays(
        "hostkey",
        async ({ eq, eqCallback }) => {
          const call = eq.off(SERVER);
          const { callback: key } = await call;
          const { result } = await call.wait(QUICK);
          return [typeof key, result, (await eqCallback.wait({ key }, QUICK)).result];
        },
        { secrets },
      );
      assert.deepEqual(arrived, ["auth.login", "eq.off", ...Array(3).fill("eqCallback.check")]);
    });
  }

  it("of Hostkey tell their scope, which may hold passwords, only with secrets", async () => {
    const scopes = [];
    for (const proxyUrl of [url, openUrl]) {
      const { scope } = await proxiedClient("hostkey", proxyUrl).eq.off(SERVER).wait(QUICK);
      scopes.push(scope);
    }
    assert.deepEqual(scopes, ["***", "Post is off"]);
  });

  it("of Hostkey that fail are a JobError with the job, and no key in the message", async () => {
    sandbox.hostkey.nextJob({ outcome: "failed", polls: 1 });
    const call = proxiedClient("hostkey", url).eq.off(SERVER);
    const { callback } = await call;
    const error = await rejection(call.wait(QUICK));
    assert.ok(error instanceof hostwire.JobError);
    assert.deepEqual(error.job, { key: callback });
    assert.ok(!`${error.message} ${error.stack} ${JSON.stringify(error)}`.includes(callback), error.message);
  });

  it("are given up by an abort between two questions", async () => {
    sandbox.combell.nextJob({ polls: 1000 });
    const controller = new AbortController();
    const call = proxiedClient("combell", url).accounts.create({
      identifier: "long.example",
      servicepack_id: 1001,
    });
    const waited = call.wait({
      intervalMs: 60_000,
      signal: controller.signal,
      onProgress: () => setImmediate(() => controller.abort("no longer wanted")),
    });
    assert.equal(await rejection(waited), "no longer wanted");
  });
});

describe("files behind a proxy", () => {
  it("have their bytes, type and name", async () => {
    const { value } = await bothWays(
      "combell",
      async ({ sslCertificates }) => {
        const [{ sha1_fingerprint }] = (await sslCertificates.list({ take: 1 })).items;
        return sslCertificates.download({ sha1_fingerprint, ...CERTIFICATE_FILE });
      },
      { secrets: true },
    );
    assert.equal(value.filename, "example.com.pfx");
    assert.equal(value.contentType, "application/x-pkcs12");
    assert.ok(value.bytes instanceof Uint8Array && value.bytes.length > 1000);
  });

  it("keep any name and any bytes", async () => {
    const names = [
      `"quoted" 'and' (more).pdf`,
      "ré sumé; filename=x.pdf",
      "契約.pdf",
      "100%25.pdf",
      "a*b~c.pdf",
    ];
    const { url: filesUrl } = await startProxy({ allow: allowAll(true) }, { fetch: giveFile });
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    let name = "";
    async function giveFile() {
      const headers = {
        "content-type": "application/x-pkcs12",
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      };
      return new Response(bytes, { headers });
    }
    const { sslCertificates } = proxiedClient("combell", filesUrl);
    for (name of names) {
      const file = await sslCertificates.download({ sha1_fingerprint: "00", ...CERTIFICATE_FILE });
      assert.equal(file.filename, name);
      assert.deepEqual(file.bytes, bytes);
    }
  });

  it("that come inside JSON come out as files", async () => {
    await bothWays("combahton", async ({ customer }) => {
      const [{ id }] = await customer.invoices.viewUnpaid();
      const { bytes, contentType } = await customer.invoices.view({ id });
      return [contentType, bytes.length, [...bytes.subarray(0, 5)]];
    });
  });

  it("that are secret as a whole are refused, unless the rule says secrets", async () => {
    const { sslCertificates } = proxiedClient("combell", url);
    const error = await rejection(
      sslCertificates.download({ sha1_fingerprint: "0123456789", ...CERTIFICATE_FILE }),
    );
    assert.ok(error instanceof hostwire.PermissionError);
    assert.equal(error.code, "proxy_secret_answer");
    assert.deepEqual(sent(), []);
  });
});

describe("answers without data behind a proxy", () => {
  it("are places with ids, and undefined", async () => {
    const { value } = await bothWays("combell", async ({ dnsRecords }) => {
      const where = { domain_name: "example.com" };
      const record = { ...where, type: "A", record_name: "place", content: "192.0.2.1" };
      const { id, location } = await dnsRecords.create(record);
      const updated = await dnsRecords.update({ ...record, record_id: id, content: "192.0.2.2" });
      const deleted = await dnsRecords.delete({ ...where, record_id: id });
      return [location.endsWith(`/${id}`), updated, deleted];
    });
    assert.deepEqual(value, [true, undefined, undefined]);
  });
});
