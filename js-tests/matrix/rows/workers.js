// Cloudflare's runtime: by Wrangler, and bundled by hand. Neither with nodejs_compat.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleForWorkers } from "../../package/bundle.js";
import { startBundle } from "../../package/workerd.js";
import { gzippedSize, projectOf, runIn } from "../project.js";

/** @typedef {import("../matrix.js").Row} Row */

/**
 * @param {string} name
 * @param {string} project
 * @returns {Row}
 */
const miniflare = (name, project) => ({
  name,
  async run(surroundings) {
    const dir = await projectOf(project);
    const source = readFileSync(join(dir, "program/handler.js"), "utf8");
    const bundle = await bundleForWorkers(join(dir, "program"), source, { minify: true });
    const files = [bundle.js, ...bundle.wasm.map(({ bytes }) => bytes)];
    return {
      outcomes: await runBundle(dir, bundle, surroundings),
      bytes: files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0),
    };
  },
});

/** @type {Row[]} */
export const WORKER_ROWS = [
  {
    name: "Wrangler (deploy --dry-run), run in workerd",
    async run(surroundings) {
      const dir = await projectOf("wrangler");
      await runIn(dir, "wrangler", ["deploy", "--dry-run", "--outdir", "dist"]);
      const at = (/** @type {string} */ name) => join(dir, "dist", name);
      const wasm = readdirSync(at(".")).filter((name) => name.endsWith(".wasm"));
      const bundle = {
        js: readFileSync(at("handler.js"), "utf8"),
        wasm: wasm.map((name) => ({ name, bytes: readFileSync(at(name)) })),
      };
      return { outcomes: await runBundle(at("."), bundle, surroundings), bytes: gzippedSize(dir, "dist") };
    },
  },
  miniflare("Miniflare without nodejs_compat", "miniflare"),
  miniflare("Miniflare, hostwire/slim with a module", "miniflare-slim"),
];

/**
 * @param {string} dir
 * @param {Pick<import("../../package/bundle.js").WorkerBundle, "js" | "wasm">} bundle
 * @param {unknown} surroundings
 */
async function runBundle(dir, bundle, surroundings) {
  const worker = startBundle(dir, bundle);
  try {
    const init = { method: "POST", body: JSON.stringify(surroundings) };
    const response = await worker.dispatchFetch("http://localhost", init);
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text);
  } finally {
    await worker.dispose();
  }
}
