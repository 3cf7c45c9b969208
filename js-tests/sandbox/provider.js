// What a provider of the sandbox is, and how a request goes through it.

import { propertiesOf } from "../spec.js";
import { Refusal } from "./answers.js";
import { readContent } from "./body.js";
import { createRouter } from "./router.js";
import { createValidator } from "./validate.js";

/**
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./exchange.js").Exchange} Exchange
 *
 * @typedef {(call: never) => Answer} Handler Gets `{ params, body, ...context(exchange) }`; each handler declares
 *   the types that the spec gives these, because the request was held against the spec before.
 *
 * @typedef {object} Provider
 * @property {string} name
 * @property {import("../spec.js").Spec} spec
 * @property {Record<string, string | number>} credentials
 * @property {() => number} now the clock, in ms
 * @property {import("./checks.js").Check[]} checks in the order in which the provider makes them
 * @property {Record<string, Handler>} handlers by operationId, one for each operation of the spec
 * @property {(exchange: Exchange) => object} context what handlers get besides params and body
 * @property {(refusal: Refusal) => Answer} refuse a refusal in the provider's own shape, envelope and status
 * @property {() => Record<string, string>} headers go out with every answer
 * @property {import("./settings.js").Settings} settings may be changed while the sandbox runs
 * @property {() => void} reset starts the provider's world anew
 * @property {Record<string, (value: unknown) => unknown>} controls further `POST /_sandbox/<name>`
 */

/** @typedef {ReturnType<typeof createPipeline>} Pipeline */

/** @param {Provider} provider */
export function createPipeline(provider) {
  const { spec, handlers } = provider;
  refuseMismatch([...spec.operations.keys()], Object.keys(handlers), provider.name);
  const route = createRouter(spec);
  const validator = createValidator(spec, provider.settings.values);
  /** @type {string[]} */
  const internalErrors = [];

  /**
   * @param {Exchange} exchange
   * @param {string} what
   * @returns {Answer}
   */
  function internalError(exchange, what) {
    const message = `sandbox ${provider.name}: ${exchange.operation?.id ?? exchange.path}: ${what}`;
    internalErrors.push(message);
    console.error(`\n*** INTERNAL ERROR *** ${message}\n`);
    const text = "The sandbox itself is at fault; its console has the reason.";
    return provider.refuse(new Refusal(500, "sandbox_internal_error", text));
  }

  /** @param {Exchange} exchange */
  function check(exchange) {
    for (const one of provider.checks) one(exchange, validator);
  }

  /** @param {Exchange} exchange */
  function carryOut(exchange) {
    check(exchange);
    const handler = handlers[exchange.operation?.id ?? ""];
    if (!handler) throw new Error("a request without an operation has passed every check");
    const call = { ...provider.context(exchange), params: exchange.params, body: exchange.body };
    return handler(/** @type {never} */ (call));
  }

  return {
    internalErrors,

    /**
     * Finds out what a request asks for, without judging it.
     *
     * @param {ReturnType<typeof import("./exchange.js").rawRequest>} raw
     * @returns {Exchange}
     */
    open(raw) {
      const found = route(raw.method, raw.path);
      const content = readContent(raw.rawBody, raw.headers["content-type"]);
      const candidates = found.found ? found.operations : [];
      const named = candidates.filter((candidate) => hasConstants(spec, candidate, content));
      const operation = closest(spec, named, content);
      return { ...raw, route: found, content, operation, params: {}, body: undefined };
    },

    /**
     * @param {Exchange} exchange
     * @returns {Answer}
     */
    run(exchange) {
      /** @type {Answer} */
      let answer;
      try {
        answer = carryOut(exchange);
      } catch (error) {
        if (!(error instanceof Refusal)) {
          return internalError(exchange, error instanceof Error ? `${error.stack}` : String(error));
        }
        answer = withHeaders(provider.refuse(error), error.headers);
      }
      if (answer.unchecked || !exchange.operation) return answer;
      const faults = validator.checkAnswer(exchange.operation, answer);
      return faults.length > 0
        ? internalError(exchange, `the ${answer.status} answer does not fit the spec: ${faults.join("; ")}`)
        : answer;
    },

    /**
     * Lets the checks leave their traces (a nonce is used up, a request counts) where an answer that was
     * asked for goes out in place of the provider's own.
     *
     * @param {Exchange} exchange
     */
    touch(exchange) {
      try {
        check(exchange);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    },
  };
}

/**
 * @param {Answer} answer
 * @param {Record<string, string>} headers
 * @returns {Answer}
 */
const withHeaders = (answer, headers) => ({ ...answer, headers: { ...answer.headers, ...headers } });

/**
 * Operations that share path and method are told apart by the constants in their bodies.
 *
 * @param {import("../spec.js").Spec} spec
 * @param {Operation} operation
 * @param {import("./body.js").Content} content
 */
function hasConstants(spec, operation, content) {
  if (!operation.body || !/#/.test(operation.template)) return true;
  const fields = fieldsOf(content);
  return [...propertiesOf(spec, operation.body.schema)].every(([name, { node }]) => {
    if (!("const" in node)) return true;
    // A group of fields, which a form may have in its place, is not even text.
    return typeof fields[name] !== "object" && String(fields[name]) === String(node.const);
  });
}

/**
 * Operations that share their constants too differ in the fields they have: the one that knows most of those
 * given is meant, and of several that do, the one that misses least.
 *
 * @param {import("../spec.js").Spec} spec
 * @param {Operation[]} operations
 * @param {import("./body.js").Content} content
 */
function closest(spec, operations, content) {
  if (operations.length < 2) return operations[0];
  const given = Object.keys(fieldsOf(content));
  const ranked = operations.map((operation) => {
    const schema = operation.body && spec.resolve(operation.body.schema);
    const known = schema ? propertiesOf(spec, schema) : new Map();
    const required = /** @type {string[]} */ (schema?.node.required ?? []);
    const unknown = given.filter((name) => !known.has(name));
    const missing = required.filter((name) => !given.includes(name));
    return { operation, unknown: unknown.length, missing: missing.length };
  });
  return ranked.sort((a, b) => a.unknown - b.unknown || a.missing - b.missing)[0]?.operation;
}

/** @param {import("./body.js").Content} content */
function fieldsOf(content) {
  const given = "value" in content && typeof content.value === "object" ? content.value : {};
  return /** @type {import("../spec.js").Dict} */ (given ?? {});
}

/**
 * @param {string[]} operations
 * @param {string[]} handlers
 * @param {string} provider
 */
function refuseMismatch(operations, handlers, provider) {
  const missing = operations.filter((id) => !handlers.includes(id));
  const unknown = handlers.filter((id) => !operations.includes(id));
  if (missing.length > 0) throw new Error(`${provider} has no handler for ${missing.join(", ")}`);
  if (unknown.length > 0) throw new Error(`${provider} handles what its spec lacks: ${unknown.join(", ")}`);
}
