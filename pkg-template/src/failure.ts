/** Errors made of what Rust says of a failure (src/failure.rs), or the proxy. */
import * as errors from "./errors.js";
import { type Cause, errorOfCauses } from "./platform/cause.js";
import { nearest } from "./suggest.js";

/** A fault of the input, with the name that was given in place of a known one. */
interface IssueData extends errors.Issue {
  mistaken?: { given: string; known: string[] };
}

/** `Failure` in src/failure.rs. */
export interface FailureData {
  kind: string;
  message: string;
  provider: string;
  operation: string;
  issues: IssueData[];
  status?: number;
  code?: string;
  body?: { type: "json" | "text"; text: string };
  headers: [name: string, value: string][];
  attempts: number;
  retryAfterMs?: number;
  timeoutMs?: number;
  state?: string;
  /** JSON of the params that name a job. */
  job?: string;
  causes: Cause[];
}

/** The error that a failure is to callers. */
export function errorOf(failure: FailureData): errors.HostwireError {
  const error = makeError(failure);
  // A provider's key of a job is a secret, so it is there to be read, but not shown with the rest.
  if (failure.job !== undefined) {
    Object.defineProperty(error, "job", { value: JSON.parse(failure.job), configurable: true });
  }
  return error;
}

function makeError(failure: FailureData): errors.HostwireError {
  const { kind, message, provider } = failure;
  const known = { provider, operation: failure.operation || undefined };
  if (kind === "InputError") return new errors.InputError(failure.issues.map(readIssue), known);
  const { status = 0, code, attempts, retryAfterMs, timeoutMs = 0, state } = failure;
  if (kind === "JobError") {
    return new errors.JobError(message, { ...known, answer: readBody(failure.body), state });
  }
  const details = {
    ...known,
    ...{ status, code, attempts, retryAfterMs, timeoutMs },
    body: readBody(failure.body),
    headers: readHeaders(failure.headers),
    issues: failure.issues.map(readIssue),
    cause: errorOfCauses(failure.causes),
  };
  const Class = Object.hasOwn(CLASSES, kind) ? CLASSES[kind as keyof typeof CLASSES] : errors.ApiError;
  return new Class(message, details);
}

const {
  HostwireError,
  NotAllowedError,
  ConnectionError,
  TimeoutError,
  ApiError,
  AuthenticationError,
  PermissionError,
  NotFoundError,
  ConflictError,
  GoneError,
  ValidationError,
  RateLimitError,
  ServerError,
  ResponseError,
} = errors;

/** Those that take the same details. */
const CLASSES = {
  HostwireError,
  NotAllowedError,
  ConnectionError,
  TimeoutError,
  ApiError,
  AuthenticationError,
  PermissionError,
  NotFoundError,
  ConflictError,
  GoneError,
  ValidationError,
  RateLimitError,
  ServerError,
  ResponseError,
};

function readIssue({ path, message, code, mistaken }: IssueData): errors.Issue {
  const meant = mistaken && nearest(mistaken.given, mistaken.known);
  return {
    path,
    message: meant ? `${message}; did you mean ${meant}?` : message,
    ...(code !== undefined && { code }),
  };
}

/** More is not kept of what cannot be read. */
const LONGEST_QUOTE = 2000;

function readBody(body: FailureData["body"]): unknown {
  if (!body?.text) return undefined;
  if (body.type === "text") return body.text;
  try {
    return JSON.parse(body.text);
  } catch {
    // A secret was part of a number, or of JSON's own signs.
    return body.text.slice(0, LONGEST_QUOTE);
  }
}

function readHeaders(list: FailureData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of list) headers.append(name, value.replace(/[^\t\x20-\xff]/g, ""));
  return headers;
}
