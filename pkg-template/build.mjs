/** Makes pkg/, the publishable package, from wasm-pack's output, src/ and specs/. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transformSync } from "esbuild";
import { clientModule, ENVIRONMENTS, entryModule, inlineModule } from "./build/entries.mjs";
import { makeGlue } from "./build/glue.mjs";
import { makeManifest } from "./build/manifest.mjs";
import { runtimeBundle } from "./build/runtime.mjs";
import { markWasm, WASM_TYPES } from "./build/wasm.mjs";
import { constructorOf } from "./generator/credentials.mjs";
import { makeDeclarations, rootDeclarations } from "./generator/declarations.mjs";
import { makeOperations } from "./generator/operations.mjs";
import { secretFields } from "./generator/secret-fields.mjs";
import { readSpec } from "./generator/spec.mjs";
import { makeTable } from "./generator/table.mjs";

/** The providers, in the order that they are documented in. */
const PROVIDERS = ["combell", "hostkey", "ccloud", "artnet", "combahton"];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const core = resolve(process.argv[3] ?? join(root, "build/core"));
const generated = join(root, "build/generated");
/** Where the package goes; another folder leaves the one in use alone. */
const pkg = resolve(process.argv[2] ?? join(root, "pkg"));

/** Names of the error classes, which every entry hands on. */
const ERRORS = [
  ...readFileSync(join(root, "pkg-template/src/errors.ts"), "utf8").matchAll(/^export class (\w+)/gm),
].map(([, name]) => name);

/** @param {string} path in the package @param {string | Uint8Array} content */
function write(path, content) {
  const file = join(pkg, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** An ES module, and the same as CommonJS. @param {string} path without extension @param {string} js */
function writeBoth(path, js) {
  write(`${path}.js`, js);
  const { code } = transformSync(js, { format: "cjs", target: "es2022" });
  write(`${path}.cjs`, code.replace(/require\("(\.[^"]*)\.js"\)/g, 'require("$1.cjs")'));
}

/** Declarations, and the same for `require`. @param {string} path without extension @param {string} dts */
function writeTypes(path, dts) {
  write(`${path}.d.ts`, dts);
  write(`${path}.d.cts`, dts.replace(/(from |import\()"(\.[^"]*)\.js"/g, '$1"$2.cjs"'));
}

async function buildRuntime() {
  mkdirSync(generated, { recursive: true });
  const glue = makeGlue(core);
  writeFileSync(join(generated, "glue.js"), glue.js);
  writeFileSync(join(generated, "glue.d.ts"), glue.dts);
  copyFileSync(join(core, "hostwire.d.ts"), join(generated, "hostwire.d.ts"));
  for (const [format, extension] of /** @type {const} */ ([
    ["esm", "js"],
    ["cjs", "cjs"],
  ])) {
    await build({
      ...runtimeBundle(root, version),
      outfile: join(pkg, `runtime.${extension}`),
      format,
      logLevel: "warning",
    });
  }
}

/** The proxy, which shares the clients' runtime. @param {{ [provider: string]: object }} secretFields */
async function buildProxy(secretFields) {
  writeFileSync(
    join(generated, "secret-fields.js"),
    `export const SECRET_FIELDS = ${JSON.stringify(secretFields)};\n`,
  );
  for (const [format, extension] of /** @type {const} */ ([
    ["esm", "js"],
    ["cjs", "cjs"],
  ])) {
    const shared = {
      name: "shared",
      setup({ onResolve }) {
        onResolve({ filter: /\/secret-fields\.js$/ }, () => ({ path: join(generated, "secret-fields.js") }));
        onResolve({ filter: /\/runtime\.js$/ }, () => ({ path: `./runtime.${extension}`, external: true }));
      },
    };
    await build({
      entryPoints: [join(root, "pkg-template/src/proxy/index.ts")],
      outfile: join(pkg, `proxy.${extension}`),
      bundle: true,
      format,
      target: "es2022",
      platform: "neutral",
      plugins: [shared],
      logLevel: "warning",
    });
  }
}

function buildRuntimeTypes() {
  const out = join(root, "build/types");
  rmSync(out, { recursive: true, force: true });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const config = join(root, "pkg-template/src/tsconfig.json");
  execFileSync(
    process.execPath,
    [tsc, "-p", config, "--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", out],
    { stdio: "inherit" },
  );
  const typesOf = (/** @type {string} */ name) => readFileSync(join(out, `${name}.d.ts`), "utf8");
  for (const name of ["types", "errors", "set-wasm"]) writeTypes(name, typesOf(name));
  for (const name of PROXY_TYPES) writeTypes(`proxy/${name}`, typesOf(`proxy/${name}`));
  const exports = PROXY_TYPES.map((name) => `export * from "./proxy/${name}.js";\n`);
  writeTypes("proxy", exports.join(""));
}

/** The files of src/proxy/ that declare what its users see. */
const PROXY_TYPES = ["create-proxy", "memory-store", "node", "tokens", "types"];

function buildWasm() {
  const wasm = markWasm(readFileSync(join(core, "hostwire_bg.wasm")), version);
  write("core.wasm", wasm);
  write("core.wasm.d.ts", WASM_TYPES);
  writeBoth("wasm/inline", inlineModule(wasm));
  writeBoth("wasm/slim", ENVIRONMENTS.slim);
  write("wasm/workerd.js", ENVIRONMENTS.workerd);
  write("wasm/edge-light.js", ENVIRONMENTS["edge-light"]);
}

/** @param {string} provider */
const specOf = (provider) => readSpec(join(root, `specs/${provider}.yaml`));

/** An entry for every environment. @param {string} path without extension @param {string} exported */
function writeEntry(path, exported) {
  const up = path.includes("/") ? "../" : "./";
  writeBoth(path, entryModule("inline", up, exported));
  write(`${path}.workerd.js`, entryModule("workerd", up, exported));
  write(`${path}.edge-light.js`, entryModule("edge-light", up, exported));
}

/** @param {string} name */
async function buildProvider(name) {
  const spec = specOf(name);
  const client = constructorOf(name);
  const { className, alternatives, options, exports, fills } = client;
  const { head, operations } = makeTable(spec);
  const data = {
    name,
    baseUrl: spec.baseUrl,
    credentials: alternatives,
    options: Object.keys(options),
    fills,
    jobs: Object.fromEntries(Object.entries(head.jobs).map(([kind, job]) => [kind, job.operation])),
  };
  const texts = { head: JSON.stringify(head), operations: operations.join("\n") };
  const path = `providers/${name}`;
  writeBoth(
    `${path}.client`,
    clientModule({ className, extras: [...ERRORS, ...(exports ?? [])] }, data, texts),
  );
  writeEntry(path, `./${name}.client.js`);
  writeTypes(path, await makeDeclarations(spec, ["../errors.js"]));
  const { js, dts } = makeOperations(spec);
  writeBoth(`${path}.operations`, js);
  writeTypes(`${path}.operations`, dts);
}

const cargo = readFileSync(join(root, "Cargo.toml"), "utf8");
const version = /^version = "(.*)"$/m.exec(cargo)?.[1] ?? "0.0.0";
rmSync(pkg, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
await buildRuntime();
await buildProxy(Object.fromEntries(PROVIDERS.map((name) => [name, secretFields(specOf(name))])));
buildRuntimeTypes();
buildWasm();
for (const name of PROVIDERS) await buildProvider(name);
writeBoth("clients", PROVIDERS.map((name) => `export * from "./providers/${name}.client.js";\n`).join(""));
writeEntry("index", "./clients.js");
writeBoth("slim", `${entryModule("slim", "./", "./clients.js")}export { setWasm } from "./runtime.js";\n`);
const declarations = rootDeclarations(PROVIDERS.map((name) => ({ name })));
writeTypes("index", declarations);
writeTypes(
  "slim",
  `${declarations}export { setWasm, type WasmInput, type WasmSource } from "./set-wasm.js";\n`,
);
write("package.json", `${JSON.stringify(makeManifest({ version, providers: PROVIDERS }), null, 2)}\n`);
for (const file of ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
  cpSync(join(root, file), join(pkg, file));
}
