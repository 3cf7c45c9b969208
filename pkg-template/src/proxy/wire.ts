/** What a proxy says to those who call it, beside data: src/call/proxied.rs has the other side of it. */
import type { Issue } from "../errors.js";
import type { RateLimit } from "../types.js";

/** Comes with every answer that a provider has part in: a {@link Meta} as JSON. */
export const META_HEADER = "hostwire-response";

/** Goes with a request whose caller repeats it by itself: how often the proxy may, at most. */
export const RETRIES_HEADER = "hostwire-retries";

/** Goes with a request that must not be carried out twice: text that no other request has. */
export const ID_HEADER = "hostwire-request-id";

/** `type` of a problem is this and the name of an error's class. */
export const PROBLEM_TYPE = "urn:hostwire:";

/** What is known of the provider's answer. */
export interface Meta {
  /** The provider's HTTP status. */
  status?: number;
  attempts?: number;
  rateLimit?: RateLimit;
  /** How many items a list has, where the provider tells it in a header. */
  total?: number;
}

/** A failure, as RFC 9457 has it. */
export interface Problem {
  type: string;
  title: string;
  /** HTTP status of the proxy's answer. */
  status: number;
  detail: string;
  code?: string;
  issues?: Issue[];
  retryAfterMs?: number;
  timeoutMs?: number;
  provider?: string;
  operation?: string;
  /** The provider's answer, with nothing secret in it. */
  body?: unknown;
}
