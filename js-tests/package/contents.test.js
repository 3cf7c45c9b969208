// What the tarball has in it, and whether its package.json says so rightly.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installPackage, npm, PKG } from "./install.js";

const project = installPackage();
const { packageDir, providers, tarball } = project;

/**
 * @param {string} path without extension
 * @param {string[]} extensions
 */
const each = (path, extensions) => extensions.map((extension) => `${path}.${extension}`);

const BOTH = ["cjs", "js"];
const TYPES = ["d.cts", "d.ts"];
const EVERYWHERE = [...BOTH, ...TYPES, "edge-light.js", "workerd.js"];

const FILES = [
  ...["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"],
  ...["core.wasm", "core.wasm.d.ts"],
  ...each("index", EVERYWHERE),
  ...each("clients", BOTH),
  ...each("errors", TYPES),
  ...each("proxy", [...BOTH, ...TYPES]),
  ...["create-proxy", "memory-store", "node", "tokens", "types"].flatMap((name) =>
    each(`proxy/${name}`, TYPES),
  ),
  ...each("runtime", BOTH),
  ...each("set-wasm", TYPES),
  ...each("slim", [...BOTH, ...TYPES]),
  ...each("types", TYPES),
  ...providers.flatMap((provider) => [
    ...each(`providers/${provider}`, EVERYWHERE),
    ...each(`providers/${provider}.client`, BOTH),
    ...each(`providers/${provider}.operations`, [...BOTH, ...TYPES]),
  ]),
  ...each("wasm/inline", BOTH),
  ...each("wasm/slim", BOTH),
  ...["wasm/edge-light.js", "wasm/workerd.js"],
];

const installed = readdirSync(packageDir, { recursive: true, encoding: "utf8" })
  .filter((path) => statSync(join(packageDir, path)).isFile())
  .map((path) => path.replaceAll("\\", "/"));
const scripts = installed.filter((path) => /\.c?js$/.test(path));

/** @param {string} path */
const textOf = (path) => readFileSync(join(packageDir, path), "utf8");

describe("the tarball", () => {
  it("has what users need and nothing else: no sources, no tests, no maps", () => {
    const [packed] = JSON.parse(npm(PKG, ["pack", "--dry-run", "--json"]));
    const files = packed.files.map((/** @type {{ path: string }} */ { path }) => path);
    assert.deepEqual(files.sort(), [...FILES].sort());
    assert.deepEqual(installed.sort(), [...FILES].sort());
  });

  it("has no dependencies and nothing that runs at installation", () => {
    const manifest = JSON.parse(textOf("package.json"));
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "scripts", "bin"]) {
      assert.equal(manifest[field], undefined, field);
    }
  });

  it("says in README and CHANGELOG what there is to say", () => {
    for (const file of ["README.md", "CHANGELOG.md"]) assert.notEqual(textOf(file).trim(), "", file);
  });

  for (const [what, pattern] of /** @type {const} */ ([
    ["import.meta, which is undefined in some runtimes", /\bimport\.meta\b/],
    ["code from text, which pages forbid", /\beval\(|new Function\(/],
    ["a module of Node", /(from|require\(|import\()\s*["'](node:|fs|path|crypto|buffer|util|url)\b/],
    ["a source map's address", /sourceMappingURL/],
    ["a path of the machine that built it", /\/(home|root|tmp|work|Users)\//],
  ])) {
    it(`has nowhere ${what}`, () => {
      const texts = what.startsWith("a path") ? installed : scripts;
      const found = texts.filter((path) => !path.endsWith(".wasm") && pattern.test(textOf(path)));
      assert.deepEqual(found, []);
    });
  }

  it("has one copy of the WebAssembly, the bytes in text being the same", () => {
    const wasm = readFileSync(join(packageDir, "core.wasm"));
    for (const file of each("wasm/inline", BOTH)) {
      const [, base64 = ""] = /["']([A-Za-z0-9+/=]{1000,})["']/.exec(textOf(file)) ?? [];
      assert.ok(Buffer.from(base64, "base64").equals(wasm), file);
    }
    assert.equal(installed.filter((path) => path.endsWith(".wasm")).length, 1);
  });

  it("has no script that no entry leads to", () => {
    const reached = new Set(entries(JSON.parse(textOf("package.json")).exports));
    for (const path of reached) {
      if (!scripts.includes(path)) continue;
      for (const [, to = ""] of textOf(path).matchAll(/(?:from|import|require\()\s*["'](\.[^"'?]+)/g)) {
        reached.add(new URL(to, `file:///${path}`).pathname.slice(1));
      }
    }
    assert.deepEqual(
      scripts.filter((path) => !reached.has(path)),
      [],
    );
    assert.deepEqual(
      [...reached].filter((path) => !installed.includes(path)),
      [],
      "missing",
    );
  });
});

/**
 * Every file that `exports` names.
 *
 * @param {unknown} value
 * @returns {string[]}
 */
const entries = (value) =>
  typeof value === "object" && value !== null
    ? Object.values(value).flatMap(entries)
    : [String(value).replace(/^\.\//, "")];

/**
 * A tool of the workshop, on the tarball.
 *
 * @param {string} name
 * @param {string[]} args
 */
async function run(name, args) {
  const bin = fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
  try {
    await promisify(execFile)(process.execPath, [bin, ...args], { env: { ...process.env, NO_COLOR: "1" } });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    assert.fail(`${name}: ${stdout}\n${stderr}`);
  }
}

describe("package.json", () => {
  it("is without fault in publint's strictest eyes", () => run("publint", ["run", tarball, "--strict"]));

  it("leads TypeScript to types that are right, for import and require", () => {
    // A .wasm cannot be required, and TypeScript's resolution of before `exports` is none of Node 20's.
    return run("attw", [tarball, "--profile", "node16", "--exclude-entrypoints", "./core.wasm"]);
  });
});
