/** `hostwire/proxy`. */
export { createProxy } from "./create-proxy.js";
export { memoryStore } from "./memory-store.js";
export { toNodeHandler } from "./node.js";
export { bearerTokens } from "./tokens.js";
