// What the package does for any provider, with Combell's calls: each gives data, expected.js what it has to be.

import { rejection } from "../../package/rejection.js";
import { SAMPLE_CSR } from "../../sandbox/combell/samples.js";

/** @typedef {import("./index.js").Case} Case */

const DOMAIN = "example.com";

/** No request is repeated unless the case is about that. */
const ONCE = { maxRetries: 0 };

/** @type {{ [name: string]: Case }} */
export const COMBELL_CASES = {
  async "the root and the subpath have the same classes"({ root, combell }) {
    return [root.Combell === combell.Combell, root.NotFoundError === combell.NotFoundError];
  },

  async "a DNS record's life"({ client }) {
    const { dnsRecords } = client();
    const record = { type: "A", record_name: "suite", content: "192.0.2.7", ttl: 300 };
    const created = await dnsRecords.create({ domain_name: DOMAIN, ...record });
    const record_id = created.id;
    const named = async () =>
      (await dnsRecords.list({ domain_name: DOMAIN, type: "A", record_name: "suite" })).items.map(
        (/** @type {any} */ { content, ttl }) => ({ content, ttl }),
      );
    const listed = await named();
    const changed = { ...record, content: "192.0.2.8" };
    const updated = await dnsRecords.update({ domain_name: DOMAIN, record_id, ...changed });
    const listedAgain = await named();
    const deleted = await dnsRecords.delete({ domain_name: DOMAIN, record_id });
    return {
      created: Object.keys(created),
      endsWithId: created.location.endsWith(`/${record_id}`),
      listed,
      updated: updated === undefined,
      listedAgain,
      deleted: deleted === undefined,
      left: await named(),
    };
  },

  async "a walk through pages"({ client, control }) {
    const { accounts } = client();
    const ids = new Set();
    for await (const account of accounts.list({ take: 100 })) ids.add(account.id);
    const walked = (await control("GET /requests")).requests.length;
    for await (const _ of accounts.list({ take: 100 })) break;
    const stopped = (await control("GET /requests")).requests.length - walked;
    return { ids: ids.size, walked, stopped };
  },

  async "a page and its next"({ client }) {
    const page = await client().accounts.list({ skip: 348, take: 1 });
    const next = await page.getNextPage();
    return [page, next].map(({ items, total, hasNextPage }) => ({ items, total, hasNextPage }));
  },

  async "a job, waited for"({ client }) {
    /** @type {unknown[]} */
    const progress = [];
    const call = client().accounts.create({ identifier: "suite.example", servicepack_id: 1001 });
    const started = await call;
    const result = await call.wait({
      intervalMs: 1,
      onProgress: (/** @type {any} */ { answer, polls }) => progress.push([polls, answer.status]),
    });
    return { started: Object.keys(started), progress, done: result.id === started.job_id, result };
  },

  async "a job, taken up again"({ client, control }) {
    await control("POST /next-job", { polls: 1 });
    const { mySqlDatabases, provisioningJobs } = client();
    const database = { account_id: 200001, database_name: "suite", password: "correct4horse" };
    const { job_id } = await mySqlDatabases.create(database);
    const result = await provisioningJobs.wait({ job_id }, { intervalMs: 1 });
    return result.resource_links;
  },

  async "a certificate request that a 303 ends"({ client, control }) {
    const { sslCertificateRequests, sslCertificates } = client();
    await control("POST /next-certificate-request", { polls: 1 });
    const call = sslCertificateRequests.create({
      csr: SAMPLE_CSR,
      certificate_type: "multi_domain",
      validation_level: "domain_validated",
    });
    const { id } = await call;
    const open = await sslCertificateRequests.get({ id });
    const place = await call.wait({ intervalMs: 1 }).catch((/** @type {unknown} */ error) => error);
    if (place instanceof Error) {
      const { name, operation } = /** @type {Error & { operation: string }} */ (place);
      return { id, open: open.order_code, refused: [name, operation] };
    }
    const again = await sslCertificateRequests.get({ id });
    const certificate = await sslCertificates.get({ sha1_fingerprint: place.id });
    return { id, open: open.order_code, place, again, commonName: certificate.common_name };
  },

  async "a download"({ client }) {
    const { sslCertificates } = client();
    const [{ sha1_fingerprint }] = (await sslCertificates.list({ take: 1 })).items;
    const file = { sha1_fingerprint, file_format: "pfx", password: "correct4horse" };
    const { bytes, contentType, filename } = await sslCertificates.download(file);
    const first = [...bytes.subarray(0, 8)];
    return { isBytes: bytes instanceof Uint8Array, length: bytes.length, first, contentType, filename };
  },

  async "an error class for each status"({ client, control, combell }) {
    const { accounts } = client(ONCE);
    const told = [];
    for (const status of [400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 503]) {
      await control("POST /misbehave", { fault: { type: "status", status } });
      const error = await rejection(accounts.get({ account_id: 1 }));
      const { name, code, attempts, provider, operation } = error;
      const isOne = error instanceof combell[name] && error instanceof combell.ApiError;
      told.push([status, error.status, name, isOne, code, attempts, provider, operation]);
    }
    return told;
  },

  async "an error class for each other failure"({ client, control, combell }) {
    const { accounts, provisioningJobs } = client(ONCE);
    const get = () => rejection(accounts.get({ account_id: 200001 }));
    const errors = [];
    for (const fault of ["html", "brokenJson", "emptyBody"]) {
      await control("POST /misbehave", { fault });
      errors.push(await get());
    }
    const nowhere = client({ ...ONCE, baseUrl: "http://127.0.0.1:1" });
    errors.push(await rejection(nowhere.accounts.get({ account_id: 200001 })));
    errors.push(await rejection(accounts.get({ account: 1 })));
    errors.push(
      await rejection(client({ allow: ["read"] }).accounts.create({ identifier: "a", servicepack_id: 1 })),
    );
    await control("POST /next-job", { outcome: "failed", polls: 0 });
    const { job_id } = await accounts.create({ identifier: "fails.example", servicepack_id: 1001 });
    errors.push(await rejection(provisioningJobs.wait({ job_id })));
    try {
      client({ baseUrl: "ftp://example.com" });
    } catch (error) {
      errors.push(error);
    }
    return errors.map((error) => [
      error.name,
      error instanceof combell[error.name] &&
        error instanceof combell.HostwireError &&
        error instanceof Error,
      error.operation ?? null,
    ]);
  },

  async "a connection in use that breaks off at a purchase"({ client, control }) {
    const { accounts } = client();
    await accounts.list({ take: 1 });
    await control("POST /misbehave", { operation: "accounts.create", fault: "resetAfter" });
    const { name } = await rejection(accounts.create({ identifier: "once.example", servicepack_id: 1001 }));
    const { requests } = await control("GET /requests");
    return { name, arrived: requests.length - 1 };
  },

  async "an abort in flight"({ client, control }) {
    await control("POST /misbehave", { fault: "hang" });
    const controller = new AbortController();
    const reason = { why: "changed my mind" };
    const call = rejection(client().accounts.list({}, { signal: controller.signal }));
    while ((await control("GET /requests")).requests.length === 0);
    controller.abort(reason);
    return (await call) === reason;
  },

  async "a timeout"({ client, control }) {
    await control("POST /misbehave", { fault: "hang" });
    const error = await rejection(client({ ...ONCE, timeoutMs: 50 }).accounts.list());
    return [error.name, error.timeoutMs, error.attempts];
  },

  async "the other reading of the signature, after a 401"({ client, control }) {
    await control("POST /config", { reading: "document" });
    const { dnsRecords } = client();
    const attempts = [];
    for (let call = 0; call < 2; call++) {
      const { response } = await dnsRecords.list({ domain_name: DOMAIN, type: "TXT" }).withResponse();
      attempts.push(response.attempts);
    }
    return attempts;
  },

  async "another try after a 503"({ client, control }) {
    await control("POST /misbehave", {
      times: 2,
      fault: { type: "status", status: 503, headers: { "retry-after": "0" } },
    });
    /** @type {unknown[]} */
    const events = [];
    const { data, response } = await client({
      onRetry: (/** @type {any} */ { attempt, delayMs, status, reason }) =>
        events.push([attempt, delayMs, status, reason]),
    })
      .accounts.list({ take: 1 })
      .withResponse();
    const { requests } = await control("GET /requests");
    const signatures = new Set(requests.map((/** @type {any} */ { headers }) => headers.authorization));
    return { items: data.items.length, attempts: response.attempts, events, signatures: signatures.size };
  },

  async prepare({ client, control, sandboxes }) {
    const request = await client().prepare("dnsRecords.create", {
      domain_name: DOMAIN,
      type: "A",
      content: "192.0.2.9",
    });
    const { length } = (await control("GET /requests")).requests;
    const prepared = {
      isRequest: request instanceof Request,
      method: request.method,
      path: request.url.slice(sandboxes.combell.url.length),
      contentType: request.headers.get("content-type"),
      signed: /^hmac /.test(request.headers.get("authorization") ?? ""),
      body: await request.clone().json(),
      sentByItself: length,
    };
    return { ...prepared, status: (await fetch(request)).status };
  },

  async request({ client, combell }) {
    const api = client();
    const accounts = await api.request({ method: "GET", path: "/v2/accounts", query: { skip: 1, take: 1 } });
    const created = await api.request({
      method: "POST",
      path: `/v2/dns/${DOMAIN}/records`,
      json: { type: "A", record_name: "request", content: "192.0.2.10" },
      effect: "write",
    });
    const error = await rejection(api.request({ method: "GET", path: "/v2/accounts/1" }));
    const { name, operation } = error;
    return {
      accounts,
      created: Object.keys(created),
      error: [name, operation, error instanceof combell[name]],
    };
  },

  async withResponse({ client, sandboxes }) {
    const call = client().accounts.get({ account_id: 200002 });
    const { data, response } = await call.withResponse();
    const { status, headers, url, attempts, rateLimit } = response;
    return {
      same: data === (await call),
      status,
      type: headers.get("content-type"),
      path: url.slice(sandboxes.combell.url.length),
      attempts,
      rateLimit: { limit: rateLimit.limit, usage: rateLimit.usage, remaining: rateLimit.remaining },
    };
  },

  async operations({ operations }) {
    const list = operations.operations;
    const { summary, ...first } = list[1];
    return { count: list.length, first, summary: typeof summary };
  },

  async signCombell({ combell }) {
    // The examples of x-signing in specs/combell.yaml.
    const common = {
      apiKey: "my-key",
      apiSecret: "my-secret",
      timestamp: 1700000000,
      nonce: "0123456789abcdef",
    };
    const path = "/v2/dns/example.com/records?type=TXT&record_name=caf%C3%A9";
    const body = '{"identifier":"example.com","servicepack_id":1001}';
    return [
      await combell.signCombell({ ...common, method: "POST", path: "/v2/accounts", body }),
      await combell.signCombell({ ...common, method: "GET", path }),
      await combell.signCombell({ ...common, method: "GET", path, reading: "document" }),
    ];
  },
};
