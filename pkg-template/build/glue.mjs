/**
 * wasm-bindgen's glue as a function that makes it anew: after a trap the core gets a fresh instance,
 * and the glue keeps one instance's memory in module variables.
 */
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

/**
 * @param {string} core folder with wasm-pack's output
 * @returns {{ js: string, dts: string }}
 */
export function makeGlue(core) {
  const source = readFileSync(`${core}/hostwire_bg.js`, "utf8");
  const { code } = transformSync(source, { format: "cjs", target: "es2022" });
  const js = `export function createGlue() {\nconst module = { exports: {} };\n${code}\nreturn module.exports;\n}\n`;
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
