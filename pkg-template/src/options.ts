/** Checks what constructors and calls are given, before the core is there to do it. */
import { InputError, type Issue } from "./errors.js";
import { nameOf } from "./params.js";
import { isWebPage } from "./place.js";
import type { ProviderData } from "./provider.js";
import { nearest } from "./suggest.js";
import type { CallOptions, ClientOptions, Effect, WaitOptions } from "./types.js";

type Check = (value: unknown) => string | undefined;
type Checks = Readonly<Record<string, Check>>;

export const EFFECTS: readonly Effect[] = ["read", "write", "destroy", "purchase"];
/** Timers run at once with more. */
const LONGEST_TIMER = 2 ** 31 - 1;

const aFunction: Check = (value) => (typeof value === "function" ? undefined : "must be a function");
const aFlag: Check = (value) => (typeof value === "boolean" ? undefined : "must be true or false");
const milliseconds: Check = (value) =>
  typeof value === "number" && value >= 1 && value <= LONGEST_TIMER
    ? undefined
    : `must be a number of milliseconds from 1 to ${LONGEST_TIMER}`;
const aCount: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100
    ? undefined
    : "must be an integer from 0 to 100";
const aSignal: Check = (value) =>
  typeof (value as AbortSignal | null)?.addEventListener === "function" && "aborted" in (value as AbortSignal)
    ? undefined
    : "must be an AbortSignal";
const anObject: Check = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "must be an object";
const headers: Check = (value) => {
  if (anObject(value) || Object.prototype.toString.call(value) !== "[object Object]") {
    return "must be a plain object of names and texts";
  }
  for (const [name, text] of Object.entries(value as object)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return "has a name that is no HTTP header's";
    if (typeof text !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
      return `${name} must be text without line breaks`;
    }
  }
  return undefined;
};
const effects: Check = (value) =>
  Array.isArray(value) && value.every((effect) => EFFECTS.includes(effect))
    ? undefined
    : `must be an array of ${EFFECTS.join(", ")}`;
const address: Check = (value) => {
  if (typeof value !== "string") return "must be text";
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return "must be an address";
  }
  const { protocol, hostname } = url;
  const isSafe =
    protocol === "https:" ||
    (protocol === "http:" && (hostname === "localhost" || /^(127(\.\d+){3}|\[::1\])$/.test(hostname)));
  if (!isSafe) {
    return "must be https (http only for localhost)";
  }
  const isBare = !url.username && !url.password && !value.includes("?") && !value.includes("#");
  return isBare ? undefined : "must have no user, query or fragment";
};
/** Visible ASCII: a credential goes into headers, and a line break in it would make two of one. */
const credential: Check = (value) => {
  if (value === undefined) return "is missing";
  if (typeof value !== "string") return `must be text, not ${nameOf(value)}`;
  if (value === "") return "must not be empty";
  return isVisible(value) ? undefined : "must not have control characters or characters outside ASCII";
};

/** Whether a text has only what can be seen of ASCII. Not by a pattern: a program's first one takes long. */
export function isVisible(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

const CLIENT: Checks = {
  baseUrl: address,
  fetch: aFunction,
  timeoutMs: milliseconds,
  maxRetries: aCount,
  headers,
  allow: effects,
  onRequest: aFunction,
  onResponse: aFunction,
  onRetry: aFunction,
  now: aFunction,
  allowBrowser: aFlag,
  proxy: (value) => {
    const [issue] = findIssues({ url: "", ...(value as object) }, { url: address, headers });
    return issue && `${issue.path} ${issue.message}`;
  },
} satisfies Record<keyof ClientOptions | "proxy", Check>;

/** Options of some providers alone. */
const OWN: Checks = {
  pin: (value) => (/^\d{1,15}$/.test(String(value)) ? undefined : "must be a number"),
  tokenStore: (value) =>
    ["get", "set", "delete"].every((name) => typeof (value as Record<string, unknown>)?.[name] === "function")
      ? undefined
      : "must have the functions get, set and delete",
};

const CALL: Checks = {
  signal: aSignal,
  timeoutMs: milliseconds,
  maxRetries: aCount,
  headers,
  extra: anObject,
} satisfies Record<keyof CallOptions, Check>;

const WAIT: Checks = {
  signal: aSignal,
  intervalMs: milliseconds,
  timeoutMs: milliseconds,
  onProgress: aFunction,
} satisfies Record<keyof WaitOptions<unknown>, Check>;

function findIssues(given: object, checks: Checks): Issue[] {
  const issues: Issue[] = [];
  for (const [path, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, path) ? checks[path] : undefined;
    const message = check ? value !== undefined && check(value) : notKnown(path, Object.keys(checks));
    if (message) issues.push({ path, message });
  }
  return issues;
}

function notKnown(name: string, known: string[]): string {
  const meant = nearest(name, known);
  return `is not known; ${meant ? `did you mean ${meant}?` : `the options are ${known.join(", ")}`}`;
}

/** Checks a constructor's options and gives the credentials among them. */
export function checkClientOptions(provider: ProviderData, all: unknown): Record<string, string> {
  const details = { provider: provider.name };
  if (anObject(all)) {
    throw new InputError([{ path: "options", message: `must be an object, not ${nameOf(all)}` }], details);
  }
  const options = all as Record<string, unknown>;
  const names = provider.credentials.flat();
  const checks: Record<string, Check> = { ...CLIENT };
  for (const name of provider.options) checks[name] = OWN[name] ?? anObject;
  for (const name of names) checks[name] = credential;
  const issues = findIssues(options, checks);
  const sets = provider.credentials;
  const given = (name: string) => options[name] !== undefined;
  const viaProxy = given("proxy");
  // What the proxy has and the client behind it has not.
  const theirs = viaProxy ? [...names, ...provider.options, "baseUrl"] : names;
  const chosen = viaProxy ? [] : (sets.find((set) => set.some(given)) ?? sets[0] ?? []);
  for (const name of theirs) {
    if (!chosen.includes(name) && given(name)) {
      const beside = viaProxy ? "proxy" : chosen.join(" and ");
      issues.push({ path: name, message: `must not be given together with ${beside}` });
    }
  }
  for (const name of chosen) {
    if (given(name)) continue;
    const others = chosen === sets[0] ? sets.slice(1).map((set) => set.join(" and ")) : [];
    issues.push({ path: name, message: ["is missing", ...others].join("; or give ") });
  }
  if (!viaProxy && options.allowBrowser !== true && isWebPage()) {
    issues.push({
      path: "allowBrowser",
      message: "must be true for credentials in a web page, where anyone who opens it can read them",
    });
  }
  if (issues.length > 0) throw new InputError(issues, details);
  const credentials: Record<string, string> = {};
  for (const name of chosen) credentials[name] = options[name] as string;
  return credentials;
}

/** Checks the options of one call. */
export function checkCallOptions(options: unknown): void {
  checkOptions(options, CALL);
}

/** Checks the options of waiting for a job. */
export function checkWaitOptions(options: unknown): void {
  checkOptions(options, WAIT);
}

function checkOptions(options: unknown, checks: Checks): void {
  if (options === undefined) return;
  const fault = anObject(options);
  const issues = fault
    ? [{ path: "options", message: `${fault}, not ${nameOf(options)}` }]
    : findIssues(options as object, checks).map(({ path, message }) => ({
        path: `options.${path}`,
        message,
      }));
  if (issues.length > 0) throw new InputError(issues);
}
