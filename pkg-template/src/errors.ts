/** A fault of the input, or one that the provider found in it. */
export interface Issue {
  /** Where: `records[1].type`; empty where it is not one field, or not known. */
  path: string;
  message: string;
  /** The provider's code, where the provider found the fault. */
  code?: string;
}

/** What every error may know. */
export interface ErrorDetails {
  provider?: string | undefined;
  operation?: string | undefined;
  cause?: unknown;
}

/** What an error made of an answer knows. */
export interface AnswerDetails extends ErrorDetails {
  status: number;
  code?: string | undefined;
  body?: unknown;
  headers?: Headers;
  attempts?: number;
  issues?: Issue[];
  retryAfterMs?: number | undefined;
  /** Where a proxy tells of a provider that was too slow. */
  timeoutMs?: number;
}

/** Every error that hostwire throws, but for a signal's reason, is one of these. No secret is in any. */
export class HostwireError extends Error {
  override name = "HostwireError";
  /** The provider, `combell`. */
  readonly provider: string | undefined;
  /** The operation, `accounts.list`; `request` for a request of your own. */
  readonly operation: string | undefined;
  /** The job that was being followed, for the `wait` of its resource: it may still be going on. */
  declare job?: Readonly<Record<string, unknown>>;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.provider = details.provider;
    this.operation = details.operation;
  }
}

/** The input is wrong; nothing was sent. Every fault is in `issues`. */
export class InputError extends HostwireError {
  override name = "InputError";
  readonly issues: Issue[];

  constructor(issues: Issue[], details: ErrorDetails = {}) {
    const where = details.operation ?? details.provider;
    const told = issues.map(({ path, message }) => (path ? `${path} ${message}` : message)).join("; ");
    super(`${where ? `${where}: ` : ""}${told}`, details);
    this.issues = issues;
  }
}

/** The client was made without this operation's effect in `allow`; nothing was sent. */
export class NotAllowedError extends HostwireError {
  override name = "NotAllowedError";
}

/** The provider said no. */
export class ApiError extends HostwireError {
  override name = "ApiError";
  /** HTTP status. */
  readonly status: number;
  /** The provider's own code. */
  readonly code: string | undefined;
  /** The answer's body: data where it is JSON, else text. */
  readonly body: unknown;
  readonly headers: Headers;
  /** How often the request was sent. */
  readonly attempts: number;

  constructor(message: string, details: AnswerDetails) {
    super(message, details);
    this.status = details.status;
    this.code = details.code;
    this.body = details.body;
    this.headers = details.headers ?? new Headers();
    this.attempts = details.attempts ?? 1;
  }
}

/** 401: who is calling could not be made sure of. */
export class AuthenticationError extends ApiError {
  override name = "AuthenticationError";
}

/** 403: this caller may not do this. */
export class PermissionError extends ApiError {
  override name = "PermissionError";
}

/** 404: there is no such thing. */
export class NotFoundError extends ApiError {
  override name = "NotFoundError";
}

/** 409: the present state does not allow it. */
export class ConflictError extends ApiError {
  override name = "ConflictError";
}

/** 410: it is gone for good. */
export class GoneError extends ApiError {
  override name = "GoneError";
}

/** 400 or 422: the provider refused values of the input. */
export class ValidationError extends ApiError {
  override name = "ValidationError";
  readonly issues: Issue[];

  constructor(message: string, details: AnswerDetails) {
    super(message, details);
    this.issues = details.issues ?? [];
  }
}

/** 429: too many calls. */
export class RateLimitError extends ApiError {
  override name = "RateLimitError";
  /** How long the provider asks to wait, in milliseconds, where it tells. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: AnswerDetails) {
    super(message, details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** 5xx: the provider has a fault. */
export class ServerError extends ApiError {
  override name = "ServerError";
}

/** The answer is not what the provider promises. What was asked for may have been done. */
export class ResponseError extends HostwireError {
  override name = "ResponseError";
  /** HTTP status. */
  readonly status: number;
  /** The beginning of the answer, where it is text. */
  readonly body: unknown;
  readonly attempts: number;

  constructor(message: string, details: AnswerDetails) {
    super(message, details);
    this.status = details.status;
    this.body = details.body;
    this.attempts = details.attempts ?? 1;
  }
}

/** No answer came, or it broke off; `cause` says why. What was asked for may have been done. */
export class ConnectionError extends HostwireError {
  override name = "ConnectionError";
  readonly attempts: number;

  constructor(message: string, details: ErrorDetails & { attempts?: number } = {}) {
    super(message, details);
    this.attempts = details.attempts ?? 1;
  }
}

/** No whole answer came in time. What was asked for may have been done. */
export class TimeoutError extends HostwireError {
  override name = "TimeoutError";
  readonly timeoutMs: number;
  readonly attempts: number;

  constructor(message: string, details: ErrorDetails & { timeoutMs: number; attempts?: number }) {
    super(message, details);
    this.timeoutMs = details.timeoutMs;
    this.attempts = details.attempts ?? 1;
  }
}

/** A followed job failed, or its state cannot be told. */
export class JobError extends HostwireError {
  override name = "JobError";
  /** The provider's last answer about it. */
  readonly answer: unknown;
  /** The provider's word for the job's state, where it has one. */
  readonly state: string | undefined;

  constructor(
    message: string,
    details: ErrorDetails & { answer?: unknown; state?: string | undefined } = {},
  ) {
    super(message, details);
    this.answer = details.answer;
    this.state = details.state;
  }
}
