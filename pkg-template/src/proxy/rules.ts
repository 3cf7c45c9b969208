/** Which calls pass. Everything is closed; a rule opens an operation. */
import {
  findOperation,
  InputError,
  type Issue,
  nearest,
  type Operation,
  operationNames,
  type Session,
} from "../runtime.js";
import { Denied } from "./denied.js";
import type { Bound, OperationRule, Rules } from "./types.js";

/** Of the clients that a proxy has, by provider. */
export type Sessions = ReadonlyMap<string, Session>;

/** Rules that were found to be right, by provider. */
export type CheckedRules = ReadonlyMap<string, readonly OperationRule[]>;

/** A call that a rule lets pass, with the params that the rule fills in. */
export interface Passed {
  params: Record<string, unknown>;
  secrets: boolean;
}

/** @throws {InputError} where a rule names what there is not, or would not do what it says */
export function checkRules(rules: unknown, sessions: Sessions): CheckedRules {
  const issues: Issue[] = [];
  const checked = new Map<string, OperationRule[]>();
  if (typeof rules !== "object" || rules === null || Array.isArray(rules)) {
    throw new InputError([{ path: "allow", message: "must be an object of rules by provider" }]);
  }
  for (const [provider, list] of Object.entries(rules as Rules)) {
    const session = sessions.get(provider);
    const path = `allow.${provider}`;
    if (!session) issues.push({ path, message: "is no provider that the proxy has a client of" });
    else if (!Array.isArray(list)) issues.push({ path, message: "must be an array of rules" });
    else {
      const made = list.map((rule: string | OperationRule) =>
        typeof rule === "string" ? { operation: rule } : { ...rule },
      );
      for (const [index, rule] of made.entries()) {
        const message = faultOf(rule, session);
        if (message) issues.push({ path: `${path}[${index}]`, message });
      }
      checked.set(provider, made);
    }
  }
  if (issues.length > 0) throw new InputError(issues);
  return checked;
}

function faultOf(rule: OperationRule, { provider }: Session): string | undefined {
  const { operation, params, secrets, ...more } = rule;
  const [unknown] = Object.keys(more);
  if (unknown) return `has ${unknown}, which is not known`;
  if (typeof operation !== "string") return "must name an operation";
  if (secrets !== undefined && typeof secrets !== "boolean") return "secrets must be true or false";
  // A Map or a list has no names to be bound, and would bind nothing.
  if (params !== undefined && Object.prototype.toString.call(params) !== "[object Object]") {
    return "params must be an object of bounds by name";
  }
  for (const [name, bound] of Object.entries(params ?? {})) {
    if (!isBound(bound)) return `params.${name} must be a value, an array of values, a RegExp or a function`;
  }
  const names = [...operationNames(provider)];
  if (names.some((name) => covers(rule, findOperation(provider, name) as Operation))) return undefined;
  if (operation.includes("*")) return `${operation} covers no operation that only reads`;
  const meant = nearest(operation, names);
  return `${operation} is no operation${meant ? `; did you mean ${meant}?` : ""}`;
}

const isValue = (bound: unknown) => ["string", "number", "boolean"].includes(typeof bound);
const isBound = (bound: unknown) =>
  isValue(bound) ||
  typeof bound === "function" ||
  bound instanceof RegExp ||
  (Array.isArray(bound) && bound.length > 0 && bound.every(isValue));

/** A star covers what only reads; anything else has to be named. */
function covers({ operation }: OperationRule, { name, effect }: Operation): boolean {
  if (operation === name) return true;
  const isStar = operation === "*" || operation.endsWith(".*");
  return isStar && effect === "read" && name.startsWith(operation.slice(0, -1));
}

/** Whether a call of the operation may pass at all, before its params are known. */
export function isOpen(rules: CheckedRules, provider: string, operation: Operation): boolean {
  return (rules.get(provider) ?? []).some((rule) => covers(rule, operation));
}

/** @throws {Denied} where no rule lets the call pass with these params */
export function passRules(
  rules: CheckedRules,
  provider: string,
  operation: Operation,
  params: Readonly<Record<string, unknown>>,
): Passed {
  let fault = "";
  let passed: Passed | undefined;
  for (const rule of rules.get(provider) ?? []) {
    if (!covers(rule, operation)) continue;
    const filled: Record<string, unknown> = { ...params };
    const wrong = Object.entries(rule.params ?? {}).find(([name, bound]) => !fits(filled, name, bound));
    if (wrong) fault ||= wrong[0];
    // Of two rules that fit, the one that hands on more counts.
    else if (!passed || (rule.secrets && !passed.secrets)) {
      passed = { params: filled, secrets: rule.secrets === true };
    }
  }
  if (passed) return passed;
  throw new Denied(403, "params", `The param ${fault} must not be this for this caller.`, { path: fault });
}

function fits(params: Record<string, unknown>, name: string, bound: Bound): boolean {
  const isGiven = Object.hasOwn(params, name);
  if (!isGiven && isValue(bound)) params[name] = bound;
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (typeof bound === "function") return bound(value) === true;
  if (bound instanceof RegExp) return typeof value === "string" && matchesWhole(bound, value);
  const allowed: readonly unknown[] = Array.isArray(bound) ? bound : [bound];
  // The core takes 12 and "12" for the same, so they are the same here.
  return isValue(value) && allowed.some((one) => String(one) === String(value));
}

/** Not only somewhere in it, and whatever the flags: an expression that looks for a part would let in anything around it. */
function matchesWhole({ source, flags }: RegExp, text: string): boolean {
  return new RegExp(`^(?:${source})$`, flags.replace(/[gym]/g, "")).test(text);
}
