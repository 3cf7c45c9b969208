// An agent in a web page: the driver calls it.

/** @param {(order: import("./agent.js").Order) => Promise<number[]>} agent */
export function serve(agent) {
  Object.assign(globalThis, { agent });
}
