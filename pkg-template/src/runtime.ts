/** What the entries of the package are made of. */
export { anyEnvironment, compileWasm } from "./browser.js";
export { Client } from "./client.js";
export { signCombell } from "./combell-sign.js";
export { provideEnvironment } from "./environment.js";
export * from "./errors.js";
export { findFile } from "./find-file.js";
export { repairJson } from "./repair-json.js";
export { givenWasm, setWasm } from "./set-wasm.js";
export { TokenKeeper } from "./token.js";
