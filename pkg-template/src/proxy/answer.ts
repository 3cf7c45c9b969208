/** The answer that tells what a call gave. */
import type { ResponseInfo } from "../types.js";
import { META_HEADER, type Meta } from "./wire.js";

/**
 * @param data what of the call's data the caller may see
 * @param total how many items its list has, where that is not in the data
 */
export function answerOf(data: unknown, response: ResponseInfo, total: number | undefined): Response {
  const headers = new Headers({ [META_HEADER]: JSON.stringify(metaOf(response, total)) });
  if (data === undefined) return new Response(null, { status: 204, headers });
  if (isFile(data)) {
    headers.set("content-type", data.contentType);
    // A provider's file is nothing to be run in the proxy's origin, whatever it says that it is.
    headers.set("content-disposition", disposition(data.filename));
    headers.set("content-security-policy", "sandbox; default-src 'none'");
    return new Response(data.bytes, { headers });
  }
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(data), { headers });
}

function metaOf({ status, attempts, rateLimit }: ResponseInfo, total: number | undefined): Meta {
  return {
    status,
    attempts,
    ...(Object.keys(rateLimit).length > 0 && { rateLimit }),
    ...(total !== undefined && { total }),
  };
}

interface File {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  filename?: string;
}

const isFile = (data: unknown): data is File =>
  typeof data === "object" && data !== null && "bytes" in data && data.bytes instanceof Uint8Array;

/** What is not plain ASCII in a name is percent-encoded (RFC 8187). */
const disposition = (filename: string | undefined): string =>
  filename === undefined
    ? "attachment"
    : `attachment; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
