// Starts the provider on this machine, in a process of its own.

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectDir } from "./project.js";

/**
 * @typedef {object} LocalServer
 * @property {string} url
 * @property {(size: number, total: number) => Promise<void>} give lists of so many rows, in pages of a size
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<LocalServer>} */
export async function startServer() {
  const child = fork(join(projectDir(), "agents/server.js"), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const [{ url }] = await once(child, "message");
  return {
    url,
    async give(size, total) {
      child.send({ walk: { size, total } });
      await once(child, "message");
    },
    async close() {
      child.disconnect();
      await ended;
    },
  };
}
