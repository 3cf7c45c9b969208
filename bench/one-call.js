// Programs for Workers that make one call, as short as each package lets them be.

const worker = (/** @type {string} */ head, /** @type {string} */ call) => `
${head}
export default { fetch: async (request, env) => Response.json(${call}) };
`;

/** One call of each of our providers. @type {{ [name: string]: string }} */
export const OURS = {
  "hostwire/combell": worker(
    'import { Combell } from "hostwire/combell";',
    "await new Combell({ apiKey: env.KEY, apiSecret: env.SECRET }).accounts.get({ account_id: 1 })",
  ),
  "hostwire/hostkey": worker(
    'import { Hostkey } from "hostwire/hostkey";',
    "await new Hostkey({ apiKey: env.KEY }).eq.list()",
  ),
  "hostwire/ccloud": worker(
    'import { Ccloud } from "hostwire/ccloud";',
    'await new Ccloud({ clientId: env.KEY, clientSecret: env.SECRET }).servers.get({ hostname: "vs1" })',
  ),
  "hostwire/artnet": worker(
    'import { Artnet } from "hostwire/artnet";',
    "await new Artnet({ customerId: env.KEY, apiKey: env.SECRET }).customer.emailsList()",
  ),
  "hostwire/combahton": worker(
    'import { Combahton } from "hostwire/combahton";',
    "await new Combahton({ email: env.KEY, secret: env.SECRET }).customer.credits.view()",
  ),
};

/** All five, from the root. */
export const ALL_FIVE = worker(
  'import { Artnet, Ccloud, Combahton, Combell, Hostkey } from "hostwire";',
  "[Artnet, Ccloud, Combahton, Combell, Hostkey].map((Client) => new Client(env))",
);

/** @type {{ [name: string]: string }} */
export const PEERS = {
  "by hand (fetch and HMAC)": worker(
    `async function get(path, { KEY, SECRET }) {
  const text = new TextEncoder();
  const name = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", text.encode(SECRET), name, false, ["sign"]);
  const [time, nonce] = [Math.floor(Date.now() / 1000), crypto.randomUUID()];
  const signed = KEY + "get" + encodeURIComponent(path) + time + nonce;
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, text.encode(signed)));
  const authorization = \`hmac \${KEY}:\${btoa(String.fromCharCode(...mac))}:\${nonce}:\${time}\`;
  const response = await fetch("https://api.combell.com" + path, { headers: { authorization } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}`,
    'await get("/v2/accounts/1", env)',
  ),
  aws4fetch: worker(
    'import { AwsClient } from "aws4fetch";',
    `await (await new AwsClient({ accessKeyId: env.KEY, secretAccessKey: env.SECRET })
  .fetch("https://sqs.eu-west-1.amazonaws.com/1/queue")).json()`,
  ),
  "@octokit/core": worker(
    'import { Octokit } from "@octokit/core";',
    '(await new Octokit({ auth: env.KEY }).request("GET /users/{username}", { username: "a" })).data',
  ),
  "cloudflare, tree-shaken": worker(
    `import { createClient } from "cloudflare/tree-shakable";
import { BaseAccounts } from "cloudflare/resources/accounts/accounts";`,
    `await createClient({ resources: [BaseAccounts], apiToken: env.KEY }).accounts.get({ account_id: "1" })`,
  ),
  "cloudflare, full": worker(
    'import Cloudflare from "cloudflare";',
    `await new Cloudflare({ apiToken: env.KEY }).accounts.get({ account_id: "1" })`,
  ),
  stripe: worker('import Stripe from "stripe";', 'await new Stripe(env.KEY).customers.retrieve("cus_1")'),
  openai: worker(
    'import OpenAI from "openai";',
    'await new OpenAI({ apiKey: env.KEY }).models.retrieve("a")',
  ),
};

/** Resources of cloudflare's tree-shaken client, from few methods to many. */
export const CLOUDFLARE_RESOURCES = [
  ["BaseAccounts", "accounts/accounts"],
  ["BaseRecords", "dns/records"],
  ["BaseZones", "zones/zones"],
  ["BaseMembers", "accounts/members"],
  ["BaseRoles", "accounts/roles"],
  ["BaseTokens", "user/tokens/tokens"],
  ["BaseInvites", "user/invites"],
  ["BaseDomains", "workers/domains"],
  ["BaseRules", "email-routing/rules/rules"],
  ["BaseWaitingRooms", "waiting-rooms/waiting-rooms"],
  ["BaseLoadBalancers", "load-balancers/load-balancers"],
  ["BaseCustomHostnames", "custom-hostnames/custom-hostnames"],
];
