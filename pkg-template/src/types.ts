/** What an operation does to your things: changes nothing, changes or creates, deletes or locks out, spends money. */
export type Effect = "read" | "write" | "destroy" | "purchase";

/** Options of one call. */
export interface CallOptions {
  /** Aborts the call in any phase; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds until one attempt is given up. Default: the client's, 30 000. */
  timeoutMs?: number;
  /** How often the call may be repeated where its effect allows it. Default: the client's, 2. */
  maxRetries?: number;
  /** Further HTTP headers. */
  headers?: Readonly<Record<string, string>>;
  /** Wire parameters newer than this package; they are sent unchecked. */
  extra?: Readonly<Record<string, unknown>>;
}

/** How much of the provider's rate limit is used up, where it tells. */
export interface RateLimit {
  /** Calls allowed in the present window. */
  limit?: number;
  /** Calls made in it. */
  usage?: number;
  /** Calls left in it. */
  remaining?: number;
  /** Milliseconds until the window ends. */
  resetMs?: number;
}

/** What came with the data. */
export interface ResponseInfo {
  /** HTTP status. */
  status: number;
  headers: Headers;
  /** Address of the request; secret values in it are redacted. */
  url: string;
  /** How often the request was sent. */
  attempts: number;
  rateLimit: RateLimit;
}

/** Data, and what came with it. */
export interface WithResponse<T> {
  data: T;
  response: ResponseInfo;
}

/** The promise that every call returns. */
export interface Call<T> extends Promise<T> {
  /** The data together with status, headers and the like. */
  withResponse(): Promise<WithResponse<T>>;
}

/** A page of a list. */
export interface Page<Item> {
  /** The items of this page. */
  items: Item[];
  /** How many items there are in all, where the provider tells. */
  total?: number;
  /** Whether another page may follow. */
  hasNextPage: boolean;
  /** Fetches the next page; rejects where there is none. */
  getNextPage(): Promise<Page<Item>>;
}

/** A call of a pageable list: `await` gives the first page, `for await` walks the items of all pages. */
export interface PagedCall<Item> extends Call<Page<Item>>, AsyncIterable<Item> {}

/** What is known of a job that is not finished. */
export interface JobProgress<Answer> {
  /** The provider's latest answer about the job. */
  answer: Answer;
  /** How often the provider has been asked. */
  polls: number;
  /** Milliseconds since the waiting began. */
  elapsedMs: number;
}

/** Options of waiting for a job. */
export interface WaitOptions<Answer> {
  /** Ends the waiting, not the job; `wait` then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds between two questions. Default: the provider's advice, or 5 000. */
  intervalMs?: number;
  /** Milliseconds until the waiting is given up; the job goes on. Default: 3 600 000, an hour. */
  timeoutMs?: number;
  /** Called after each answer that says that the job is not finished. */
  onProgress?: (progress: JobProgress<Answer>) => void;
}

/** A call that only starts work. */
export interface JobCall<Started, Result, Answer> extends Call<Started> {
  /** Follows the work to its end and gives the result; throws a JobError where it fails. */
  wait(options?: WaitOptions<Answer>): Promise<Result>;
}

/** A file. */
export interface FileAnswer {
  bytes: Uint8Array;
  /** Media type. */
  contentType: string;
  /** Name that the provider gives it. */
  filename?: string;
}

/** Where what was created, or what has taken its place, is found. */
export interface Place {
  /** The `Location` header. */
  location: string;
  /** Its last part, which names the resource. */
  id: string;
}

/** A request is about to be sent. Secrets are redacted; headers and bodies are left out. */
export interface RequestEvent {
  provider: string;
  /** Name of the operation, `accounts.list`; `request` for a request of your own. */
  operation: string;
  method: string;
  /** Address; secret values in it are redacted. */
  url: string;
  /** 1 for the first time. */
  attempt: number;
}

/** An answer has arrived. */
export interface ResponseEvent extends RequestEvent {
  /** HTTP status. */
  status: number;
  /** Milliseconds from sending to the end of the body. */
  durationMs: number;
}

/** A request is going to be repeated. */
export interface RetryEvent extends RequestEvent {
  /** Milliseconds until then. */
  delayMs: number;
  /** Status that made it necessary; none where no answer came. */
  status?: number;
  /** Why: the name of the error it would have been. */
  reason: string;
}

/** Options that every client takes beside its credentials. */
export interface ClientOptions {
  /** Address in place of the provider's own; https, or http on localhost. */
  baseUrl?: string;
  /** Any function that works like the global `fetch`; a service binding's, for instance. */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds until one attempt is given up. Default: 30 000. */
  timeoutMs?: number;
  /** How often a call may be repeated where its effect allows it. Default: 2. */
  maxRetries?: number;
  /** HTTP headers of every request. */
  headers?: Readonly<Record<string, string>>;
  /** Effects that may run; a call with another throws before anything is sent. Default: all. */
  allow?: readonly Effect[];
  /** Told before each attempt. What an observer throws is ignored. */
  onRequest?: (event: RequestEvent) => void;
  /** Told after each answer. */
  onResponse?: (event: ResponseEvent) => void;
  /** Told before each repetition. */
  onRetry?: (event: RetryEvent) => void;
  /** The clock: milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
  /** Lets the client be made in a web page, where anyone can read its credentials. */
  allowBrowser?: boolean;
}

/** A proxy, as `createProxy` of `hostwire/proxy` makes it. */
export interface ProxyTarget {
  /** Where it is, up to its base path; https, or http on localhost. */
  url: string;
  /** HTTP headers that tell it who is calling. */
  headers?: Readonly<Record<string, string>>;
}

/** A request to an endpoint that the package does not know. */
export interface RequestDescription {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path from the provider's root on, such as `/v2/accounts`; percent-encoded where it needs to be. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>;
  /** Body as a form. */
  form?: Readonly<Record<string, unknown>>;
  /** Body as JSON. */
  json?: unknown;
  /** What it does; needed unless the method is GET or HEAD. It decides whether the request is repeated. */
  effect?: Effect;
}

/** An operation as data, for menus, rules and documentation. */
export interface OperationInfo {
  /** Name in the client, `dnsRecords.create`. */
  name: string;
  method: string;
  /** Path with its variables in braces. */
  path: string;
  effect: Effect;
  /** Whether sending it twice leaves the same state. */
  idempotent: boolean;
  /** One sentence. */
  summary: string;
}

/** Keeps tokens for other instances of the program; Workers KV fits when its `put` is wrapped. */
export interface TokenStore {
  get(key: string): Promise<string | null | undefined> | string | null | undefined;
  /** `ttlSeconds` is how long the value is good for; it holds a credential. */
  set(key: string, value: string, ttlSeconds: number): Promise<unknown> | unknown;
  delete(key: string): Promise<unknown> | unknown;
}
