// The runtimes that a proxy is made for, each started as its users would.

import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startIn } from "../matrix/project.js";
import { makeProject } from "../package/install.js";
import { startWorker } from "../package/workerd.js";

const PROGRAMS = fileURLToPath(new URL("./programs", import.meta.url));

/** @typedef {{ url: string, stop: () => Promise<void> }} Running */

/**
 * Starts the proxy of programs/proxy.js in each runtime. `project` names whose projects they are, for test files run
 * at the same time.
 *
 * @param {string} project
 * @returns {{ [runtime: string]: (settings: string) => Promise<Running> }}
 */
export const runtimesOf = (project) => ({
  Node: script(`${project}-node`, process.execPath, ["node.js"]),
  Deno: script(`${project}-deno`, "deno", [
    "run",
    "--node-modules-dir=manual",
    "--allow-net=127.0.0.1",
    "deno.js",
  ]),
  Bun: script(`${project}-bun`, "bun", ["bun.js"]),
  async workerd(settings) {
    const dir = makeProject(`${project}-workerd`);
    cpSync(PROGRAMS, join(dir, "program"), { recursive: true });
    const source = readFileSync(join(PROGRAMS, "worker.js"), "utf8");
    // The flag has the Worker told that its caller is gone.
    const options = { bindings: { SETTINGS: settings }, compatibilityFlags: ["enable_request_signal"] };
    const worker = await startWorker(dir, source, options);
    return { url: (await worker.ready).href.replace(/\/$/, ""), stop: () => worker.dispose() };
  },
});

/**
 * @param {string} project
 * @param {string} command
 * @param {string[]} args before the settings
 * @returns {(settings: string) => Promise<Running>}
 */
const script = (project, command, args) => (settings) =>
  startIn(makeProject(project, PROGRAMS), command, [...args, settings]);
