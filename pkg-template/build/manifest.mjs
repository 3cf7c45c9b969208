/** package.json of the published package. */

/**
 * One public import, in every environment. `workerd` and `edge-light` come first: wrangler and Next.js
 * set `import` and `browser` as well.
 * @param {string} path without extension
 */
const everywhere = (path) => ({
  workerd: { types: `${path}.d.ts`, default: `${path}.workerd.js` },
  "edge-light": { types: `${path}.d.ts`, default: `${path}.edge-light.js` },
  ...anywhere(path),
});

/** An import that needs no WebAssembly. */
const anywhere = (path) => ({
  import: { types: `${path}.d.ts`, default: `${path}.js` },
  require: { types: `${path}.d.cts`, default: `${path}.cjs` },
  default: `${path}.js`,
});

/**
 * @param {{ version: string, providers: string[] }} facts
 * @returns {object}
 */
export function makeManifest({ version, providers }) {
  const entries = ["./index", ...providers.map((provider) => `./providers/${provider}`)];
  const exports = { ".": everywhere("./index") };
  for (const provider of providers) {
    exports[`./${provider}`] = everywhere(`./providers/${provider}`);
    exports[`./${provider}/operations`] = anywhere(`./providers/${provider}.operations`);
  }
  exports["./proxy"] = anywhere("./proxy");
  exports["./slim"] = anywhere("./slim");
  exports["./core.wasm"] = { types: "./core.wasm.d.ts", default: "./core.wasm" };
  exports["./package.json"] = "./package.json";
  return {
    name: "hostwire",
    version,
    description: "Typed clients for the APIs of hosting providers, for every JavaScript runtime",
    keywords: ["hosting", "dns", "api", "client", ...providers, "webassembly", "workers", "deno", "bun"],
    license: "MIT OR Apache-2.0",
    type: "module",
    main: "./index.cjs",
    module: "./index.js",
    types: "./index.d.cts",
    exports,
    // Everything else may be dropped where it is not used; these say where the WebAssembly is.
    sideEffects: [
      ...entries.flatMap((path) =>
        ["js", "cjs", "workerd.js", "edge-light.js"].map((end) => `${path}.${end}`),
      ),
      ...["./slim.js", "./slim.cjs", "./wasm/*"],
    ],
    engines: { node: ">=20.19" },
  };
}
