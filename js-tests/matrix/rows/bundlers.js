// Bundlers, unconfigured but for what goes in and where it goes; what they make runs in Chromium or Node.

import { createRequire } from "node:module";
import { join } from "node:path";
import { createServer } from "vite";
import { gzippedSize, once, projectOf, runIn } from "../project.js";
import { openPage, runInPage, servePage, serveWorker } from "./pages.js";

/** @typedef {import("../matrix.js").Row} Row */

const webpacked = once(async () => {
  const dir = await projectOf("webpack");
  /** @type {typeof import("webpack")} */
  const webpack = createRequire(import.meta.url)("webpack");
  const { default: configurations } = await import(join(dir, "webpack.config.js"));
  await new Promise((resolve, reject) => {
    const located = configurations.map((/** @type {object} */ one) => ({
      ...one,
      context: dir,
      output: {
        .../** @type {any} */ (one).output,
        path: join(dir, "dist"),
      },
    }));
    webpack(located, (error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
      else resolve(undefined);
    });
  });
  return dir;
});

const esbuilt = once(async () => {
  const dir = await projectOf("esbuild");
  for (const format of ["esm", "iife"]) {
    const args = [
      "program/page.js",
      "--bundle",
      "--minify",
      `--format=${format}`,
      `--outfile=dist/${format}.js`,
    ];
    await runIn(dir, "esbuild", args);
  }
  return dir;
});

/**
 * @param {string} name
 * @param {string} project
 * @returns {Row}
 */
const viteBuild = (name, project) => ({
  name,
  isBrowser: true,
  async run(surroundings) {
    const dir = await projectOf(project);
    await runIn(dir, "vite", ["build", "--logLevel", "error"]);
    return {
      outcomes: await servePage(join(dir, "dist"), "index.html", surroundings),
      bytes: gzippedSize(dir, "dist"),
    };
  },
});

/** @type {Row[]} */
export const BUNDLER_ROWS = [
  viteBuild("Vite, build", "vite"),
  viteBuild("Vite, hostwire/slim with a URL", "vite-slim"),
  {
    name: "Vite, dev server",
    isBrowser: true,
    async run(surroundings) {
      const root = await projectOf("vite-dev", "vite");
      const server = await createServer({ root, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
      await server.listen();
      try {
        const [url = ""] = server.resolvedUrls?.local ?? [];
        return { outcomes: await openPage("Chromium", url, (page) => runInPage(page, surroundings)) };
      } finally {
        await server.close();
      }
    },
  },
  {
    name: "webpack, web",
    isBrowser: true,
    async run(surroundings) {
      const dir = await webpacked();
      return {
        outcomes: await servePage(dir, "index.html", surroundings),
        bytes: gzippedSize(dir, "dist/web.js"),
      };
    },
  },
  {
    name: "webpack, webworker",
    isBrowser: true,
    async run(surroundings) {
      const dir = await webpacked();
      return {
        outcomes: await serveWorker(dir, { script: "dist/webworker.js" }, surroundings),
        bytes: gzippedSize(dir, "dist/webworker.js"),
      };
    },
  },
  {
    name: "webpack, node",
    async run(surroundings) {
      const dir = await webpacked();
      const printed = await runIn(join(dir, "dist"), process.execPath, [
        "node.js",
        JSON.stringify(surroundings),
      ]);
      return { outcomes: JSON.parse(printed), bytes: gzippedSize(dir, "dist/node.js") };
    },
  },
  {
    name: "Rollup",
    isBrowser: true,
    async run(surroundings) {
      const dir = await projectOf("rollup");
      await runIn(dir, "rollup", ["--config", "--silent"]);
      return {
        outcomes: await servePage(dir, "index.html", surroundings),
        bytes: gzippedSize(dir, "dist"),
      };
    },
  },
  ...["esm", "iife"].map((format) => ({
    name: `esbuild, ${format === "esm" ? "ES module" : "plain script"}`,
    isBrowser: true,
    run: async (/** @type {import("../suite/index.js").Surroundings} */ surroundings) => {
      const dir = await esbuilt();
      return {
        outcomes: await servePage(dir, `${format}.html`, surroundings),
        bytes: gzippedSize(dir, `dist/${format}.js`),
      };
    },
  })),
];
