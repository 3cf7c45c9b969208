// Every environment that the package is tested in.

import { BUNDLER_ROWS } from "./rows/bundlers.js";
import { FRAMEWORK_ROWS } from "./rows/frameworks.js";
import { PAGE_ROWS } from "./rows/pages.js";
import { SCRIPT_ROWS } from "./rows/scripts.js";
import { WORKER_ROWS } from "./rows/workers.js";

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {boolean} [isBrowser] where a program does not see redirects
 * @property {(surroundings: import("./suite/index.js").Surroundings) => Promise<Result>} run
 *
 * @typedef {object} Result
 * @property {import("./suite/index.js").Outcomes} outcomes
 * @property {number} [bytes] what was bundled, gzipped: the suite and all five providers
 */

/** @type {Row[]} */
export const ROWS = [...SCRIPT_ROWS, ...WORKER_ROWS, ...PAGE_ROWS, ...BUNDLER_ROWS, ...FRAMEWORK_ROWS];
