/** What the entries of the package are made of. */
export { anyEnvironment, compileWasm } from "./any-environment.js";
export { Client, connectionOf } from "./client.js";
export { signCombell } from "./combell-sign.js";
export type { Connection } from "./connection.js";
export { provideEnvironment } from "./environment.js";
export * from "./errors.js";
export { runExchange } from "./exchange.js";
export { findFile } from "./find-file.js";
export { mask } from "./mask.js";
export { Exchange } from "./operation.js";
export type { Outcome } from "./outcome.js";
export { type OperationLine, operationLines } from "./provider.js";
export { repairJson } from "./repair-json.js";
export { givenWasm, setWasm } from "./set-wasm.js";
export { shownParams } from "./shown-params.js";
export { nearest } from "./suggest.js";
export { TokenKeeper } from "./token.js";
