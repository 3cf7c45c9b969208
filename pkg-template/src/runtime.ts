/** What the entries of the package are made of. */
export { anyEnvironment, compileWasm } from "./any-environment.js";
export { Client, sessionOf } from "./client.js";
export { provideEnvironment } from "./environment.js";
export * from "./errors.js";
export { makeCall, runCall } from "./operation-call.js";
export { notify } from "./platform/observe.js";
export type { Outcome } from "./platform/scope.js";
export { findOperation, type Operation, operationNames } from "./provider.js";
export { redactedParams, redactorOf } from "./redact.js";
export { responseOf } from "./response.js";
export type { Session } from "./session.js";
export { givenWasm, setWasm } from "./set-wasm.js";
export { signCombell } from "./sign-combell.js";
export { nearest } from "./suggest.js";
