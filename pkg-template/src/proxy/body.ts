/** The body of a request, read no further and waited for no longer than the limits say. */
import { Denied } from "./denied.js";

export interface BodyLimits {
  bodyBytes: number;
  bodyTimeoutMs: number;
}

/** @throws {Denied} where it is no JSON by its type, too large, too slow, or not UTF-8 */
export async function readBody(request: Request, { bodyBytes, bodyTimeoutMs }: BodyLimits): Promise<string> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new Denied(415, "content_type", "The content type has to be application/json.");
  }
  if (request.headers.get("content-encoding")) {
    throw new Denied(415, "content_type", "The body must not be compressed.");
  }
  const tooLarge = () => new Denied(413, "body_too_large", `A body may have at most ${bodyBytes} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytes) throw tooLarge();
  const reader = request.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `The body was not there within ${bodyTimeoutMs} ms.`;
    timer = setTimeout(() => reject(new Denied(408, "body_too_slow", message)), bodyTimeoutMs);
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      length += value.length;
      if (length > bodyBytes) throw tooLarge();
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof Denied ? error : new Denied(400, "body", "The body broke off.");
  } finally {
    clearTimeout(timer);
  }
  return decode(chunks, length);
}

function decode(chunks: Uint8Array[], length: number): string {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Denied(400, "body", "The body is not UTF-8.");
  }
}
