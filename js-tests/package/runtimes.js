// The runtimes that suite.js runs in. Each runs it with the installed package and gives what came of it.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { writeInto } from "./install.js";
import { startWorker } from "./workerd.js";

/**
 * @typedef {import("./install.js").Project} Project
 * @typedef {import("./suite.js").Outcome} Outcome
 * @typedef {import("./suite.js").Surroundings["sandbox"]} SandboxInfo
 * @typedef {(project: Project, sandbox: SandboxInfo) => Promise<{ [name: string]: Outcome }>} Runtime
 */

const SUITE = new URL("./suite.js", import.meta.url);
const MODULES = { root: "hostwire", combell: "hostwire/combell", operations: "hostwire/combell/operations" };

const imports = Object.entries(MODULES).map(([name, from]) => `import * as ${name} from "${from}";\n`);
const requires = Object.entries(MODULES).map(([name, from]) => `const ${name} = require("${from}");\n`);
const surroundings = (/** @type {string} */ sandbox) => `{ ${Object.keys(MODULES)}, sandbox: ${sandbox} }`;

const FROM_ARGUMENT = surroundings("JSON.parse(process.argv[2])");
const NODE_ESM = `${imports.join("")}
import { runSuite } from ${JSON.stringify(SUITE.href)};
console.log(JSON.stringify(await runSuite(${FROM_ARGUMENT})));
`;
const NODE_CJS = `${requires.join("")}
import(${JSON.stringify(SUITE.href)})
  .then(({ runSuite }) => runSuite(${FROM_ARGUMENT}))
  .then((outcomes) => console.log(JSON.stringify(outcomes)));
`;
const WORKER = `${imports.join("")}
import { runSuite } from ${JSON.stringify(SUITE.pathname)};
export default {
  fetch: async (request) => Response.json(await runSuite(${surroundings("await request.json()")})),
};
`;

/** @type {{ [name: string]: Runtime }} */
export const RUNTIMES = {
  "Node, import": (project, sandbox) => inNode(writeInto(project, "suite.mjs", NODE_ESM), sandbox),
  "Node, require": (project, sandbox) => inNode(writeInto(project, "suite.cjs", NODE_CJS), sandbox),
  "workerd without nodejs_compat": inWorkerd,
};

/**
 * @param {string} file
 * @param {SandboxInfo} sandbox
 */
async function inNode(file, sandbox) {
  const run = promisify(execFile);
  const { stdout, stderr } = await run(process.execPath, [file, JSON.stringify(sandbox)]);
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** @type {Runtime} */
async function inWorkerd(project, sandbox) {
  const worker = await startWorker(project.dir, WORKER);
  try {
    const response = await worker.dispatchFetch("http://localhost", {
      method: "POST",
      body: JSON.stringify(sandbox),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text);
  } finally {
    await worker.dispose();
  }
}
