/** Client classes, made from a provider's table. */
import { callOperation, startCall } from "./call.js";
import { InputError } from "./errors.js";
import { inputOf, writeOptions } from "./operation-call.js";
import { checkWaitOptions } from "./options.js";
import { writeParams } from "./params.js";
import type { PreparedRequest } from "./platform/scope.js";
import { findOperation, type Operation, operationNames, type ProviderData } from "./provider.js";
import { run } from "./run.js";
import { Session } from "./session.js";
import type { CallOptions, ClientOptions, RequestDescription, WaitOptions } from "./types.js";

/** The inside of a client; nothing of what is not one, or is one of another copy of this package. */
export let sessionOf: (client: object) => Session | undefined;

/** What all clients have. Resources come from the provider's table. */
export class Client {
  readonly #session: Session;
  readonly #resources: Record<string, Resource> = {};

  static {
    sessionOf = (client) => (#session in client ? client.#session : undefined);
  }

  constructor(provider: ProviderData, options: ClientOptions) {
    this.#session = new Session(provider, options);
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
          this.#resources[name] ??= makeResource(this.#session, name);
          return this.#resources[name];
        },
      });
    }
  }

  /** The authenticated request of an operation, not sent. */
  async prepare(operation: string, params?: unknown, options?: CallOptions): Promise<Request> {
    const session = this.#session;
    refuseProxied(session);
    const found = findOperation(session.provider, operation);
    const given = { provider: session.provider.name, ...(found && { operation: found.name }) };
    const [written, text] = inputOf(given, () => [writeOptions(options), writeParams(params, "params")]);
    const { data } = await run(session, written, (client, scope) =>
      client.prepare(scope, found?.index, text, written),
    );
    const { method, url, headers, body } = data as PreparedRequest;
    return new Request(url, { method, headers, redirect: "manual", ...(body !== undefined && { body }) });
  }

  /** Calls any endpoint, with the same authentication, retries and errors. */
  request(description: RequestDescription, options?: CallOptions): Promise<unknown> {
    const session = this.#session;
    return startCall(session, async () => {
      refuseProxied(session);
      const given = { provider: session.provider.name, operation: "request" };
      const [written, text] = inputOf(given, () => [
        writeOptions(options),
        writeParams(description ?? null, "request"),
      ]);
      return run(session, written, (client, scope) => client.request(scope, text, written));
    });
  }
}

/** @throws {InputError} where the client has a proxy, which takes named operations and nothing else */
function refuseProxied({ options, provider }: Session): void {
  if (!options.proxy) return;
  throw new InputError([{ path: "proxy", message: "takes named operations only" }], {
    provider: provider.name,
  });
}

const defined = new WeakSet<object>();

/** What a resource can do, and the resources below it. */
interface Resource {
  [name: string]: Resource | Method;
}

type Method = (first: unknown, options: unknown) => unknown;

/** A resource with its functions for a client. */
function makeResource(session: Session, resource: string): Resource {
  const { provider } = session;
  const made: Resource = {};
  const start = `${resource}.`;
  for (const name of operationNames(provider)) {
    if (!name.startsWith(start)) continue;
    plant(made, name, (params, options) =>
      callOperation(session, findOperation(provider, name) as Operation, params, options),
    );
  }
  // What waits for a job is beside what asks for its state.
  for (const [kind, operation] of Object.entries(provider.jobs)) {
    if (!operation.startsWith(start)) continue;
    const wait = (job: unknown, options: unknown) =>
      followJob(session, { kind, operation }, job, options as WaitOptions<unknown>);
    plant(made, `${operation.slice(0, operation.lastIndexOf("."))}.wait`, wait);
  }
  return made;
}

/** Takes up a job again by what names it. */
async function followJob(
  session: Session,
  { kind, operation }: { kind: string; operation: string },
  job: unknown,
  options: WaitOptions<unknown> = {},
): Promise<unknown> {
  const params = inputOf({ provider: session.provider.name, operation }, () => {
    checkWaitOptions(options);
    return writeParams(job, "params");
  });
  const { intervalMs, timeoutMs } = options;
  const { data } = await run(session, options, (client, scope) =>
    client.follow(scope, kind, params, intervalMs, timeoutMs),
  );
  return data;
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
