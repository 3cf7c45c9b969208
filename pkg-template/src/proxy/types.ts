/** What `createProxy` takes. */
import type { Effect } from "../types.js";

/** What a param may be: this value, one of these, text that matches whole, or what the function says. */
export type Bound =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | RegExp
  | ((value: unknown) => boolean);

/** One operation, or several that only read, and what else must be so. */
export interface OperationRule {
  /** A name (`dnsRecords.create`), or a name with a star at its end (`dnsRecords.*`, `*`), which covers reads only. */
  operation: string;
  /**
   * What params must be. One that is not given is refused, but for a single value, which is then filled in. Params
   * that are not named here may be anything.
   */
  params?: Readonly<Record<string, Bound>>;
  /** Hands on what the provider's answers hold of secrets: passwords, console addresses, keys. */
  secrets?: boolean;
}

/** What may be called, by provider: names of operations, or rules. */
export type Rules = Readonly<Record<string, readonly (string | OperationRule)[]>>;

/** Counts calls. In memory unless given, which holds for one process or isolate. */
export interface RateStore {
  /** Takes one of `limit` calls per `windowSeconds` from a caller. What it throws refuses the call. */
  take(key: string, limit: number, windowSeconds: number): Promise<RateAnswer> | RateAnswer;
}

export interface RateAnswer {
  allowed: boolean;
  /** Milliseconds until there is one again, where it is known. */
  retryAfterMs?: number;
}

export interface Limits<Caller> {
  /** Calls of one caller. Default: 300 in 60 seconds; `false` for no limit. */
  rate?: { limit: number; windowSeconds: number; store?: RateStore } | false;
  /** What names a caller for its limits. Default: the caller where it is text, its `id`, or all of it as JSON. */
  keyOf?: (caller: Caller) => string;
  /** Calls of one caller that run at once. Default: 5, because a Worker has six connections. */
  concurrency?: number;
  /** Size of a body, in bytes. Default: 1 MiB, which is also the most. */
  bodyBytes?: number;
  /** Milliseconds until a body has to be there. Default: 10 000. */
  bodyTimeoutMs?: number;
  /** How deep JSON may be nested. Default: 32. */
  depth?: number;
  /** Milliseconds until a call has to be done, all attempts and logins together. Default: 60 000. */
  timeoutMs?: number;
}

export interface Cors {
  /** Origins of pages and extensions that may call, `https://app.example.com`; no patterns. */
  origins: readonly string[];
  /** Lets browsers send cookies along. Default: false. */
  credentials?: boolean;
  /** Headers that pages may send, beside those that clients of hostwire do. Default: `authorization`. */
  headers?: readonly string[];
  /** How long browsers may keep the answer to a preflight. Default: 600. */
  maxAgeSeconds?: number;
}

/** A call that passed every check. */
export interface ProxyRequestEvent<Caller> {
  caller: Caller;
  provider: string;
  operation: string;
  effect: Effect;
  /** The params, secret ones redacted; only where `eventParams` asks for them. */
  params?: unknown;
}

/** How it ended. */
export interface ProxyResponseEvent<Caller> extends ProxyRequestEvent<Caller> {
  /** HTTP status of the proxy's answer. */
  status: number;
  durationMs: number;
  /** How often the provider was asked. */
  attempts: number;
  /** Name of the error's class, where it failed. */
  error?: string;
}

/** A request that was refused; no provider was called. */
export interface ProxyDeniedEvent<Caller> {
  /** Where it is known by then. */
  caller?: Caller;
  provider?: string;
  operation?: string;
  /** HTTP status of the proxy's answer. */
  status: number;
  /** Why, for programs: `not_allowed`; the caller is told it as `proxy_not_allowed`. */
  code: string;
  /** Why, in words, and what a function of yours threw. */
  message: string;
  cause?: unknown;
}

export interface ProxyOptions<Caller, Context extends unknown[] = unknown[]> {
  /** Clients with credentials, by the provider's name. */
  clients: Readonly<Record<string, object>>;
  /**
   * Says who is calling, or refuses with `undefined`, `null` or `false`. It gets what `fetch` gets. What it throws
   * refuses too.
   */
  authorize: (request: Request, ...context: Context) => Promise<Caller | undefined | null | false>;
  /** What may be called; by everybody, or by this caller. */
  allow: Rules | ((caller: Caller) => Promise<Rules> | Rules);
  /** The part of the URL's path where the proxy is mounted. Default: `/`. */
  basePath?: string;
  /** Which web pages may call. Default: those of the proxy's own origin. */
  cors?: Cors;
  limits?: Limits<Caller>;
  /** Puts params into events. Default: false. */
  eventParams?: boolean;
  /** Told of each call before it is made. What observers throw is ignored. */
  onRequest?: (event: ProxyRequestEvent<Caller>) => void;
  /** Told of each call when it has ended. */
  onResponse?: (event: ProxyResponseEvent<Caller>) => void;
  /** Told of each request that is refused. */
  onDenied?: (event: ProxyDeniedEvent<Caller>) => void;
}

export interface EdgeProxy<Context extends unknown[] = unknown[]> {
  /** Answers a request. Rejects never; whatever goes wrong is an answer. */
  fetch(request: Request, ...context: Context): Promise<Response>;
}
