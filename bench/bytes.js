// Sizes of what is sent to a Worker or a browser.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundleForWorkers } from "../js-tests/package/bundle.js";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size in bytes */

/** @param {Uint8Array} bytes @returns {Size} */
export const sizeOf = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
});

/**
 * The minified bundle of a program: all of it, and the WebAssembly in it.
 *
 * @param {string} dir
 * @param {string} source
 * @returns {Promise<Size & { wasm: Size }>}
 */
export async function bundleSize(dir, source) {
  const { js, wasm } = await bundleForWorkers(dir, source, { minify: true });
  const core = sum(wasm.map(({ bytes }) => sizeOf(bytes)));
  return { ...sum([sizeOf(Buffer.from(js)), core]), wasm: core };
}

/** @param {Size[]} sizes @returns {Size} */
function sum(sizes) {
  const of = (/** @type {keyof Size} */ key) => sizes.reduce((total, size) => total + size[key], 0);
  return { raw: of("raw"), gzip: of("gzip"), brotli: of("brotli") };
}
