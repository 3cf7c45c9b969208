/** Following a job to its end. */
import type { Connection } from "./connection.js";
import { loadCore, presentCore } from "./core.js";
import { ApiError, HostwireError, JobError, TimeoutError } from "./errors.js";
import { runExchange } from "./exchange.js";
import { readMasked } from "./mask.js";
import { Exchange } from "./operation.js";
import { checkWaitOptions } from "./options.js";
import type { Outcome } from "./outcome.js";
import { firstAt, valueAt } from "./pointer.js";
import type { JobRule, OperationLine } from "./provider.js";
import { sleep } from "./sleep.js";
import type { WaitOptions } from "./types.js";

const DEFAULT_INTERVAL_MS = 5_000;
const DEFAULT_TIMEOUT_MS = 3_600_000;

/** What names a job for the operation that tells its state. */
export type JobParams = Readonly<Record<string, unknown>>;

/** Asks for a job's state until it has ended, and gives its result. */
export async function followJob(
  connection: Connection,
  kind: string,
  job: JobParams,
  options: WaitOptions<unknown> = {},
  startedBy?: Exchange,
): Promise<unknown> {
  try {
    return await poll(connection, kind, job, options, startedBy);
  } catch (error) {
    // Whatever went wrong, the job may be going on: it must not be lost with the error.
    // A provider's key of a job is a secret, so it is there to be read, but not shown with the rest.
    if (error instanceof HostwireError)
      Object.defineProperty(error, "job", { value: job, configurable: true });
    throw error;
  }
}

async function poll(
  connection: Connection,
  kind: string,
  job: JobParams,
  options: WaitOptions<unknown>,
  startedBy: Exchange | undefined,
) {
  const rule = connection.provider.head.jobs[kind] as JobRule;
  checkWaitOptions(options);
  const operation = startedBy?.line.check ?? rule.operation;
  const line = connection.line(operation) as OperationLine;
  const details = { provider: connection.provider.name, operation };
  const key = JSON.stringify([operation, job]);
  const before = connection.finished.get(key);
  if (before) return before.data;
  const { signal, onProgress, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const intervalMs = options.intervalMs ?? (rule.interval ? rule.interval * 1000 : DEFAULT_INTERVAL_MS);
  const exchange = Exchange.of(connection, line, job, signal && { signal }, startedBy);
  // Where the id is as good as a key, it stays out of messages.
  const name = rule.isSecret ? "the job" : `job ${String(job[rule.id] ?? "")}`.trim();
  const started = connection.now();

  for (let polls = 1; ; polls++) {
    let asked: JobState;
    try {
      asked = await askState(exchange, kind);
    } catch (error) {
      // Somebody else who waits for it may have got the one answer that there is.
      const kept = connection.finished.get(key);
      if (kept) return kept.data;
      throw error;
    }
    const { state, said, debug, answer, outcome } = asked;
    if (state === "done" && outcome) {
      if (rule.once) keep(connection.finished, key, outcome);
      return outcome.data;
    }
    if (state !== "running") {
      // Somebody else who waits for it may have got the one answer that there is, before the key was gone.
      const kept = connection.finished.get(key);
      if (kept) return kept.data;
      const more = debug ? ` (${debug})` : "";
      const message =
        state === "failed"
          ? `${name} failed${said ? `: ${said}` : ""}${more}`
          : `${name} is in a state that is not known${said ? `, ${said}` : ""}${more}: whether it will end cannot be told`;
      throw new JobError(await masked(exchange, message), {
        ...details,
        answer: await maskedData(exchange, answer),
        state: said && (await masked(exchange, said)),
        debug: debug && (await masked(exchange, debug)),
      });
    }
    const elapsedMs = connection.now() - started;
    onProgress?.({ answer, polls, elapsedMs });
    if (elapsedMs + intervalMs > timeoutMs) {
      const message = `${name} has not ended within ${timeoutMs} ms; it goes on, and can be waited for again`;
      throw new TimeoutError(message, { ...details, timeoutMs });
    }
    await sleep(intervalMs, signal);
  }
}

async function masked(exchange: Exchange, text: string): Promise<string> {
  exchange.enter(presentCore ?? (await loadCore()));
  return exchange.masked(text);
}

/** A provider's answer with nothing secret in it that the call or the one that started the job sent. */
export async function maskedData(exchange: Exchange, data: unknown): Promise<unknown> {
  const text = JSON.stringify(data);
  if (text === undefined) return undefined;
  return readMasked(text, await masked(exchange, text), data);
}

const MOST_KEPT = 100;

/** Keeps what the provider will not say again, so that waiting twice gives the same. */
function keep(finished: Map<string, Outcome>, key: string, outcome: Outcome): void {
  finished.set(key, outcome);
  for (const oldest of finished.keys()) {
    if (finished.size <= MOST_KEPT) break;
    finished.delete(oldest);
  }
}

interface JobState {
  state: string;
  /** The provider's word for it. */
  said: string | undefined;
  debug?: string | undefined;
  answer: unknown;
  outcome?: Outcome;
}

async function askState(exchange: Exchange, kind: string): Promise<JobState> {
  const rule = exchange.connection.provider.head.jobs[kind] as JobRule;
  try {
    const outcome = await runExchange(exchange);
    return { ...stateOf(rule, outcome.status, outcome.body), answer: outcome.data, outcome };
  } catch (error) {
    // Some states are told by an error: a certificate request that is gone, a server being reinstalled.
    if (!(error instanceof ApiError)) throw error;
    const { gone } = rule;
    if (gone && error.message.toLowerCase().includes(gone.words.toLowerCase())) {
      return { state: "failed", said: `${error.message}. ${gone.hint}`, answer: error.body };
    }
    const { state, said, debug } = stateOf(rule, error.status, error.body, true);
    if (state !== "failed" && state !== "running") throw error;
    return { state, said: said ?? error.message, debug, answer: error.body };
  }
}

/**
 * How far a job is, by an answer about it, and the provider's word for that. Where the answer is an
 * error, only a clause that speaks of it counts, not one for all that is left.
 */
export function stateOf(
  { states, error, debug: debugAt }: JobRule,
  status: number,
  body: unknown,
  isError = false,
): { state: string; said: string | undefined; debug?: string } {
  let said: string | undefined;
  for (const [state, asked, pointer, values] of states) {
    const word = pointer === undefined ? undefined : valueAt(body, pointer);
    if (isText(word)) said = word;
    if (asked !== 0 && asked !== status) continue;
    if (pointer === undefined ? isError && asked === 0 : !isOneOf(word, values)) continue;
    if (state !== "failed") return { state, said };
    // Why it failed, where the provider has a place for that.
    const debug = debugAt && firstAt(body, [debugAt], isText);
    return { state, said: firstAt(body, error, isText) ?? said, ...(debug && { debug }) };
  }
  return { state: "unknown", said };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Whether a value is one of some, texts in any case; any text where none are named. */
function isOneOf(value: unknown, values: readonly unknown[] | undefined): boolean {
  if (!values) return isText(value);
  const plain = (one: unknown) => (typeof one === "string" ? one.toLowerCase() : one);
  return values.some((one) => plain(one) === plain(value));
}
