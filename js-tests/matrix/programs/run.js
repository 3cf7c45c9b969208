import { modules } from "./hostwire.js";
import { runSuite } from "./suite.js";

export const run = (surroundings) => runSuite(modules, surroundings);
