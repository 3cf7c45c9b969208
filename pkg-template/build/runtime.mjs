/** How the runtime is bundled, whatever for: what esbuild is told of it. */
import { join } from "node:path";

/**
 * @param {string} root the project's folder
 * @param {string} version the package's
 */
export const runtimeBundle = (root, version) => ({
  entryPoints: [join(root, "pkg-template/src/runtime.ts")],
  bundle: true,
  target: "es2022",
  platform: /** @type {const} */ ("neutral"),
  plugins: [fromGenerated(join(root, "build/generated"))],
  define: { HOSTWIRE_VERSION: JSON.stringify(version) },
  // Fields that a constructor fills in need not be there before it does.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
});

/** @param {string} generated folder with what a build writes @returns {import("esbuild").Plugin} */
const fromGenerated = (generated) => ({
  name: "generated",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/glue\.js$/ }, () => ({ path: join(generated, "glue.js") }));
  },
});
