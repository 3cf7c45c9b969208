// Starts agents in the runtimes: each agent has a process, an isolate or a page of its own, so that none of them
// changes what the compiler makes of another, and they take turns.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { version as esbuildVersion } from "esbuild";
import { launchChromium } from "../js-tests/browsers/chromium.js";
import { serveStatic } from "../js-tests/browsers/static-server.js";
import { toolOf } from "../js-tests/matrix/project.js";
import { bundleForWorkers } from "../js-tests/package/bundle.js";
import { startBundle } from "../js-tests/package/workerd.js";
import { bundle, projectDir } from "./project.js";

/**
 * @typedef {import("./agents/agent.js").Order} Order
 * @typedef {(order: Order) => Promise<number[]>} Tell
 *
 * @typedef {object} Agents
 * @property {{ [name: string]: Tell }} tell
 * @property {() => Promise<void>} close
 *
 * @typedef {{ name: string, setUp: string }} Subject a name, and the JavaScript expression that gives its works; in
 *   it `client` and `signer` are functions that import a module of clients/ or signers/
 *
 * @typedef {"Node" | "workerd" | "Deno" | "Bun" | "Chromium"} Runtime
 */

const workerdVersion = createRequire(new URL("../js-tests/package.json", import.meta.url))(
  "workerd/package.json",
).version;

/** @type {Runtime[]} */
export const RUNTIMES = ["Node", "workerd", "Deno", "Bun", "Chromium"];

/** The program of an agent. @param {string} module @param {string} expression @param {string} kind */
const programOf = (module, expression, kind) => `
import * as subject from "./${module}";
import { callsOf, crowdOf, growingCallsOf, liveCallsOf, parsing, signaturesOf } from "./subjects.js";
import { makeAgent } from "./agents/agent.js";
import { serve } from "./agents/${kind}.js";
${kind === "worker" ? "export default " : ""}serve(makeAgent(() => ${expression}));
`;

/**
 * The subject that a module of clients/ is.
 *
 * @param {string} name
 * @param {string} [setUp] what of subjects.js makes works of it
 */
export const clientSubject = (name, setUp = "callsOf(subject)") => ({
  name,
  module: `clients/${name}.js`,
  setUp,
});

/** The subject that a module of signers/ is. @param {string} name */
export const signerSubject = (name) => ({
  name,
  module: `signers/${name}.js`,
  setUp: "signaturesOf(subject)",
});

/** What only parses. */
export const PARSING = { name: "JSON.parse", module: "workload.js", setUp: "parsing()" };

/**
 * @param {Runtime} runtime
 * @param {{ name: string, module: string, setUp: string }[]} subjects
 * @param {{ flags?: string[] }} [options] flags of Node's or Deno's
 * @returns {Promise<Agents>}
 */
export async function startAgents(runtime, subjects, { flags = [] } = {}) {
  /** @type {Agents["tell"]} */
  const tell = {};
  /** @type {(() => unknown)[]} */
  const closing = [];
  const close = async () => {
    for (const end of closing.reverse()) await end();
  };
  try {
    const start = runtime === "Chromium" ? await startPages(closing) : undefined;
    for (const { name, module, setUp } of subjects) {
      if (start) tell[name] = await start(programOf(module, setUp, "page"), name);
      else if (runtime === "workerd")
        tell[name] = await startWorker(programOf(module, setUp, "worker"), closing);
      else
        tell[name] = await startProcess(runtime, programOf(module, setUp, "process"), name, flags, closing);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { tell, close };
}

/** @type {{ [runtime: string]: (file: string, flags: string[]) => [command: string, args: string[]] }} */
const COMMANDS = {
  Node: (file, flags) => [process.execPath, [...flags, file]],
  Deno: (file, flags) => [
    toolOf("deno"),
    ["run", "--quiet", "--no-config", "--no-lock", "--allow-all", ...flags, file],
  ],
  Bun: (file) => [toolOf("bun"), [file]],
};

let programs = 0;

/** Versions of what runs the clients. @returns {{ [name: string]: string }} */
export function toolVersions() {
  const ask = (/** @type {string} */ command) =>
    /\d+(\.\d+)+/.exec(
      execFileSync(command, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    )?.[0] ?? "?";
  return {
    Node: process.versions.node,
    workerd: String(workerdVersion),
    Deno: ask(toolOf("deno")),
    Bun: ask(toolOf("bun")),
    Chromium: ask(process.env.CHROMIUM ?? "/usr/bin/chromium"),
    esbuild: esbuildVersion,
  };
}

/**
 * @param {string} runtime
 * @param {string} source
 * @param {string} name
 * @param {string[]} flags
 * @param {(() => unknown)[]} closing
 * @returns {Promise<Tell>}
 */
async function startProcess(runtime, source, name, flags, closing) {
  const dir = join(projectDir(), "programs");
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${name.replace(/\W+/g, "-")}-${programs++}.mjs`);
  writeFileSync(file, await bundle(source, "process"));
  const [command, args] = COMMANDS[runtime]?.(file, flags) ?? ["", []];
  const env = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  const child = spawn(command, args, { cwd: dir, env, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  // Where the input ends, so does the agent.
  closing.push(async () => {
    child.stdin.end();
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (order) => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${runtime} ended while it ran ${name}`);
    return toldBy(name, JSON.parse(value));
  };
}

/** @param {string} name @param {{ told?: number[], error?: string }} answer */
function toldBy(name, { told, error }) {
  if (!told) throw new Error(`${name}: ${error}`);
  return told;
}

/**
 * @param {string} source
 * @param {(() => unknown)[]} closing
 * @returns {Promise<Tell>}
 */
async function startWorker(source, closing) {
  const dir = projectDir();
  const worker = startBundle(dir, await bundleForWorkers(dir, source));
  closing.push(() => worker.dispose());
  const url = await worker.ready;
  const ask = async (/** @type {Order} */ order) => {
    const start = performance.now();
    const response = await fetch(url, { method: "POST", body: JSON.stringify(order) });
    const answer = await response.json();
    toldBy(order.work, /** @type {{ told?: number[], error?: string }} */ (answer));
    return performance.now() - start;
  };
  return async (order) => {
    // What a request costs that does nothing is not the work's.
    const idle = Math.min(await ask({ ...order, calls: 0 }), await ask({ ...order, calls: 0 }));
    return [Math.max(0, (await ask(order)) - idle)];
  };
}

/** @param {(() => unknown)[]} closing */
async function startPages(closing) {
  const dir = join(projectDir(), "pages");
  mkdirSync(dir, { recursive: true });
  const server = await serveStatic(dir);
  closing.push(server.close);
  const browser = await launchChromium();
  closing.push(() => browser.close());
  return async (/** @type {string} */ source, /** @type {string} */ name) => {
    const file = `${name.replace(/\W+/g, "-")}-${programs++}`;
    writeFileSync(join(dir, `${file}.js`), await bundle(source, "page"));
    writeFileSync(
      join(dir, `${file}.html`),
      `<!doctype html><script type="module" src="./${file}.js"></script>`,
    );
    const page = await browser.newPage();
    await page.goto(`${server.url}/${file}.html`);
    await page.waitForFunction("globalThis.agent !== undefined");
    return async (/** @type {Order} */ order) => {
      // Pages that are not seen get less of the processor.
      await page.bringToFront();
      return page.evaluate((given) => {
        const { agent } = /** @type {{ agent: Tell }} */ (/** @type {unknown} */ (globalThis));
        return agent(given);
      }, order);
    };
  };
}
