/** What the proxy refuses by itself, before any provider is called. */

/** Why something is refused, for programs. */
export type DenialCode =
  | "no_such_operation"
  | "method"
  | "origin"
  | "unauthorized"
  | "authorize_failed"
  | "rate"
  | "concurrency"
  | "limits_failed"
  | "not_allowed"
  | "rules_failed"
  | "content_type"
  | "body"
  | "body_too_large"
  | "body_too_slow"
  | "params"
  | "secret_answer"
  | "request_id"
  | "repeated";

export class Denied extends Error {
  constructor(
    readonly status: number,
    readonly code: DenialCode,
    /** For the caller: nothing of what the rules are, or who else there is. */
    message: string,
    readonly more: { headers?: Record<string, string>; retryAfterMs?: number; path?: string } = {},
  ) {
    super(message);
  }
}
