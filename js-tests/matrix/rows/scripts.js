// Runtimes that run scripts as they are.

import { projectOf, runIn } from "../project.js";

/** @typedef {import("../matrix.js").Row} Row */

/**
 * @param {string} name
 * @param {string} project
 * @param {string} command
 * @param {string[]} args before the script's own
 * @returns {Row}
 */
const script = (name, project, command, args) => ({
  name,
  run: async (surroundings) => {
    const dir = await projectOf(project);
    return { outcomes: JSON.parse(await runIn(dir, command, [...args, JSON.stringify(surroundings)])) };
  },
});

/** @type {Row[]} */
export const SCRIPT_ROWS = [
  script(`Node ${process.versions.node}, import`, "node-import", process.execPath, ["program/script.js"]),
  script(`Node ${process.versions.node}, require`, "node-require", process.execPath, ["program/script.cjs"]),
  script("Node 26, import", "node-newest", "node", ["program/script.js"]),
  script("Deno, npm:", "deno", "deno", [
    "run",
    "--node-modules-dir=manual",
    "--allow-net=127.0.0.1",
    "main.js",
  ]),
  script("Bun, import", "bun-import", "bun", ["program/script.js"]),
  script("Bun, require", "bun-require", "bun", ["program/script.cjs"]),
];
