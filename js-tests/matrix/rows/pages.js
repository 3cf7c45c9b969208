// What runs in browsers, each in a real one.

import { launchChromium, launchWithExtension } from "../../browsers/chromium.js";
import { launchFirefox } from "../../browsers/firefox.js";
import { serveStatic } from "../../browsers/static-server.js";
import { gzippedSize, once, projectOf, runIn } from "../project.js";

/**
 * @typedef {import("../matrix.js").Row} Row
 * @typedef {import("../suite/index.js").Surroundings} Surroundings
 * @typedef {import("../suite/index.js").Outcomes} Outcomes
 * @typedef {{ runSuite: (surroundings: Surroundings) => Promise<Outcomes> }} Scope
 */

/** Anyone who opens a page can read the credentials in it, so a page has to say that it knows. */
export const inPage = (/** @type {Surroundings} */ surroundings) => ({
  ...surroundings,
  options: { allowBrowser: true },
});

/** @param {Surroundings} surroundings */
const callPage = (surroundings) =>
  /** @type {Scope} */ (/** @type {unknown} */ (globalThis)).runSuite(surroundings);

/** @param {{ surroundings: Surroundings, script: string, type: "module" | "classic" }} how */
const callWorker = ({ surroundings, script, type }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { type });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(surroundings);
  });

/**
 * @typedef {object} Browser What both drivers have.
 * @property {() => Promise<Page>} newPage
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Page
 * @property {(url: string) => Promise<unknown>} goto
 * @property {<Arg, Value>(run: (arg: Arg) => Promise<Value>, arg: Arg) => Promise<Value>} evaluate
 * @property {(run: () => boolean) => Promise<unknown>} waitForFunction
 */

/** @type {{ [name: string]: () => Promise<Browser> }} */
const BROWSERS = {
  Chromium: async () => /** @type {Browser} */ (/** @type {unknown} */ (await launchChromium())),
  Firefox: async () => /** @type {Browser} */ (/** @type {unknown} */ (await launchFirefox())),
};

/**
 * Opens a page and runs something in it.
 *
 * @template Value
 * @param {keyof typeof BROWSERS} browser
 * @param {string} url
 * @param {(page: Page) => Promise<Value>} use
 */
export async function openPage(browser, url, use) {
  const running = await /** @type {() => Promise<Browser>} */ (BROWSERS[browser])();
  try {
    const page = await running.newPage();
    await page.goto(url);
    return await use(page);
  } finally {
    await running.close();
  }
}

/** Runs the suite in a page that has loaded it. @param {Page} page @param {Surroundings} surroundings */
export async function runInPage(page, surroundings) {
  await page.waitForFunction(() => "runSuite" in globalThis);
  return page.evaluate(callPage, inPage(surroundings));
}

/**
 * @param {string} dir
 * @param {string} path
 * @param {Surroundings} surroundings
 * @param {keyof typeof BROWSERS} [browser]
 * @returns {Promise<Outcomes>}
 */
export async function servePage(dir, path, surroundings, browser = "Chromium") {
  const server = await serveStatic(dir);
  try {
    const url = `${server.url}/${path}`;
    return await openPage(browser, url, (page) => runInPage(page, surroundings));
  } finally {
    await server.close();
  }
}

/**
 * @param {string} dir
 * @param {{ script: string, type?: "module" | "classic" }} worker
 * @param {Surroundings} surroundings
 * @param {keyof typeof BROWSERS} [browser]
 * @returns {Promise<Outcomes>}
 */
export async function serveWorker(dir, { script, type = "classic" }, surroundings, browser = "Chromium") {
  const server = await serveStatic(dir);
  try {
    const how = { surroundings: inPage(surroundings), script: `/${script}`, type };
    return await openPage(browser, `${server.url}/package.json`, async (page) => {
      const outcomes = await page.evaluate(callWorker, how);
      return /** @type {Outcomes} */ (outcomes);
    });
  } finally {
    await server.close();
  }
}

const unbundled = once(() => projectOf("page"));
const extension = once(async () => {
  const dir = await projectOf("extension");
  for (const [entry, out, format] of [
    ["program/page.js", "dist/service-worker.js", "esm"],
    ["program/page.js", "dist/popup.js", "iife"],
  ]) {
    await runIn(dir, "esbuild", [
      `${entry}`,
      "--bundle",
      "--minify",
      `--format=${format}`,
      `--outfile=${out}`,
    ]);
  }
  return dir;
});

/** @type {Row[]} */
export const PAGE_ROWS = [
  ...Object.keys(BROWSERS).flatMap((browser) => [
    {
      name: `${browser}, page without a bundler`,
      isBrowser: true,
      run: async (/** @type {Surroundings} */ surroundings) => ({
        outcomes: await servePage(await unbundled(), "index.html", surroundings, browser),
      }),
    },
    {
      name: `${browser}, module worker without a bundler`,
      isBrowser: true,
      run: async (/** @type {Surroundings} */ surroundings) => ({
        outcomes: await serveWorker(
          await unbundled(),
          { script: "program/worker.js", type: "module" },
          surroundings,
          browser,
        ),
      }),
    },
  ]),
  {
    name: "Chromium, MV3 extension, service worker",
    isBrowser: true,
    async run(surroundings) {
      const dir = await extension();
      const { serviceWorker, close } = await launchWithExtension(dir);
      try {
        const outcomes = await serviceWorker.evaluate(callPage, surroundings);
        return { outcomes, bytes: gzippedSize(dir, "dist/service-worker.js") };
      } finally {
        await close();
      }
    },
  },
  {
    name: "Chromium, MV3 extension, popup",
    isBrowser: true,
    async run(surroundings) {
      const dir = await extension();
      const { context, origin, close } = await launchWithExtension(dir);
      try {
        const page = await context.newPage();
        await page.goto(`${origin}/popup.html`);
        const outcomes = await page.evaluate(callPage, surroundings);
        return { outcomes, bytes: gzippedSize(dir, "dist/popup.js") };
      } finally {
        await close();
      }
    },
  },
];
