// An agent in Node, Deno or Bun: an order comes in a line on stdin, what was measured goes out in a line.

import { createInterface } from "node:readline";

/** @param {(order: import("./agent.js").Order) => Promise<number[]>} agent */
export async function serve(agent) {
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      process.stdout.write(`${JSON.stringify({ told: await agent(JSON.parse(line)) })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
    }
  }
  process.exit();
}
