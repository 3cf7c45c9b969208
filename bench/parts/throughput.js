// Calls under load, memory in the long run, long lists, and what the proxy costs.

import { bundleForWorkers } from "../../js-tests/package/bundle.js";
import { startBundle } from "../../js-tests/package/workerd.js";
import { startServer } from "../local-server.js";
import { projectDir } from "../project.js";
import { clientSubject, startAgents } from "../runtimes.js";
import { interleave, median, ratio } from "../stats.js";
import { WALKS } from "../subjects.js";
import { show, times } from "../tables.js";

const CLIENTS = ["stub", "by-hand-node", "hostwire", "stripe", "openai"];
const IN_FLIGHT = [1, 10, 100];
const MOST_CALLS = 1_000_000;
const MEGABYTE = 1e6;
/** A walk of a hundred calls is not enough for the compiler. */
const WARM_UP_WALKS = 10;

/** @param {import("../index.js").Options} options @returns {Promise<import("../tables.js").Section[]>} */
export async function run(options) {
  const server = await startServer();
  try {
    return [
      await underLoad(server, options),
      await longLists(server, options),
      await proxies(server, options),
      await inTheLongRun(options),
    ];
  } finally {
    await server.close();
  }
}

/** @param {import("../local-server.js").LocalServer} server */
const liveSubjects = ({ url }) =>
  CLIENTS.map((name) => clientSubject(name, `liveCallsOf(subject, ${JSON.stringify(url)})`));

/** @param {import("../local-server.js").LocalServer} server @param {import("../index.js").Options} options */
async function underLoad(server, { rounds, loadMs, say }) {
  await server.give(1, 1);
  const agents = await startAgents("Node", liveSubjects(server));
  /** @type {{ [inFlight: number]: import("../stats.js").Samples }} */
  const found = {};
  /** @type {{ [name: string]: number }} */
  const most = {};
  try {
    for (const inFlight of IN_FLIGHT) {
      say(`load with ${inFlight} in flight, ${loadMs / 1000} s for each client`);
      found[inFlight] = await interleave(CLIENTS, rounds, async (name) => {
        const order = { work: "get", calls: MOST_CALLS, inFlight, ms: loadMs / rounds };
        const [calls = 0, ms = 1, rss = 0] = (await agents.tell[name]?.({ ...order, measure: "load" })) ?? [];
        most[name] = Math.max(most[name] ?? 0, rss);
        return (calls / ms) * 1000;
      });
    }
  } finally {
    await agents.close();
  }
  return {
    title: "Calls per second against a server on this machine",
    about:
      `Node's own fetch, GET with four query parameters, one row; ${loadMs / 1000} seconds for each client and ` +
      "number of calls in flight, taken in turns; in brackets the ratio to the stub, which is fetch and JSON.parse. " +
      "The server is a process of its own on the same processors. Memory: the largest resident size seen, MB.",
    columns: ["", ...IN_FLIGHT.map((count) => `${count} in flight`), "memory"],
    rows: CLIENTS.map((name) => [
      name,
      ...IN_FLIGHT.map((count) => rate(found[count] ?? {}, name, "stub")),
      show((most[name] ?? 0) / MEGABYTE),
    ]),
  };
}

/** @param {import("../stats.js").Samples} samples @param {string} name @param {string} base */
function rate(samples, name, base) {
  const value = show(median(samples[name] ?? []));
  return name === base ? value : `${value} (${times(ratio(samples, name, base))})`;
}

/** @param {import("../local-server.js").LocalServer} server @param {import("../index.js").Options} options */
async function longLists(server, { rounds, quick, say }) {
  say("walks over pages");
  const walks = quick ? WALKS.slice(0, 2) : WALKS;
  const agents = await startAgents("Node", liveSubjects(server));
  /** @type {{ [walk: string]: import("../stats.js").Samples }} */
  const found = {};
  try {
    for (const { name: work, size, total } of walks) {
      const once = async (/** @type {string} */ name) => {
        await server.give(size, total);
        const [ms = Number.NaN] = (await agents.tell[name]?.({ work, calls: 1 })) ?? [];
        return ms;
      };
      for (let made = 0; made < (quick ? 1 : WARM_UP_WALKS); made++)
        for (const name of CLIENTS) await once(name);
      found[work] = await interleave(CLIENTS, Math.min(rounds, 7), once);
    }
  } finally {
    await agents.close();
  }
  const longest = walks.at(-1);
  const slower = ratio(found[longest?.name ?? ""] ?? {}, "hostwire", "stub");
  return {
    title: "Walks over pages",
    about:
      "Milliseconds for all rows of a list, one by one with `for await`, in pages of 1 000 from a server on this " +
      "machine, in Node; in brackets the ratio to the stub, a loop around fetch and JSON.parse.",
    columns: ["", ...walks.map(({ total }) => `${show(total)} rows`)],
    rows: CLIENTS.map((name) => [
      name,
      ...walks.map(({ name: work }) => rate(found[work] ?? {}, name, "stub")),
    ]),
    goals: [
      {
        text: `${show(longest?.total ?? 0)} rows are walked at the server's speed: within 5 % of that loop`,
        found: times(slower),
        met: slower <= 1.05,
      },
    ],
  };
}

/** Workers in front of the server; the bindings say where it is. */
const WORKERS = {
  "pass-through": `export default {
  async fetch(request, env) {
    const query = "asset_type=domain&identifier=example.com&skip=0&take=25";
    return fetch(env.URL + "/v2/accounts?" + query, { headers: { authorization: "Bearer " + env.KEY } });
  },
};`,
  "hostwire's proxy": `import { Combell } from "hostwire/combell";
import { createProxy } from "hostwire/proxy";
let proxy;
export default {
  fetch(request, env) {
    proxy ??= createProxy({
      clients: { combell: new Combell({ apiKey: env.KEY, apiSecret: env.KEY, baseUrl: env.URL }) },
      authorize: async () => "bench",
      allow: { combell: ["accounts.list"] },
      limits: { rate: false, concurrency: 1000 },
    });
    return proxy.fetch(request);
  },
};`,
};

/** @param {import("../local-server.js").LocalServer} server @param {import("../index.js").Options} options */
async function proxies(server, { rounds, loadMs, say }) {
  say("proxy Workers");
  await server.give(1, 1);
  const names = Object.keys(WORKERS);
  /** @type {{ [name: string]: () => Promise<void> }} */
  const calls = {};
  /** @type {ReturnType<typeof startBundle>[]} */
  const workers = [];
  /** @type {{ [inFlight: number]: import("../stats.js").Samples }} */
  const found = {};
  try {
    for (const [name, source] of Object.entries(WORKERS)) {
      const bindings = { URL: server.url, KEY: "bench-key" };
      const worker = startBundle(projectDir(), await bundleForWorkers(projectDir(), source), { bindings });
      workers.push(worker);
      calls[name] = proxyCall(await worker.ready);
    }
    for (const inFlight of IN_FLIGHT) {
      for (const name of names) await load(calls[name], inFlight, loadMs / 10);
      found[inFlight] = await interleave(names, rounds, (name) =>
        load(calls[name], inFlight, loadMs / rounds),
      );
    }
  } finally {
    for (const worker of workers) await worker.dispose();
  }
  return {
    title: "The proxy in a Worker",
    about:
      "Requests per second that Node gets answered by a Worker in workerd that asks the server on this machine: " +
      "hostwire's proxy, which checks caller, rules and params, signs, and reads the answer; and a Worker that does " +
      "nothing but pass on. In brackets the ratio to the latter.",
    columns: ["", ...IN_FLIGHT.map((count) => `${count} in flight`)],
    rows: names.map((name) => [
      name,
      ...IN_FLIGHT.map((count) => rate(found[count] ?? {}, name, "pass-through")),
    ]),
  };
}

/** @param {URL} url */
function proxyCall(url) {
  const address = new URL("/combell/accounts.list", url);
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ asset_type: "domain", identifier: "example.com", skip: 0, take: 25 }),
  };
  return async () => {
    const response = await fetch(address, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`a Worker answered ${response.status}: ${text}`);
  };
}

/**
 * Calls per second.
 *
 * @param {(() => Promise<void>) | undefined} call
 * @param {number} inFlight
 * @param {number} ms
 */
async function load(call, inFlight, ms) {
  const start = performance.now();
  let made = 0;
  const lane = async () => {
    while (made < MOST_CALLS && performance.now() - start < ms) {
      made++;
      await call?.();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (made / (performance.now() - start)) * 1000;
}

/** What memory may grow by between the two and still be called flat: caches of the engine, one page of WebAssembly. */
const SLACK = { heap: 1.1, wasm: 1 };

/** @param {import("../index.js").Options} options */
async function inTheLongRun({ quick, say }) {
  say("memory in the long run");
  const [few, many] = quick ? [2_000, 20_000] : [20_000, 200_000];
  const subjects = CLIENTS.map((name) => clientSubject(name));
  const agents = await startAgents("Node", subjects, { flags: ["--expose-gc"] });
  /** @type {{ [name: string]: { heap: number[], wasm: number[] } }} */
  const found = {};
  try {
    for (const name of CLIENTS) {
      /** @type {{ heap: number[], wasm: number[] }} */
      const here = { heap: [], wasm: [] };
      found[name] = here;
      for (const calls of [few, many - few]) {
        const ask = agents.tell[name];
        await ask?.({ work: "post", calls: calls / 2 });
        const [heap = 0, wasm = 0] =
          (await ask?.({ work: "get", calls: calls / 2, measure: "memory" })) ?? [];
        here.heap.push(heap);
        here.wasm.push(wasm);
      }
    }
  } finally {
    await agents.close();
  }
  const own = found.hostwire ?? { heap: [], wasm: [] };
  const grown = (/** @type {number[]} */ [before = 0, after = 0]) => after / before;
  return {
    title: "Memory in the long run",
    about:
      `Bytes in use in Node after ${show(few)} and after ${show(many)} calls, half GET and half POST, with a fetch ` +
      "that answers at once, after a collection: JavaScript's (heap and buffers) and WebAssembly's, of which Node's fetch has two pages.",
    columns: [
      "",
      `JS after ${show(few)}`,
      `JS after ${show(many)}`,
      `Wasm after ${show(few)}`,
      `Wasm after ${show(many)}`,
    ],
    rows: CLIENTS.map((name) => [
      name,
      ...(found[name]?.heap ?? []).map((bytes) => show(Math.round(bytes))),
      ...(found[name]?.wasm ?? []).map((bytes) => (bytes > 0 ? show(bytes) : "—")),
    ]),
    goals: [
      {
        text: "memory is flat: WebAssembly's the same, JavaScript's within a tenth",
        found: `${times(grown(own.wasm))} and ${times(grown(own.heap))}`,
        met: grown(own.wasm) <= SLACK.wasm && grown(own.heap) <= SLACK.heap,
      },
    ],
  };
}
