// What one call costs: time in every runtime, allocations where the runtime tells of them.

import { clientSubject, PARSING, RUNTIMES, startAgents } from "../runtimes.js";
import { inRounds, median, ratio, spread } from "../stats.js";
import { percent, show, times } from "../tables.js";
import { timeWork } from "../timing.js";
import { WORKS } from "../workload.js";

const CLIENTS = [
  "stub",
  "hostwire",
  "by-hand",
  "by-hand-node",
  "aws4fetch",
  "octokit",
  "stripe",
  "openai",
  "cloudflare",
  "cloudflare-shaken",
];

/** Where there is node:crypto. @type {import("../runtimes.js").Runtime[]} */
const WITH_NODE = ["Node", "Deno", "Bun"];

/** Where a call's time is to be at most half of stripe's. @type {import("../runtimes.js").Runtime[]} */
const AGAINST_STRIPE = ["Node", "workerd", "Chromium"];

/** @param {import("../runtimes.js").Runtime} runtime */
const clientsIn = (runtime) =>
  CLIENTS.filter((name) => name !== "by-hand-node" || WITH_NODE.includes(runtime)).map((name) =>
    clientSubject(name),
  );

/** @param {import("../index.js").Options} options @returns {Promise<import("../tables.js").Section[]>} */
export async function run(options) {
  /** @type {import("../tables.js").Section[]} */
  const sections = [];
  for (const runtime of RUNTIMES) {
    options.say(`calls in ${runtime}`);
    sections.push(await timesIn(runtime, options));
  }
  for (const runtime of /** @type {const} */ (["Node", "Deno"])) {
    options.say(`allocations in ${runtime}`);
    sections.push(await allocationsIn(runtime, options));
  }
  return sections;
}

/** @param {import("../runtimes.js").Runtime} runtime @param {import("../index.js").Options} options */
async function timesIn(runtime, options) {
  const subjects = [...clientsIn(runtime), PARSING];
  const agents = await startAgents(runtime, subjects);
  /** @type {{ [work: string]: import("../stats.js").Samples }} */
  const found = {};
  try {
    for (const { work } of WORKS) found[work] = await timeWork(agents, work, options);
  } finally {
    await agents.close();
  }
  const all = WORKS.map(({ work }) => found[work] ?? {});
  const spreads = all.flatMap((samples) => Object.values(samples).map(spread));
  return {
    title: `A call in ${runtime}`,
    about:
      "Microseconds of one call, one after the other, with a fetch that answers at once; in brackets the ratio to " +
      "the stub, which is fetch and JSON.parse without a client. GET: four query parameters, one row. POST: a JSON " +
      "body of 2 kB. by-hand signs with WebCrypto, by-hand-node with node:crypto. JSON.parse: of the text alone. " +
      `Half of the distance between the quartiles: ${percent(median(spreads))} of the median.`,
    columns: ["", "GET", "POST 2 kB", "100 rows", "10 000 rows"],
    rows: subjects.map(({ name }) => [
      name,
      ...all.map((samples) => {
        const value = show(median(samples[name] ?? []));
        return name === "stub" ? value : `${value} (${times(ratio(samples, name, "stub"))})`;
      }),
    ]),
    goals: goalsIn(runtime, found),
  };
}

/**
 * @param {import("../runtimes.js").Runtime} runtime
 * @param {{ [work: string]: import("../stats.js").Samples }} found
 */
function goalsIn(runtime, found) {
  /** @type {import("../tables.js").Goal[]} */
  const goals = [];
  if (AGAINST_STRIPE.includes(runtime)) {
    for (const work of ["get", "post", "100 rows"]) {
      const part = inRounds(
        found[work] ?? {},
        ["hostwire", "stripe", "stub"],
        (own, theirs, stub) => (own - stub) / (theirs - stub),
      );
      const text = `in ${runtime}, ${work}: time over the stub at most half of stripe's`;
      goals.push({ text, found: percent(part), met: part <= 0.5 });
    }
  }
  const over = ratio(found["10 000 rows"] ?? {}, "hostwire", "stub");
  goals.push({
    text: `in ${runtime}: 10 000 rows within 5 % of fetch and JSON.parse alone`,
    found: times(over),
    met: over <= 1.05,
  });
  return goals;
}

/** Enough for what is allocated between two collections, so that none happens while it is counted. */
const YOUNG = ["--expose-gc", "--max-semi-space-size=1024", "--min-semi-space-size=1024"];

/** How often each work is done for it, after a warm-up of as many. @type {{ [work: string]: number }} */
const CALLS = { get: 400, post: 400, "100 rows": 100, "10 000 rows": 2 };

/** @param {"Node" | "Deno"} runtime @param {import("../index.js").Options} options */
async function allocationsIn(runtime, { quick }) {
  const subjects = clientsIn(runtime);
  const flags = runtime === "Node" ? YOUNG : [`--v8-flags=${YOUNG.join(",")}`];
  const agents = await startAgents(runtime, subjects, { flags });
  /** @type {{ [work: string]: { [name: string]: number } }} */
  const found = {};
  try {
    for (const { work } of WORKS) {
      /** @type {{ [name: string]: number }} */
      const here = {};
      found[work] = here;
      for (const { name } of subjects) {
        const ask = agents.tell[name];
        if (!ask) continue;
        const calls = CALLS[work] ?? 1;
        await ask({ work, calls });
        const taken = [];
        for (let round = 0; round < (quick ? 3 : 5); round++) {
          const [bytes = Number.NaN, collections = 0] = await ask({ work, calls, measure: "bytes" });
          taken.push(collections > 0 ? Number.NaN : bytes / calls / 1000);
        }
        here[name] = median(taken);
      }
    }
  } finally {
    await agents.close();
  }
  return {
    title: `Allocations of a call in ${runtime}`,
    about:
      "Kilobytes that one call takes of JavaScript's heap, rubbish included: what was added over some calls " +
      "without a collection; in brackets the ratio to the stub. Buffers beside the heap are not in " +
      "it, nor is WebAssembly's memory: see Throughput. workerd and Chromium have the same engine; they and Bun do not tell.",
    columns: ["", "GET", "POST 2 kB", "100 rows", "10 000 rows"],
    rows: subjects.map(({ name }) => [
      name,
      ...WORKS.map(({ work }) => {
        const [value = Number.NaN, stub = Number.NaN] = [found[work]?.[name], found[work]?.stub];
        return name === "stub" ? show(value) : `${show(value)} (${times(value / stub)})`;
      }),
    ]),
  };
}
