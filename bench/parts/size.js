// How many bytes a program grows by.

import { bundleSize } from "../bytes.js";
import { bytesByCrate } from "../crates.js";
import { projectWith } from "../fewer-operations.js";
import { bytesByFile } from "../files.js";
import { ALL_FIVE, CLOUDFLARE_RESOURCES, OURS, PEERS } from "../one-call.js";
import { projectDir } from "../project.js";
import { slope } from "../stats.js";
import { percent, show } from "../tables.js";

export const OPERATIONS = [10, 50, 100, 401];

const KILOBYTE = 1000;

/** @returns {Promise<import("../tables.js").Section[]>} */
export async function run() {
  return [await oneCall(), await perOperation(), ...crateTables(), await fileTable()];
}

async function oneCall() {
  const dir = projectDir();
  /** @type {{ [name: string]: Awaited<ReturnType<typeof bundleSize>> }} */
  const sizes = {};
  const programs = { ...OURS, "hostwire, all five": ALL_FIVE, ...PEERS };
  for (const [name, source] of Object.entries(programs)) sizes[name] = await bundleSize(dir, source);
  const gzip = (/** @type {string} */ name) => sizes[name]?.gzip ?? Number.NaN;
  const [combell, all] = [gzip("hostwire/combell"), gzip("hostwire, all five")];
  return {
    title: "Bundle of one signed call",
    about:
      "A Worker that makes one call, bundled and minified by esbuild for `workerd`; JavaScript and WebAssembly, each " +
      "compressed by itself as it is sent, added up. Bytes. The ratio is that of gzip -9 to one Combell call. All " +
      "five: a Worker that makes clients of all of them. Not every peer signs: stripe, openai, cloudflare and " +
      "octokit send a token.",
    columns: ["", "raw", "gzip -9", "brotli", "of gzip, Wasm", "ratio"],
    rows: Object.entries(sizes).map(([name, { raw, gzip, brotli, wasm }]) => [
      name,
      show(raw),
      show(gzip),
      show(brotli),
      wasm.gzip > 0 ? show(wasm.gzip) : "",
      `${(gzip / combell).toFixed(2)} ×`,
    ]),
    goals: [
      {
        text: "one Combell call in a Worker takes at most 30 kB gzipped",
        found: `${show(combell / KILOBYTE)} kB`,
        met: combell <= 30 * KILOBYTE,
      },
      {
        text: "all five providers take at most 60 kB gzipped",
        found: `${show(all / KILOBYTE)} kB`,
        met: all <= 60 * KILOBYTE,
      },
    ],
  };
}

async function perOperation() {
  /** @type {{ count: number, size: import("../bytes.js").Size }[]} */
  const ours = [];
  for (const count of OPERATIONS) ours.push({ count, size: await bundleSize(projectWith(count), ALL_FIVE) });
  const theirs = await cloudflareSizes();
  const slopes = (/** @type {typeof ours} */ points, /** @type {"raw" | "gzip" | "brotli"} */ key) =>
    slope(points.map(({ count, size }) => [count, size[key]]));
  const rowsOf = (/** @type {string} */ name, /** @type {typeof ours} */ points) => [
    ...points.map(({ count, size }) => [
      `${name}, ${count} operations`,
      show(size.raw),
      show(size.gzip),
      show(size.brotli),
    ]),
    [
      `**${name}, for each operation**`,
      .../** @type {const} */ (["raw", "gzip", "brotli"]).map((key) => show(slopes(points, key))),
    ],
  ];
  const each = slopes(ours, "gzip");
  return {
    title: "What an operation adds",
    about:
      "Bytes of the bundle with clients of all five providers, whose tables were cut down to 10, 50, 100 and all " +
      "401 operations, and the slope of the line through them; beside it cloudflare's tree-shaken client with more " +
      "and more resource classes, counted by their methods.",
    columns: ["", "raw", "gzip -9", "brotli"],
    rows: [...rowsOf("hostwire", ours), ...rowsOf("cloudflare, tree-shaken", theirs)],
    goals: [
      { text: "an operation adds at most 70 bytes gzipped", found: `${show(each)} bytes`, met: each <= 70 },
    ],
  };
}

async function cloudflareSizes() {
  /** @type {{ count: number, size: import("../bytes.js").Size }[]} */
  const points = [];
  for (const taken of [1, 4, 8, CLOUDFLARE_RESOURCES.length]) {
    const resources = CLOUDFLARE_RESOURCES.slice(0, taken);
    let count = 0;
    for (const [name = "", path = ""] of resources) {
      const module = await import(`cloudflare/resources/${path}`);
      count += Object.getOwnPropertyNames(module[name].prototype).length - 1;
    }
    const imports = resources.map(
      ([name, path]) => `import { ${name} } from "cloudflare/resources/${path}";`,
    );
    const names = resources.map(([name]) => name).join(", ");
    const source = `import { createClient } from "cloudflare/tree-shakable";
${imports.join("\n")}
export default { fetch: (request, env) => createClient({ resources: [${names}], apiToken: env.KEY }) };`;
    points.push({ count, size: await bundleSize(projectDir(), source) });
  }
  return points;
}

/** @returns {import("../tables.js").Section[]} */
function crateTables() {
  const { crates, functions, total } = bytesByCrate();
  const rowsOf = (/** @type {import("../crates.js").Share[]} */ shares) =>
    shares.map(({ name, bytes }) => [name, show(bytes), percent(bytes / total)]);
  return [
    {
      title: "Where the core's bytes go",
      about:
        "Bytes of the core's WebAssembly by crate (twiggy), before compression, built as it is published but with " +
        "the names of its functions. What was inlined counts for the crate that it was inlined into.",
      columns: ["crate", "bytes", "of all"],
      rows: rowsOf(crates),
    },
    {
      title: "The core's largest functions",
      about: "Of the same file; what they had inlined is counted with them.",
      columns: ["function", "bytes", "of all"],
      rows: rowsOf(
        functions.map(({ name, bytes }) => ({ name: `\`${name.replace(/::h[0-9a-f]{16}$/, "")}\``, bytes })),
      ),
    },
  ];
}

async function fileTable() {
  const { files, total } = await bytesByFile();
  return {
    title: "Where the runtime's bytes go",
    about:
      "Bytes of the runtime's minified JavaScript by file, before compression: glue.js is what wasm-bindgen writes. A " +
      "bundle leaves out what is only for some providers (token.ts, find-file.ts, repair-json.ts) where it has none " +
      "of them.",
    columns: ["file", "bytes", "of all"],
    rows: files.map(({ name, bytes }) => [name, show(bytes), percent(bytes / total)]),
  };
}
