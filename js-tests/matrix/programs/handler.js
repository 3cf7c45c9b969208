// What answers requests: Workers, and others that took over their shape.
import { run } from "./run.js";

export default { fetch: async (request) => Response.json(await run(await request.json())) };
