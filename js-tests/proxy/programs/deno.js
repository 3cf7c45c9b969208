import { makeProxy } from "./proxy.js";

const proxy = makeProxy(JSON.parse(Deno.args[0]));
const onListen = ({ port }) => console.log(`listening on 127.0.0.1:${port}`);
Deno.serve({ port: 0, hostname: "127.0.0.1", onListen }, (request) => proxy.fetch(request));
