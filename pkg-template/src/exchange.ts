/** A call from its first attempt to its result: send, judge, and try again where that is right. */
import { inCore, loadCore, presentCore } from "./core.js";
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  type ErrorDetails,
  HostwireError,
  TimeoutError,
} from "./errors.js";
import { askedWait } from "./limits.js";
import { withoutSecrets } from "./no-answer.js";
import { observe } from "./observe.js";
import type { Exchange } from "./operation.js";
import { judgeAnswer, type Outcome } from "./outcome.js";
import { authenticate, writeRequest } from "./outgoing.js";
import { valueAt } from "./pointer.js";
import { type Received, send } from "./send.js";
import { sleep } from "./sleep.js";
import type { RequestEvent } from "./types.js";

/** Runs a call to its end. One that the client makes by itself, for a token, needs nobody's leave. */
export async function runExchange(exchange: Exchange, isOwn = false): Promise<Outcome> {
  const { connection, options, line } = exchange;
  const operation = line.name;
  const details: ErrorDetails = { provider: connection.provider.name, operation };
  const { fetch, onRequest, onResponse, onRetry } = connection.options;
  if (!isOwn) connection.checkEffect(line);
  options.signal?.throwIfAborted();
  const core = presentCore() ?? (await loadCore());
  const client = inCore(core, () => connection.client(core));
  const timeoutMs = options.timeoutMs ?? connection.options.timeoutMs ?? 30_000;
  const maxRetries = options.maxRetries ?? connection.options.maxRetries ?? 2;
  const { isFile, isOnce } = line;
  const { provider } = connection;
  // Which of two ways to authenticate is asked for, where the other was refused; 0 for none.
  let way = 0;
  let otherTried = false;
  let renewed = false;
  const { tokens } = connection;

  for (let attempts = 1, retries = 0; ; attempts++) {
    const token = await authenticate(exchange, core, client, way, details);
    const { request, taken } = writeRequest(exchange, core, client, way, details);
    const event = {
      ...details,
      method: request.method,
      url: request.shownUrl,
      attempt: attempts,
    } as RequestEvent;
    observe(onRequest, event);
    const started = connection.now();
    let received: Received | undefined;
    let failure: unknown;
    try {
      options.signal?.throwIfAborted();
      const detailed = { ...details, attempts };
      received = await send(request, {
        fetch,
        timeoutMs,
        signal: options.signal,
        isFile,
        isOnce,
        details: detailed,
        provider,
      });
    } catch (thrown) {
      // Whatever the reason is, an error of this package included, it is handed on.
      if (options.signal?.aborted) throw options.signal.reason;
      if (!(thrown instanceof ConnectionError || thrown instanceof TimeoutError)) throw thrown;
      failure = withoutSecrets(exchange, core, client, thrown, request.shownUrl);
    }
    if (received) {
      const { status } = received;
      observe(onResponse, { ...event, status, durationMs: connection.now() - started });
      if (status === 401 && taken > 0 && !otherTried) {
        // Nothing was done on a 401, so another way to prove who is calling is safe for every effect.
        way = 3 - taken;
        otherTried = true;
        continue;
      }
      if (way > 0 && status !== 401) {
        const worked = way;
        inCore(core, () => client.prefer(worked));
      }
      const outcome = judgeAnswer(exchange, core, client, request, received, attempts, details);
      if (!(outcome instanceof HostwireError)) {
        for (const [name, pointer] of Object.entries(line.credential ?? {})) {
          const value = valueAt(outcome.body, pointer);
          if (typeof value === "string") connection.replaceCredential(name, value);
        }
        return outcome;
      }
      failure = outcome;
      if (token && outcome instanceof AuthenticationError) {
        tokens?.refuse(token);
        // A 401 proves that nothing was done; words in an answer do not prove it of a purchase.
        const certain = status === 401 || line.effect !== "purchase";
        if (certain && !renewed) {
          renewed = true;
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
    const delay = isRepeatable ? exchange.retryDelay(core, status, retries + 1, maxRetries, asked) : -1;
    if (delay < 0) throw failure;
    retries++;
    // The preferred way comes first again: it is that one now, or both were refused.
    way = 0;
    const reason = (failure as Error).name;
    observe(onRetry, { ...event, delayMs: delay, reason, ...(received && { status }) });
    await sleep(delay, options.signal);
  }
}
