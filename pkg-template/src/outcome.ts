/** What a call gives: data made of an answer, or an error. */
import { type CoreFault, readFault } from "./core.js";
import { environment } from "./environment.js";
import { answerError, type HostwireError, ResponseError } from "./errors.js";
import { askedWait, rateLimit } from "./limits.js";
import { readMasked } from "./mask.js";
import type { Exchange } from "./operation.js";
import type { Hint } from "./provider.js";
import { unwrap } from "./proxied.js";
import { Content, type Received, type WireRequest } from "./send.js";
import type { ResponseInfo } from "./types.js";

/** What a call gives. */
export class Outcome {
  readonly #respond: () => ResponseInfo;

  constructor(
    readonly data: unknown,
    /** The body as parsed, also where the result is made of something else. */
    readonly body: unknown,
    readonly status: number,
    readonly headers: Headers,
    respond: () => ResponseInfo,
  ) {
    this.#respond = respond;
  }

  /** Made where it is asked for, because reading headers takes long. */
  get response(): ResponseInfo {
    return this.#respond();
  }
}

/** Makes of an answer what it means. */
export function judgeAnswer(
  exchange: Exchange,
  request: WireRequest,
  arrived: Received,
  sent: number,
): Outcome | HostwireError {
  const { connection } = exchange;
  const { proxy } = connection.options;
  // Functions in here do not speak of `arrived`: one of them stays with the outcome, and the body's text would too.
  const arrivedStatus = arrived.status;
  const unusable = (message: string) =>
    new ResponseError(message, { ...exchange.details, status: arrivedStatus, attempts: sent });
  if (arrivedStatus === 0) return unusable(environment?.hiddenRedirect ?? "the answer is a redirect");
  const viaProxy = proxy && unwrap(exchange, arrived);
  if (proxy && !viaProxy) return unusable("no hostwire proxy is at proxy.url");
  const received = viaProxy?.received ?? arrived;
  // What the proxy had to send again by itself counts too.
  const attempts = sent - 1 + (viaProxy?.meta.attempts ?? 1);
  const { status, headers, content, data } = received;
  const verdict = viaProxy ? undefined : exchange.judge(received);
  const fault = viaProxy ? viaProxy.fault : readFault(verdict);
  if (fault) {
    const { kind = "ApiError", issues = [], message = worded(fault, status, exchange) } = fault;
    const masked = (text: string) => exchange.masked(text);
    return answerError(kind, message, {
      retryAfterMs: askedWait(headers, connection),
      ...fault,
      ...exchange.details,
      status,
      attempts,
      issues,
      body: maskedBody(received, masked),
      headers: maskedHeaders(headers, masked),
    });
  }
  let result = data;
  if (verdict) result = verdict === "@" ? readPlace(received, exchange) : undefined;
  else if (content !== Content.json && content !== Content.empty) result = fileAnswer(received);
  const url = request.shownUrl;
  const told = viaProxy?.meta.rateLimit;
  return new Outcome(result, data, status, headers, () => ({
    status,
    headers,
    url,
    attempts,
    rateLimit: told ?? rateLimit(headers, connection),
  }));
}

/** What an error says: who answered what, in whose words, and what to do about it. */
function worded(fault: CoreFault, status: number, exchange: Exchange) {
  const { kind = "", told = "", code = "", quote = "" } = fault;
  const { connection, line } = exchange;
  const { title } = connection.provider;
  const [quoted = ""] = /^.{0,500}/su.exec(told.slice(0, 1000).replace(/\.+$/, "")) ?? [];
  const words = `${quoted && `: ${quoted}`}${quote && `: ${quote}`}`;
  const hint = hintFor(kind, `${told} ${code}`, connection.provider.hints);
  return `${title} answered ${status} to ${line.name}${words}${code && ` (${code})`}${hint && `. ${hint}`}`;
}

/** What to do about an error: what is known for these very words, or for errors of its class. */
function hintFor(kind: string, told: string, hints: readonly Hint[] = []): string {
  const said = told.toLowerCase();
  const fits = ({ words }: Hint) => !words || words.some((word) => said.includes(word.toLowerCase()));
  return hints.find((hint) => hint.kind === kind && fits(hint))?.hint ?? "";
}

/**
 * Where something is: the last part of its path as it is passed in, not percent-encoded; under the name that the
 * operation which follows a job gives it.
 */
function readPlace({ status, headers }: Received, { connection, line }: Exchange): Record<string, string> {
  const location = headers.get("location") ?? "";
  const [path = ""] = location.split(/[?#]/, 1);
  const id = path.split("/").findLast((part) => part) ?? "";
  const job = status < 300 && line.job ? connection.provider.head.jobs[line.job] : undefined;
  return { location, [job?.id ?? "id"]: decoded(id) ?? id };
}

const LONGEST_QUOTE = 2000;

/** An error's body: what the provider sent, should it hold a secret that it was sent, without it. */
function maskedBody({ content, text, data }: Received, masked: (text: string) => string): unknown {
  const safe = masked(text);
  const quoted = safe.slice(0, LONGEST_QUOTE);
  return content === Content.json ? readMasked(text, safe, data, quoted) : quoted || undefined;
}

function maskedHeaders(headers: Headers, masked: (text: string) => string): Headers {
  const safe = new Headers();
  headers.forEach((value, name) => {
    if (!name.startsWith("set-cookie")) safe.append(name, masked(value).replace(/[^\t\x20-\xff]/g, ""));
  });
  return safe;
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
