// Measures hostwire beside its peers: `node bench`, or `node bench size cold` for some of the parts. With all parts
// the tables are written to bench/RESULTS.md.
//
//   --rounds N   rounds of which medians are taken (15)
//   --seconds N  how long each client is under load for each number of calls in flight (60)
//   --quick      few and short rounds, to see that everything works; writes nothing
//   --out FILE   where to write the tables instead

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { versions } from "./project.js";
import { toolVersions } from "./runtimes.js";
import { markdown } from "./tables.js";

/**
 * @typedef {object} Options
 * @property {number} rounds
 * @property {boolean} quick
 * @property {number} batchMs how long a batch of calls takes
 * @property {number} warmUpMs
 * @property {number} loadMs how long each client is under load
 * @property {(text: string) => void} say tells how far it is
 *
 * @typedef {{ run: (options: Options) => Promise<import("./tables.js").Section[]> }} Part
 */

/** @type {{ [name: string]: { title: string, load: () => Promise<Part> } }} */
const PARTS = {
  size: { title: "Size", load: () => import("./parts/size.js") },
  cold: { title: "Cold start", load: () => import("./parts/cold.js") },
  "per-call": { title: "Per call", load: () => import("./parts/per-call.js") },
  signing: { title: "Signing alone", load: () => import("./parts/signing.js") },
  throughput: { title: "Throughput", load: () => import("./parts/throughput.js") },
  growth: { title: "Growth", load: () => import("./parts/growth.js") },
};

const USAGE = `node bench [${Object.keys(PARTS).join("] [")}] [--rounds N] [--seconds N] [--quick] [--out FILE]`;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: "string" },
        seconds: { type: "string" },
        quick: { type: "boolean" },
        out: { type: "string" },
      },
    });
  } catch {
    return { values: { rounds: "none", seconds: undefined, quick: false, out: undefined }, positionals: [] };
  }
}

const { values, positionals } = readArguments();
const wrong = positionals.filter((name) => !Object.hasOwn(PARTS, name));
const rounds = Number(values.rounds ?? (values.quick ? 3 : 15));
const seconds = Number(values.seconds ?? (values.quick ? 1.5 : 60));
if (wrong.length > 0 || !Number.isInteger(rounds) || rounds < 1 || !(seconds > 0)) {
  console.error(USAGE);
  process.exit(2);
}
const chosen = positionals.length > 0 ? positionals : Object.keys(PARTS);
/** @type {Options} */
const options = {
  rounds,
  quick: values.quick ?? false,
  batchMs: values.quick ? 30 : 100,
  warmUpMs: values.quick ? 100 : 600,
  loadMs: seconds * 1000,
  say: (text) => console.error(`  ${text}`),
};

const flags = [
  `--rounds ${rounds}`,
  ...(values.seconds ? [`--seconds ${seconds}`] : []),
  ...(values.quick ? ["--quick"] : []),
].join(" ");

/** @type {string[]} */
const written = [];
for (const [name, { title, load }] of Object.entries(PARTS)) {
  if (!chosen.includes(name)) continue;
  console.error(`${title} …`);
  const start = performance.now();
  const sections = await (await load()).run(options);
  const took = ((performance.now() - start) / 1000).toFixed(0);
  const head = `## ${title}\n\nBy itself: \`node bench ${name} ${flags}\`, ${took} s.`;
  const text = [head, ...sections.map(markdown)].join("\n\n");
  console.log(`${text}\n`);
  written.push(text);
}

const isWhole = chosen.length === Object.keys(PARTS).length && !values.quick;
const out = values.out ?? (isWhole ? fileURLToPath(new URL("RESULTS.md", import.meta.url)) : undefined);
if (out) writeFileSync(out, `${[intro(), ...written].join("\n\n")}\n`);

function intro() {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    encoding: "utf8",
  }).trim();
  const told = (/** @type {{ [name: string]: string }} */ found) =>
    Object.entries(found)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ");
  const [processor] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return [
    "# Results",
    "Written by `make bench`; nothing here is by hand.",
    `- Date: ${new Date().toISOString().slice(0, 10)}, commit ${commit}`,
    `- Machine: ${cpus().length} × ${processor?.model.trim() ?? "?"}, ${memory} GB, ${type()} ${release()}`,
    `- Runtimes: ${told(toolVersions())}`,
    `- Packages: ${told(versions())}`,
    `- Command: \`node bench ${flags}\``,
    "Times and ratios are medians of rounds in which everybody has a turn, ratios being taken within each round. " +
      "Every client does the same job through its public API. A dash says that something cannot run there.",
  ]
    .join("\n\n")
    .replaceAll("\n\n- ", "\n- ")
    .replace("\n- Date", "\n\n- Date");
}
