// A page's worker.
import { run } from "./run.js";

addEventListener("message", async ({ data }) => postMessage(await run(data)));
