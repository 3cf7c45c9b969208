/** Client classes, made from a provider's table. */
import { callOperation, plainCall, startCall } from "./call.js";
import { Connection } from "./connection.js";
import { loadCore, presentCore } from "./core.js";
import { customExchange } from "./custom.js";
import { InputError } from "./errors.js";
import { followJob, type JobParams } from "./job.js";
import { Exchange } from "./operation.js";
import { authenticate, writeRequest } from "./outgoing.js";
import { type OperationLine, operationLine, operationNames, type ProviderData } from "./provider.js";
import { refuseProxied } from "./proxied.js";
import type { CallOptions, ClientOptions, RequestDescription, WaitOptions } from "./types.js";

/** The inside of a client; nothing of what is not one, or is one of another copy of this package. */
export let connectionOf: (client: object) => Connection | undefined;

/** What all clients have. Resources come from the provider's table. */
export class Client {
  readonly #connection: Connection;
  readonly #resources: Record<string, Resource> = {};

  static {
    connectionOf = (client) => (#connection in client ? client.#connection : undefined);
  }

  constructor(provider: ProviderData, options: ClientOptions) {
    this.#connection = new Connection(provider, options);
    const { prototype } = new.target;
    if (defined.has(prototype)) return;
    // A class gets its resources once: `client.accounts` and so on.
    defined.add(prototype);
    const names = new Set<string>();
    for (const operation of operationNames(provider)) names.add(operation.slice(0, operation.indexOf(".")));
    for (const name of names) {
      Object.defineProperty(prototype, name, {
        configurable: true,
        get(this: Client) {
          this.#resources[name] ??= makeResource(this.#connection, name);
          return this.#resources[name];
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
    exchange.enter(presentCore ?? (await loadCore()));
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

/** What a resource can do, and the resources below it. */
interface Resource {
  [name: string]: Resource | Method;
}

type Method = (first: unknown, options: unknown) => unknown;

/** A resource with its functions for a client. */
function makeResource(connection: Connection, resource: string): Resource {
  const { provider } = connection;
  const made: Resource = {};
  const start = `${resource}.`;
  for (const name of operationNames(provider)) {
    if (!name.startsWith(start)) continue;
    plant(made, name, (params, options) =>
      callOperation(connection, operationLine(provider, name) as OperationLine, params, options),
    );
  }
  // What waits for a job is beside what asks for its state.
  for (const [kind, { operation }] of Object.entries(provider.head.jobs)) {
    if (!operation.startsWith(start)) continue;
    plant(made, `${operation.slice(0, operation.lastIndexOf("."))}.wait`, (job, options) =>
      followJob(connection, kind, (job ?? {}) as JobParams, options as WaitOptions<unknown>),
    );
  }
  return made;
}

/** Puts a function at a dotted name, of which the resource is the first part. */
function plant(resource: Resource, name: string, method: Method): void {
  const steps = name.split(".").slice(1);
  const last = steps.pop() as string;
  let branch = resource;
  for (const step of steps) {
    branch[step] ??= {};
    branch = branch[step] as Resource;
  }
  branch[last] = method;
}
