/** What a client is made with, and its place in an instance of the core. */
import type { Core } from "./core.js";
import type { CoreClient, Provider } from "./glue.js";
import { checkClientOptions, EFFECTS } from "./options.js";
import type { ProviderData } from "./provider.js";
import type { ClientOptions, ProxyTarget, TokenStore } from "./types.js";

/** Options of every client, and those of some that JavaScript acts on. */
type Options = ClientOptions & { tokenStore?: TokenStore; proxy?: ProxyTarget };

/** The tables that instances of the core have read. The one after a trap reads them anew. */
const tables = new WeakMap<ProviderData, { core: Core; table: Provider }>();

export class Session {
  readonly provider: ProviderData;
  readonly options: Readonly<Options>;
  readonly #baseUrl: string;
  #credentials: Readonly<Record<string, string>>;
  readonly #fills: Readonly<Record<string, unknown>>;
  #present: { core: Core; client: CoreClient } | undefined;

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
    this.#baseUrl = withoutSlashes(options.baseUrl ?? provider.baseUrl);
  }

  /** The client in an instance of the core; to be asked for inside of it. */
  clientIn(core: Core): CoreClient {
    if (this.#present?.core !== core) {
      const client = new core.glue.Client(tableIn(core, this.provider), this.#settings());
      this.#present = { core, client };
    }
    return this.#present.client;
  }

  /** Goes on with a credential that the provider has put in place of another, in instances to come too. */
  keepCredential(name: string, value: string): void {
    this.#credentials = { ...this.#credentials, [name]: value };
  }

  /** `ClientSettings` in src/platform/js/host.rs. */
  #settings() {
    const { options } = this;
    const { timeoutMs = 30_000, maxRetries = 2, headers = {}, allow = EFFECTS, proxy } = options;
    const credentials = proxy ? standIns(this.provider) : this.#credentials;
    const fills = proxy ? fillIns(this.provider) : this.#fills;
    return {
      baseUrl: this.#baseUrl,
      timeoutMs,
      maxRetries,
      headers: Object.entries(headers).flat(),
      allow,
      credentials: Object.entries(credentials).flat(),
      fills: JSON.stringify(fills),
      proxyUrl: proxy && withoutSlashes(proxy.url),
      proxyHeaders: Object.entries(proxy?.headers ?? {}).flat(),
      hasStore: options.tokenStore !== undefined,
      hasClock: options.now !== undefined,
      observes: (observer: "onRequest" | "onResponse" | "onRetry") => options[observer] !== undefined,
    };
  }
}

function tableIn(core: Core, provider: ProviderData): Provider {
  let known = tables.get(provider);
  if (known?.core !== core) {
    const { name, head, operations } = provider;
    known = { core, table: new core.glue.Provider(name, head, operations) };
    tables.set(provider, known);
  }
  return known.table;
}

// Behind a proxy params are checked all the same, without the credentials, and without what the proxy fills in.

const standIns = ({ credentials }: ProviderData): Record<string, string> =>
  Object.fromEntries((credentials[0] ?? []).map((name) => [name, "-"]));

const fillIns = ({ fills }: ProviderData): Record<string, number> =>
  Object.fromEntries(fills.map((name) => [name, 0]));

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === "/") end--;
  return url.slice(0, end);
}

/** A copy of a list or of plain names and values; anything else is what it is. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  const isPlain =
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || Object.values(value).some((inner) => typeof inner === "function")) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)]));
}
