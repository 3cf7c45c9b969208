// A project outside the repository that has hostwire as its users get it and the peers beside it. It holds copies of
// the clients, which find their packages there.

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { installPackage } from "../js-tests/package/install.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PEERS = join(HERE, "node_modules");
const SOURCES = /^(clients|signers|agents|.*\.js)$/;

/** @type {string | undefined} */
let made;

/** The project's folder; it is removed at the end. */
export function projectDir() {
  if (made) return made;
  if (!existsSync(PEERS)) throw new Error("The peers are not installed: run npm ci in bench/.");
  const dir = mkdtempSync(join(tmpdir(), "hostwire-bench-"));
  process.once("exit", () => rmSync(dir, { recursive: true, force: true }));
  for (const name of readdirSync(HERE))
    if (SOURCES.test(name)) cpSync(join(HERE, name), join(dir, name), { recursive: true });
  cpSync(join(HERE, "package.json"), join(dir, "package.json"));
  mkdirSync(join(dir, "node_modules"));
  for (const name of readdirSync(PEERS)) {
    if (!name.startsWith(".")) symlinkSync(join(PEERS, name), join(dir, "node_modules", name));
  }
  cpSync(installPackage().packageDir, join(dir, "node_modules/hostwire"), { recursive: true });
  made = dir;
  return dir;
}

/** Versions of what is compared. @returns {{ [name: string]: string }} */
export function versions() {
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(path, "utf8"));
  const { devDependencies } = read(join(HERE, "package.json"));
  const names = ["hostwire", ...Object.keys(devDependencies)];
  return Object.fromEntries(
    names.map((name) => [name, read(join(projectDir(), "node_modules", name, "package.json")).version]),
  );
}

/** For which kind of place a bundle is made, and which of a package's entries that takes. */
const TARGETS = {
  process: { platform: /** @type {const} */ ("node"), conditions: ["import"] },
  page: { platform: /** @type {const} */ ("browser"), conditions: ["browser"] },
};

/**
 * Bundles a program of the project into one module.
 *
 * @param {string} source
 * @param {keyof typeof TARGETS} target
 * @param {{ minify?: boolean, dir?: string }} [options]
 * @returns {Promise<string>}
 */
export async function bundle(source, target, { minify = false, dir = projectDir() } = {}) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: dir, sourcefile: "program.js" },
    bundle: true,
    format: "esm",
    target: "es2022",
    minify,
    write: false,
    logLevel: "error",
    ...TARGETS[target],
    // The browser's build of hash-wasm and others is the one that names no Node module.
    ...(target === "process" && {
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    }),
  });
  return outputFiles[0]?.text ?? "";
}
