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

/** A program that makes clients of these providers and calls nothing in particular. */
const clientsOf = (/** @type {{ [provider: string]: string }} */ providers) => {
  const entries = Object.entries(providers);
  const imports = entries.map(([name, className]) => `import { ${className} } from "hostwire/${name}";`);
  const classes = entries.map(([, className]) => className).join(", ");
  return `${imports.join("\n")}\nexport default { fetch: (request, env) => [${classes}].map((Client) => new Client(env)) };\n`;
};

/** Providers by the name of their entry, and their classes. */
const PROVIDERS = {
  combell: "Combell",
  hostkey: "Hostkey",
  ccloud: "Ccloud",
  artnet: "Artnet",
  combahton: "Combahton",
};

/**
 * What each provider adds, gzipped, to a program that has another one; and all of them together.
 * @param {import("./install.js").Project} project
 * @returns {Promise<{ adds: { [provider: string]: number }, all: Size }>}
 */
export async function measureProviders({ dir }) {
  const sum = async (/** @type {{ [provider: string]: string }} */ providers) => {
    const { js, wasm } = await bundleForWorkers(dir, clientsOf(providers), { minify: true });
    return add([sizeOf(Buffer.from(js)), ...wasm.map(({ bytes }) => sizeOf(bytes))]);
  };
  /** @type {{ [provider: string]: number }} */
  const adds = {};
  for (const [name, className] of Object.entries(PROVIDERS)) {
    /** @type {{ [provider: string]: string }} */
    const other = name === "combell" ? { combahton: "Combahton" } : { combell: "Combell" };
    const [without, beside] = [await sum(other), await sum({ ...other, [name]: className })];
    adds[name] = beside.gzip - without.gzip;
  }
  return { adds, all: await sum(PROVIDERS) };
}

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
  const project = installPackage();
  console.log("One Combell call in a Worker, bytes:");
  console.log(table(await measure(project)));
  const { adds, all } = await measureProviders(project);
  console.log("What a further provider adds, bytes gzipped:");
  for (const [name, bytes] of Object.entries(adds)) console.log(`${name.padEnd(9)} ${bytes}`);
  console.log("All five:");
  console.log(table({ sum: all }));
}
