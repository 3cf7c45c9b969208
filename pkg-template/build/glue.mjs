/**
 * wasm-bindgen's glue as a function that makes it anew: after a trap the core gets a fresh instance,
 * and the glue keeps one instance's memory in module variables.
 */
import { buildSync } from "esbuild";

/**
 * @param {string} core folder with wasm-pack's output
 * @returns {{ js: string, dts: string }}
 */
export function makeGlue(core) {
  const { outputFiles } = buildSync({
    entryPoints: [`${core}/hostwire_bg.js`],
    bundle: true,
    format: "iife",
    globalName: "glue",
    target: "es2022",
    write: false,
    minifySyntax: true,
    // Names that only the glue itself uses.
    mangleProps: /^__(wbg_ptr|wrap|destroy_into_raw)$/,
    banner: { js: "export function createGlue() {" },
    footer: { js: "return glue;\n}" },
  });
  const dts = [
    'import type * as exported from "./hostwire.js";',
    "export type Glue = typeof exported & { __wbg_set_wasm(exports: WebAssembly.Exports): void } & WebAssembly.ModuleImports;",
    "export type GlueClient = exported.Client;",
    "export type Table = exported.Table;",
    "export type Descriptor = exported.Descriptor;",
    "export declare function createGlue(): Glue;",
  ].join("\n");
  return { js: outputFiles[0].text, dts: `${dts}\n` };
}
