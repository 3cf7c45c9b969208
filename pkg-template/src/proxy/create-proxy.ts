/** The proxy: keeps the credentials, and lets through what its rules open. */
import {
  type Connection,
  Exchange,
  HostwireError,
  type OperationLine,
  type Outcome,
  operationLines,
  runExchange,
  shownParams,
  TimeoutError,
} from "../runtime.js";
import { RETRIES_HEADER } from "../wire.js";
import { answerOf } from "./answer.js";
import { readBody } from "./body.js";
import { corsHeaders, isOriginOpen, preflight } from "./cors.js";
import { deadlineOf } from "./deadline.js";
import { Denied } from "./denied.js";
import { readParams } from "./json.js";
import { keyOf, Running, takeOne } from "./limits.js";
import { memoryStore } from "./memory-store.js";
import { checkOptions } from "./options.js";
import { denialProblem, errorProblem, type Failure, faultProblem, problemResponse } from "./problem.js";
import { type CheckedRules, checkRules, isOpen, passRules } from "./rules.js";
import type { Proxy, ProxyOptions, ProxyRequestEvent } from "./types.js";
import { secretPointers, withhold, withoutCredentials } from "./withhold.js";

/** A request on its way: what is known of it by now. */
interface Progress<Caller> {
  caller?: Caller;
  target?: Target;
  event?: ProxyRequestEvent<Caller>;
}

/** The operation that a path names. */
interface Target {
  provider: string;
  connection: Connection;
  line: OperationLine;
}

/** What some servers log where nobody waits for the answer any more. */
const CLIENT_GONE = 499;

/**
 * Makes a handler that keeps clients' credentials where it runs. Everything is closed but what `allow` opens, for
 * those whom `authorize` knows.
 * @throws {InputError} where an option would not do what it says
 */
export function createProxy<Caller, Context extends unknown[] = unknown[]>(
  options: ProxyOptions<Caller, Context>,
): Proxy<Context> {
  const { connections, basePath, limits, rules } = checkOptions(options);
  const { authorize, allow, cors, eventParams = false, onRequest, onResponse, onDenied } = options;
  const store = limits.rate && (limits.rate.store ?? memoryStore());
  const running = new Running(limits.concurrency);
  const nameOf = limits.keyOf ?? keyOf;

  /** The operation that is named by what follows the base path, letter by letter: nothing is decoded. */
  function targetOf(request: Request): Target {
    const { pathname, search } = new URL(request.url);
    const named = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : "";
    const [, provider = "", operation = ""] = /^([a-z]+)\/([A-Za-z0-9.]+)$/.exec(named) ?? [];
    const connection = connections.get(provider);
    const line = connection && operationLines(connection.provider).get(operation);
    if (!connection || !line || search !== "") {
      throw new Denied(
        404,
        "no_such_operation",
        "The path has to be <provider>/<operation>, without a query.",
      );
    }
    return { provider, connection, line };
  }

  async function callerOf(request: Request, context: Context): Promise<Caller> {
    let caller: Awaited<ReturnType<typeof authorize>>;
    try {
      caller = await authorize(request, ...context);
    } catch (cause) {
      throw because(cause, new Denied(401, "authorize_failed", "Who is calling could not be made sure of."));
    }
    if (caller !== undefined && caller !== null && caller !== false) return caller;
    throw new Denied(401, "unauthorized", "The proxy does not know who is calling.");
  }

  async function rulesFor(caller: Caller): Promise<CheckedRules> {
    if (rules) return rules;
    try {
      return checkRules(await (allow as (caller: Caller) => unknown)(caller), connections);
    } catch (cause) {
      throw because(cause, new Denied(500, "rules_failed", "What may be called could not be made out."));
    }
  }

  /** Everything that has to be so before a provider is called. */
  async function admit(request: Request, context: Context, progress: Progress<Caller>) {
    const target = targetOf(request);
    progress.target = target;
    if (request.method !== "POST") {
      throw new Denied(405, "method", "Only POST is answered.", { headers: { allow: "POST, OPTIONS" } });
    }
    if (!isOriginOpen(request, cors)) throw new Denied(403, "origin", "This origin may not call.");
    const caller = await callerOf(request, context);
    progress.caller = caller;
    const key = nameOf(caller);
    if (limits.rate && store) await takeOne(store, limits.rate, key);
    const open = await rulesFor(caller);
    if (!isOpen(open, target.provider, target.line)) {
      throw new Denied(403, "not_allowed", "This caller may not call this operation.");
    }
    const leave = running.enter(key);
    try {
      const params = readParams(await readBody(request, limits), limits.depth);
      const passed = passRules(open, target.provider, target.line, params);
      const secrets = passed.secrets ? [] : secretPointers(target.connection, target.line);
      if (secrets.includes("")) {
        throw new Denied(403, "secret_answer", "The answer is a secret, which this caller may not have.");
      }
      return { target, caller, passed, secrets, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function answer(request: Request, context: Context, progress: Progress<Caller>): Promise<Response> {
    const { target, caller, passed, secrets, leave } = await admit(request, context, progress);
    const { provider, connection, line } = target;
    const started = Date.now();
    const deadline = deadlineOf(request, limits.timeoutMs);
    const known = { caller, provider, operation: line.name, effect: line.effect };
    const safe = (data: unknown) => withoutCredentials(withhold(data, secrets), connection);
    let event: ProxyRequestEvent<Caller> = known;
    const end = (response: Response, attempts: number, error?: string) => {
      const { status } = response;
      const durationMs = Date.now() - started;
      observe(onResponse, { ...event, status, durationMs, attempts, ...(error !== undefined && { error }) });
      return response;
    };
    const fail = (failure: Failure, error: string) => end(problemResponse(failure), failure.attempts, error);
    try {
      const exchange = Exchange.of(connection, line, passed.params, {
        signal: deadline.signal,
        ...retriesOf(request, connection),
      });
      if (eventParams) event = { ...known, params: await shownParams(exchange) };
      observe(onRequest, event);
      const outcome: Outcome = await runExchange(exchange);
      return end(answerOf(outcome, safe(outcome.data), line, connection), outcome.response.attempts);
    } catch (thrown) {
      let error = thrown;
      if (deadline.isOver()) error = overdue(limits.timeoutMs, { provider, operation: line.name });
      if (request.signal.aborted) return end(new Response(null, { status: CLIENT_GONE }), 0, "AbortError");
      if (error instanceof HostwireError) return fail(errorProblem(error, safe), error.name);
      return fail(faultProblem({ provider, operation: line.name }), "Error");
    } finally {
      deadline.clear();
      leave();
    }
  }

  /** What was refused, as an answer; the one who runs the proxy is told more of it than the caller. */
  function refuse(error: unknown, { caller, target }: Progress<Caller>): Response {
    const named = target ? { provider: target.provider, operation: target.line.name } : {};
    const known = { ...(caller !== undefined && { caller }), ...named };
    if (error instanceof Denied) {
      const { status, code, message, cause } = error;
      observe(onDenied, { ...known, status, code, message, ...(cause !== undefined && { cause }) });
      return problemResponse(denialProblem(error, named));
    }
    observe(onDenied, { ...known, status: 500, code: "failed", message: String(error), cause: error });
    return problemResponse(faultProblem(named));
  }

  return {
    async fetch(request, ...context) {
      const progress: Progress<Caller> = {};
      let response: Response;
      if (request.method === "OPTIONS" && request.headers.has("access-control-request-method")) {
        response = preflight(request, cors);
      } else {
        response = await answer(request, context, progress).catch((error) => refuse(error, progress));
        for (const [name, value] of Object.entries(corsHeaders(request, cors)))
          response.headers.set(name, value);
      }
      response.headers.set("cache-control", "no-store");
      response.headers.set("x-content-type-options", "nosniff");
      return response;
    },
  };
}

/** The same refusal, with why for the one who runs the proxy. */
const because = (cause: unknown, denied: Denied): Denied => Object.assign(denied, { cause });

const overdue = (timeoutMs: number, named: { provider: string; operation: string }): TimeoutError =>
  new TimeoutError(`the call was not done within ${timeoutMs} ms`, { ...named, timeoutMs });

/** A caller that repeats calls by itself says how often the proxy may at most; it cannot have more than is set. */
function retriesOf(request: Request, { options }: Connection): { maxRetries?: number } {
  const asked = request.headers.get(RETRIES_HEADER) ?? "";
  return /^\d{1,3}$/.test(asked) ? { maxRetries: Math.min(Number(asked), options.maxRetries ?? 2) } : {};
}

/** Observers look on: what they throw changes no answer. */
function observe<Event>(observer: ((event: Event) => void) | undefined, event: Event): void {
  try {
    const watched: unknown = observer?.(event);
    if (watched instanceof Promise) watched.catch(() => {});
  } catch {
    // Nobody to tell.
  }
}
