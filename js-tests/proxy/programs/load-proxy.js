// A proxy that tells its memory when it is asked.
import { createServer } from "node:http";

const { instantiate } = WebAssembly;
let memory;
WebAssembly.instantiate = async (...args) => {
  const result = await instantiate(...args);
  memory ??= (result.instance ?? result).exports.memory;
  return result;
};

const { Combell } = await import("hostwire/combell");
const { createProxy, toNodeHandler } = await import("hostwire/proxy");

const baseUrl = `http://127.0.0.1:${process.argv[2]}`;
const proxy = createProxy({
  clients: { combell: new Combell({ apiKey: "key", apiSecret: "secret", baseUrl }) },
  authorize: async () => "load",
  allow: { combell: ["accounts.get"] },
  limits: { rate: false, concurrency: 50 },
});
const server = createServer(toNodeHandler(proxy));
server.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}`));
process.on("message", () => {
  gc();
  process.send({ heap: process.memoryUsage().heapUsed, wasm: memory?.buffer.byteLength });
});
