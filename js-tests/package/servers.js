// Small servers for what the sandbox cannot do: answers of any kind, byte by byte where it matters.

import { createServer as createHttpServer } from "node:http";
import { createServer as createNetServer } from "node:net";

/**
 * @typedef {object} Recorded A request as it arrived.
 * @property {string} method
 * @property {string} path raw
 * @property {string} query raw, without the question mark
 * @property {{ [name: string]: string | undefined }} headers
 * @property {Buffer} body
 *
 * @typedef {object} Answer
 * @property {number} [status] 200 unless given
 * @property {{ [name: string]: string }} [headers]
 * @property {string | Uint8Array} [body]
 *
 * @typedef {object} Server
 * @property {string} url
 * @property {() => Promise<void>} close
 *
 * @typedef {Server & { requests: Recorded[], answer: (request: Recorded) => Answer }} Recorder
 */

/**
 * Remembers what arrives, and answers what it is told to.
 *
 * @param {(request: Recorded) => Answer} [answer]
 * @returns {Promise<Recorder>}
 */
export async function startRecorder(answer = () => ({})) {
  /** @type {Recorded[]} */
  const requests = [];
  const server = createHttpServer(async (request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const [path = "", ...query] = (request.url ?? "").split("?");
    const recorded = {
      method: request.method ?? "",
      path,
      query: query.join("?"),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: Buffer.concat(chunks),
    };
    requests.push(recorded);
    const { status = 200, headers = {}, body = "" } = recorder.answer(recorded);
    response.writeHead(status, headers).end(body);
  });
  const url = await listen(server);
  const recorder = { url, requests, answer, close: () => stop(server) };
  return recorder;
}

/**
 * Answers every request with these bytes, and then ends the connection or lets it stand.
 *
 * @param {string | Buffer} bytes
 * @param {{ end?: boolean }} [options]
 * @returns {Promise<Server & { received: number[] }>}
 */
export async function startRaw(bytes, { end = true } = {}) {
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  /** @type {number[]} */
  const received = [];
  const server = createNetServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", (chunk) => {
      received.push(chunk.length);
      if (end) socket.end(bytes);
      else socket.write(bytes);
    });
  });
  const url = await listen(server);
  return {
    url,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      await stop(server);
    },
  };
}

/** An address where nobody listens. */
export async function closedAddress() {
  const server = createNetServer();
  const url = await listen(server);
  await stop(server);
  return url;
}

/**
 * @param {import("node:net").Server} server
 * @returns {Promise<string>}
 */
const listen = (server) =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
    });
  });

/** @param {import("node:net").Server & { closeAllConnections?: () => void }} server */
function stop(server) {
  const closed = new Promise((resolve) => server.close(() => resolve(undefined)));
  server.closeAllConnections?.();
  return closed.then(() => undefined);
}
