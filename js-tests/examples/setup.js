// Runs the examples as their users do: copied out of the repository, installed, started as programs.

import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackage, makeProject } from "../package/install.js";

/**
 * @typedef {{ after: (end: () => unknown) => void }} Test what `node:test` and a test in it have
 * @typedef {import("../sandbox/recorder.js").RecordedRequest} RecordedRequest
 * @typedef {{ [name: string]: string }} Variables
 * @typedef {{ code: number, stdout: string, stderr: string }} Outcome
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TIMEOUT_MS = 120_000;

/** @param {string} name */
export const exampleOf = (name) => join(ROOT, "examples", name);

/** @param {string} name */
export const readmeOf = (name) => readFileSync(join(exampleOf(name), "README.md"), "utf8");

/** A tool that is installed for the tests. */
export const toolOf = (/** @type {string} */ name) => join(ROOT, "js-tests/node_modules/.bin", name);

/** @param {string} name an example that needs tools which are installed here */
export const projectOf = (name) => makeProject(`example-${name}`, exampleOf(name));

/**
 * A copy of an example outside the repository, where nothing but the example is found.
 *
 * @param {Test} test removes it at its end
 * @param {string} name
 */
export function copyOf(test, name) {
  const dir = mkdtempSync(join(tmpdir(), `hostwire-example-${name}-`));
  cpSync(exampleOf(name), dir, { recursive: true, filter: (path) => !path.endsWith("/node_modules") });
  test.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/**
 * Runs a program to its end. It sees no variables but the given ones and where programs are, so that what a
 * developer's shell has set cannot take an example to a real provider.
 *
 * @param {string} dir
 * @param {string} file
 * @param {string[]} args
 * @param {Variables} [variables]
 * @returns {Promise<Outcome>}
 */
export function run(dir, file, args, variables = {}) {
  const env = { PATH: process.env.PATH ?? "", HOME: dir, CI: "1", NO_COLOR: "1", ...variables };
  return new Promise((resolve) => {
    execFile(file, args, { cwd: dir, env, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : -1) : 0;
      resolve({ code, stdout, stderr });
    }).stdin?.end();
  });
}

/**
 * @param {string} dir
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
export const runTsc = (dir, args) =>
  run(dir, process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), ...args]);

/** Where types of packages for development are. */
export const TYPE_ROOTS = join(ROOT, "node_modules/@types");

/**
 * Holds a script for Node against its JSDoc types, strictly.
 *
 * @param {string} dir
 * @param {string} file
 * @returns {Promise<Outcome>}
 */
export const checkScript = (dir, file) => {
  const strict = ["--noEmit", "--strict", "--allowJs", "--checkJs", "--noUncheckedIndexedAccess"];
  const node = ["--module", "nodenext", "--target", "es2023", "--types", "node", "--typeRoots", TYPE_ROOTS];
  return runTsc(dir, [...node, ...strict, file]);
};

/**
 * A package registry that has hostwire, as packed here, and nothing else: what `npm install` and `npm:` lead to
 * once it is published.
 *
 * @param {Test} test stops it at its end
 * @returns {Promise<Variables>} the variables that lead package managers to it
 */
export async function startRegistry(test) {
  const { tarball, manifest } = installPackage();
  const { version } = manifest;
  const server = createServer((request, response) => {
    if (request.url?.endsWith(".tgz")) return void response.end(readFileSync(tarball));
    if (request.url !== "/hostwire") return void response.writeHead(404).end();
    const dist = { tarball: `${url}/hostwire/-/hostwire-${version}.tgz` };
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        name: "hostwire",
        "dist-tags": { latest: version },
        versions: { [version]: { ...manifest, dist } },
        // Long enough ago for package managers that pass over what is new.
        time: { [version]: "2020-01-01T00:00:00.000Z" },
      }),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  return {
    NPM_CONFIG_REGISTRY: url,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
  };
}

/** @param {RecordedRequest[]} requests */
export const operationsOf = (requests) => requests.map(({ operationId }) => operationId);
