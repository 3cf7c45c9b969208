// An agent in a Worker. The clock stands still while a Worker computes, so the time is taken outside.

/** @param {(order: import("./agent.js").Order) => Promise<number[]>} agent */
export const serve = (agent) => ({
  /** @param {Request} request */
  async fetch(request) {
    try {
      return Response.json({ told: await agent(await request.json()) });
    } catch (error) {
      return Response.json({ error: String(error) });
    }
  },
});
