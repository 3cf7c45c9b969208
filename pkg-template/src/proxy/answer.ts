/** The answer that tells what a call gave. */
import type { Connection, OperationLine, Outcome } from "../runtime.js";
import { META_HEADER, type Meta } from "../wire.js";

/** @param data what of the outcome's data the caller may see */
export function answerOf(
  outcome: Outcome,
  data: unknown,
  line: OperationLine,
  connection: Connection,
): Response {
  const headers = new Headers({ [META_HEADER]: JSON.stringify(metaOf(outcome, line, connection)) });
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

function metaOf({ response, body }: Outcome, line: OperationLine, connection: Connection): Meta {
  const { status, attempts, rateLimit } = response;
  const where = line.paging?.[2];
  const total = where && !where.startsWith("/") ? response.headers.get(where) : null;
  return {
    status,
    attempts,
    ...(connection.provider.head.rateLimit && { rateLimit }),
    ...(body !== undefined && total && /^\d+$/.test(total) && { total: Number(total) }),
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
