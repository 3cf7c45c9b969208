/** What a call sends: the request, and what proves who is calling. */
import { readFault } from "./core.js";
import { InputError } from "./errors.js";
import { makeNonce } from "./nonce.js";
import type { Exchange } from "./operation.js";
import { proxiedRequest } from "./proxied.js";
import { readRequest, type WireRequest } from "./send.js";
import type { TokenKeeper } from "./token.js";

/** Has the core use a token. */
export async function authenticate(exchange: Exchange, tokens: TokenKeeper, way: number): Promise<string> {
  let token = tokens.present();
  if (!token) {
    const { signal } = exchange.options;
    // Wrong input is told before anything is sent, the login too.
    writeRequest(exchange, way);
    signal?.throwIfAborted();
    token = await tokens.get(signal);
  }
  exchange.sendToken(token);
  return token;
}

/** The request as it is sent now. */
export function writeRequest(exchange: Exchange, way: number): WireRequest {
  const { connection, options } = exchange;
  const seconds = Math.floor(connection.now() / 1000);
  if (!Number.isSafeInteger(seconds))
    throw new InputError([{ path: "now", message: "must give milliseconds" }], exchange.details);
  const text = exchange.write(String(seconds), makeNonce(), way);
  const fault = readFault(text);
  if (fault) {
    const issues = fault.issues ?? [];
    throw new InputError(
      issues.map((issue) => exchange.named(issue)),
      exchange.details,
    );
  }
  const { proxy, headers } = connection.options;
  const request = proxy ? proxiedRequest(proxy, exchange) : readRequest(text.slice(1), connection.baseUrl);
  if (!proxy) request.way = Number(text[0]);
  // The core's headers win: they are what the request is signed and read by.
  if (headers || options.headers) request.headers = mergeHeaders(headers, options.headers, request.headers);
  return request;
}

/** Later ones win, whatever the case of their names. */
function mergeHeaders(...sets: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const set of sets) {
    for (const [name, value] of Object.entries(set ?? {})) merged[name.toLowerCase()] = value;
  }
  return merged;
}
