/** Everything that has to be so before a provider is called. */
import { findOperation, type Operation, type Session } from "../runtime.js";
import { readBody } from "./body.js";
import { isOriginOpen } from "./cors.js";
import { Denied } from "./denied.js";
import { readParams } from "./json.js";
import { keyOf, Running, takeOne } from "./limits.js";
import { memoryStore } from "./memory-store.js";
import type { checkOptions } from "./options.js";
import { Replays } from "./replays.js";
import { type CheckedRules, checkRules, isOpen, type Passed, passRules } from "./rules.js";
import type { ProxyOptions } from "./types.js";
import { ID_HEADER } from "./wire.js";
import { secretPointers } from "./withhold.js";

/** The operation that a path names. */
export interface Target {
  provider: string;
  session: Session;
  operation: Operation;
}

/** A request on its way: what is known of it by now. */
export interface Progress<Caller> {
  caller?: Caller;
  target?: Target;
}

/** A request that may go on to its provider. */
export interface Admitted<Caller> extends Required<Progress<Caller>> {
  passed: Passed;
  /** Pointers to what the caller may not see of the answer; nothing where it may see all. */
  secrets: readonly string[] | undefined;
  /** To be called when it has ended. */
  leave: () => void;
}

/** Makes the gate, which admits a request or throws a {@link Denied}; what it learns by the way is in `progress`. */
export function createGate<Caller, Context extends unknown[]>(
  { authorize, allow, cors }: ProxyOptions<Caller, Context>,
  { sessions, basePath, limits, rules }: ReturnType<typeof checkOptions<Caller, Context>>,
) {
  const store = limits.rate ? (limits.rate.store ?? memoryStore()) : undefined;
  const running = new Running(limits.concurrency, limits.bodyTimeoutMs + limits.timeoutMs);
  const replays = new Replays();
  const nameOf = limits.keyOf ?? keyOf;

  /** What follows the base path, letter by letter: nothing is decoded. */
  function targetOf(request: Request): Target {
    const { pathname, search } = new URL(request.url);
    const named = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : "";
    const [, provider = "", name = ""] = /^([a-z]+)\/([A-Za-z0-9.]+)$/.exec(named) ?? [];
    const session = sessions.get(provider);
    const operation = session && findOperation(session.provider, name);
    if (!session || !operation || search !== "") {
      throw new Denied(
        404,
        "no_such_operation",
        "The path has to be <provider>/<operation>, without a query.",
      );
    }
    return { provider, session, operation };
  }

  async function callerOf(request: Request, context: Context): Promise<Caller> {
    let caller: Awaited<ReturnType<typeof authorize>>;
    try {
      caller = await authorize(request, ...context);
    } catch (cause) {
      throw because(cause, new Denied(401, "authorize_failed", "Who is calling could not be made sure of."));
    }
    // An empty name is nobody's, and an answer or an error is somebody's way to refuse.
    if (caller && !(caller instanceof Response) && !(caller instanceof Error)) return caller;
    throw new Denied(401, "unauthorized", "The proxy does not know who is calling.");
  }

  async function rulesFor(caller: Caller): Promise<CheckedRules> {
    if (rules) return rules;
    try {
      return checkRules(await (allow as (caller: Caller) => unknown)(caller), sessions);
    } catch (cause) {
      throw because(cause, new Denied(500, "rules_failed", "What may be called could not be made out."));
    }
  }

  return async (
    request: Request,
    context: Context,
    progress: Progress<Caller>,
  ): Promise<Admitted<Caller>> => {
    const target = targetOf(request);
    progress.target = target;
    if (request.method !== "POST") {
      throw new Denied(405, "method", "Only POST is answered.", { headers: { allow: "POST, OPTIONS" } });
    }
    if (!isOriginOpen(request, cors)) throw new Denied(403, "origin", "This origin may not call.");
    const caller = await callerOf(request, context);
    progress.caller = caller;
    const key: unknown = nameOf(caller);
    if (typeof key !== "string") {
      // A promise or an object is another one each time, and would count nothing.
      const cause = new TypeError("limits.keyOf must give text");
      throw because(cause, new Denied(503, "limits_failed", "The limits could not be checked."));
    }
    if (limits.rate && store) await takeOne(store, limits.rate, key);
    const { provider, operation } = target;
    const open = await rulesFor(caller);
    if (!isOpen(open, provider, operation)) {
      throw new Denied(403, "not_allowed", "This caller may not call this operation.");
    }
    const leave = running.enter(key);
    try {
      const params = readParams(await readBody(request, limits), limits.depth);
      const passed = passRules(open, provider, operation, params);
      const secrets = passed.secrets ? undefined : secretPointers(provider, operation);
      if (secrets?.includes("")) {
        throw new Denied(403, "secret_answer", "The answer is a secret, which this caller may not have.");
      }
      if (operation.effect !== "read") replays.check(key, request.headers.get(ID_HEADER));
      return { target, caller, passed, secrets, leave };
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** The same refusal, with why for the one who runs the proxy. */
const because = (cause: unknown, denied: Denied): Denied => Object.assign(denied, { cause });
