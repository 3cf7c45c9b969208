// Errors in plain words: what went wrong, and what to do.

import {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  GoneError,
  HostwireError,
  InputError,
  JobError,
  NotAllowedError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseError,
  ServerError,
  TimeoutError,
  ValidationError,
} from "hostwire";
import { Refused } from "../refused.js";

/** @typedef {import("../types.js").Failure} Failure */

/** The browser has not been allowed to reach the provider. */
export class NoAccess extends Error {
  /** @param {string} origin what is to be asked for */
  constructor(origin) {
    super(`no access to ${origin}`);
    this.origin = origin;
  }
}

/** There are no credentials. */
export class NoAccount extends Error {}

const LOOK_FIRST = "What was asked for may have been done: look before you try again.";

const WORDS_OF_ACCESS = "Chrome asks you before an extension may talk to a site.";

/**
 * The first class that fits counts.
 *
 * @type {[Function, (label: string, error: Error) => Omit<Failure, "issues">][]}
 */
const WORDS = [
  [
    NoAccess,
    (label) => ({
      title: `The browser may not reach ${label} yet`,
      help: WORDS_OF_ACCESS,
      remedy: "permission",
    }),
  ],
  [
    NoAccount,
    (label) => ({
      title: `There are no credentials for ${label}`,
      help: "Add them in the options.",
      remedy: "options",
    }),
  ],
  [Refused, (_, { message }) => ({ title: message, help: "Nothing was changed." })],
  [InputError, () => ({ title: "Some values are not right", help: "Nothing was sent." })],
  [
    NotAllowedError,
    () => ({ title: "This extension does not spend money", help: "Order in the provider's own panel." }),
  ],
  [
    AuthenticationError,
    (label) => ({
      title: `${label} does not accept the credentials`,
      help: "Check them in the options. They may have been revoked, or be limited to other IP addresses.",
      remedy: "options",
    }),
  ],
  [
    PermissionError,
    (label) => ({
      title: `${label} does not allow this`,
      help: "The credentials lack the right to do it: give them more in the provider's panel.",
    }),
  ],
  [
    NotFoundError,
    (label) => ({
      title: `${label} knows no such thing`,
      help: "It may have been removed meanwhile: load the list again.",
      remedy: "retry",
    }),
  ],
  [
    GoneError,
    (label) => ({ title: `It no longer exists at ${label}`, help: "Load the list again.", remedy: "retry" }),
  ],
  [
    ConflictError,
    (label) => ({
      title: `${label} cannot do this now`,
      help: "Something else is going on with it: try again later.",
    }),
  ],
  [
    RateLimitError,
    (label, error) => ({
      title: `${label} has had too many requests`,
      help: `Wait ${waitOf(error)}, then try again.`,
      remedy: "retry",
    }),
  ],
  [
    ValidationError,
    (label, error) => ({
      title: `${label} refused the values`,
      help: `${wordsOf(error)} Nothing was changed.`,
    }),
  ],
  [
    ServerError,
    (label) => ({
      title: `${label} has a fault`,
      help: "It is not your doing: try again in a few minutes.",
      remedy: "retry",
    }),
  ],
  [ApiError, (label, error) => ({ title: `${label} said no`, help: wordsOf(error) })],
  [
    TimeoutError,
    (label) => ({
      title: `${label} took too long to answer`,
      help: "Try again in a minute.",
      remedy: "retry",
    }),
  ],
  [
    ConnectionError,
    (label) => ({
      title: `${label} cannot be reached`,
      help: "Check your connection; if it is fine, the provider may be down.",
      remedy: "retry",
    }),
  ],
  [
    ResponseError,
    (label) => ({
      title: `${label} gave an answer that makes no sense`,
      help: "It may have a fault: try again in a few minutes.",
      remedy: "retry",
    }),
  ],
  [
    JobError,
    (label, error) => ({
      title: `${label} could not finish it`,
      help: error instanceof JobError && error.state ? `It says: ${error.state}` : error.message,
    }),
  ],
  [HostwireError, (_, { message }) => ({ title: "It did not work", help: message })],
];

const ASK = "Ask whoever runs the proxy.";

/** @type {import("../types.js").Failure["remedy"]} */
const OPTIONS = "options";

/**
 * What a proxy says by itself, and what is another matter where there is one.
 *
 * @param {string} label
 * @param {Error} error
 * @returns {Omit<Failure, "issues"> | undefined}
 */
function wordsOfProxy(label, error) {
  const code = error instanceof ApiError ? String(error.code) : "";
  if (code.startsWith("proxy_")) return wordsOfRefusal(label, error, code);
  if (error instanceof NoAccess) {
    return { title: "The browser may not reach the proxy yet", help: WORDS_OF_ACCESS, remedy: "permission" };
  }
  if (error instanceof AuthenticationError) {
    return { title: `${label} does not accept the proxy's credentials`, help: ASK };
  }
  if (error instanceof ConnectionError) {
    const help = "Check your connection, and the proxy's address in the options.";
    return { title: `${label} cannot be reached by way of the proxy`, help, remedy: "retry" };
  }
  if (error instanceof ResponseError) {
    const help = "Check the proxy's address in the options: something else may be there.";
    return { title: `The answer for ${label} is not a proxy's`, help, remedy: OPTIONS };
  }
  return undefined;
}

/**
 * Nothing of this has reached the provider.
 *
 * @param {string} label
 * @param {Error} error
 * @param {string} code
 * @returns {Omit<Failure, "issues">}
 */
function wordsOfRefusal(label, error, code) {
  if (error instanceof AuthenticationError) {
    const help = `Check it in the options. ${ASK}`;
    return { title: "The proxy does not know the token", help, remedy: OPTIONS };
  }
  if (code === "proxy_origin") {
    const help = `Whoever runs it has to add ${location.origin} to its origins.`;
    return { title: "The proxy does not let this extension in", help };
  }
  if (error instanceof PermissionError) {
    return { title: "The proxy does not allow this", help: `Its rules do not open it to you. ${ASK}` };
  }
  if (error instanceof NotFoundError) {
    return { title: `The proxy does not know ${label}`, help: `It is not set up for it. ${ASK}` };
  }
  if (error instanceof RateLimitError) {
    const help = `Wait ${waitOf(error)}, then try again.`;
    return { title: "The proxy has had too many requests", help, remedy: "retry" };
  }
  if (error instanceof ConflictError) return { title: "The proxy has had this before", help: LOOK_FIRST };
  return { title: "The proxy has a fault", help: ASK, remedy: "retry" };
}

/**
 * The provider's own words, without those that are for developers.
 *
 * @param {Error} error
 */
function wordsOf(error) {
  const code = error instanceof ApiError && error.code ? ` (${error.code})` : "";
  const words = error.message.replace(/^.*? answered \d+ to [\w.]+(: )?/, "").replace(code, "");
  return words === "" || /[.!?]$/.test(words) ? words : `${words}.`;
}

/** @param {Error} error */
function waitOf(error) {
  const ms = error instanceof RateLimitError ? error.retryAfterMs : undefined;
  return ms === undefined ? "a minute" : `${Math.ceil(ms / 1000)} seconds`;
}

/** @param {Error} error */
const isInDoubt = (error) =>
  error instanceof ConnectionError || error instanceof TimeoutError || error instanceof ResponseError;

/**
 * @param {unknown} error
 * @param {{ label: string, isProxied: boolean }} about the provider
 * @param {boolean} [changes] whether something was to be changed
 * @returns {Failure}
 */
export function inWords(error, { label, isProxied }, changes = false) {
  const issues = error instanceof InputError || error instanceof ValidationError ? error.issues : [];
  if (!(error instanceof Error)) return { title: "It did not work", help: String(error), issues };
  const [, words] = WORDS.find(([kind]) => error instanceof kind) ?? [];
  if (!words) return { title: "Something in this extension went wrong", help: error.message, issues };
  const { title, help, remedy } = (isProxied && wordsOfProxy(label, error)) || words(label, error);
  if (changes && isInDoubt(error)) return { title, help: LOOK_FIRST, issues };
  const asked = error instanceof NoAccess ? { origin: error.origin } : {};
  return { title, help, remedy, ...asked, issues };
}
