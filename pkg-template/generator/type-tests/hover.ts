import { Combell } from "hostwire/combell";

const combell = new Combell({ apiKey: "key", apiSecret: "secret" });

for await (const account of combell.accounts.list()) void account;
for await (const record of combell.dnsRecords.list({ domain_name: "example.com" })) void record;
const started = await combell.accounts.create({ identifier: "example.com", servicepack_id: 1 });
const created = await combell.dnsRecords.create({ domain_name: "example.com", ttl: 60 });
combell.sslCertificates.download({ sha1_fingerprint: "00", file_format: "pfx", password: "secret" });
combell.provisioningJobs.wait({ job_id: started.job_id });
new Combell({ apiKey: "key", apiSecret: "secret", baseUrl: "https://api.combell.nl" });

export { created };
