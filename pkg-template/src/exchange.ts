/** A call from its first attempt to its result: send, judge, and try again where that is right. */
import { loadCore, presentCore } from "./core.js";
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  type HostwireError,
  TimeoutError,
} from "./errors.js";
import { askedWait } from "./limits.js";
import { withoutSecrets } from "./no-answer.js";
import { observe } from "./observe.js";
import type { Exchange } from "./operation.js";
import { judgeAnswer, Outcome } from "./outcome.js";
import { authenticate, writeRequest } from "./outgoing.js";
import type { Challenge } from "./provider.js";
import { type Received, send, type WireRequest } from "./send.js";
import { sleep } from "./sleep.js";
import type { RequestEvent } from "./types.js";

/** Runs a call to its end. One that the client makes by itself, for a token, needs nobody's leave. */
export async function runExchange(exchange: Exchange, isOwn = false): Promise<Outcome> {
  const { connection, line, tokens } = exchange;
  const { signal, maxRetries = connection.options.maxRetries ?? 2 } = exchange.options;
  const { onRequest, onResponse, onRetry } = connection.options;
  if (!isOwn) connection.checkEffect(line);
  signal?.throwIfAborted();
  exchange.enter(presentCore ?? (await loadCore()));
  // Which of two ways to authenticate is asked for, where the other was refused; 0 for none.
  let way = 0;
  let otherTried = false;
  let renewed = false;
  /** The cookie that a page in place of the answer has asked for. */
  let cookie: string | undefined;

  for (let attempts = 1, retries = 0; ; attempts++) {
    const token = tokens && (await authenticate(exchange, tokens, way));
    const request = writeRequest(exchange, way);
    if (cookie) request.headers.cookie = cookie;
    if (onRequest) observe(onRequest, eventOf(exchange, request, attempts));
    const started = connection.now();
    let received: Received | undefined;
    let failure!: HostwireError;
    try {
      signal?.throwIfAborted();
      received = await send(request, exchange);
    } catch (thrown) {
      // Whatever the reason is, an error of this package included, it is handed on.
      if (signal?.aborted) throw signal.reason;
      failure = withoutSecrets(exchange, thrown, request.shownUrl, attempts);
    }
    if (received) {
      const { status } = received;
      if (onResponse) {
        const durationMs = connection.now() - started;
        observe(onResponse, { ...eventOf(exchange, request, attempts), status, durationMs });
      }
      if (status === 401 && request.way > 0 && !otherTried) {
        // Nothing was done on a 401, so another way to prove who is calling is safe for every effect.
        way = 3 - request.way;
        otherTried = true;
        continue;
      }
      if (line.effect === "read" && cookie === undefined) {
        cookie = askedCookie(received.text, connection.provider.challenge);
        // What is in front of the API has answered, so nothing was done; for anything but a read that is not sure.
        if (cookie) continue;
      }
      if (way > 0 && status !== 401) exchange.prefer(way);
      const outcome = judgeAnswer(exchange, request, received, attempts);
      if (outcome instanceof Outcome) {
        if (line.credential) connection.replaceCredentials(line.credential, outcome.body);
        return outcome;
      }
      failure = outcome;
      if (token && outcome instanceof AuthenticationError) {
        tokens?.refuse(token);
        // A 401 proves that nothing was done; words in an answer do not prove it of a purchase.
        const certain = status === 401 || line.effect !== "purchase";
        if (certain && !renewed) {
          renewed = true;
          const event = eventOf(exchange, request, attempts);
          observe(onRetry, { ...event, delayMs: 0, reason: outcome.name, status });
          continue;
        }
      }
    }
    const asked = received && askedWait(received.headers, connection);
    // A proxy's status is its own where it tells of a provider's.
    const status = failure instanceof ApiError ? failure.status : 0;
    const isRepeatable =
      failure instanceof ApiError || failure instanceof ConnectionError || failure instanceof TimeoutError;
    const delay = isRepeatable ? exchange.retryDelay(status, retries + 1, maxRetries, asked) : -1;
    if (delay < 0) throw failure;
    retries++;
    // The preferred way comes first again: it is that one now, or both were refused.
    way = 0;
    const event = eventOf(exchange, request, attempts);
    observe(onRetry, { ...event, delayMs: delay, reason: failure.name, ...(received && { status }) });
    await sleep(delay, signal);
  }
}

/** The cookie that a page wants and holds itself, where that is what a text is. */
function askedCookie(text: string, challenge: Challenge | undefined): string | undefined {
  if (!challenge || !text.toLowerCase().includes(challenge.sign.toLowerCase())) return undefined;
  // Letters, digits and _ alone, so that nothing else gets into the header.
  const [, value] = new RegExp(challenge.pattern).exec(text) ?? [];
  return value && /^\w+$/.test(value) ? `${challenge.cookie}=${value}` : undefined;
}

const eventOf = (exchange: Exchange, { method, shownUrl }: WireRequest, attempt: number): RequestEvent => ({
  ...exchange.details,
  method,
  url: shownUrl,
  attempt,
});
