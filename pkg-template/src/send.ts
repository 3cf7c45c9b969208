/** One attempt: the request goes out and the whole answer comes in, in time, or not. */

import { environment } from "./environment.js";
import { ConnectionError, TimeoutError } from "./errors.js";
import type { Exchange } from "./operation.js";
import type { ProviderData } from "./provider.js";

/** A request as the core writes it. */
export interface WireRequest {
  method: string;
  url: string;
  /** The address with secret values masked. */
  shownUrl: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Which of two ways to authenticate it takes, 0 where there is only one. */
  way: number;
}

/** What a body turned out to be; the numbers are the core's. */
export enum Content {
  empty,
  json,
  brokenJson,
  html,
  text,
  file,
  noList,
}

/** An answer, read to its end. */
export interface Received {
  status: number;
  headers: Headers;
  content: Content;
  /** The body where it is text, as it came. */
  text: string;
  /** What JSON held. */
  data: unknown;
  bytes: Uint8Array | undefined;
}

/** The request that the core wrote as one text: see Request::write in src/request.rs. */
export function readRequest(text: string, baseUrl: string): WireRequest {
  const end = text.indexOf("\n\n", text.indexOf("\n", text.indexOf("\n") + 1) + 1);
  const [method = "", path = "", shownPath, ...lines] = (end < 0 ? text : text.slice(0, end)).split("\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(": ");
    headers[line.slice(0, colon)] = line.slice(colon + 2);
  }
  const body = end < 0 ? undefined : text.slice(end + 2);
  return { method, url: baseUrl + path, shownUrl: baseUrl + (shownPath || path), headers, body, way: 0 };
}

/**
 * @throws the signal's reason, where it aborts
 * @throws {TimeoutError} where the whole answer is not there in time
 * @throws {ConnectionError} where it breaks off or never begins
 */
export function send(request: WireRequest, exchange: Exchange): Promise<Received> {
  const { timeoutMs, options } = exchange;
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    // Settled from here, so that a fetch that does not heed its signal cannot hold up the call.
    const giveUp = (reason: unknown) => {
      reject(reason);
      controller.abort(reason);
      settle();
    };
    const onAbort = () => giveUp(signal?.reason);
    const timer = setTimeout(() => {
      giveUp(new TimeoutError(`no answer within ${timeoutMs} ms`, { ...exchange.details, timeoutMs }));
    }, timeoutMs);
    signal?.addEventListener("abort", onAbort);
    receive(request, exchange, controller.signal).then(
      (received) => {
        resolve(received);
        settle();
      },
      (cause) => {
        reject(cause instanceof ConnectionError ? cause : new ConnectionError("", { cause }));
        settle();
      },
    );
  });
}

async function receive(
  { method, url, headers: sent, body }: WireRequest,
  { connection, line }: Exchange,
  signal: AbortSignal,
): Promise<Received> {
  const { provider, options } = connection;
  const init: RequestInit = { method, headers: sent, signal, redirect: "manual" };
  if (body !== undefined) init.body = body;
  environment?.adapt?.(init, line.isOnce);
  // Called without a receiver: as a method it is an illegal invocation in Workers and browsers.
  const fetch = options.fetch ?? globalThis.fetch;
  const response = await fetch(url, init);
  const { status, headers } = response;
  if (!line.isFile || !response.ok) return readText(status, headers, await response.text(), provider);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = headers.get("content-type");
  if (isJson(type) || isHtml(type)) {
    // An error in place of the file, unless it only says that it is JSON.
    const read = readText(status, headers, new TextDecoder().decode(bytes), provider);
    const inside = provider.findFile?.(read.data);
    if (inside) return fileOf(status, inside.headers, inside.bytes);
    if (read.content !== Content.brokenJson) return { ...read, bytes };
  }
  return fileOf(status, headers, bytes);
}

const fileOf = (status: number, headers: Headers, bytes: Uint8Array): Received => ({
  status,
  headers,
  text: "",
  content: bytes.length > 0 ? Content.file : Content.empty,
  data: undefined,
  bytes,
});

const isJson = (type: string | null) => type !== null && /[/+]json\b/i.test(type);
const isHtml = (type: string | null) => type !== null && /\bhtml\b/i.test(type);

/** Reads a text for what it is, whatever it says that it is. */
function readText(status: number, headers: Headers, text: string, { repairJson }: ProviderData): Received {
  const read: Received = { status, headers, text, content: Content.empty, data: undefined, bytes: undefined };
  if (text === "") return read;
  const type = headers.get("content-type");
  const saysJson = isJson(type);
  // An object or a list is no text that somebody wrote: it is JSON, by whatever media type it goes.
  const looksLikeJson = /^\s*[[{]/.test(text);
  if (saysJson || type === null || looksLikeJson) {
    try {
      read.data = (repairJson ?? JSON.parse)(text);
      read.content = Content.json;
      return read;
    } catch {
      if (/^\s*</.test(text)) read.content = Content.html;
      else if (!looksLikeJson || saysJson) read.content = Content.brokenJson;
    }
  }
  if (read.content === Content.empty) read.content = isHtml(type) ? Content.html : Content.text;
  return read;
}
