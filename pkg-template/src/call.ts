/** The promise that a call returns, with what can be done with it besides `await`. */
import { makeCall, type OperationCall, runCall } from "./operation-call.js";
import { checkWaitOptions } from "./options.js";
import { makePage, walkItems } from "./page.js";
import type { Outcome } from "./platform/scope.js";
import type { Operation } from "./provider.js";
import { responseOf } from "./response.js";
import { run } from "./run.js";
import type { Session } from "./session.js";
import type { Page, WaitOptions, WithResponse } from "./types.js";

/** What a call knows of itself; kept where nobody sees it, because params may be secret. */
interface Context {
  readonly session: Session;
  call: OperationCall | undefined;
  outcome: Outcome | undefined;
}

/** Gives an object a private field: a constructor that returns its argument lets a subclass do that. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is the point
    return object;
  }
}

class Marked extends Given {
  readonly #context: Context;
  constructor(object: object, context: Context) {
    super(object);
    this.#context = context;
  }
  static of(object: object): Context {
    if (!(#context in object)) throw new TypeError("not a call's own promise");
    return object.#context;
  }
}

const plain = Object.create(Promise.prototype, methods({ withResponse }));
const paged = Object.create(plain, methods({ [Symbol.asyncIterator]: iterate }));
const job = Object.create(plain, methods({ wait }));

function methods(named: Record<PropertyKey, unknown>): PropertyDescriptorMap {
  const descriptors: PropertyDescriptorMap = {};
  for (const name of Reflect.ownKeys(named)) {
    descriptors[name as string] = { value: named[name as string], writable: true, configurable: true };
  }
  return descriptors;
}

/** Calls an operation. What is wrong with the call, its promise rejects with. */
export function callOperation(session: Session, operation: Operation, params: unknown, options: unknown) {
  const context: Context = { session, call: undefined, outcome: undefined };
  const promise = runOperation(context, operation, params, options);
  return withHelpers(promise, operation.isList ? paged : operation.startsJob ? job : plain, context);
}

async function runOperation(context: Context, operation: Operation, params: unknown, options: unknown) {
  const call = makeCall(context.session, operation, params, options);
  context.call = call;
  const outcome = await runCall(call);
  context.outcome = outcome;
  return operation.isList ? makePage(call, outcome) : outcome.data;
}

/** Starts a call that is none of an operation. */
export function startCall(session: Session, start: () => Promise<Outcome>): Promise<unknown> {
  const context: Context = { session, call: undefined, outcome: undefined };
  const finish = async () => {
    context.outcome = await start();
    return context.outcome.data;
  };
  return withHelpers(finish(), plain, context);
}

/** A real promise of the engine's own: `await` takes its short way, and errors keep the caller's stack. */
function withHelpers(promise: Promise<unknown>, prototype: object, context: Context): Promise<unknown> {
  Object.setPrototypeOf(promise, prototype);
  new Marked(promise, context);
  return promise;
}

async function withResponse(this: Promise<unknown>): Promise<WithResponse<unknown>> {
  const data = await this;
  const { session, outcome } = Marked.of(this);
  return { data, response: await responseOf(session, outcome as Outcome) };
}

function iterate(this: Promise<unknown>): AsyncIterableIterator<unknown, void, undefined> {
  return walkItems(this as Promise<Page<unknown>>);
}

async function wait(this: Promise<unknown>, options: WaitOptions<unknown> = {}): Promise<unknown> {
  const started = await this;
  const { session, operation, params } = Marked.of(this).call as OperationCall;
  checkWaitOptions(options);
  const { intervalMs, timeoutMs } = options;
  const outcome = await run(session, options, (client, scope) =>
    client.followStarted(scope, operation.index, params, started, intervalMs, timeoutMs),
  );
  return outcome.data;
}
