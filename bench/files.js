// Where the runtime's bytes go: its files, bundled as they are published and minified as users' bundlers do it.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runtimeBundle } from "../pkg-template/build/runtime.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** @returns {Promise<{ files: import("./crates.js").Share[], total: number }>} by size */
export async function bytesByFile() {
  const { metafile } = await build({
    ...runtimeBundle(ROOT, "0"),
    minify: true,
    format: "esm",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => ({
    name: path.replace(/^.*\//, ""),
    bytes: bytesInOutput,
  }));
  return { files: files.sort((a, b) => b.bytes - a.bytes), total: output?.bytes ?? 0 };
}
