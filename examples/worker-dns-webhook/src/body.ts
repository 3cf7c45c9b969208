import { RefusedError } from "./refused.js";

/** A webhook for one record is far smaller. */
const LIMIT_BYTES = 4096;

/**
 * The bytes of the body, read no further than the limit: Content-Length may be missing, or wrong.
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Uint8Array(LIMIT_BYTES);
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk?.value) return body.slice(0, length);
    if (length + chunk.value.length > LIMIT_BYTES) {
      await reader?.cancel();
      throw new RefusedError(413, `A body may have ${LIMIT_BYTES} bytes.`);
    }
    body.set(chunk.value, length);
    length += chunk.value.length;
  }
}
