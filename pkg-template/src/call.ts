/** The promise that a call returns, with what can be done with it besides `await`. */

import type { Connection } from "./connection.js";
import { HostwireError, JobError } from "./errors.js";
import { runExchange } from "./exchange.js";
import { followJob, maskedData } from "./job.js";
import { Exchange } from "./operation.js";
import type { Outcome } from "./outcome.js";
import { makePage, walkItems } from "./page.js";
import { firstAt, valueAt } from "./pointer.js";
import type { JobRule, OperationLine } from "./provider.js";
import type { Page, WaitOptions, WithResponse } from "./types.js";

/** What a call knows of itself; kept where nobody sees it, because params may be secret. */
interface Context {
  exchange: Exchange | undefined;
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

/** Starts a call. `make` checks what it can and throws what is wrong, which the promise rejects with. */
export function startCall(prototype: object, make: () => Exchange): Promise<unknown> {
  const context: Context = { exchange: undefined, outcome: undefined };
  const promise = run(context, make, prototype === paged);
  // A real promise of the engine's own: `await` takes its short way, and errors keep the caller's stack.
  Object.setPrototypeOf(promise, prototype);
  new Marked(promise, context);
  return promise;
}

async function run(context: Context, make: () => Exchange, isList: boolean): Promise<unknown> {
  const exchange = make();
  context.exchange = exchange;
  const outcome = await runExchange(exchange);
  context.outcome = outcome;
  return isList ? makePage(exchange, outcome) : outcome.data;
}

async function withResponse(this: Promise<unknown>): Promise<WithResponse<unknown>> {
  const data = await this;
  return { data, response: (Marked.of(this).outcome as Outcome).response };
}

function iterate(this: Promise<unknown>): AsyncIterableIterator<unknown, void, undefined> {
  return walkItems(this as Promise<Page<unknown>>);
}

async function wait(this: Promise<unknown>, options?: WaitOptions<unknown>): Promise<unknown> {
  const started = await this;
  const exchange = Marked.of(this).exchange as Exchange;
  const { connection, line, params } = exchange;
  const kind = line.job as string;
  const rule = connection.provider.head.jobs[kind];
  const from = rule?.idFrom === "request" ? JSON.parse(params) : started;
  const id = rule && valueAt(from, line.jobId ?? `/${rule.id}`);
  if (!rule || id === undefined || id === null) throw await noJob(rule, started, exchange);
  return followJob(connection, kind, { [rule.id]: id }, options, exchange);
}

/** Why there is nothing to wait for. */
async function noJob(
  rule: JobRule | undefined,
  started: unknown,
  exchange: Exchange,
): Promise<HostwireError> {
  const { details, line } = exchange;
  const { when = [], invoice: places } = rule?.unpaid ?? {};
  const invoice = firstAt(started, places, isNumber);
  if (invoice !== undefined || when.some(([pointer, value]) => valueAt(started, pointer) === value)) {
    const which = invoice === undefined ? "The invoice" : `Invoice ${invoice}`;
    const message = `${line.name} has started nothing yet. ${which} has to be paid first; then the work begins`;
    const answer = await maskedData(exchange, started);
    return new JobError(message, { ...details, answer, state: "unpaid" });
  }
  const message =
    started === undefined
      ? `the provider has taken ${line.name}, but does not say which job to follow`
      : "the answer does not say which job to follow";
  return new HostwireError(message, details);
}

const isNumber = (value: unknown): value is number | string => /^\d+$/.test(String(value));

/** Calls an operation. */
export function callOperation(
  connection: Connection,
  line: OperationLine,
  params: unknown,
  options: unknown,
) {
  const prototype = line.paging ? paged : line.job ? job : plain;
  return startCall(prototype, () => Exchange.of(connection, line, params, options));
}

/** The prototype of a call that is no list and starts no job. */
export const plainCall: object = plain;
