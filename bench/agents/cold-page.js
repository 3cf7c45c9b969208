// A fresh page: notes when, after it was asked for, the first request is handed to fetch.

/** @param {import("../workload.js").BenchClient} client */
export function serve({ makeClient }) {
  const handed = async () => {
    Object.assign(globalThis, { handedAt: performance.now() });
    return new Promise(() => {});
  };
  makeClient(/** @type {typeof fetch} */ (handed)).get();
}
