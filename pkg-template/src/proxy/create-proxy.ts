/** The proxy: keeps the credentials, and lets through what its rules open. */
import {
  HostwireError,
  makeCall,
  notify,
  redactedParams,
  responseOf,
  runCall,
  type Session,
  TimeoutError,
} from "../runtime.js";
import { answerOf } from "./answer.js";
import { corsHeaders, preflight } from "./cors.js";
import { deadlineOf } from "./deadline.js";
import { Denied } from "./denied.js";
import { type Admitted, createGate, type Progress } from "./gate.js";
import { checkOptions } from "./options.js";
import { denialProblem, errorProblem, type Failure, faultProblem, problemResponse } from "./problem.js";
import type { EdgeProxy, ProxyOptions, ProxyRequestEvent } from "./types.js";
import { RETRIES_HEADER } from "./wire.js";
import { withhold, withoutCredentials } from "./withhold.js";

/** What some servers log where nobody waits for the answer any more. */
const CLIENT_GONE = 499;

/**
 * Makes a handler that keeps clients' credentials where it runs. Everything is closed but what `allow` opens, for
 * those whom `authorize` knows.
 * @throws {InputError} where an option would not do what it says
 */
export function createProxy<Caller, Context extends unknown[] = unknown[]>(
  options: ProxyOptions<Caller, Context>,
): EdgeProxy<Context> {
  const checked = checkOptions(options);
  const { cors, eventParams = false, onRequest, onResponse, onDenied } = options;
  const { timeoutMs } = checked.limits;
  const admit = createGate(options, checked);

  /** Makes the call, and tells of it. */
  async function call(
    request: Request,
    { target, caller, passed, secrets }: Admitted<Caller>,
  ): Promise<Response> {
    const { provider, session, operation } = target;
    const named = { provider, operation: operation.name };
    const started = Date.now();
    let event: ProxyRequestEvent<Caller> = { caller, ...named, effect: operation.effect };
    const end = (response: Response, attempts: number, error?: string): Response => {
      const { status } = response;
      const durationMs = Date.now() - started;
      notify(onResponse, { ...event, status, durationMs, attempts, ...(error !== undefined && { error }) });
      return response;
    };
    const fail = (failure: Failure, error: string) => end(problemResponse(failure), failure.attempts, error);
    const deadline = deadlineOf(request, timeoutMs);
    try {
      const { signal } = deadline;
      const made = makeCall(session, operation, passed.params, { signal, ...retriesOf(request, session) });
      if (eventParams) event = { ...event, params: await redactedParams(made) };
      notify(onRequest, event);
      const outcome = await runCall(made);
      const response = await responseOf(session, outcome);
      const safe = await safeFor(session, secrets);
      return end(answerOf(safe(outcome.data), response, outcome.page?.total), response.attempts);
    } catch (thrown) {
      const error = deadline.isOver() ? overdue(timeoutMs, named) : thrown;
      if (error instanceof HostwireError) {
        return fail(errorProblem(error, await safeFor(session, secrets)), error.name);
      }
      if (request.signal.aborted) return end(new Response(null, { status: CLIENT_GONE }), 0, "AbortError");
      return fail(faultProblem(named), "Error");
    } finally {
      deadline.clear();
    }
  }

  async function answer(request: Request, context: Context): Promise<Response> {
    const progress: Progress<Caller> = {};
    try {
      const admitted = await admit(request, context, progress);
      return await call(request, admitted).finally(admitted.leave);
    } catch (error) {
      return refuse(error, progress);
    }
  }

  /** What was refused, as an answer; the one who runs the proxy is told more of it than the caller. */
  function refuse(error: unknown, { caller, target }: Progress<Caller>): Response {
    const named = target ? { provider: target.provider, operation: target.operation.name } : {};
    const known = { ...(caller !== undefined && { caller }), ...named };
    if (error instanceof Denied) {
      const { status, code, message, cause } = error;
      notify(onDenied, { ...known, status, code, message, ...(cause !== undefined && { cause }) });
      return problemResponse(denialProblem(error, named));
    }
    notify(onDenied, { ...known, status: 500, code: "failed", message: String(error), cause: error });
    return problemResponse(faultProblem(named));
  }

  return {
    async fetch(request, ...context) {
      const isPreflight =
        request.method === "OPTIONS" && request.headers.has("access-control-request-method");
      const response = isPreflight
        ? preflight(request, cors)
        : await answer(request, context).catch(() => problemResponse(faultProblem({})));
      for (const [name, value] of Object.entries(corsHeaders(request, cors)))
        response.headers.set(name, value);
      response.headers.set("cache-control", "no-store");
      response.headers.set("x-content-type-options", "nosniff");
      return response;
    },
  };
}

/** What a caller may see of data. */
async function safeFor(session: Session, secrets: readonly string[] | undefined) {
  const redacted = await withoutCredentials(session);
  return (data: unknown) => redacted(secrets ? withhold(data, secrets) : data);
}

const overdue = (timeoutMs: number, named: { provider: string; operation: string }): TimeoutError =>
  new TimeoutError(`the call was not done within ${timeoutMs} ms`, { ...named, timeoutMs });

/** A caller that repeats calls by itself says how often the proxy may at most; it cannot have more than is set. */
function retriesOf(request: Request, { options }: Session): { maxRetries?: number } {
  const asked = request.headers.get(RETRIES_HEADER) ?? "";
  return /^\d{1,3}$/.test(asked) ? { maxRetries: Math.min(Number(asked), options.maxRetries ?? 2) } : {};
}
