// declarations.test.mjs compiles these files with the declarations that it generates.
import type { Call, FileAnswer, JobCall, Page, PagedCall, Place } from "hostwire";
import {
  type Account,
  type AccountDetail,
  type AccountsListParams,
  Combell,
  type CombellOperations,
  type CombellOptions,
  type DnsRecord,
  type ProvisioningJobCompletion,
  type ProvisioningJobInfo,
  type Servicepack,
  type SslCertificateRequestDetail,
  type StartedProvisioningJob,
  signCombell,
} from "hostwire/combell";
import { operations } from "hostwire/combell/operations";
import { same } from "./equal.js";

// Credentials.

const combell = new Combell({ apiKey: "key", apiSecret: "secret" });
new Combell({ apiKey: "key", apiSecret: "secret", allow: ["read"], timeoutMs: 1000, maxRetries: 0 });
const options: CombellOptions = { apiKey: "key", apiSecret: "secret", now: () => 0 };
new Combell(options);
// @ts-expect-error credentials are missing
new Combell({});
// @ts-expect-error options are missing
new Combell();
// @ts-expect-error the secret is missing
new Combell({ apiKey: "key" });
// @ts-expect-error a credential is text
new Combell({ apiKey: 1, apiSecret: "secret" });
// @ts-expect-error another provider's credentials
new Combell({ email: "me@example.com", secret: "secret" });
new Combell({ proxy: { url: "https://edge.example.com", headers: { authorization: "Bearer token" } } });
// @ts-expect-error a proxy is given in place of credentials
new Combell({ apiKey: "key", apiSecret: "secret", proxy: { url: "https://edge.example.com" } });
// @ts-expect-error the proxy's address is missing
new Combell({ proxy: {} });
// @ts-expect-error no such option
new Combell({ apiKey: "key", apiSecret: "secret", retries: 3 });
// @ts-expect-error no such effect
new Combell({ apiKey: "key", apiSecret: "secret", allow: ["delete"] });
// @ts-expect-error another provider's option
new Combell({ apiKey: "key", apiSecret: "secret", pin: 1907 });

// Params.

combell.accounts.list();
combell.accounts.list({});
combell.accounts.list({ take: 100 }, { signal: new AbortController().signal });
combell.accounts.list(undefined, { timeoutMs: 1000 });
combell.accounts.list({ asset_type: "domain" });
// A value that the provider may have added.
combell.accounts.list({ asset_type: "domains" });
// @ts-expect-error text
combell.accounts.list({ asset_type: 1 });
// @ts-expect-error no such parameter
combell.accounts.list({ top: 10 });
// @ts-expect-error a number
combell.accounts.list({ take: "many" });
// @ts-expect-error no such option
combell.accounts.list({}, { abort: true });
combell.accounts.get({ account_id: 1 });
// @ts-expect-error a parameter is missing
combell.accounts.get({});
// @ts-expect-error params are missing
combell.accounts.get();

combell.servicepacks.list();
combell.servicepacks.list({});
combell.servicepacks.list({}, { maxRetries: 1 });
combell.servicepacks.list(undefined, { maxRetries: 1 });
// @ts-expect-error it takes nothing
combell.servicepacks.list({ nope: 1 });

combell.dnsRecords.create({ domain_name: "example.com", type: "A", content: "192.0.2.1" });
combell.dnsRecords.create({ domain_name: "example.com", type: "MX", priority: null });
// @ts-expect-error in camel case
combell.dnsRecords.create({ domainName: "example.com", type: "A" });
// @ts-expect-error may not be null
combell.dnsRecords.create({ domain_name: null });
combell.dnsRecords.create({ domain_name: "example.com" }, { extra: { brand_new: true } });

const nameServers: readonly string[] = ["ns1.example.com"];
combell.domains.editNameServers({ domain_name: "example.com", name_servers: nameServers });
combell.domains.register({
  domain_name: "example.com",
  registrant: { first_name: "An", extra_fields: [{ name: "CompanyNumber", value: "1" }] },
});
// @ts-expect-error in a nested object
combell.domains.register({ domain_name: "example.com", registrant: { firstName: "An" } });

// @ts-expect-error no such resource
combell.dns;
// @ts-expect-error no such operation
combell.accounts.remove({ account_id: 1 });
// @ts-expect-error a resource is not a function
combell.accounts();
// @ts-expect-error resources stay
combell.accounts = combell.servicepacks;

// Answers.

same<ReturnType<typeof combell.accounts.list>, PagedCall<Account>>();
// @ts-expect-error so that the others mean something
same<ReturnType<typeof combell.accounts.list>, PagedCall<AccountDetail>>();
same<ReturnType<typeof combell.accounts.get>, Call<AccountDetail>>();
same<ReturnType<typeof combell.dnsRecords.create>, Call<Place | undefined>>();
same<
  ReturnType<typeof combell.domains.transfer>["wait"],
  ReturnType<typeof combell.domains.register>["wait"]
>();
same<Awaited<ReturnType<typeof combell.domains.register>>, StartedProvisioningJob>();
same<Awaited<ReturnType<typeof combell.domains.transfer>>, StartedProvisioningJob | undefined>();
same<Awaited<ReturnType<typeof combell.sslCertificateRequests.create>>, Place>();
same<ReturnType<typeof combell.dnsRecords.update>, Call<undefined>>();
same<ReturnType<typeof combell.servicepacks.list>, Call<Servicepack[]>>();
same<ReturnType<typeof combell.sslCertificates.download>, Call<FileAnswer>>();
same<ReturnType<typeof combell.sslCertificateRequests.get>, Call<SslCertificateRequestDetail | Place>>();
same<ReturnType<typeof combell.sslCertificateRequests.verify>, Call<undefined | Place>>();
same<Parameters<typeof combell.accounts.list>[0], AccountsListParams | undefined>();

const page = await combell.dnsRecords.list({ domain_name: "example.com" });
same<typeof page, Page<DnsRecord>>();
same<typeof page.items, DnsRecord[]>();
if (page.hasNextPage) same<Awaited<ReturnType<typeof page.getNextPage>>, Page<DnsRecord>>();
for await (const record of combell.dnsRecords.list({ domain_name: "example.com" })) {
  same<typeof record, DnsRecord>();
  same<typeof record.priority, number | null | undefined>();
  // @ts-expect-error no such property
  record.contents;
}
// @ts-expect-error a single item is not walked
for await (const account of combell.accounts.get({ account_id: 1 })) void account;
// @ts-expect-error a list without pages is not walked
for await (const pack of combell.servicepacks.list()) void pack;

const created = await combell.dnsRecords.create({ domain_name: "example.com" });
created?.id.toUpperCase();
// @ts-expect-error the provider does not always tell where a new record is
created.id;
// @ts-expect-error the name is not in the answer
created?.record_name;
const detail = await combell.accounts.get({ account_id: 1 });
// @ts-expect-error properties of answers may be missing
detail.identifier.length;
const { data, response } = await combell.accounts.get({ account_id: 1 }).withResponse();
same<typeof data, AccountDetail>();
response.rateLimit.remaining?.toFixed();
const file = await combell.sslCertificates.download({
  sha1_fingerprint: "00",
  file_format: "pfx",
  password: "secret",
});
file.bytes.byteLength;

// Jobs.

const job = combell.accounts.create({ identifier: "example.com", servicepack_id: 1 });
same<typeof job, JobCall<StartedProvisioningJob, ProvisioningJobCompletion, ProvisioningJobInfo>>();
const started = await job;
same<typeof started.job_id, string>();
// @ts-expect-error the job's id has a name of its own
started.id;
const result = await job.wait({
  intervalMs: 10,
  onProgress: ({ answer, polls }) => {
    same<typeof answer, ProvisioningJobInfo>();
    polls.toFixed();
  },
});
same<typeof result.resource_links, string[] | undefined>();
// @ts-expect-error no such option
job.wait({ interval: 10 });
// @ts-expect-error nothing to wait for
combell.accounts.list().wait();
// @ts-expect-error nothing to wait for
combell.dnsRecords.create({ domain_name: "example.com" }).wait();
same<Awaited<ReturnType<typeof combell.provisioningJobs.wait>>, ProvisioningJobCompletion>();
combell.provisioningJobs.wait({ job_id: started.job_id }, { timeoutMs: 1000 });
// @ts-expect-error the id is missing
combell.provisioningJobs.wait({});
// @ts-expect-error no job is followed by accounts
combell.accounts.wait({ account_id: 1 });
const certificate = combell.sslCertificateRequests.create({
  csr: "-----BEGIN CERTIFICATE REQUEST-----",
  certificate_type: "standard",
  validation_level: "domain_validated",
});
same<typeof certificate, JobCall<Place, Place, SslCertificateRequestDetail>>();
same<Awaited<ReturnType<typeof combell.sslCertificateRequests.wait>>, Place>();

// Requests that are not sent, or not known.

const request: Promise<Request> = combell.prepare("accounts.create", {
  identifier: "example.com",
  servicepack_id: 1,
});
request.then(({ url }) => url);
combell.prepare("servicepacks.list");
combell.prepare("servicepacks.list", {}, { headers: { accept: "application/json" } });
combell.prepare("accounts.list", { take: 1 });
combell.prepare("accounts.list");
// @ts-expect-error no such operation
combell.prepare("accounts.remove", {});
// @ts-expect-error params are missing
combell.prepare("accounts.get");
// @ts-expect-error a parameter is missing
combell.prepare("accounts.get", {});
// @ts-expect-error no such parameter
combell.prepare("accounts.list", { top: 1 });
// @ts-expect-error it takes nothing
combell.prepare("servicepacks.list", { nope: 1 });
// @ts-expect-error nothing is sent that could be repeated
combell.prepare("accounts.list", {}, { maxRetries: 1 });
same<CombellOperations["accounts.list"], { params: AccountsListParams; answer: Page<Account> }>();
same<CombellOperations["accounts.create"]["answer"], StartedProvisioningJob>();

const answer = await combell.request({ method: "GET", path: "/v2/news" });
same<typeof answer, unknown>();
const news = await combell.request<{ title: string }[]>({ method: "GET", path: "/v2/news" });
news[0]?.title;
// @ts-expect-error no path
combell.request({ method: "GET" });
// @ts-expect-error the query has a place of its own
combell.request({ method: "GET", path: "/v2/news" }, { extra: {} });

const authorization: Promise<string> = signCombell({
  apiKey: "key",
  apiSecret: "secret",
  method: "GET",
  path: "/v2/accounts",
});
authorization.then((value) => value.length);
signCombell({
  apiKey: "key",
  apiSecret: "secret",
  method: "POST",
  path: "/v2/accounts",
  body: "{}",
  timestamp: 1_700_000_000,
  nonce: "n",
  reading: "client",
});
// @ts-expect-error no path
signCombell({ apiKey: "key", apiSecret: "secret", method: "GET" });
// @ts-expect-error no such reading
signCombell({ apiKey: "key", apiSecret: "secret", method: "GET", path: "/v2", reading: "php" });

// Operations as data.

for (const { name, effect, summary } of operations) {
  same<typeof name, keyof CombellOperations>();
  if (effect === "read") summary.length;
  // @ts-expect-error no such effect
  if (effect === "delete") summary.length;
}
// @ts-expect-error the list stays
operations.push(operations[0]);
