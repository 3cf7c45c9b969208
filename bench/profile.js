// Where the time of a call goes in Node, or of a signature: `node bench/profile.js get`, or "GET, 250 bytes"; without a
// name it says which there are.

import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectDir } from "./project.js";

const SECONDS = 4;
const WARM_UP_CALLS = 20_000;

/** Whose code a function is, by where it comes from. @type {[kind: string, pattern: RegExp][]} */
const KINDS = [
  ["the core's WebAssembly", /^wasm:/],
  ["hostwire's JavaScript", /hostwire\/(runtime|providers|wasm)/],
  ["the benchmark itself", /clients\/|subjects\.js|profile\.js/],
  ["Node: fetch's Response, streams, timers, abort", /^node:|undici/],
];

const work = process.argv[2] ?? "";
const load = (/** @type {string} */ file) => import(pathToFileURL(join(projectDir(), file)).href);
const { callsOf, signaturesOf } = await load("subjects.js");
/** @type {import("./agents/agent.js").Works} */
const works = {
  ...callsOf(await load("clients/hostwire.js")),
  ...(await signaturesOf(await load("signers/hostwire.js"))),
};
const call = works[work];
if (!call) {
  console.error(
    `node bench/profile.js ${Object.keys(works)
      .map((name) => `["${name}"]`)
      .join(" ")}`,
  );
  process.exit(2);
}

const session = new Session();
session.connect();
const warmUpEnd = performance.now() + SECONDS * 1000;
for (let made = 0; made < WARM_UP_CALLS && performance.now() < warmUpEnd; made++) await call();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
const end = performance.now() + SECONDS * 1000;
while (performance.now() < end) await call();
const { profile } = await session.post("Profiler.stop");

/** @type {Map<string, number>} */
const kinds = new Map();
/** @type {Map<string, number>} */
const functions = new Map();
const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
let total = 0;
for (const [index, id] of (profile.samples ?? []).entries()) {
  const micros = profile.timeDeltas?.[index] ?? 0;
  const { functionName = "", url = "" } = frames.get(id) ?? {};
  // Builtins of the engine have no address.
  const kind = KINDS.find(([, pattern]) => pattern.test(url))?.[0] ?? (functionName || "the engine");
  const name = `${functionName || "(anonymous)"} ${url.split("/").slice(-2).join("/")}`;
  kinds.set(kind, (kinds.get(kind) ?? 0) + micros);
  functions.set(name, (functions.get(name) ?? 0) + micros);
  total += micros;
}

/** @param {string} title @param {Map<string, number>} found @param {number} most */
function print(title, found, most) {
  console.log(`\n${title}`);
  const sorted = [...found].sort(([, one], [, other]) => other - one).slice(0, most);
  for (const [name, micros] of sorted)
    console.log(`${((100 * micros) / total).toFixed(1).padStart(6)} %  ${name}`);
}

console.log(`${work}: parts of the time, each function's own`);
print("By whose code it is", kinds, 12);
print("By function", functions, 25);
