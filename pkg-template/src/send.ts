/** One attempt: the request goes out and the whole answer comes in, in time, or not. */

import { environment } from "./environment.js";
import { ConnectionError, type ErrorDetails, TimeoutError } from "./errors.js";
import type { ProviderData } from "./provider.js";

/** A request as the core writes it. */
export interface WireRequest {
  method: string;
  url: string;
  /** The address with secret values masked. */
  shownUrl: string;
  headers: Record<string, string>;
  body: string | undefined;
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

export interface SendOptions {
  fetch: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  /** Whether a success is a file. */
  isFile: boolean;
  /** Whether sending it twice is not the same as sending it once. */
  isOnce: boolean;
  /** How the provider's JSON is to be read. */
  provider: Pick<ProviderData, "anyMediaType" | "repairJson" | "findFile">;
  details: ErrorDetails & { attempts: number };
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
  return { method, url: baseUrl + path, shownUrl: baseUrl + (shownPath || path), headers, body };
}

/**
 * @throws the signal's reason, where it aborts
 * @throws {TimeoutError} where the whole answer is not there in time
 * @throws {ConnectionError} where it breaks off or never begins
 */
export function send(request: WireRequest, options: SendOptions): Promise<Received> {
  const { signal, timeoutMs, details } = options;
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    // Settled from here, so that a fetch that does not heed its signal cannot hold up the call.
    const onAbort = () => {
      reject(signal?.reason);
      controller.abort(signal?.reason);
      settle();
    };
    const timer = setTimeout(() => {
      const error = new TimeoutError(`no answer within ${timeoutMs} ms`, { ...details, timeoutMs });
      reject(error);
      controller.abort(error);
      settle();
    }, timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    signal?.addEventListener("abort", onAbort);
    receive(request, options, controller.signal).then(
      (received) => {
        resolve(received);
        settle();
      },
      (cause) => {
        reject(cause instanceof ConnectionError ? cause : new ConnectionError("", { ...details, cause }));
        settle();
      },
    );
  });
}

async function receive(request: WireRequest, options: SendOptions, signal: AbortSignal): Promise<Received> {
  const { fetch: given } = options;
  const { method, url, headers, body } = request;
  const init: RequestInit = { method, headers, signal, redirect: "manual" };
  if (body !== undefined) init.body = body;
  environment()?.adapt?.(init, options.isOnce);
  // Called without a receiver: as a method it is an illegal invocation in Workers and browsers.
  const response = await (given ? given(url, init) : globalThis.fetch(url, init));
  if (response?.type === "opaqueredirect") return { ...BLANK, status: 0, headers: response.headers };
  return options.isFile && response.ok ? readFile(response, options) : readText(response, options);
}

/** What there is of an answer where there is nothing of it. */
const BLANK = { content: Content.empty, text: "", data: undefined, bytes: undefined };

async function readText(response: Response, { provider }: SendOptions): Promise<Received> {
  const { status, headers } = response;
  const text = await response.text();
  return { ...BLANK, status, headers, text, ...judgeText(text, headers.get("content-type"), provider) };
}

async function readFile(response: Response, { provider }: SendOptions): Promise<Received> {
  const { status, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = headers.get("content-type");
  if (isJson(type) || isHtml(type)) {
    // An error in place of the file, unless it only says that it is JSON.
    const text = new TextDecoder().decode(bytes);
    const judged = judgeText(text, type, provider);
    const inside = provider.findFile?.(judged.data);
    if (inside) return { ...BLANK, status, ...inside, content: Content.file };
    if (judged.content !== Content.brokenJson) return { status, headers, text, bytes, ...judged };
  }
  return { ...BLANK, status, headers, bytes, content: bytes.length > 0 ? Content.file : Content.empty };
}

const isJson = (type: string | null) => type !== null && /[/+]json\b/i.test(type);
const isHtml = (type: string | null) => type !== null && /\bhtml\b/i.test(type);

function judgeText(
  text: string,
  type: string | null,
  provider: SendOptions["provider"],
): { content: Content; data: unknown } {
  if (text === "") return { content: Content.empty, data: undefined };
  const looksLikeJson = provider.anyMediaType && /^\s*[[{]/.test(text);
  if (isJson(type) || type === null || looksLikeJson) {
    try {
      return { content: Content.json, data: (provider.repairJson ?? JSON.parse)(text) };
    } catch {
      if (/^\s*</.test(text)) return { content: Content.html, data: undefined };
      if (!looksLikeJson || isJson(type)) return { content: Content.brokenJson, data: undefined };
    }
  }
  return { content: isHtml(type) ? Content.html : Content.text, data: undefined };
}
