/** A call by way of a proxy: the params go out as JSON, and the answer comes back with what the proxy tells of it. */
import type { Connection } from "./connection.js";
import type { CoreFault } from "./core.js";
import { InputError } from "./errors.js";
import { makeNonce } from "./nonce.js";
import { type Exchange, hasList } from "./operation.js";
import type { Received, WireRequest } from "./send.js";
import type { ProxyTarget } from "./types.js";
import { ID_HEADER, META_HEADER, type Meta, PROBLEM_TYPE, type Problem, RETRIES_HEADER } from "./wire.js";

/** The request to the proxy, which does not repeat it: that is done here, for both. */
export function proxiedRequest({ url, headers }: ProxyTarget, exchange: Exchange): WireRequest {
  const { connection, line, params } = exchange;
  const address = `${url.replace(/\/+$/, "")}/${connection.provider.name}/${line.name}`;
  const own = { "content-type": "application/json", [RETRIES_HEADER]: "0", [ID_HEADER]: makeNonce() };
  return {
    method: "POST",
    url: address,
    shownUrl: address,
    headers: { ...headers, ...own },
    body: params,
    way: 0,
  };
}

/** @throws {InputError} where the client has a proxy, which takes named operations and nothing else */
export function refuseProxied({ options, provider }: Connection): void {
  if (!options.proxy) return;
  const message = "takes named operations only";
  throw new InputError([{ path: "proxy", message }], { provider: provider.name });
}

/** The provider's answer as the proxy tells it. */
export interface Unwrapped {
  received: Received;
  meta: Meta;
  fault?: CoreFault;
}

/** Takes a proxy's answer apart; nothing where none has answered. */
export function unwrap({ line }: Exchange, received: Received): Unwrapped | undefined {
  const { status, data } = received;
  try {
    const meta: Meta = JSON.parse(received.headers.get(META_HEADER) ?? "");
    const headers = new Headers(received.headers);
    if (meta.total !== undefined) headers.set(line.paging?.[2] as string, `${meta.total}`);
    const answer = { ...received, status: meta.status ?? status, headers };
    if (status < 400) return hasList(line, data) ? { received: answer, meta } : undefined;
    const { type, detail, body, ...problem } = data as Problem & CoreFault;
    // Anything else could not be told; what is no list at all throws.
    const texts = [detail, ...(problem.issues ?? []).flatMap(({ path, message }) => [path, message])];
    if (texts.some((text) => typeof text !== "string")) return undefined;
    return {
      received: { ...answer, data: body, text: JSON.stringify(body ?? "") },
      meta,
      fault: { ...problem, kind: type.slice(PROBLEM_TYPE.length), message: detail },
    };
  } catch {
    return undefined;
  }
}
