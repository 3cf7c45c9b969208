// Where the core's bytes go: the core built as it is published, but with the names of its functions, and its
// functions added up by crate. Whose code a function is when it was inlined cannot be told; it counts for the caller.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TWIGGY = "0.8.0";
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "hostwire");

/** twiggy, built once and kept outside the checkout. */
function twiggy() {
  const root = join(CACHE, `twiggy-${TWIGGY}`);
  const program = join(root, "bin/twiggy");
  if (!existsSync(program)) {
    console.error(`Building twiggy ${TWIGGY}, about a minute, once`);
    run("cargo", ["install", "twiggy", "--locked", "--version", TWIGGY, "--root", root, "--quiet"]);
  }
  return program;
}

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
const run = (command, args, env = {}) =>
  execFileSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });

/**
 * Builds the core as the Makefile does, names kept: its variables say how, and wasm-opt's flags are Cargo.toml's.
 *
 * @param {string} dir
 */
function buildNamed(dir) {
  const makefile = readFileSync(join(ROOT, "Makefile"), "utf8");
  const manifest = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const bindgenVersion = /^WASM_BINDGEN := (\S+)$/m.exec(makefile)?.[1];
  const rustFlags = /-C target-feature=\S+ -C llvm-args=\S+/.exec(makefile)?.[0];
  const list = /wasm-opt = \[([\s\S]*?)\n\]/.exec(manifest)?.[1];
  if (!bindgenVersion || !rustFlags || !list)
    throw new Error("The Makefile or Cargo.toml are not as expected");
  const flags = [...list.matchAll(/"(--?[^"]+)"/g)]
    .map(([, flag = ""]) => flag)
    .filter((flag) => flag !== "--strip-debug");
  const target = join(CACHE, "bench-target");
  const cargo = ["build", "--release", "--target", "wasm32-unknown-unknown", "--lib", "--quiet"];
  run("cargo", cargo, {
    CARGO_TARGET_DIR: target,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: rustFlags,
  });
  const built = join(target, "wasm32-unknown-unknown/release/hostwire.wasm");
  const bindgen = join(CACHE, `wasm-bindgen-${bindgenVersion}/bin/wasm-bindgen`);
  run(existsSync(bindgen) ? bindgen : "wasm-bindgen", ["--target", "bundler", "--out-dir", dir, built]);
  const named = join(dir, "named.wasm");
  const optimized = ["--debuginfo", ...flags, "--output", named, join(dir, "hostwire_bg.wasm")];
  run(join(ROOT, "node_modules/.bin/wasm-opt"), optimized);
  return named;
}

/** @typedef {{ name: string, bytes: number }} Share */

/**
 * @returns {{ crates: Share[], functions: Share[], total: number }} by size; the names themselves do not count
 */
export function bytesByCrate() {
  const dir = mkdtempSync(join(tmpdir(), "hostwire-named-"));
  try {
    const named = buildNamed(dir);
    /** @type {{ name: string, shallow_size: number }[]} */
    const all = JSON.parse(run(twiggy(), ["top", "--format", "json", named]));
    const items = all.filter(({ name }) => !/^custom section 'name'|subsection/.test(name));
    /** @type {Map<string, number>} */
    const crates = new Map();
    for (const { name, shallow_size } of items) {
      const crate = crateOf(name);
      crates.set(crate, (crates.get(crate) ?? 0) + shallow_size);
    }
    return {
      crates: shares([...crates]),
      functions: shares(items.map(({ name, shallow_size }) => [name, shallow_size])).slice(0, 15),
      total: items.reduce((sum, { shallow_size }) => sum + shallow_size, 0),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @param {[name: string, bytes: number][]} entries @returns {Share[]} */
const shares = (entries) =>
  entries.map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);

/**
 * The crate a function comes from. Of `<A as B>::c` it is A's: that is whose code it is.
 *
 * @param {string} name
 */
function crateOf(name) {
  if (/^data\b|data segment/.test(name)) return "(data)";
  const path = /^<?[&*\s]*(?:mut |dyn |const )*\[?([A-Za-z_][A-Za-z0-9_]*)(?:\[[0-9a-f]+\])?::/.exec(name);
  return (
    path?.[1] ??
    (/^(client|table|descriptor)_|__wbg_(client|table|descriptor)/.test(name) ? "hostwire" : "(other)")
  );
}
