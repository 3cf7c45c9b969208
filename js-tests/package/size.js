// How much a program for Workers grows by one call of the package: `node js-tests/package/size.js`.

import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundleForWorkers } from "./bundle.js";
import { installPackage } from "./install.js";

const ONE_CALL = `
import { Combell } from "hostwire/combell";
export default {
  fetch: async (request, { apiKey, apiSecret }) =>
    Response.json(await new Combell({ apiKey, apiSecret }).accounts.get({ account_id: 1 })),
};
`;

/**
 * @typedef {object} Size in bytes
 * @property {number} raw
 * @property {number} gzip
 * @property {number} brotli
 */

/**
 * @param {import("./install.js").Project} project
 * @returns {Promise<{ js: Size, wasm: Size, sum: Size }>}
 */
export async function measure({ dir }) {
  const { js, wasm } = await bundleForWorkers(dir, ONE_CALL, { minify: true });
  const sizes = { js: sizeOf(Buffer.from(js)), wasm: add(wasm.map(({ bytes }) => sizeOf(bytes))) };
  return { ...sizes, sum: add([sizes.js, sizes.wasm]) };
}

/**
 * @param {Buffer} bytes
 * @returns {Size}
 */
const sizeOf = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
});

/** @param {Size[]} sizes */
const add = (sizes) =>
  sizes.reduce(
    (sum, { raw, gzip, brotli }) => ({
      raw: sum.raw + raw,
      gzip: sum.gzip + gzip,
      brotli: sum.brotli + brotli,
    }),
    { raw: 0, gzip: 0, brotli: 0 },
  );

/** @param {{ [part: string]: Size }} sizes */
export const table = (sizes) =>
  Object.entries(sizes)
    .map(([part, { raw, gzip, brotli }]) => `${part.padEnd(5)} raw ${raw}  gzip ${gzip}  brotli ${brotli}`)
    .join("\n");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(table(await measure(installPackage())));
}
