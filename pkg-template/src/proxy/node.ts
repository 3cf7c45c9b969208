/** The proxy as a listener for Node's own web server. */
import type { EdgeProxy } from "./types.js";

/** As much of `IncomingMessage` as is needed; the types of Node are not needed for it. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  method?: string | undefined;
  url?: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  complete: boolean;
}

/** As much of `ServerResponse` as is needed. */
export interface NodeResponse {
  writableFinished: boolean;
  on(event: "close", listener: () => void): unknown;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body?: Uint8Array): unknown;
}

/** A listener for `createServer` of `node:http` and `node:https`. */
export function toNodeHandler(
  proxy: EdgeProxy,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on("close", () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    let request: Request;
    try {
      request = readRequest(incoming, gone.signal);
    } catch {
      outgoing.writeHead(400, {});
      outgoing.end();
      return;
    }
    const response = await proxy.fetch(request);
    const headers = Object.fromEntries(response.headers);
    // The rest of a body that was refused is not read, so nothing more can come on this connection.
    if (!incoming.complete) headers.connection = "close";
    outgoing.writeHead(response.status, headers);
    outgoing.end(new Uint8Array(await response.arrayBuffer()));
  };
}

function readRequest(incoming: NodeRequest, signal: AbortSignal): Request {
  const { method = "GET", url = "/", headers: given } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  // The path stands behind a host of its own, so that it cannot name one: //elsewhere/path.
  const path = url.startsWith("/") ? url : `/${url}`;
  const address = `http://${headers.get("host") ?? "localhost"}${path}`;
  const { pathname, search } = new URL(address);
  // Nor may a host name a path (`Host: elsewhere/path#`), or dots lead past what stands before the proxy.
  if (pathname + search !== path) throw new Error("the address is not what was asked for");
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers, signal });
  const init = { method, headers, signal, body: stream(incoming), duplex: "half" };
  return new Request(address, init);
}

/** The body as it arrives, no faster than it is read. */
function stream(incoming: NodeRequest): ReadableStream<Uint8Array> {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
