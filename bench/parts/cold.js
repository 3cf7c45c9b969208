// How long it takes from nothing to the first request.

import { execFile, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { launchChromium } from "../../js-tests/browsers/chromium.js";
import { serveStatic } from "../../js-tests/browsers/static-server.js";
import { bundleForWorkers } from "../../js-tests/package/bundle.js";
import { bundle, projectDir } from "../project.js";
import { inRounds, interleave, median, ratio, spread } from "../stats.js";
import { percent, show, times } from "../tables.js";

const CLIENTS = [
  "stub",
  "hostwire",
  "by-hand",
  "aws4fetch",
  "octokit",
  "stripe",
  "openai",
  "cloudflare",
  "cloudflare-shaken",
];

/** The longest that any start may take. */
const PATIENCE_MS = 30_000;

/** @param {import("../index.js").Options} options @returns {Promise<import("../tables.js").Section[]>} */
export async function run({ rounds, say }) {
  say("starts in Node");
  // The first time of all, files are not yet in memory.
  await interleave(CLIENTS, 1, inNode);
  const node = await interleave(CLIENTS, rounds, inNode);
  say("starts in workerd");
  const workers = await writeWorkers();
  await interleave(CLIENTS, 1, (name) => inWorkerd(workers[name] ?? ""));
  const workerd = await interleave(CLIENTS, rounds, (name) => inWorkerd(workers[name] ?? ""));
  say("starts in Chromium");
  const chromium = await inChromium(rounds);
  const slower = ratio(node, "hostwire", "aws4fetch");
  const over = overStub(workerd, "hostwire");
  return [
    {
      ...section("Node", node),
      about: `A fresh process, nothing bundled: from its start to the first request handed to fetch. ${UNITS}`,
      goals: [{ text: "in Node no slower than aws4fetch", found: times(slower), met: slower <= 1 }],
    },
    {
      ...section("workerd", workerd),
      about: `A fresh workerd with one minified Worker: from its start to the answer of a first request, which is given when the client hands its request to fetch; the stub is the trivial Worker. ${UNITS}`,
      goals: [
        { text: "in workerd at most 5 ms over a trivial Worker", found: `${show(over)} ms`, met: over <= 5 },
      ],
    },
    {
      ...section("Chromium", chromium),
      about: `A fresh page with one minified module from a server on this machine: from the navigation to the first request handed to fetch. ${UNITS}`,
    },
  ];
}

const UNITS = "Milliseconds; the stub does without a client.";

/** @param {import("../stats.js").Samples} samples @param {string} name */
const overStub = (samples, name) => inRounds(samples, [name, "stub"], (own, stub) => own - stub);

/** @param {string} where @param {import("../stats.js").Samples} samples */
const section = (where, samples) => ({
  title: `Cold start in ${where}`,
  columns: ["", "all", "over the stub", "ratio to hostwire", "spread"],
  rows: CLIENTS.map((name) => [
    name,
    show(median(samples[name] ?? [])),
    name === "stub" ? "" : show(overStub(samples, name)),
    times(ratio(samples, name, "hostwire")),
    percent(spread(samples[name] ?? [])),
  ]),
});

/** @param {string} name */
async function inNode(name) {
  const program = join(projectDir(), "agents/cold-process.js");
  const { stdout } = await promisify(execFile)(process.execPath, [program, name], { timeout: PATIENCE_MS });
  return Number(stdout);
}

/** Writes what workerd is started with, for each client. */
async function writeWorkers() {
  /** @type {{ [name: string]: string }} */
  const configs = {};
  for (const name of CLIENTS) {
    const source = `import * as client from "./clients/${name}.js";
import { serve } from "./agents/cold-worker.js";
export default serve(client);`;
    const { js, wasm } = await bundleForWorkers(projectDir(), source, { minify: true });
    const dir = join(projectDir(), "cold", name);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "worker.js"), js);
    for (const { name: file, bytes } of wasm) writeFileSync(join(dir, file), bytes);
    const modules = [
      '(name = "worker.js", esModule = embed "worker.js")',
      ...wasm.map(({ name: file }) => `(name = "${file}", wasm = embed "${file}")`),
    ];
    configs[name] = join(dir, "config.capnp");
    writeFileSync(
      configs[name],
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules.join(", ")}],
  compatibilityDate = "${compatibilityDate}",
);
`,
    );
  }
  return configs;
}

const fromTests = createRequire(new URL("../../js-tests/package.json", import.meta.url));
/** The program itself, without the script that looks for it. */
const { default: WORKERD, compatibilityDate } =
  /** @type {{ default: string, compatibilityDate: string }} */ (fromTests("workerd"));

/** @param {string} config */
async function inWorkerd(config) {
  const start = performance.now();
  const child = spawn(WORKERD, ["serve", config, "--control-fd=3"], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    const port = await listening(child);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal, headers: { connection: "close" } });
    await response.text();
    const ms = performance.now() - start;
    if (!response.ok) throw new Error(`a Worker answered ${response.status}: ${config}`);
    return ms;
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/**
 * Where it listens: workerd tells in a line of JSON.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
function listening(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("close", () => reject(new Error("workerd ended at once")));
    child.stdio[3]?.on("data", (chunk) => {
      text += chunk;
      const port = /"port":\s*(\d+)/.exec(text)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

/** @param {number} rounds */
async function inChromium(rounds) {
  const dir = join(projectDir(), "cold-pages");
  mkdirSync(dir, { recursive: true });
  for (const name of CLIENTS) {
    const source = `import * as client from "./clients/${name}.js";
import { serve } from "./agents/cold-page.js";
serve(client);`;
    writeFileSync(join(dir, `${name}.js`), await bundle(source, "page", { minify: true }));
    const html = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="./${name}.js"></script>`;
    writeFileSync(join(dir, `${name}.html`), html);
  }
  const server = await serveStatic(dir, { headers: { "cache-control": "no-store" } });
  const browser = await launchChromium();
  try {
    const start = async (/** @type {string} */ name) => {
      // A context of its own: nothing compiled is kept from the round before.
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${server.url}/${name}.html`);
      const handle = await page.waitForFunction("globalThis.handedAt", undefined, { timeout: PATIENCE_MS });
      const ms = Number(await handle.jsonValue());
      await context.close();
      return ms;
    };
    await interleave(CLIENTS, 1, start);
    return await interleave(CLIENTS, rounds, start);
  } finally {
    await browser.close();
    await server.close();
  }
}
