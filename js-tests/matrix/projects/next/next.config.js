import { join } from "node:path";

// The tools are installed above this project, not in it.
export default { turbopack: { root: join(import.meta.dirname, "../..") } };
