import { createServer } from "node:http";
import { toNodeHandler } from "hostwire/proxy";
import { makeProxy } from "./proxy.js";

const server = createServer(toNodeHandler(makeProxy(JSON.parse(process.argv[2]))));
server.listen(0, "127.0.0.1", () => console.log(`listening on 127.0.0.1:${server.address().port}`));
