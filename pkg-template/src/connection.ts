/** A client's inside: its options, its credentials, and its place in the core. */
import type { Core } from "./core.js";
import type { Outcome } from "./exchange.js";
import type { Descriptor, GlueClient, Table } from "./glue.js";
import { checkClientOptions } from "./options.js";
import { type OperationLine, operationLines, type ProviderData } from "./provider.js";
import type { TokenKeeper } from "./token.js";
import type { ClientOptions, TokenStore } from "./types.js";

/** What the core has read of a provider; with the core, it is gone after a trap. */
interface Loaded {
  table: Table;
  descriptors: Map<string, Descriptor>;
}

const loaded = new WeakMap<Core, Map<ProviderData, Loaded>>();

/** Options of some providers alone. */
type Options = ClientOptions & { tokenStore?: TokenStore };

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
  #core: Core | undefined;
  #client: GlueClient | undefined;

  constructor(provider: ProviderData, options: Options) {
    this.#credentials = checkClientOptions(provider, options);
    const entries = Object.entries(options);
    this.#fills = Object.fromEntries(entries.filter(([name]) => provider.fills.includes(name)));
    this.provider = provider;
    // What is secret stays out: these are what the rest of the package sees.
    const secret = [...provider.credentials.flat(), ...provider.fills];
    this.options = Object.freeze(Object.fromEntries(entries.filter(([name]) => !secret.includes(name))));
    this.baseUrl = (options.baseUrl ?? provider.baseUrl).replace(/\/+$/, "");
    const { login, token, TokenKeeper } = provider;
    if (login && TokenKeeper && !(token && token in this.#credentials)) {
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
      const { name, rules, token } = this.provider;
      const known = { credentials: this.#credentials, fills: this.#fills, rules };
      this.#client = new core.Client(name, JSON.stringify(known), this.baseUrl);
      const given = token && this.#credentials[token];
      if (given) this.#client.useToken(given);
      this.#core = core;
    }
    return this.#client;
  }

  /** Goes on with a credential that the provider has put in place of another. */
  replaceCredential(name: string, value: string): void {
    this.#credentials = { ...this.#credentials, [name]: value };
    this.#client = undefined;
  }

  /** Observers look on: what they throw must not make a call that was carried out look failed. */
  observe<Event>(observer: ((event: Event) => void) | undefined, event: Event): void {
    try {
      observer?.(event);
    } catch {
      // Nobody to tell.
    }
  }

  line(operation: string): OperationLine | undefined {
    return operationLines(this.provider).get(operation);
  }

  /** An operation in this instance of the core, read at its first use. */
  descriptor(core: Core, operation: OperationLine): Descriptor {
    const { table, descriptors } = this.#loaded(core);
    let descriptor = descriptors.get(operation.name);
    if (!descriptor) {
      descriptor = table.operation(operation.line);
      descriptors.set(operation.name, descriptor);
    }
    return descriptor;
  }

  table(core: Core): Table {
    return this.#loaded(core).table;
  }

  #loaded(core: Core): Loaded {
    const providers = loaded.get(core) ?? new Map<ProviderData, Loaded>();
    loaded.set(core, providers);
    const entry = providers.get(this.provider) ?? {
      table: new core.Table(JSON.stringify(this.provider.head)),
      descriptors: new Map(),
    };
    providers.set(this.provider, entry);
    return entry;
  }

  now(): number {
    return this.options.now ? this.options.now() : Date.now();
  }
}
