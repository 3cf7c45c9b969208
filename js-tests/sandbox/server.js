// The HTTP side of one provider: reads requests, lets the provider answer, sends what came of it.

import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Refusal, render } from "./answers.js";
import { CONTROL_PATH, createControl } from "./control.js";
import { corsHeaders, isPreflight, preflight } from "./cors.js";
import { rawRequest } from "./exchange.js";
import { kindOf } from "./faults.js";
import { createRules } from "./misbehave.js";
import { createPipeline } from "./provider.js";
import { record } from "./recorder.js";
import { sendAll } from "./wire.js";

/**
 * @typedef {import("node:http").IncomingMessage} IncomingMessage
 * @typedef {import("node:http").ServerResponse} ServerResponse
 * @typedef {import("./answers.js").Reply} Reply
 * @typedef {import("./provider.js").Provider} Provider
 * @typedef {import("./recorder.js").RecordedRequest} RecordedRequest
 * @typedef {import("./wire.js").WireReply} WireReply
 *
 * @typedef {object} ServerOptions
 * @property {number} [port] 0, any free one, unless given
 * @property {boolean} [cors] lets web pages in
 * @property {(request: RecordedRequest) => void} [onAnswer] told of each request once it was dealt with
 *
 * @typedef {object} ProviderServer What the sandbox of every provider has.
 * @property {string} url for a client's `baseUrl`
 * @property {string} controlUrl
 * @property {{}} credentials by the names of a client's options; each provider says which there are
 * @property {RecordedRequest[]} requests the latest 10 000
 * @property {string[]} internalErrors what the sandbox itself did wrong
 * @property {(rule: import("./misbehave.js").Rule) => import("./misbehave.js").ActiveRule} misbehave
 * @property {() => void} behave drops all rules
 * @property {(changes: Record<string, unknown>) => void} configure
 * @property {() => void} reset everything as it was at the start
 * @property {() => Promise<void>} close
 */

const BODY_LIMIT = 1024 * 1024;

/**
 * @param {Provider} provider
 * @param {ServerOptions} options
 * @returns {Promise<ProviderServer>}
 */
export async function serve(provider, { port = 0, cors = false, onAnswer = () => undefined }) {
  const pipeline = createPipeline(provider);
  const rules = createRules(provider.spec.operations.keys());
  /** @type {RecordedRequest[]} */
  const requests = [];
  const closing = new AbortController();

  /**
   * @param {ServerResponse} response
   * @param {Reply} reply
   * @param {(response: ServerResponse, reply: WireReply) => void} [write]
   */
  function deliver(response, reply, write = sendAll) {
    const date = new Date(provider.now()).toUTCString();
    const headers = Object.fromEntries(
      Object.entries({ date, ...provider.headers(), ...reply.headers }).flatMap(([name, value]) =>
        value === null ? [] : [[name, value]],
      ),
    );
    const access = cors ? corsHeaders(headers) : {};
    write(response, { ...reply, headers: { ...headers, ...access } });
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function handle(request, response) {
    const body = await readBody(request);
    const raw = rawRequest(request, body ?? Buffer.alloc(0));
    if (cors && isPreflight(raw)) return sendAll(response, preflight(raw));
    if (raw.path === CONTROL_PATH || raw.path.startsWith(`${CONTROL_PATH}/`)) {
      const reply = control(raw);
      const headers = cors ? corsHeaders(reply.headers) : {};
      return sendAll(response, { ...reply, headers: { ...reply.headers, ...headers } });
    }
    const exchange = pipeline.open(raw);
    const recorded = record(requests, exchange, provider.now());
    if (!body) {
      const refusal = new Refusal(413, "body_too_large", `A body may have at most ${BODY_LIMIT} bytes.`);
      recorded.status = 413;
      return deliver(response, render(provider.refuse(refusal)));
    }
    const { delay, fault, name } = rules.take(recorded);
    recorded.fault = name;
    if (delay > 0) await sleep(delay, undefined, { signal: closing.signal });

    const kind = fault ? kindOf(fault) : undefined;
    if (fault && kind && (kind.instead || kind.silent)) {
      if (!kind.unseen) pipeline.touch(exchange);
      if (kind.silent) kind.silent(response);
      if (kind.instead) {
        const reply = kind.instead(fault, provider);
        recorded.status = reply.status;
        deliver(response, reply);
      }
    } else {
      const answer = render(pipeline.run(exchange));
      const reply = fault && kind?.change ? kind.change(answer, fault) : answer;
      recorded.status = kind?.unanswered ? null : reply.status;
      const send = kind?.send;
      if (fault && send) deliver(response, reply, (to, what) => send(to, what, fault));
      else deliver(response, reply);
    }
    onAnswer(recorded);
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    response.sendDate = false;
    handle(request, response).catch((error) => {
      // A client that has gone, or a delay that close() ended: there is nobody to answer.
      if (!request.destroyed && !closing.signal.aborted) console.error("sandbox:", error);
      response.socket?.destroy();
    });
  });
  server.on("clientError", (_, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });

  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : port}`;
  /** @type {ProviderServer} */
  const running = {
    url: origin + provider.spec.basePath,
    controlUrl: origin + CONTROL_PATH,
    credentials: provider.credentials,
    requests,
    internalErrors: pipeline.internalErrors,
    misbehave: rules.add,
    behave: rules.clear,
    configure: provider.settings.change,
    reset() {
      rules.clear();
      requests.length = 0;
      provider.settings.reset();
      provider.reset();
    },
    async close() {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  const control = createControl(provider, running);
  return running;
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<Buffer | undefined>} undefined where there is too much of it
 */
async function readBody(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  return length <= BODY_LIMIT ? Buffer.concat(chunks) : undefined;
}
