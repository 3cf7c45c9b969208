// Shows what a token is good for, as a colleague's program would use it: in place of keys, the client is given the
// proxy. Everything else about the client stays the same.
//
//   PROXY_TOKEN=... npm run try -- example.com

import { Combell } from "hostwire/combell";
import { Hostkey } from "hostwire/hostkey";

const [zone = "example.com"] = process.argv.slice(2);
const { PROXY_URL = "http://localhost:8787", PROXY_TOKEN } = process.env;

if (!PROXY_TOKEN) {
  console.error("Usage: PROXY_TOKEN=... npm run try -- [<zone>]");
  process.exit(2);
}

const proxy = { url: PROXY_URL, headers: { authorization: `Bearer ${PROXY_TOKEN}` } };
const combell = new Combell({ proxy });
const hostkey = new Hostkey({ proxy });

/** @type {[what: string, call: () => Promise<number | undefined>][]} */
const CALLS = [
  [`records of ${zone}`, async () => (await combell.dnsRecords.list({ domain_name: zone })).items.length],
  ["domain names", async () => (await combell.domains.list()).items.length],
  ["servers at Hostkey", async () => (await hostkey.eq.list()).servers?.length],
];
for (const [what, call] of CALLS) {
  try {
    console.log(`${what}: ${await call()}`);
  } catch (error) {
    // A PermissionError is the proxy's refusal; with a wrong token it is an AuthenticationError.
    console.log(`${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
  }
}
