import { makeProxy } from "./proxy.js";

const proxy = makeProxy(JSON.parse(process.argv[2]));
const { port } = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => proxy.fetch(request) });
console.log(`listening on 127.0.0.1:${port}`);
