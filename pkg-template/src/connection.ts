/** A client's inside: its options, its credentials, and its place in the core. */
import type { Core } from "./core.js";
import { NotAllowedError } from "./errors.js";
import type { Descriptor, GlueClient, Table } from "./glue.js";
import { checkClientOptions } from "./options.js";
import type { Outcome } from "./outcome.js";
import { valueAt } from "./pointer.js";
import { type OperationLine, operationLine, type ProviderData } from "./provider.js";
import type { TokenKeeper } from "./token.js";
import type { ClientOptions, ProxyTarget, TokenStore } from "./types.js";

/** What an instance of the core has read of a provider. The one after a trap reads it anew. */
interface Loaded {
  core: Core;
  table: Table;
  /** By the line itself: one that is made up for a single call goes with it. */
  descriptors: WeakMap<OperationLine, Descriptor>;
}

const loaded = new WeakMap<ProviderData, Loaded>();

/** Options of some providers alone. */
type Options = ClientOptions & { tokenStore?: TokenStore; proxy?: ProxyTarget };

export class Connection {
  readonly provider: ProviderData;
  readonly options: Readonly<Options>;
  readonly baseUrl: string;
  /** Answers of finished jobs that the provider gives only once, by kind and id. */
  readonly finished = new Map<string, Outcome>();
  /** Where a token is needed that the client gets by itself. */
  readonly tokens: TokenKeeper | undefined;
  #credentials: Readonly<Record<string, string>>;
  readonly #fills: Readonly<Record<string, unknown>>;
  /** Credentials that were replaced: what was sent with them may still come back. */
  readonly #replaced: string[] = [];
  #core: Core | undefined;
  #client: GlueClient | undefined;

  constructor(provider: ProviderData, options: Options) {
    this.#credentials = checkClientOptions(provider, options);
    this.provider = provider;
    const credentials = provider.credentials.flat();
    const fills: Record<string, unknown> = {};
    const open: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(options)) {
      if (provider.fills.includes(name)) fills[name] = value;
      // What is secret stays out, and what is done to the others later does not count.
      else if (!credentials.includes(name)) open[name] = copied(value);
    }
    this.#fills = fills;
    this.options = Object.freeze(open);
    let baseUrl = options.baseUrl ?? provider.baseUrl;
    while (baseUrl.endsWith("/")) baseUrl = baseUrl.slice(0, -1);
    this.baseUrl = baseUrl;
    const { login, token, TokenKeeper } = provider;
    if (login && TokenKeeper && !options.proxy && !(token && token in this.#credentials)) {
      const params = Object.entries(login.credentials).map(([name, param]) => [
        param,
        this.#credentials[name],
      ]);
      const identity = JSON.stringify([this.baseUrl, this.#credentials]);
      this.tokens = new TokenKeeper(this, login, Object.fromEntries(params), identity, options.tokenStore);
    }
  }

  /** The client in this instance of the core. */
  client(core: Core): GlueClient {
    if (this.#core !== core || !this.#client) {
      const { name, token } = this.provider;
      const known = { credentials: this.#credentials, fills: this.#fills };
      if (this.options.proxy) Object.assign(known, standIns(this.provider));
      const { credentials, fills } = known;
      this.#client = new core.Client(name, JSON.stringify(credentials), JSON.stringify(fills));
      const given = token && this.#credentials[token];
      if (given) this.#client.useToken(JSON.stringify(given));
      this.#core = core;
    }
    return this.#client;
  }

  /** Credentials and what else of the options is secret. */
  secrets(): string[] {
    const all = { ...this.#credentials, ...this.#fills };
    const present = this.provider.secrets.flatMap((name) =>
      all[name] === undefined ? [] : [String(all[name])],
    );
    return [...present, ...this.#replaced, ...(this.tokens?.secrets() ?? [])];
  }

  /** Goes on with credentials that the provider has put in place of others: JSON pointers say where they are. */
  replaceCredentials(pointers: Readonly<Record<string, string>>, body: unknown): void {
    for (const [name, pointer] of Object.entries(pointers)) {
      const value = valueAt(body, pointer);
      if (typeof value !== "string") continue;
      this.#replaced.push(String(this.#credentials[name]));
      this.#credentials = { ...this.#credentials, [name]: value };
      this.#client = undefined;
    }
  }

  /** @throws {NotAllowedError} where an operation has an effect that the client was not made for */
  checkEffect({ name, effect }: OperationLine): void {
    const { allow } = this.options;
    if (!allow || allow.includes(effect)) return;
    const message = `${name} has the effect ${effect}, which this client does not allow`;
    throw new NotAllowedError(message, { provider: this.provider.name, operation: name });
  }

  line(operation: string): OperationLine | undefined {
    return operationLine(this.provider, operation);
  }

  /** An operation in this instance of the core, read at its first use. */
  descriptor(core: Core, operation: OperationLine): Descriptor {
    const { provider } = this;
    let known = loaded.get(provider);
    if (known?.core !== core) {
      known = { core, table: new core.Table(provider.coreHead), descriptors: new WeakMap() };
      loaded.set(provider, known);
    }
    const { table, descriptors } = known;
    let descriptor = descriptors.get(operation);
    if (!descriptor) {
      // Lines of the provider's table are kept for good; those made up for one call are not.
      const isOwn = this.line(operation.name) === operation;
      descriptor = isOwn ? table.operation(operation.line) : table.passingOperation(operation.line);
      descriptors.set(operation, descriptor);
    }
    return descriptor;
  }

  get timeoutMs(): number {
    return this.options.timeoutMs ?? 30_000;
  }

  now(): number {
    return this.options.now ? this.options.now() : Date.now();
  }
}

/** Behind a proxy the core only checks params; it needs credentials all the same, and what the proxy fills in. */
const standIns = ({ credentials, fills }: ProviderData) => ({
  credentials: Object.fromEntries((credentials[0] ?? []).map((name) => [name, "-"])),
  fills: Object.fromEntries(fills.map((name) => [name, 0])),
});

/** A copy of a list or of plain names and values; anything else is what it is. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  const isPlain =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || Object.values(value).some((inner) => typeof inner === "function")) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)]));
}
