/** One call, as Rust has it: `CallScope` in src/platform/js/host.rs says who calls what. */
import type { Core } from "../core.js";
import { environment } from "../environment.js";
import { errorOf, type FailureData } from "../failure.js";
import type { Session } from "../session.js";
import type { JobProgress, RateLimit } from "../types.js";
import type { Answer } from "./answer.js";
import { Attempt, type NoAnswer } from "./attempt.js";
import { notify } from "./observe.js";
import { Pending } from "./pending.js";

/** What a call gives. */
export interface Outcome {
  /** A file, a location, or what the answer says; of a list the whole answer. */
  data: unknown;
  page?: { items: unknown[]; total: number | undefined; next: string | undefined };
  status: number;
  headers: Headers;
  /** Address of the request, with secret values redacted. */
  url: string;
  attempts: number;
  /** What a proxy tells of it. */
  rateLimit: RateLimit | undefined;
}

/** A request that is not sent; what is no answer has no status. */
export interface PreparedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** What the caller may do while the call is under way. */
export interface Watch {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: JobProgress<unknown>) => void) | undefined;
}

export class CallScope {
  readonly #session: Session;
  readonly #watch: Watch;
  #core: Core | undefined;
  /** What it waits for, and how that is given up. */
  readonly #pending = new Map<Pending, (reason: unknown) => void>();
  /** Why it has ended, should it have ended before its time. */
  #ended: { reason: unknown } | undefined;
  #isAwake = false;
  #rouse: (() => void) | undefined;
  /** What the latest attempt has thrown. */
  #thrown: unknown;
  #answer: Answer | undefined;
  #outcome: Outcome | undefined;
  #failure: FailureData | undefined;

  constructor(session: Session, watch: Watch = {}) {
    this.#session = session;
    this.#watch = watch;
    const { signal } = watch;
    if (signal?.aborted) this.giveUp(signal.reason);
    else signal?.addEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = () => this.giveUp(this.#watch.signal?.reason);

  // What drives the call.

  /** Takes its place in an instance of the core. */
  enter(core: Core): void {
    this.#core = core;
    core.begin(this);
  }

  /** Leaves everything that it still waits for, and `free`s what the core has of it. */
  leave(free: () => void): void {
    this.#watch.signal?.removeEventListener("abort", this.#onAbort);
    // Whatever is settled below, nobody is there to be woken.
    this.#rouse = undefined;
    const core = this.#core;
    if (!core) return;
    try {
      if (!core.isBroken) core.enter(free, this);
    } catch {
      // It has its result; the next call gets a fresh instance.
    }
    for (const [pending, cancel] of this.#pending) {
      cancel(this.#ended?.reason);
      // What is never settled would stay in the core's memory.
      pending.resolve();
    }
    core.end(this);
  }

  /** Ends the call with a reason, unless it has ended. */
  giveUp(reason: unknown): void {
    this.#ended ??= { reason };
    this.wake();
  }

  /** @throws the reason, where the call was given up */
  throwIfEnded(): void {
    if (this.#ended) throw this.#ended.reason;
  }

  /** Has it sleep, before the core is asked how far it is. */
  sleepNext(): void {
    this.#isAwake = false;
  }

  /** Until there is something to go on with. */
  awake(): Promise<void> {
    if (this.#isAwake) return Promise.resolve();
    // A promise of this call's own: in Workers one that another request has made must not be waited for.
    return new Promise((resolve) => {
      this.#rouse = resolve;
    });
  }

  /** What a promise gives, unless the call is given up before. */
  async unlessEnded<T>(promise: Promise<T>): Promise<T> {
    const ended = new Promise<void>((resolve) => {
      this.#rouse = resolve;
    });
    await Promise.race([promise, ended]);
    this.throwIfEnded();
    return promise;
  }

  /** What it gave. @throws its failure, or the reason why it was given up */
  result(): Outcome {
    if (this.#outcome) return this.#outcome;
    this.throwIfEnded();
    throw errorOf(this.#failure as FailureData);
  }

  // What Rust calls.

  wake(): void {
    this.#isAwake = true;
    this.#rouse?.();
  }

  send(
    method: string,
    url: string,
    redactedUrl: string | undefined,
    headers: Record<string, string>,
    body: string | undefined,
    timeoutMs: number,
    nonRepeatable: boolean,
    wantsFile: boolean,
  ): Pending {
    // An observer may just have given the call up: nothing must go out then.
    if (this.#ended) return this.#wait(() => {});
    const request = { method, url, redactedUrl, headers, body, timeoutMs, nonRepeatable, wantsFile };
    const attempt = new Attempt(
      request,
      this.#session.options.fetch,
      (answer) => pending.resolve(answer),
      (why: NoAnswer) => {
        this.#thrown = why.thrown;
        pending.reject(why);
      },
    );
    const pending = this.#wait((reason) => attempt.cancel(reason));
    return pending;
  }

  sleep(milliseconds: number): { over: Pending; cancel(): void } {
    const over = this.#wait(() => clearTimeout(timer));
    const timer = setTimeout(() => over.resolve(), milliseconds);
    return {
      over,
      cancel() {
        clearTimeout(timer);
        over.resolve();
      },
    };
  }

  now(): number {
    try {
      return Number(this.#session.options.now?.());
    } catch (thrown) {
      this.giveUp(thrown);
      return Number.NaN;
    }
  }

  fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
    crypto.getRandomValues(bytes);
  }

  loadToken(key: string): Pending {
    return this.#useStore(async (store) => {
      const value = await store.get(key);
      return value === undefined || value === null ? undefined : String(value);
    });
  }

  storeToken(key: string, token: string, seconds: number): Pending {
    return this.#useStore((store) => store.set(key, token, seconds));
  }

  deleteToken(key: string): Pending {
    return this.#useStore((store) => store.delete(key));
  }

  notify(observer: "onRequest" | "onResponse" | "onRetry", event: object): void {
    notify(this.#session.options[observer] as ((event: object) => void) | undefined, event);
  }

  /** Says whether to go on. */
  progress(answer: unknown, polls: number, elapsedMs: number): boolean {
    try {
      this.#watch.onProgress?.({ answer, polls, elapsedMs });
      return true;
    } catch (thrown) {
      this.giveUp(thrown);
      return false;
    }
  }

  keepCredential(name: string, value: string): void {
    this.#session.keepCredential(name, value);
  }

  matches(pattern: string, text: string): boolean {
    return new RegExp(pattern, "u").test(text);
  }

  explainFailure(url: string): string | undefined {
    return environment?.explain?.(this.#thrown, url);
  }

  explainRedirect(): string | undefined {
    return environment?.hiddenRedirect;
  }

  /** The result comes next. */
  answered(answer: Answer, status: number, attempts: number, rateLimit: RateLimit | undefined): void {
    const { headers, url } = answer;
    this.#answer = answer;
    this.#outcome = { data: undefined, status, headers, url, attempts, rateLimit };
  }

  giveData(data: unknown): void {
    if (this.#outcome) this.#outcome.data = data;
  }

  givePage(data: unknown, items: unknown[], total: number | undefined, next: string | undefined): void {
    if (this.#outcome) Object.assign(this.#outcome, { data, page: { items, total, next } });
  }

  giveFile(contentType: string, filename: string | undefined, found: Uint8Array | undefined): void {
    const answer = this.#answer as Answer;
    const bytes = found ?? answer.bytes ?? new TextEncoder().encode(answer.text());
    this.giveData({ bytes, contentType, ...(filename !== undefined && { filename }) });
  }

  giveRequest(method: string, url: string, headers: Record<string, string>, body: string | undefined): void {
    const data: PreparedRequest = { method, url, headers, body };
    this.#outcome = { data, status: 0, headers: new Headers(), url, attempts: 0, rateLimit: undefined };
  }

  fail(failure: FailureData | undefined): void {
    this.#failure = failure;
  }

  // What it does for these.

  #wait(cancel: (reason: unknown) => void): Pending {
    const pending = new Pending(
      (work) => this.#goIn(work),
      (settled) => this.#pending.delete(settled),
    );
    this.#pending.set(pending, cancel);
    return pending;
  }

  /** Goes into the core with what came of a wait; a trap there is this call's. */
  #goIn(work: () => void): void {
    const core = this.#core;
    // What a broken instance waits for comes to nobody.
    if (!core || core.isBroken) return;
    try {
      core.enter(work, this);
    } catch (error) {
      this.giveUp(error);
    }
  }

  /** A store may be a stranger's: what it throws, or does not, is told as text. */
  #useStore(use: (store: Store) => unknown): Pending {
    const { tokenStore } = this.#session.options;
    const pending = this.#wait(() => {});
    const run = async () => use(tokenStore as Store);
    run().then(
      (value) => pending.resolve(value),
      (error) => pending.reject(error instanceof Error ? error.message : String(error)),
    );
    return pending;
  }
}

type Store = NonNullable<Session["options"]["tokenStore"]>;
