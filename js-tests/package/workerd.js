// Runs a program in workerd, the runtime of Cloudflare Workers, without nodejs_compat.

import { join } from "node:path";
import { Miniflare, supportedCompatibilityDate } from "miniflare";
import { bundleForWorkers } from "./bundle.js";

/**
 * @typedef {object} WorkerdOptions
 * @property {{ [name: string]: string }} [bindings] variables and secrets
 * @property {string[]} [kvNamespaces]
 */

/**
 * @param {string} dir the project that has the package
 * @param {string} source a module whose default export answers requests
 * @param {WorkerdOptions} [options]
 */
export const startWorker = async (dir, source, options) =>
  startBundle(dir, await bundleForWorkers(dir, source), options);

/**
 * @param {string} dir where the bundle is taken to be
 * @param {Pick<import("./bundle.js").WorkerBundle, "js" | "wasm">} bundle
 * @param {WorkerdOptions} [options]
 */
export function startBundle(dir, { js, wasm }, options) {
  const at = (/** @type {string} */ name) => join(dir, name);
  return new Miniflare({
    compatibilityDate: supportedCompatibilityDate,
    modulesRoot: dir,
    modules: [
      { type: /** @type {const} */ ("ESModule"), path: at("worker.js"), contents: js },
      ...wasm.map(({ name, bytes }) => ({
        type: /** @type {const} */ ("CompiledWasm"),
        path: at(name),
        contents: new Uint8Array(bytes),
      })),
    ],
    ...options,
  });
}
