/** Checks what `createProxy` is given, so that nothing is open by a slip. */
import { InputError, type Issue, nearest, type Session, sessionOf } from "../runtime.js";
import { checkCors } from "./cors.js";
import { completeLimits } from "./limits.js";
import { type CheckedRules, checkRules, type Sessions } from "./rules.js";
import type { ProxyOptions } from "./types.js";

const NAMES = [
  ...["clients", "authorize", "allow", "basePath", "cors", "limits"],
  ...["eventParams", "onRequest", "onResponse", "onDenied"],
];

/** @throws {InputError} with every option that is wrong */
export function checkOptions<Caller, Context extends unknown[]>(options: ProxyOptions<Caller, Context>) {
  if (typeof options !== "object" || options === null) {
    throw new InputError([{ path: "options", message: "must be an object" }]);
  }
  const issues: Issue[] = [];
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue;
    const meant = nearest(name, NAMES);
    issues.push({ path: name, message: `is not known${meant ? `; did you mean ${meant}?` : ""}` });
  }
  const { authorize, allow, basePath = "/", cors, limits, clients, ...rest } = options;
  if (typeof authorize !== "function") issues.push({ path: "authorize", message: "must be a function" });
  for (const name of ["onRequest", "onResponse", "onDenied"] as const) {
    const given = rest[name];
    if (given !== undefined && typeof given !== "function")
      issues.push({ path: name, message: "must be a function" });
  }
  if (
    typeof basePath !== "string" ||
    !/^(\/[\w.~-]+)*\/?$/.test(basePath) ||
    /\/\.{1,2}(\/|$)/.test(basePath)
  ) {
    issues.push({ path: "basePath", message: "must be a path like /api/hosting" });
  }
  const sessions = checkClients(clients, issues);
  const rules = collect(issues, () =>
    typeof allow === "function" ? undefined : checkRules(allow, sessions),
  ) as CheckedRules | undefined;
  collect(issues, () => checkCors(cors));
  const complete = collect(issues, () => completeLimits<Caller>(limits));
  if (issues.length > 0 || !complete) throw new InputError(issues);
  return { sessions, rules, limits: complete, basePath: `${basePath.replace(/\/+$/, "")}/` };
}

function checkClients(clients: unknown, issues: Issue[]): Sessions {
  const sessions = new Map<string, Session>();
  const given = typeof clients === "object" && clients !== null ? Object.entries(clients) : [];
  if (given.length === 0) issues.push({ path: "clients", message: "must have a client" });
  for (const [name, client] of given) {
    const session = typeof client === "object" && client !== null ? sessionOf(client) : undefined;
    const path = `clients.${name}`;
    if (!session) {
      issues.push({
        path,
        message: "must be a client, of the same copy of hostwire (import and require are two)",
      });
    } else if (session.provider.name !== name) {
      issues.push({
        path,
        message: `is a client of ${session.provider.name}, and must be under that name`,
      });
    } else sessions.set(name, session);
  }
  return sessions;
}

/** Goes on after a check that throws, with its faults among the others. */
function collect<T>(issues: Issue[], check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
    return undefined;
  }
}
