// Installs the package as its users get it: pkg/ packed into a tarball, the tarball installed into an empty
// project outside the repository, where nothing but the package can be found.

import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * @typedef {object} Project
 * @property {string} dir the project that has the package installed
 * @property {string} tarball
 * @property {string} packageDir the package as installed
 * @property {Manifest} manifest its package.json
 * @property {string[]} providers the providers that it has
 *
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {{ [path: string]: unknown }} exports
 */

/** What `make pkg` builds, or another build of it. */
export const PKG = process.env.HOSTWIRE_PKG ?? fileURLToPath(new URL("../../pkg", import.meta.url));

const PREFIX = "hostwire-test-";

/**
 * The test files of one run share an installation: the runner is the parent of them all. It is removed by the
 * next run, or at the end of a test file that runs alone.
 *
 * @returns {Project}
 */
export function installPackage() {
  removeOld();
  const isShared = process.env.NODE_TEST_CONTEXT !== undefined;
  const dir = join(tmpdir(), `${PREFIX}${isShared ? process.ppid : process.pid}-installed`);
  if (!existsSync(dir)) {
    installInto(dir);
    if (!isShared) process.once("exit", () => rmSync(dir, { recursive: true, force: true }));
  }
  const packageDir = join(dir, "node_modules/hostwire");
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));
  const providers = Object.keys(manifest.exports).flatMap(
    (path) => /^\.\/(\w+)\/operations$/.exec(path)?.[1] ?? [],
  );
  return { dir, tarball: join(dir, tarballName(dir)), packageDir, manifest, providers };
}

/** @param {string} dir */
function installInto(dir) {
  if (!existsSync(join(PKG, "package.json"))) throw new Error("There is no pkg/ to test: run make pkg.");
  const making = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  npm(making, ["pack", "--silent", "--pack-destination", making, PKG]);
  writeFileSync(join(making, "package.json"), '{ "name": "user-of-hostwire", "private": true }\n');
  const flags = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  npm(making, ["install", ...flags, `./${tarballName(making)}`]);
  try {
    renameSync(making, dir);
  } catch (error) {
    // Another test file was quicker.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  }
}

/** @param {string} dir */
function tarballName(dir) {
  const name = readdirSync(dir).find((file) => file.endsWith(".tgz"));
  if (!name) throw new Error("npm pack made no tarball");
  return name;
}

/** No run takes this long; an older installation is of another process that had the same number. */
const LONGEST_RUN_MS = 600_000;

/** Removes what runs that are over have left. */
function removeOld() {
  for (const name of readdirSync(tmpdir())) {
    const [, owner] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (!owner) continue;
    const dir = join(tmpdir(), name);
    const { mtimeMs } = statSync(dir, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
    const isOver = !isAlive(Number(owner)) || Date.now() - mtimeMs > LONGEST_RUN_MS;
    if (isOver) rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * @param {string} cwd
 * @param {string[]} args
 */
export const npm = (cwd, args) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: "pipe" });

/**
 * Writes a file into the project, where `import "hostwire"` finds the package.
 *
 * @param {Project} project
 * @param {string} name
 * @param {string} text
 */
export function writeInto({ dir }, name, text) {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, name);
  writeFileSync(file, text);
  return file;
}

const BUILD = fileURLToPath(new URL("../build/", import.meta.url));

/**
 * A project that has the package installed and can reach the tools that are tested with it. It begins as a copy
 * of another folder, and stays until it is made again: js-tests/build/<name>.
 *
 * @param {string} name
 * @param {string} [from] folder whose files it begins with
 * @returns {string} its folder
 */
export function makeProject(name, from) {
  const dir = join(BUILD, name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  if (from) cpSync(from, dir, { recursive: true, filter: (path) => !path.endsWith("/node_modules") });
  cpSync(installPackage().packageDir, join(dir, "node_modules/hostwire"), { recursive: true });
  return dir;
}

/** @param {string} subpath empty for the root */
export const specifier = (subpath) => (subpath ? `hostwire/${subpath}` : "hostwire");

/**
 * The package's modules, in this process.
 *
 * @param {Project} project
 * @param {string[]} [subpaths]
 * @returns {Promise<any[]>}
 */
export async function importInstalled(project, subpaths = ["combell"]) {
  const exported = subpaths.map((path, index) => `export * as m${index} from "${specifier(path)}";\n`);
  const name = subpaths.join("-").replaceAll("/", "-");
  const file = writeInto(project, `import-${process.pid}-${name}.mjs`, exported.join(""));
  const modules = await import(pathToFileURL(file).href);
  return subpaths.map((_, index) => modules[`m${index}`]);
}
