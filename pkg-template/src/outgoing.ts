/** What a call sends: the request, and what proves who is calling. */
import { type Core, inCore, readFault } from "./core.js";
import { type ErrorDetails, InputError } from "./errors.js";
import type { GlueClient } from "./glue.js";
import { makeNonce } from "./nonce.js";
import type { Exchange } from "./operation.js";
import { proxiedRequest } from "./proxied.js";
import { readRequest, type WireRequest } from "./send.js";

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
  const { proxy } = connection.options;
  const request = proxy ? proxiedRequest(proxy, exchange) : readRequest(text.slice(1), connection.baseUrl);
  // The core's headers win: they are what the request is signed and read by.
  if (connection.options.headers || options.headers) {
    request.headers = mergeHeaders(connection.options.headers, options.headers, request.headers);
  }
  return { request, taken: proxy ? 0 : Number(text[0]) };
}

/** Later ones win, whatever the case of their names. */
function mergeHeaders(...sets: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const set of sets) {
    for (const [name, value] of Object.entries(set ?? {})) merged[name.toLowerCase()] = value;
  }
  return merged;
}
