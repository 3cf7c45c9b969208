// A fresh process: imports a client, makes it and calls, and tells how long after the start of the process the first
// request was handed to fetch.

const { makeClient } = await import(`../clients/${process.argv[2]}.js`);
makeClient(async () => {
  process.stdout.write(String(performance.now()), () => process.exit());
  return new Promise(() => {});
}).get();
