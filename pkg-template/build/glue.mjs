/**
 * wasm-bindgen's glue as a function that makes it anew: after a trap the core gets a fresh instance,
 * and the glue keeps one instance's memory in module variables.
 */
import { buildSync } from "esbuild";

const TYPES = `import type * as exported from "./hostwire.js";
export type Glue = typeof exported & { __wbg_set_wasm(exports: WebAssembly.Exports): void } & WebAssembly.ModuleImports;
export type { Client as CoreClient, CombellSigner, Provider, Task } from "./hostwire.js";
export declare function createGlue(): Glue;
`;

/**
 * @param {string} core folder with wasm-pack's output
 * @returns {{ js: string, dts: string }}
 */
export function makeGlue(core) {
  const { outputFiles } = buildSync({
    entryPoints: [`${core}/hostwire_bg.js`],
    bundle: true,
    // A script that puts the module's exports into a variable: so it can stand inside a function.
    format: "iife",
    globalName: "glue",
    banner: { js: "export function createGlue() {" },
    footer: { js: "return glue;\n}" },
    target: "es2022",
    minifySyntax: true,
    write: false,
  });
  return { js: outputFiles[0].text, dts: TYPES };
}
