// What a program for Cloudflare Workers becomes: one JavaScript module and the WebAssembly beside it.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";

/**
 * @typedef {object} WorkerBundle
 * @property {string} js
 * @property {{ name: string, bytes: Buffer }[]} wasm as the module imports them, `./<name>`
 * @property {string[]} inputs the files that went into it
 */

/**
 * @param {string} dir where imports are looked for: the project that has the package
 * @param {string} source
 * @param {{ minify?: boolean }} [options]
 * @returns {Promise<WorkerBundle>}
 */
export async function bundleForWorkers(dir, source, { minify = false } = {}) {
  /** @type {WorkerBundle["wasm"]} */
  const wasm = [];
  const result = await build({
    stdin: { contents: source, resolveDir: dir, sourcefile: "worker.js" },
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    platform: "browser",
    minify,
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: [
      {
        name: "wasm-beside",
        setup({ onResolve, resolve }) {
          onResolve({ filter: /\.wasm$/ }, async ({ path, pluginData, ...from }) => {
            if (pluginData === "resolved") return undefined;
            const found = await resolve(path, { ...from, pluginData: "resolved" });
            const name = basename(found.path);
            wasm.push({ name, bytes: readFileSync(found.path) });
            return { path: `./${name}`, external: true };
          });
        },
      },
    ],
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error("esbuild wrote nothing");
  return { js: output.text, wasm, inputs: Object.keys(result.metafile.inputs) };
}
