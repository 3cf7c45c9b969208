// A Worker that answers a webhook by setting a DNS record at Combell.
//
//   POST {"name": "shop.example.com", "type": "A", "content": "192.0.2.1"}
//
// It creates the record, or changes the one that is there. The same webhook may come twice: the second time
// nothing is changed. So the sender may try again whenever it gets no good answer.

import { HostwireError, InputError, RateLimitError, TimeoutError, ValidationError } from "hostwire/combell";
import { readBody } from "./body.js";
import { readRecord, setRecord } from "./record.js";
import { RefusedError } from "./refused.js";
import { isSigned } from "./signature.js";

/** What wrangler.jsonc and `wrangler secret put` give to the Worker. */
export interface Env {
  ZONE: string;
  TYPES: string;
  WEBHOOK_SECRET: string;
  COMBELL_API_KEY: string;
  COMBELL_API_SECRET: string;
  /** Another address in place of Combell's own, for trying it out. */
  COMBELL_BASE_URL?: string;
}

const NEEDED = ["ZONE", "TYPES", "WEBHOOK_SECRET", "COMBELL_API_KEY", "COMBELL_API_SECRET"] as const;

const answer = (status: number, body: { [name: string]: string }, headers?: HeadersInit): Response =>
  Response.json(body, { status, headers });

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      return await handle(request, env);
    } catch (error) {
      return failure(error);
    }
  },
};

async function handle(request: Request, env: Env): Promise<Response> {
  // A Worker that lacks its secret must let nobody in, so this comes before everything else.
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`not set: ${missing.join(", ")}`);

  if (request.method !== "POST") throw new RefusedError(405, "Only POST is answered.", { allow: "POST" });
  // The signature covers the body byte by byte, so the body is read before anything is known of the sender;
  // hence the limit on its size.
  const body = await readBody(request);
  if (!(await isSigned(request.headers, body, env.WEBHOOK_SECRET))) {
    throw new RefusedError(401, "The signature is wrong or too old.");
  }
  const result = await setRecord(readRecord(body, env), env);
  return answer(result === "created" ? 201 : 200, { result });
}

/**
 * What the sender is told. What Combell said goes to the Worker's log (`npx wrangler tail`), not to the sender,
 * who need not know how this Worker does its work.
 *
 * Most senders try again after a 5xx and give up after a 4xx, so it matters which of them it is.
 */
function failure(error: unknown): Response {
  if (error instanceof RefusedError) return answer(error.status, { error: error.message }, error.headers);

  // hostwire masks secrets in its messages, so they may be logged.
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);

  // The record itself is at fault: trying again would not help.
  if (error instanceof InputError || error instanceof ValidationError) {
    return answer(422, { error: "The DNS provider does not take this record." });
  }
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1000);
    return answer(503, { error: "Too much is going on. Try again later." }, { "retry-after": `${seconds}` });
  }
  if (error instanceof TimeoutError)
    return answer(504, { error: "The DNS provider did not answer in time." });
  // Combell is down or cannot be reached, or does not know this Worker's credentials or zone.
  if (error instanceof HostwireError) return answer(502, { error: "The DNS provider could not do it." });
  return answer(500, { error: "The webhook is not set up right." });
}
