/**
 * wasm-bindgen's glue as a function that makes it anew: after a trap the core gets a fresh instance,
 * and the glue keeps one instance's memory in module variables.
 */
import { readFileSync } from "node:fs";
import { buildSync } from "esbuild";

/** What the glue has and nobody needs; each must be there, or the build stops. */
const NOT_NEEDED = [
  // For runtimes that lack what all have that the package runs in.
  /\(typeof FinalizationRegistry === 'undefined'\)\s*\? \{.*\}\s*: /g,
  /if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/g,
  // Nobody outside of the package gets an object of the core's: to mix them up, or to free one by `using`.
  /^ *_assertClass\(.*\);\n/gm,
  /^function _assertClass[\s\S]*?^\}\n/gm,
  /^if \(Symbol\.dispose\).*\n/gm,
];

/** @param {string} path */
function readGlue(path) {
  return NOT_NEEDED.reduce(
    (text, pattern) => {
      const shorter = text.replace(pattern, "");
      if (shorter === text) throw new Error(`the glue no longer has ${pattern}`);
      return shorter;
    },
    readFileSync(path, "utf8"),
  );
}

/**
 * @param {string} core folder with wasm-pack's output
 * @returns {{ js: string, dts: string }}
 */
export function makeGlue(core) {
  // Bundled, a module ends with the one list of its exports, `export { Client, a as b };`.
  const bundle = {
    bundle: true,
    format: /** @type {const} */ ("esm"),
    target: "es2022",
    write: false,
    minifySyntax: true,
    // Names that only the glue itself uses.
    mangleProps: /^__(wbg_ptr|wrap|destroy_into_raw)$/,
  };
  const stdin = { contents: readGlue(`${core}/hostwire_bg.js`), resolveDir: core };
  const { outputFiles } = buildSync({ stdin, ...bundle });
  const [, body, exported] = /^([\s\S]*)export \{([^}]*)\};\s*$/.exec(outputFiles[0].text) ?? [];
  if (!exported) throw new Error("the glue does not end with a list of its exports");
  const fields = exported.replace(/(\w+) as (\w+)/g, "$2: $1");
  const js = `export function createGlue() {\n${body}return {${fields}};\n}\n`;
  const dts = [
    'import type * as exported from "./hostwire.js";',
    "export type Glue = typeof exported & { __wbg_set_wasm(exports: WebAssembly.Exports): void } & WebAssembly.ModuleImports;",
    "export type GlueClient = exported.Client;",
    "export type Table = exported.Table;",
    "export type Descriptor = exported.Descriptor;",
    "export declare function createGlue(): Glue;",
  ].join("\n");
  return { js, dts: `${dts}\n` };
}
