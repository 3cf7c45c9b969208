// Parts of the runtime that need no core, bundled from their sources.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const SOURCES = fileURLToPath(new URL("../../pkg-template/src", import.meta.url));

/**
 * @param {string[]} files without their ending
 * @returns {Promise<any>} what they export, all together
 */
export async function importSources(...files) {
  const contents = files.map((file) => `export * from "./${file}.ts";\n`).join("");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: SOURCES, loader: "ts" },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
    // The core: what is tested here never loads it.
    plugins: [
      {
        name: "no-core",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/glue\.js$/ }, ({ path }) => ({ path, namespace: "no-core" }));
          onLoad({ filter: /./, namespace: "no-core" }, () => ({ contents: "module.exports = {}" }));
        },
      },
    ],
  });
  const dir = mkdtempSync(join(tmpdir(), "hostwire-pure-"));
  const file = join(dir, "pure.mjs");
  writeFileSync(file, outputFiles[0]?.text ?? "");
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
