/** What the entries of the package are made of. */
export { Client } from "./client.js";
export { signCombell } from "./combell-sign.js";
export { provideWasm } from "./core.js";
export * from "./errors.js";
export { findFile } from "./find-file.js";
export { repairJson } from "./repair-json.js";
export { TokenKeeper } from "./token.js";
