/** A client's inside: its options, its credentials, and its place in the core. */
import type { Core } from "./core.js";
import type { Descriptor, GlueClient, Table } from "./glue.js";
import { checkClientOptions } from "./options.js";
import { type OperationLine, operationLines, type ProviderData } from "./provider.js";
import type { ClientOptions } from "./types.js";

/** What the core has read of a provider; with the core, it is gone after a trap. */
interface Loaded {
  table: Table;
  descriptors: Map<string, Descriptor>;
}

const loaded = new WeakMap<Core, Map<ProviderData, Loaded>>();

export class Connection {
  readonly provider: ProviderData;
  readonly options: Readonly<ClientOptions>;
  readonly baseUrl: string;
  readonly #credentials: string;
  #core: Core | undefined;
  #client: GlueClient | undefined;

  constructor(provider: ProviderData, options: ClientOptions) {
    const credentials = checkClientOptions(provider, options);
    this.provider = provider;
    // What only credentials are made of stays out: this is what the rest of the package sees.
    this.options = Object.freeze({
      ...options,
      ...Object.fromEntries(Object.keys(credentials).map((name) => [name, undefined])),
    });
    this.baseUrl = (options.baseUrl ?? provider.baseUrl).replace(/\/+$/, "");
    this.#credentials = JSON.stringify(credentials);
  }

  /** The client in this instance of the core. */
  client(core: Core): GlueClient {
    if (this.#core !== core || !this.#client) {
      this.#client = new core.Client(this.provider.name, this.#credentials, this.baseUrl);
      this.#core = core;
    }
    return this.#client;
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
