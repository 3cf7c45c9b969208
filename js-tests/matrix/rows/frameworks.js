// Frameworks that bundle for a server: what they build is started as in production.

import { freePort, once, projectOf, runIn, startIn } from "../project.js";
import { openPage, runInPage } from "./pages.js";

/**
 * @typedef {import("../matrix.js").Row} Row
 * @typedef {import("../suite/index.js").Surroundings} Surroundings
 */

const nextBuilt = once(async () => {
  const dir = await projectOf("next");
  await runIn(dir, "next", ["build"]);
  return dir;
});

const svelteBuilt = once(async () => {
  const dir = await projectOf("sveltekit");
  await runIn(dir, "vite", ["build", "--logLevel", "error"]);
  return dir;
});

const startNext = async () => {
  const port = String(await freePort());
  return startIn(await nextBuilt(), "next", ["start", "--port", port, "--hostname", "127.0.0.1"]);
};

const startSvelteKit = async () => {
  const variables = { PORT: String(await freePort()), HOST: "127.0.0.1" };
  return startIn(await svelteBuilt(), process.execPath, ["build"], variables);
};

/**
 * @param {() => ReturnType<typeof startIn>} start
 * @param {(url: string) => Promise<import("../suite/index.js").Outcomes>} use
 */
async function served(start, use) {
  const { url, stop } = await start();
  try {
    return { outcomes: await use(url) };
  } finally {
    await stop();
  }
}

/** @param {string} url @param {Surroundings} surroundings */
async function post(url, surroundings) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(surroundings) });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
}

/** @type {Row[]} */
export const FRAMEWORK_ROWS = [
  ...["node", "edge"].map((runtime) => ({
    name: `Next.js, ${runtime} route`,
    run: (/** @type {Surroundings} */ surroundings) =>
      served(startNext, (url) => post(`${url}/${runtime}`, surroundings)),
  })),
  {
    name: "SvelteKit, server route",
    run: (surroundings) => served(startSvelteKit, (url) => post(`${url}/api`, surroundings)),
  },
  {
    name: "SvelteKit, page",
    isBrowser: true,
    run: (surroundings) =>
      served(startSvelteKit, (url) => openPage("Chromium", url, (page) => runInPage(page, surroundings))),
  },
];
