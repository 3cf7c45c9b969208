/** A call from its first attempt to its result: send, judge, and try again where that is right. */
import { type Core, inCore, loadCore, presentCore, readFault } from "./core.js";
import {
  AuthenticationError,
  answerError,
  ConnectionError,
  type ErrorDetails,
  HostwireError,
  InputError,
  NotAllowedError,
  ResponseError,
  TimeoutError,
} from "./errors.js";
import type { GlueClient } from "./glue.js";
import { askedWait, rateLimit } from "./limits.js";
import { makeNonce } from "./nonce.js";
import type { Exchange } from "./operation.js";
import { valueAt } from "./pointer.js";
import { Content, type Received, readRequest, send, type WireRequest } from "./send.js";
import { sleep } from "./sleep.js";
import type { RequestEvent, ResponseInfo } from "./types.js";

/** What a call gives. */
export interface Outcome {
  data: unknown;
  response: ResponseInfo;
  /** The body as parsed, also where the result is made of something else. */
  body: unknown;
}

/** Runs a call to its end. One that the client makes by itself, for a token, needs nobody's leave. */
export async function runExchange(exchange: Exchange, isOwn = false): Promise<Outcome> {
  const { connection, options, line } = exchange;
  const operation = line.name;
  const details: ErrorDetails = { provider: connection.provider.name, operation };
  const { allow, fetch, onRequest, onResponse, onRetry } = connection.options;
  if (allow && !isOwn && !allow.includes(line.effect)) {
    const message = `${operation} has the effect ${line.effect}, which this client does not allow`;
    throw new NotAllowedError(message, details);
  }
  options.signal?.throwIfAborted();
  const core = presentCore() ?? (await loadCore());
  const client = inCore(core, () => connection.client(core));
  const timeoutMs = options.timeoutMs ?? connection.options.timeoutMs ?? 30_000;
  const maxRetries = options.maxRetries ?? connection.options.maxRetries ?? 2;
  const { isFile } = line;
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
    connection.observe(onRequest, event);
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
        details: detailed,
        provider,
      });
    } catch (thrown) {
      // Whatever the reason is, an error of this package included, it is handed on.
      if (options.signal?.aborted) throw options.signal.reason;
      if (!(thrown instanceof ConnectionError || thrown instanceof TimeoutError)) throw thrown;
      failure = withoutSecrets(exchange, core, client, thrown);
    }
    if (received) {
      const { status } = received;
      connection.observe(onResponse, { ...event, status, durationMs: connection.now() - started });
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
          connection.observe(onRetry, { ...event, delayMs: 0, reason: outcome.name, status });
          continue;
        }
      }
    }
    const asked = received && askedWait(received.headers, connection);
    const status = received?.status ?? 0;
    const delay =
      failure instanceof ResponseError
        ? -1
        : exchange.retryDelay(core, status, retries + 1, maxRetries, asked);
    if (delay < 0) throw failure;
    retries++;
    // The preferred way comes first again: it is that one now, or both were refused.
    way = 0;
    const reason = (failure as Error).name;
    connection.observe(onRetry, { ...event, delayMs: delay, reason, ...(received && { status }) });
    await sleep(delay, options.signal);
  }
}

/** Has the core use a token, where the provider wants one that the client gets by itself. */
export async function authenticate(
  exchange: Exchange,
  core: Core,
  client: GlueClient,
  way: number,
  details: ErrorDetails,
): Promise<string | undefined> {
  const { tokens } = exchange.connection;
  if (!tokens || exchange.line.anonymous) return undefined;
  let token = tokens.present();
  if (!token) {
    // Wrong input is told before anything is sent, the login too.
    writeRequest(exchange, core, client, way, details);
    exchange.options.signal?.throwIfAborted();
    token = await tokens.get(exchange.options.signal);
  }
  exchange.sendToken(core, client, token);
  return token;
}

/** The request as it is sent now, and which of two ways to authenticate it takes, 0 where there is only one. */
export function writeRequest(
  exchange: Exchange,
  core: Core,
  client: GlueClient,
  way: number,
  details: ErrorDetails,
): { request: WireRequest; taken: number } {
  const { connection, options } = exchange;
  const seconds = Math.floor(connection.now() / 1000);
  if (!Number.isSafeInteger(seconds))
    throw new InputError([{ path: "now", message: "must give milliseconds" }], details);
  const text = inCore(core, () => exchange.write(core, client, String(seconds), makeNonce(), way));
  const fault = readFault(text);
  if (fault) throw new InputError((fault.issues ?? []).map(exchange.named), details);
  const request = readRequest(text.slice(1));
  // The core's headers win: they are what the request is signed and read by.
  if (connection.options.headers || options.headers) {
    request.headers = mergeHeaders(connection.options.headers, options.headers, request.headers);
  }
  return { request, taken: Number(text[0]) };
}

/** Later ones win, whatever the case of their names. */
function mergeHeaders(...sets: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const set of sets) {
    for (const [name, value] of Object.entries(set ?? {})) merged[name.toLowerCase()] = value;
  }
  return merged;
}

function judgeAnswer(
  exchange: Exchange,
  core: Core,
  client: GlueClient,
  request: WireRequest,
  received: Received,
  attempts: number,
  details: ErrorDetails,
): Outcome | HostwireError {
  const { connection } = exchange;
  const { status, headers, content, data } = received;
  if (status === 0) {
    const message =
      "the answer is a redirect, which browsers do not let a program see: make this call from a server or an extension";
    return new ResponseError(message, { ...details, status, attempts });
  }
  const verdict = exchange.judge(core, client, received);
  const fault = readFault(verdict);
  if (fault) {
    const { kind = "ApiError", code, issues = [], message = "" } = fault;
    const masked = (text: string) => exchange.masked(core, client, text);
    return answerError(kind, message, {
      ...details,
      status,
      code,
      attempts,
      issues,
      body: maskedBody(received, masked),
      headers: maskedHeaders(headers, masked),
      retryAfterMs: askedWait(headers, connection),
    });
  }
  const response: ResponseInfo = {
    status,
    headers,
    url: request.shownUrl,
    attempts,
    rateLimit: rateLimit(headers, connection),
  };
  if (verdict !== undefined) {
    return { data: readPlace(verdict), response, body: data };
  }
  if (content === Content.json) return { data, response, body: data };
  return { data: fileAnswer(received), response, body: undefined };
}

/** Where something is, its id as it is passed in: not percent-encoded. Nothing for no text. */
function readPlace(verdict: string): Record<string, string> | undefined {
  if (verdict === "") return undefined;
  const place: Record<string, string> = JSON.parse(verdict);
  for (const [name, value] of Object.entries(place)) {
    if (name !== "location") place[name] = decoded(value) ?? value;
  }
  return place;
}

const LONGEST_QUOTE = 2000;

/** An error's body: what the provider sent, should it hold a secret that it was sent, without it. */
function maskedBody({ content, text, data }: Received, masked: (text: string) => string): unknown {
  const safe = masked(text);
  if (content !== Content.json) return safe.slice(0, LONGEST_QUOTE) || undefined;
  if (safe === text) return data;
  try {
    return JSON.parse(safe);
  } catch {
    // A secret was a part of a number: what is left is no JSON.
    return safe.slice(0, LONGEST_QUOTE);
  }
}

function maskedHeaders(headers: Headers, masked: (text: string) => string): Headers {
  const safe = new Headers();
  headers.forEach((value, name) => {
    if (!name.startsWith("set-cookie")) safe.append(name, masked(value).replace(/[^\t\x20-\xff]/g, ""));
  });
  return safe;
}

/** The same failure, told without secrets: some runtimes name the whole address in theirs. */
function withoutSecrets(
  exchange: Exchange,
  core: Core,
  client: GlueClient,
  failure: ConnectionError | TimeoutError,
): HostwireError {
  const { provider, operation, attempts } = failure;
  const details = { provider, operation, attempts } as ErrorDetails & { attempts: number };
  const title = provider ?? "the provider";
  if (failure instanceof TimeoutError) {
    const message = `${title} gave no whole answer to ${operation} within ${failure.timeoutMs} ms`;
    return new TimeoutError(message, { ...details, timeoutMs: failure.timeoutMs });
  }
  const cause = plainCause(failure.cause, (text) => exchange.masked(core, client, text));
  let deepest = cause;
  while (deepest.cause instanceof Error) deepest = deepest.cause;
  const why = deepest.message || "the connection failed";
  return new ConnectionError(`${title} could not be reached for ${operation}: ${why}`, { ...details, cause });
}

/** A copy of an error with what is known to be harmless in it: some hold the whole request. */
function plainCause(cause: unknown, masked: (text: string) => string, depth = 0): Error & { code?: string } {
  if (!(cause instanceof Error)) return new Error(masked(String(cause)));
  const { code, errors } = cause as { code?: unknown; errors?: unknown };
  const [first] = Array.isArray(errors) ? errors : [];
  const inner = cause.cause ?? first;
  const copy = new Error(
    masked(cause.message),
    inner === undefined || depth > 4 ? undefined : { cause: plainCause(inner, masked, depth + 1) },
  );
  copy.name = masked(cause.name);
  copy.stack = masked(cause.stack ?? "");
  return typeof code === "string" ? Object.assign(copy, { code: masked(code) }) : copy;
}

function fileAnswer({ bytes, text, headers }: Received) {
  const disposition = headers.get("content-disposition") ?? "";
  const encoded = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
  const filename = (encoded && decoded(encoded)) ?? plain?.[1]?.replace(/\\(.)/g, "$1") ?? plain?.[2];
  return {
    bytes: bytes ?? new TextEncoder().encode(text),
    contentType: headers.get("content-type") ?? "application/octet-stream",
    ...(filename && { filename }),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}
