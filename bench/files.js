// Where the runtime's bytes go: its files, bundled as they are published and minified as users' bundlers do it.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What wasm-bindgen writes is there after a build. */
const glue = () => ({ path: join(ROOT, "build/generated/glue.js") });

/** @returns {Promise<{ files: import("./crates.js").Share[], total: number }>} by size */
export async function bytesByFile() {
  const { metafile } = await build({
    entryPoints: [join(ROOT, "pkg-template/src/runtime.ts")],
    plugins: [{ name: "generated", setup: ({ onResolve }) => onResolve({ filter: /^\.\/glue\.js$/ }, glue) }],
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    define: { HOSTWIRE_VERSION: '"0"' },
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
