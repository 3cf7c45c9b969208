// What an import costs, and what it brings along.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, it, mock } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { adapterOf } from "./adapters.js";
import { bundleForWorkers } from "./bundle.js";
import { importInstalled, installPackage, specifier, writeInto } from "./install.js";

const project = installPackage();
const { providers } = project;
const modules = ["", ...providers.flatMap((provider) => [provider, `${provider}/operations`])].map(specifier);

/** Whatever would be work, or would leave the program, throws. */
const TRAPS = `
const names = new Set(Object.getOwnPropertyNames(globalThis));
for (const [holder, name] of [
  ...["instantiate", "compile", "Module", "Instance"].map((name) => [WebAssembly, name]),
  ...["fetch", "setTimeout", "setInterval", "atob"].map((name) => [globalThis, name]),
  [crypto, "getRandomValues"],
  [Uint8Array, "fromBase64"],
]) {
  const value = function trap() {
    throw new Error("trapped: " + name);
  };
  Object.defineProperty(holder, name, { value, configurable: true });
}
`;

/** A client of each provider, and a call to see that the traps are there. */
const CLIENTS = `
const clients = ${JSON.stringify(providers.map(adapterOf))}.map(
  ({ className, credentials }) => new root[className](credentials),
);
const added = Object.getOwnPropertyNames(globalThis).filter((name) => !names.has(name));
clients[0].request({ method: "GET", path: "/" }).catch((error) => {
  console.log(JSON.stringify({ clients: clients.length, added, error: String(error) }));
});
`;

const SCRIPTS = {
  "import.mjs": `${TRAPS}
for (const name of ${JSON.stringify(modules)}) await import(name);
const root = await import("hostwire");
${CLIENTS}`,
  "require.cjs": `${TRAPS}
for (const name of ${JSON.stringify(modules)}) require(name);
const root = require("hostwire");
${CLIENTS}`,
};

describe("importing", () => {
  for (const [name, script] of Object.entries(SCRIPTS)) {
    it(`does no work, nor does a constructor: ${name}`, async () => {
      const file = writeInto(project, `traps-${name}`, script);
      const { stdout } = await promisify(execFile)(process.execPath, [file]);
      const { clients, added, error } = JSON.parse(stdout);
      assert.equal(clients, providers.length);
      assert.deepEqual(added, [], "global names");
      assert.match(error, /trapped: /, "the first call is what works");
    });
  }

  it("is followed by one instantiation, however many calls come first", async () => {
    // No types of Node tell of it.
    const wasm = /** @type {any} */ (globalThis).WebAssembly;
    const compile = mock.method(wasm, "Module");
    const compileLater = mock.method(wasm, "compile");
    const instantiate = mock.method(wasm, "instantiate");
    const [combell] = await importInstalled(project);
    const clients = [1, 2].map(
      () => new combell.Combell({ apiKey: "key", apiSecret: "secret", fetch: async () => Response.json([]) }),
    );
    const calls = Array.from({ length: 50 }, (_, index) => clients[index % 2].servicepacks.list());
    assert.equal((await Promise.all(calls)).length, 50);
    await clients[0].servicepacks.list();
    // Node compiles WebAssembly of its own as well.
    const { size } = statSync(join(project.packageDir, "core.wasm"));
    const compiled = [...compile.mock.calls, ...compileLater.mock.calls].filter(
      ({ arguments: [bytes] }) => /** @type {ArrayBufferView} */ (bytes).byteLength === size,
    );
    assert.equal(compiled.length, 1);
    const instantiated = instantiate.mock.calls.filter((/** @type {any} */ { arguments: [, imports] }) =>
      Object.hasOwn(imports ?? {}, "./hostwire_bg.js"),
    );
    assert.equal(instantiated.length, 1);
  });
});

/**
 * @param {string} source
 * @param {string[]} conditions
 */
async function inputsOf(source, conditions) {
  const result = await build({
    stdin: { contents: source, resolveDir: project.dir },
    bundle: true,
    conditions,
    // Neither main nor module: what `exports` says, and nothing else.
    mainFields: [],
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return ours(Object.keys(result.metafile.inputs));
}

/** @param {string[]} inputs */
const ours = (inputs) =>
  inputs.flatMap((path) => path.replaceAll("\\", "/").split("node_modules/hostwire/")[1] ?? []);

describe("an import brings in", () => {
  for (const provider of providers) {
    it(`no other provider: ${provider}`, async () => {
      const source = `import "hostwire/${provider}";`;
      const inputs = [
        ...(await inputsOf(source, ["import"])),
        ...ours((await bundleForWorkers(project.dir, source)).inputs),
      ];
      const brought = inputs.flatMap((path) => /^providers\/(\w+)\./.exec(path)?.[1] ?? []);
      assert.deepEqual([...new Set(brought)], [provider]);
      assert.deepEqual(
        inputs.filter((path) => path.includes(".operations.")),
        [],
        "the operations' texts",
      );
    });
  }

  it("ES modules for import, and nothing of CommonJS", async () => {
    const inputs = await inputsOf(modules.map((name) => `import "${name}";`).join("\n"), ["import"]);
    assert.ok(inputs.length > 0);
    assert.deepEqual(
      inputs.filter((path) => !path.endsWith(".js")),
      [],
    );
  });

  it("CommonJS for require, and no ES module", async () => {
    const inputs = await inputsOf(modules.map((name) => `require("${name}");`).join("\n"), ["require"]);
    assert.ok(inputs.length > 0);
    assert.deepEqual(
      inputs.filter((path) => !path.endsWith(".cjs")),
      [],
    );
  });

  it("for Workers the compiled module, and not its bytes as text", async () => {
    const { inputs, wasm } = await bundleForWorkers(project.dir, 'import "hostwire/combell";');
    assert.equal(wasm.length, 1);
    assert.deepEqual(
      ours(inputs).filter((path) => /base64|inline/.test(path)),
      [],
    );
  });
});
