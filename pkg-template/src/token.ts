/** Session tokens: got once for any number of calls, kept until shortly before they end. */
import type { Connection } from "./connection.js";
import { HostwireError, ResponseError } from "./errors.js";
import { runExchange } from "./exchange.js";
import { hex } from "./mask.js";
import { observe } from "./observe.js";
import { Exchange } from "./operation.js";
import { nameOf } from "./params.js";
import { firstAt } from "./pointer.js";
import type { LoginRule, OperationLine } from "./provider.js";
import { sleep } from "./sleep.js";
import type { RetryEvent, TokenStore } from "./types.js";

interface Token {
  token: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/** A token is renewed this long before its end, or a tenth of its life where that is shorter. */
const MARGIN_MS = 60_000;

export class TokenKeeper {
  readonly #connection: Connection;
  readonly #login: LoginRule;
  readonly #params: Readonly<Record<string, unknown>>;
  readonly #store: TokenStore | undefined;
  readonly #storeKey: () => Promise<string>;
  #present: Token | undefined;
  #pending: Promise<Token> | undefined;
  #refused: string | undefined;

  /** `params` are the credentials that the login operation takes, `identity` what names them in a store. */
  constructor(
    connection: Connection,
    login: LoginRule,
    params: Readonly<Record<string, unknown>>,
    identity: string,
    store: TokenStore | undefined,
  ) {
    this.#connection = connection;
    this.#login = login;
    this.#params = { ...login.params, ...params };
    this.#store = store;
    this.#storeKey = () => storeKey(connection.provider.name, identity);
  }

  /** The token, where there is one that holds. */
  present(): string | undefined {
    return this.#present && this.#present.expires > this.#connection.now() ? this.#present.token : undefined;
  }

  /** Gets a token; calls at the same time get it once. A failure is not remembered. */
  async get(signal: AbortSignal | undefined): Promise<string> {
    for (;;) {
      const others = this.#pending;
      // One caller that gives up must not take the token from the others.
      const { token } = (await unlessAborted(others ? this.#inTime(others) : this.#begin(), signal)) ?? {};
      if (token !== undefined) return token;
      if (this.#pending === others) this.#pending = undefined;
    }
  }

  #begin(): Promise<Token> {
    const pending = this.#obtain().finally(() => {
      if (this.#pending === pending) this.#pending = undefined;
    });
    this.#pending = pending;
    // Those who wait for it are told; nobody may be left.
    pending.catch(() => {});
    return pending;
  }

  /**
   * What another call is getting, or nothing where that takes too long: in Workers a request that is cancelled takes
   * its promises with it, and they are never settled.
   */
  #inTime(pending: Promise<Token>): Promise<Token | undefined> {
    return this.#unlessLate(pending, () => undefined);
  }

  /** A promise that may take as long as an attempt of a call; `late` tells what there is in place of it then. */
  async #unlessLate<T, Late>(promise: Promise<T>, late: () => Late): Promise<T | Late> {
    const waiting = new AbortController();
    try {
      return await Promise.race([promise, sleep(this.#connection.timeoutMs, waiting.signal).then(late)]);
    } finally {
      waiting.abort();
    }
  }

  /** The provider refused a token: it is not used again. */
  refuse(token: string): void {
    this.#refused = token;
    if (this.#present?.token === token) this.#present = undefined;
  }

  /** The tokens that may turn up in an answer. */
  secrets(): string[] {
    return [this.#present?.token, this.#refused].filter((token) => token !== undefined);
  }

  async #obtain(): Promise<Token> {
    const stored = await this.#fromStore();
    this.#present = stored ?? (await this.#logIn());
    if (!stored) await this.#toStore(this.#present);
    return this.#present;
  }

  async #logIn(): Promise<Token> {
    const { operation, token: pointers, expires, expiresIn, lifetime = 3600 } = this.#login;
    const connection = this.#connection;
    const line = connection.line(operation) as OperationLine;
    const { body, status } = await runExchange(Exchange.of(connection, line, this.#params, undefined), true);
    const details = { provider: connection.provider.name, operation, status };
    const token = firstAt(body, pointers, isToken);
    if (token === undefined) {
      const where = pointers.join(" or ");
      throw new ResponseError(
        `expected a token at ${where} of the login's answer, got ${nameOf(body)}`,
        details,
      );
    }
    const now = connection.now();
    const until = firstAt(body, expires, isCount);
    const lives = firstAt(body, expiresIn, isCount) ?? lifetime;
    const end = until === undefined ? now + Number(lives) * 1000 : Number(until) * 1000;
    return { token, expires: end - Math.min(MARGIN_MS, Math.max(0, end - now) / 10) };
  }

  /** A token that another instance has stored, if it is one that holds. */
  async #fromStore(): Promise<Token | undefined> {
    const store = this.#store;
    if (!store) return undefined;
    const text = await this.#useStore(async () => store.get(await this.#storeKey()));
    if (text === undefined || text === null) return undefined;
    try {
      const { token, expires } = JSON.parse(text);
      if (isToken(token) && Number.isFinite(expires)) {
        if (token === this.#refused) {
          await this.#useStore(async () => store.delete(await this.#storeKey()));
          return undefined;
        }
        return expires > this.#connection.now() ? { token, expires } : undefined;
      }
    } catch {
      // Told below.
    }
    this.#tell("what the token store gave is no token");
    return undefined;
  }

  async #toStore(token: Token): Promise<void> {
    const store = this.#store;
    const seconds = Math.floor((token.expires - this.#connection.now()) / 1000);
    if (!store || seconds <= 0) return;
    await this.#useStore(async () => store.set(await this.#storeKey(), JSON.stringify(token), seconds));
  }

  /** A store that fails or hangs costs a login, not the call. */
  async #useStore<T>(use: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#unlessLate(use(), () => {
        throw new HostwireError(`no answer within ${this.#connection.timeoutMs} ms`);
      });
    } catch (error) {
      this.#tell(`the token store failed: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  #tell(reason: string): void {
    const { provider, options } = this.#connection;
    const event: RetryEvent = {
      provider: provider.name,
      operation: this.#login.operation,
      method: "",
      url: "",
      attempt: 1,
      delayMs: 0,
      reason: `TokenStoreError: ${reason}`,
    };
    observe(options.onRetry, event);
  }
}

/** Visible ASCII: it goes into a header or a form. */
const isToken = (value: unknown): value is string =>
  typeof value === "string" && /^[\x21-\x7e]{1,8192}$/.test(value);

/** A number above 0, or the text of one. */
const isCount = (value: unknown): value is number | string =>
  (typeof value === "number" || typeof value === "string") && Number(value) > 0;

/** Names the token of these credentials without telling them. */
async function storeKey(provider: string, identity: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(identity));
  const bytes = [...new Uint8Array(digest).subarray(0, 16)];
  return `hostwire:${provider}:${bytes.map((byte) => hex(byte, 2)).join("")}`;
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
