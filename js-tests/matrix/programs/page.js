// A page, a popup or a service worker: whoever drives the browser calls this.
import { run } from "./run.js";

globalThis.runSuite = run;
