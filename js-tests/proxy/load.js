// 20 000 calls through a proxy, 50 at a time: `node js-tests/proxy/load.js`. Each call asks for something of its own and
// has to get that; and the proxy must need no more memory in the end than when it had warmed up.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importInstalled, installPackage, makeProject } from "../package/install.js";

const PROGRAMS = fileURLToPath(new URL("./programs", import.meta.url));

/**
 * @typedef {object} Load
 * @property {number} calls
 * @property {number} wrong calls that failed or got what another asked for
 * @property {{ heap: number, wasm: number }} warm bytes, after the first tenth
 * @property {{ heap: number, wasm: number }} end
 */

/**
 * @param {{ calls?: number, atOnce?: number }} [options]
 * @returns {Promise<Load>}
 */
export async function runLoad({ calls = 20_000, atOnce = 50 } = {}) {
  const provider = createServer((request, response) => {
    const id = Number(/\/(\d+)$/.exec(request.url ?? "")?.[1]);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ id, identifier: `account-${id}.example`, servicepack: { id: 1, name: "One" } }),
    );
  });
  const port = await listen(provider);
  const dir = makeProject("proxy-load", PROGRAMS);
  const child = spawn(process.execPath, ["--expose-gc", join(dir, "load-proxy.js"), String(port)], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  try {
    const url = await new Promise((resolve) => child.once("message", resolve));
    const [{ Combell }] = await importInstalled(installPackage());
    const combell = new Combell({ proxy: { url }, maxRetries: 0 });
    let wrong = 0;
    let next = 0;
    const work = async (/** @type {number} */ end) => {
      while (next < end) {
        const account_id = ++next;
        const { id, identifier } = await combell.accounts.get({ account_id }).catch(() => ({}));
        if (id !== account_id || identifier !== `account-${account_id}.example`) wrong++;
      }
    };
    const round = (/** @type {number} */ end) => Promise.all(Array.from({ length: atOnce }, () => work(end)));
    const memory = async () => {
      child.send("memory");
      return /** @type {Promise<Load["warm"]>} */ (new Promise((resolve) => child.once("message", resolve)));
    };
    await round(calls / 10);
    const warm = await memory();
    await round(calls);
    return { calls: next, wrong, warm, end: await memory() };
  } finally {
    child.kill();
    provider.close();
    provider.closeAllConnections();
  }
}

/** @param {import("node:http").Server} server @returns {Promise<number>} */
const listen = (server) =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    }),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  console.log(await runLoad(), `${((performance.now() - started) / 1000).toFixed(1)} s`);
}
