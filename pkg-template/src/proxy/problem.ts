/** Failures as RFC 9457 has them. */
import {
  ApiError,
  ConnectionError,
  type HostwireError,
  InputError,
  NotAllowedError,
  RateLimitError,
  ResponseError,
  TimeoutError,
  ValidationError,
} from "../runtime.js";
import type { Denied } from "./denied.js";
import { META_HEADER, type Meta, PROBLEM_TYPE, type Problem } from "./wire.js";

/** A failure, ready to be sent. */
export interface Failure {
  problem: Problem;
  meta: Meta;
  headers: Record<string, string>;
  attempts: number;
}

/** Which class a client makes of a refusal. */
const DENIALS: Readonly<Record<number, [kind: string, title: string]>> = {
  400: ["ValidationError", "The request is not valid"],
  401: ["AuthenticationError", "The proxy does not know who is calling"],
  403: ["PermissionError", "The proxy does not allow this"],
  404: ["NotFoundError", "There is no such operation"],
  409: ["ConflictError", "The request has arrived before"],
  413: ["ApiError", "The body is too large"],
  429: ["RateLimitError", "Too many calls"],
};

/** What the proxy refuses by itself. */
export function denialProblem(denied: Denied, known: { provider?: string; operation?: string }): Failure {
  const { status, code, message, more } = denied;
  const [kind, title] = DENIALS[status] ?? [
    status >= 500 ? "ServerError" : "ApiError",
    "The request is refused",
  ];
  const { path, retryAfterMs } = more;
  return {
    problem: {
      type: PROBLEM_TYPE + kind,
      title,
      status,
      detail: message,
      code: `proxy_${code}`,
      ...(path !== undefined && { issues: [{ path, message: "is not allowed to be this" }] }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...known,
    },
    meta: {},
    headers: { ...retryHeader(retryAfterMs), ...more.headers },
    attempts: 0,
  };
}

/** What came of a call; `safe` takes secrets out of what the provider said. */
export function errorProblem(error: HostwireError, safe: (data: unknown) => unknown): Failure {
  const { provider, operation, message } = error;
  const problem: Problem = {
    type: PROBLEM_TYPE + error.name,
    title: titleOf(error),
    status: statusOf(error),
    // Why it could not be reached may name addresses of the proxy's own network.
    detail:
      error instanceof ConnectionError
        ? `${provider} could not be reached for ${operation}`
        : String(safe(message)),
    ...(provider !== undefined && { provider }),
    ...(operation !== undefined && { operation }),
  };
  const meta: Meta = {};
  if (error instanceof InputError || error instanceof ValidationError) {
    problem.issues = safe(error.issues) as typeof error.issues;
  }
  if (error instanceof ApiError) {
    if (error.code !== undefined) problem.code = String(safe(error.code));
    if (error.body !== undefined) problem.body = safe(error.body);
  }
  if (error instanceof ApiError || error instanceof ResponseError) meta.status = error.status;
  const retryAfterMs = askedWait(error);
  if (retryAfterMs !== undefined) problem.retryAfterMs = retryAfterMs;
  if (error instanceof TimeoutError) problem.timeoutMs = error.timeoutMs;
  const { attempts = 0 } = error as { attempts?: number };
  if (attempts > 0) meta.attempts = attempts;
  return { problem, meta, headers: retryHeader(retryAfterMs), attempts };
}

/** A fault of the proxy itself, of which the caller learns no more than that. */
export const faultProblem = (known: { provider?: string; operation?: string }): Failure => ({
  problem: {
    type: `${PROBLEM_TYPE}HostwireError`,
    title: "The proxy failed",
    status: 500,
    detail: "The proxy failed on this call; its operator can see why.",
    code: "proxy_failed",
    ...known,
  },
  meta: {},
  headers: {},
  attempts: 0,
});

/** The answer that tells a failure. */
export function problemResponse({ problem, meta, headers }: Failure): Response {
  const own = { "content-type": "application/problem+json", [META_HEADER]: JSON.stringify(meta) };
  return new Response(JSON.stringify(problem), { status: problem.status, headers: { ...headers, ...own } });
}

const retryHeader = (ms: number | undefined): Record<string, string> =>
  ms === undefined ? {} : { "retry-after": String(Math.ceil(ms / 1000)) };

/** How long the provider asks to wait, in milliseconds: with a 429, and with others that have the header. */
function askedWait(error: HostwireError): number | undefined {
  if (error instanceof RateLimitError && error.retryAfterMs !== undefined) return error.retryAfterMs;
  const asked = error instanceof ApiError ? error.headers.get("retry-after") : null;
  if (!asked) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/**
 * The proxy's own status. A provider that does not know the proxy's credentials is the proxy's failure, not the
 * caller's: 401 would have the caller renew its own.
 */
function statusOf(error: HostwireError): number {
  if (error instanceof InputError) return 400;
  if (error instanceof NotAllowedError) return 403;
  if (error instanceof TimeoutError) return 504;
  if (error instanceof ConnectionError || error instanceof ResponseError) return 502;
  if (!(error instanceof ApiError)) return 500;
  const { status } = error;
  return status >= 400 && status <= 599 && status !== 401 && status !== 407 ? status : 502;
}

function titleOf(error: HostwireError): string {
  if (error instanceof InputError) return "The params are not valid";
  if (error instanceof NotAllowedError) return "The proxy's client does not allow this";
  if (error instanceof TimeoutError) return "The provider gave no answer in time";
  if (error instanceof ConnectionError) return "The provider could not be reached";
  if (error instanceof ResponseError) return "The provider's answer is not what it promises";
  return error instanceof ApiError ? "The provider said no" : "The call failed";
}
