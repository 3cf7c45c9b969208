// What a call costs more by way of a proxy: `node js-tests/proxy/bench.js`. Two Workers in workerd, asked in turn by the
// same program: one calls the provider itself, the other is a proxy that makes the same call. The provider is a local
// server that answers at once.

import { createServer } from "node:http";
import { installPackage } from "../package/install.js";
import { startWorker } from "../package/workerd.js";

const ROUNDS = 15;
const CALLS = 200;
const TOKEN = "token-of-the-benchmark-0123";

const DIRECT = `
import { Combell } from "hostwire/combell";
let combell;
export default {
  async fetch(request, { BASE_URL }) {
    combell ??= new Combell({ apiKey: "key", apiSecret: "secret", baseUrl: BASE_URL });
    return Response.json(await combell.accounts.get(await request.json()));
  },
};
`;
const PROXY = `
import { Combell } from "hostwire/combell";
import { bearerTokens, createProxy } from "hostwire/proxy";
let proxy;
export default {
  fetch(request, { BASE_URL, TOKEN }) {
    proxy ??= createProxy({
      clients: { combell: new Combell({ apiKey: "key", apiSecret: "secret", baseUrl: BASE_URL }) },
      authorize: bearerTokens([{ token: TOKEN, caller: "benchmark" }]),
      allow: { combell: ["*"] },
      limits: { rate: { limit: 1e9, windowSeconds: 1 } },
    });
    return proxy.fetch(request);
  },
};
`;

const provider = createServer((_, response) => {
  response.setHeader("content-type", "application/json");
  response.end('{"id":1,"identifier":"example.com","servicepack":{"id":1,"name":"One"}}');
});
await new Promise((resolve) => provider.listen(0, "127.0.0.1", () => resolve(undefined)));
const address = provider.address();
const bindings = { BASE_URL: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, TOKEN };
const { dir } = installPackage();
const workers = [await startWorker(dir, DIRECT, { bindings }), await startWorker(dir, PROXY, { bindings })];
const [direct, proxy] = await Promise.all(workers.map(async (worker) => (await worker.ready).href));
const ways = { "a call in a Worker": `${direct}`, "by way of a proxy": `${proxy}combell/accounts.get` };

const init = {
  method: "POST",
  headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
  body: '{"account_id":1}',
};

/** Milliseconds per call. @param {string} url */
async function round(url) {
  const started = performance.now();
  for (let call = 0; call < CALLS; call++) {
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(await response.text());
    await response.json();
  }
  return (performance.now() - started) / CALLS;
}

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

for (const url of Object.values(ways)) await round(url);
/** @type {{ [way: string]: number[] }} */
const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
for (let count = 0; count < ROUNDS; count++) {
  for (const [way, url] of Object.entries(ways)) times[way]?.push(await round(url));
}
const [alone = 0, proxied = 0] = Object.values(times).map(median);
for (const [way, taken] of Object.entries(times))
  console.log(way.padEnd(20), `${median(taken).toFixed(2)} ms`);
console.log(`${(proxied / alone).toFixed(2)} times`);

await Promise.all(workers.map((worker) => worker.dispose()));
provider.close();
provider.closeAllConnections();
