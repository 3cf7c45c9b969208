// A page, a popup or a service worker: whoever drives the browser calls this.
import { modules } from "./hostwire.js";
import { run } from "./run.js";

globalThis.hostwire = modules.root;
globalThis.runSuite = run;
