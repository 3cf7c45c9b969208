/** Client classes, made from a provider's table. */
import { callOperation, plainCall, startCall } from "./call.js";
import { Connection } from "./connection.js";
import { loadCore, presentCore } from "./core.js";
import { customExchange } from "./custom.js";
import { InputError } from "./errors.js";
import { followJob, type JobParams } from "./job.js";
import { once } from "./once.js";
import { Exchange } from "./operation.js";
import { authenticate, writeRequest } from "./outgoing.js";
import { operationLines, type ProviderData } from "./provider.js";
import { refuseProxied } from "./proxied.js";
import type { CallOptions, ClientOptions, RequestDescription, WaitOptions } from "./types.js";

/** The operations and resources below a name. */
interface Branch {
  [name: string]: Branch | Make;
}

/** Makes an operation's function for a client. */
type Make = (connection: Connection) => (...args: unknown[]) => unknown;

/** The inside of a client; nothing of what is not one, or is one of another copy of this package. */
export let connectionOf: (client: object) => Connection | undefined;

/** What all clients have. Resources come from the provider's table. */
export class Client {
  readonly #connection: Connection;
  readonly #resources = new Map<string, unknown>();

  static {
    connectionOf = (client) => (#connection in client ? client.#connection : undefined);
  }

  constructor(provider: ProviderData, options: ClientOptions) {
    this.#connection = new Connection(provider, options);
    Client.#defineResources(provider, new.target.prototype);
  }

  /** Gives a class its resources, once: `client.accounts` and so on. */
  static #defineResources(provider: ProviderData, prototype: object): void {
    if (defined.has(prototype)) return;
    defined.add(prototype);
    for (const [name, branch] of Object.entries(branches(provider))) {
      Object.defineProperty(prototype, name, {
        configurable: true,
        get(this: Client) {
          const made = this.#resources.get(name) ?? makeResource(branch, this.#connection);
          this.#resources.set(name, made);
          return made;
        },
      });
    }
  }

  /** The authenticated request of an operation, not sent. */
  async prepare(operation: string, params?: unknown, options?: CallOptions): Promise<Request> {
    const connection = this.#connection;
    refuseProxied(connection);
    const line = connection.line(operation);
    if (!line) {
      throw new InputError([{ path: "operation", message: "is not known" }], {
        provider: connection.provider.name,
      });
    }
    connection.checkEffect(line);
    const exchange = Exchange.of(connection, line, params, options);
    exchange.enter(presentCore() ?? (await loadCore()));
    if (exchange.tokens) await authenticate(exchange, exchange.tokens, 0);
    const { method, url, headers, body } = writeRequest(exchange, 0);
    return new Request(url, { method, headers, redirect: "manual", ...(body !== undefined && { body }) });
  }

  /** Calls any endpoint, with the same authentication, retries and errors. */
  request(description: RequestDescription, options?: CallOptions): Promise<unknown> {
    return startCall(plainCall, () => customExchange(this.#connection, description, options));
  }
}

const defined = new WeakSet<object>();
const trees = new WeakMap<ProviderData, Branch>();

function branches(provider: ProviderData): Branch {
  return once(trees, provider, () => {
    const tree: Branch = {};
    for (const line of operationLines(provider).values()) {
      plant(
        tree,
        line.name,
        (connection) => (params, options) => callOperation(connection, line, params, options),
      );
    }
    for (const [kind, { operation }] of Object.entries(provider.head.jobs)) {
      const name = `${operation.slice(0, operation.lastIndexOf("."))}.wait`;
      plant(tree, name, (connection) => (job, options) => {
        return followJob(connection, kind, (job ?? {}) as JobParams, options as WaitOptions<unknown>);
      });
    }
    return tree;
  });
}

/** Puts a function at a dotted name. */
function plant(tree: Branch, name: string, make: Make): void {
  const steps = name.split(".");
  const last = steps.pop() as string;
  let branch = tree;
  for (const step of steps) {
    branch[step] ??= {};
    branch = branch[step] as Branch;
  }
  branch[last] = make;
}

function makeResource(branch: Branch | Make, connection: Connection): unknown {
  if (typeof branch === "function") return branch(connection);
  return Object.fromEntries(
    Object.entries(branch).map(([name, inner]) => [name, makeResource(inner, connection)]),
  );
}
