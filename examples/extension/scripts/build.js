// Builds dist/, to be loaded unpacked.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { drawIcon } from "./icon.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const providerFiles = readdirSync(join(root, "src/providers")).filter((name) => name.endsWith(".js"));

/** Makes of the files in src/providers the list of them that the worker imports. */
const allProviders = {
  name: "all-providers",
  /** @param {import("esbuild").PluginBuild} esbuild */
  setup(esbuild) {
    esbuild.onResolve({ filter: /^all-providers$/ }, ({ path }) => ({ path, namespace: "made" }));
    esbuild.onLoad({ filter: /.*/, namespace: "made" }, () => ({
      contents: [
        ...providerFiles.map((file, index) => `import { provider as p${index} } from "./${file}";`),
        `export const providers = [${providerFiles.map((_, index) => `p${index}`).join(", ")}];`,
      ].join("\n"),
      resolveDir: join(root, "src/providers"),
    }));
  },
};

/** The addresses that the extension may ask Chrome for: the providers' own, a sandbox on this computer, a proxy. */
async function hostPermissions() {
  const { patternOf } = await import("../src/access.js");
  const modules = await Promise.all(providerFiles.map((file) => import(`../src/providers/${file}`)));
  const own = modules.flatMap(({ provider }) =>
    provider.addresses.map((/** @type {string} */ address) => patternOf(address)),
  );
  // Nobody knows where a proxy is before its address is typed. Then that address alone is asked for.
  return [...own, "http://localhost/*", "http://127.0.0.1/*", "https://*/*"];
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
cpSync(join(root, "static"), dist, { recursive: true });
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
manifest.optional_host_permissions = await hostPermissions();
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const size of [16, 32, 48, 128]) writeFileSync(join(dist, `icon-${size}.png`), drawIcon(size));

await build({
  entryPoints: {
    worker: join(root, "src/worker/index.js"),
    popup: join(root, "src/popup/index.js"),
    options: join(root, "src/options/index.js"),
  },
  outdir: dist,
  bundle: true,
  format: "esm",
  target: "chrome123",
  minify: true,
  legalComments: "none",
  plugins: [allProviders],
});
