// A provider on this machine: answers every list as the client that asks for it expects. Run as a child process;
// `{ walk: { size, total } }` makes it give so many pages of rows, counted from then on.

import { createServer } from "node:http";
import * as openai from "../clients/openai.js";
import * as stripe from "../clients/stripe.js";
import { answerHeaders, rows } from "../workload.js";
import * as zone from "../zone-api.js";

/** @typedef {(rows: import("../workload.js").Row[], place?: import("../workload.js").Place) => unknown} Envelope */

/** Who asks can be told by the path. @type {[prefix: string, envelope: Envelope][]} */
const ENVELOPES = [
  ["/v1/customers", stripe.envelope],
  ["/v1/files", openai.envelope],
  ["/zones/", zone.envelope],
  ["/", (all) => all],
];

let walk = { size: 1, total: 1 };
let page = 0;
/** @type {Map<Envelope, { more: string, last: string, none: string }>} */
let texts = new Map();

function prepare() {
  page = 0;
  const some = rows(walk.size);
  texts = new Map(
    ENVELOPES.map(([, envelope]) => [
      envelope,
      {
        more: JSON.stringify(envelope(some, { hasMore: true, total: walk.total })),
        last: JSON.stringify(envelope(some, { hasMore: false, total: walk.total })),
        none: JSON.stringify(envelope([], { hasMore: false, total: walk.total })),
      },
    ]),
  );
}

prepare();

const server = createServer((request, response) => {
  request.resume();
  const [, envelope] = ENVELOPES.find(([prefix]) => request.url?.startsWith(prefix)) ?? [];
  const text = envelope && texts.get(envelope);
  const isList = walk.total > walk.size;
  if (isList) page++;
  const left = isList ? walk.total - page * walk.size : 0;
  const body = (left > 0 ? text?.more : left > -walk.size ? text?.last : text?.none) ?? "";
  response.writeHead(200, {
    ...answerHeaders(walk.total),
    "content-length": String(Buffer.byteLength(body)),
  });
  response.end(body);
});

process.on("message", (/** @type {{ walk: typeof walk }} */ order) => {
  walk = order.walk;
  prepare();
  process.send?.({ ready: true });
});
process.once("disconnect", () => process.exit());

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
