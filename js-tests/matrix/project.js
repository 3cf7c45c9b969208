// The small projects of the matrix, and what is done in them.

import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { makeProject } from "../package/install.js";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * A project as it is in projects/<template>, with the package installed and program/ beside it.
 *
 * @param {string} name
 * @param {string} [template]
 */
export async function projectOf(name, template = name) {
  const own = here(`./projects/${template}`);
  const dir = makeProject(`matrix-${name}`, existsSync(own) ? own : undefined);
  cpSync(here("./programs"), join(dir, "program"), { recursive: true, force: false });
  await build({
    entryPoints: [here("./suite/index.js")],
    outfile: join(dir, "program/suite.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
  return dir;
}

// The tools under test come first: no Node but the one that runs this is on the path otherwise.
const BINARIES = ["../node_modules/.bin", "../../node_modules/.bin"].map(here);

/** Where a tool is. @param {string} name */
export function toolOf(name) {
  const found = BINARIES.map((dir) => join(dir, name)).find(existsSync);
  if (!found) throw new Error(`There is no ${name}: run make environments.`);
  return found;
}

/** Nothing is sent home, and output is for machines. */
const ENVIRONMENT = {
  ...process.env,
  PATH: [process.env.PATH, ...BINARIES].join(delimiter),
  CI: "1",
  NO_COLOR: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  DO_NOT_TRACK: "1",
};

/**
 * Runs a tool to its end and gives what it printed.
 *
 * @param {string} dir
 * @param {string} command a name in node_modules/.bin, or a path
 * @param {string[]} args
 */
export async function runIn(dir, command, args) {
  const file = command.includes("/") ? command : toolOf(command);
  try {
    const options = { cwd: dir, env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(file, args, options);
    return stdout;
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    throw new Error(`${command} ${args.join(" ").slice(0, 80)}\n${stdout}\n${stderr}`);
  }
}

/**
 * Starts a server, and waits until it says where it listens.
 *
 * @param {string} dir
 * @param {string} command
 * @param {string[]} args
 * @param {{ [name: string]: string }} [variables]
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startIn(dir, command, args, variables = {}) {
  const file = command.includes("/") ? command : toolOf(command);
  const child = spawn(file, args, { cwd: dir, env: { ...ENVIRONMENT, ...variables }, detached: true });
  let printed = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    // Some start further processes, which would be left behind.
    if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  /** @type {Promise<string>} */
  const listening = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        printed += chunk;
        const [, port] = /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/.exec(printed) ?? [];
        if (port) resolve(`http://127.0.0.1:${port}`);
      });
    }
    child.once("error", reject);
    ended.then(() => reject(new Error(`${command} has ended:\n${printed}`)));
  });
  try {
    return { url: await listening, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A port that nobody listens on now. @returns {Promise<number>} */
export async function freePort() {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * What the scripts and the WebAssembly below some places take up, gzipped one by one.
 *
 * @param {string} dir
 * @param {...string} places files or folders in it
 */
export function gzippedSize(dir, ...places) {
  const files = places.flatMap((place) => {
    const path = join(dir, place);
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: "utf8" }).map((name) => join(path, name));
  });
  return files
    .filter((path) => /\.(c?js|mjs|wasm)$/.test(path))
    .reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}

/**
 * Runs a function at its first call only.
 *
 * @template Value
 * @param {() => Promise<Value>} run
 * @returns {() => Promise<Value>}
 */
export function once(run) {
  /** @type {Promise<Value> | undefined} */
  let running;
  return () => {
    running ??= run();
    return running;
  };
}
