// What becomes of the costs when the work grows tenfold.

import { execFile } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectWith } from "../fewer-operations.js";
import { projectDir } from "../project.js";
import { clientSubject, startAgents } from "../runtimes.js";
import { interleave, median } from "../stats.js";
import { CLIENT_COUNTS, ITEM_COUNTS, ROW_COUNTS } from "../subjects.js";
import { show, times } from "../tables.js";
import { timeWork } from "../timing.js";
import { OPERATIONS } from "./size.js";

const CLIENTS = ["stub", "by-hand-node", "hostwire", "stripe"];

/** @param {import("../index.js").Options} options @returns {Promise<import("../tables.js").Section[]>} */
export async function run(options) {
  const { quick, say } = options;
  const fewer = (/** @type {number[]} */ counts) => (quick ? counts.slice(0, -1) : counts);
  say("rows and params");
  const agents = await startAgents(
    "Node",
    CLIENTS.map((name) => clientSubject(name, "growingCallsOf(subject)")),
  );
  /** @type {import("../tables.js").Section[]} */
  const sections = [];
  try {
    for (const { title, about, unit, counts } of [
      {
        title: "Rows of an answer",
        about: "A GET answered with so many rows",
        unit: "rows",
        counts: fewer(ROW_COUNTS),
      },
      {
        title: "Params of a call",
        about: "A POST with so many addresses in its body",
        unit: "items",
        counts: fewer(ITEM_COUNTS),
      },
    ]) {
      /** @type {import("../stats.js").Samples[]} */
      const found = [];
      for (const count of counts) found.push(await timeWork(agents, `${count} ${unit}`, options));
      sections.push({
        title,
        about: `${about}, in Node with a fetch that answers at once: microseconds of one call. ${HOW}`,
        columns: ["", ...counts.map(show)],
        rows: CLIENTS.map((name) => [name, ...grown(found.map((samples) => median(samples[name] ?? [])))]),
      });
    }
  } finally {
    await agents.close();
  }
  say("operations");
  sections.push(await operations(options));
  say("clients alive at once");
  sections.push(...(await crowds(options, fewer(CLIENT_COUNTS))));
  return sections;
}

const HOW = "In brackets how many times that is what stands to its left.";

/** @param {number[]} values */
const grown = (values) =>
  values.map((value, index) =>
    index === 0 ? show(value) : `${show(value)} (${times(value / (values[index - 1] ?? Number.NaN))})`,
  );

/** Times the import and the first call of a package with fewer operations. */
const FIRST_CALL = `
import { Combell } from "hostwire";
const imported = performance.now();
const fetch = async () => {
  process.stdout.write([imported, performance.now()].join(" "), () => process.exit());
  return new Promise(() => {});
};
new Combell({ apiKey: "bench-key", apiSecret: "bench-secret", fetch }).accounts.list({ take: 1 });
`;

/** @param {import("../index.js").Options} options @returns {Promise<import("../tables.js").Section>} */
async function operations({ rounds }) {
  /** @type {{ [name: string]: string }} */
  const programs = {};
  for (const count of OPERATIONS) {
    const dir = projectWith(count);
    programs[count] = join(dir, "first-call.mjs");
    writeFileSync(programs[count], FIRST_CALL);
    cpSync(join(projectDir(), "package.json"), join(dir, "package.json"));
  }
  /** @type {{ [name: string]: number[] }} */
  const first = Object.fromEntries(OPERATIONS.map((count) => [count, []]));
  const imports = await interleave(Object.keys(programs), rounds, async (name) => {
    const { stdout } = await promisify(execFile)(process.execPath, [programs[name] ?? ""], {
      timeout: 30_000,
    });
    const [imported = 0, handed = 0] = stdout.split(" ").map(Number);
    first[name]?.push(handed - imported);
    return imported;
  });
  return {
    title: "Operations in the package",
    about:
      "A fresh Node process that imports all five providers, whose tables were cut down to so many operations: " +
      `milliseconds from its start until they are imported, and from then to the first request handed to fetch. ${HOW} ` +
      "Bytes are under Size.",
    columns: ["", ...OPERATIONS.map(show)],
    rows: [
      ["imported", ...grown(OPERATIONS.map((count) => median(imports[count] ?? [])))],
      ["first call", ...grown(OPERATIONS.map((count) => median(first[count] ?? [])))],
    ],
  };
}

const FEWEST_TOLD = 1_000;

/** @param {import("../index.js").Options} options @param {number[]} counts */
async function crowds({ rounds }, counts) {
  const agents = await startAgents(
    "Node",
    CLIENTS.map((name) => clientSubject(name, "crowdOf(subject)")),
    { flags: ["--expose-gc"] },
  );
  /** @type {{ [name: string]: { micros: number[], bytes: number[], wasm: number[] } }} */
  const found = {};
  try {
    for (const name of CLIENTS) {
      /** @type {{ micros: number[], bytes: number[], wasm: number[] }} */
      const here = { micros: [], bytes: [], wasm: [] };
      found[name] = here;
      const ask = agents.tell[name];
      if (!ask) continue;
      await ask({ work: "100 clients", calls: 20 });
      for (const count of counts) {
        const work = `${count} clients`;
        const micros = [];
        for (let round = 0; round < Math.min(rounds, 5); round++) {
          const [ms = 0] = await ask({ work, calls: Math.max(1, 1_000 / count) });
          micros.push((ms * 1000) / count / Math.max(1, 1_000 / count));
        }
        const [before = 0, wasmBefore = 0] = await ask({ work: "none", calls: 1, measure: "memory" });
        const [after = 0, wasmAfter = 0] = await ask({ work, calls: 1, measure: "memory" });
        here.micros.push(median(micros));
        // What the engine itself takes and gives back outweighs a few clients.
        here.bytes.push(count < FEWEST_TOLD ? Number.NaN : Math.round((after - before) / count));
        here.wasm.push(wasmAfter - wasmBefore);
      }
    }
  } finally {
    await agents.close();
  }
  const columns = ["", ...counts.map(show)];
  return [
    {
      title: "Clients alive at once: time",
      about: `Microseconds to make a client and call once, for each of so many that all stay, in Node. ${HOW}`,
      columns,
      rows: CLIENTS.map((name) => [name, ...grown(found[name]?.micros ?? [])]),
    },
    {
      title: "Clients alive at once: memory",
      about:
        "Bytes of JavaScript's memory for each client that is alive and has made a call, after a collection, in " +
        "Node; and by how many bytes WebAssembly's memory grew for all of them.",
      columns,
      rows: [
        ...CLIENTS.map((name) => [name, ...(found[name]?.bytes ?? []).map((bytes) => show(bytes))]),
        ["hostwire, WebAssembly", ...(found.hostwire?.wasm ?? []).map(show)],
      ],
    },
  ];
}
