// A fresh isolate: the answer goes out when the first request is handed to fetch.

/** @param {import("../workload.js").BenchClient} client */
export const serve = ({ makeClient }) => ({
  fetch: () =>
    new Promise((resolve, reject) => {
      const handed = async () => {
        resolve(new Response("handed over"));
        return new Response("[]", { headers: { "content-type": "application/json" } });
      };
      // What becomes of the answer does not matter, what goes wrong before does.
      Promise.resolve(makeClient(handed).get()).catch(reject);
    }),
});
