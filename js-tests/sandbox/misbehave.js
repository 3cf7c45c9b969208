// Rules that say which requests meet which fault.

import { KINDS, kindOf } from "./faults.js";
import { isCount, isObject } from "./settings.js";

/**
 * @typedef {import("./faults.js").FaultSettings} FaultSettings
 *
 * @typedef {object} Rule Without operation, method and path it fits every request.
 * @property {string} [operation] operationId; * stands for any text
 * @property {string} [method]
 * @property {string} [path] raw path, without the query; * stands for any text
 * @property {number | "always"} [times] how many requests meet the fault, 1 unless given
 * @property {number} [after] how many fitting requests are let through first, 0 unless given
 * @property {FaultSettings | FaultSettings["type"]} fault its name alone where it needs no settings
 *
 * @typedef {object} ActiveRule
 * @property {number} hits how many requests met the fault so far
 * @property {() => void} cancel
 *
 * @typedef {object} Plan What is to happen to one request.
 * @property {number} delay ms
 * @property {FaultSettings | undefined} fault
 * @property {string | null} name the faults met, for the record
 */

const RULE_KEYS = ["operation", "method", "path", "times", "after", "fault"];

/** @param {Iterable<string>} operationIds */
export function createRules(operationIds) {
  const known = [...operationIds];
  /** @type {(ActiveRule & { fits: (request: Fitting) => boolean, skip: number, left: number, fault: FaultSettings })[]} */
  const rules = [];

  return {
    /**
     * @param {Rule} rule
     * @returns {ActiveRule}
     */
    add(rule) {
      const { operation, method, path, times = 1, after = 0, fault } = readRule(rule);
      const operationFits = pattern(operation);
      const pathFits = pattern(path);
      if (operation !== undefined && !known.some(operationFits)) {
        throw new TypeError(`misbehave: there is no operation ${operation}`);
      }
      const added = {
        fits: (/** @type {Fitting} */ request) =>
          operationFits(request.operationId ?? "") &&
          pathFits(request.path) &&
          (method === undefined || method.toUpperCase() === request.method),
        skip: after,
        left: times === "always" ? Number.POSITIVE_INFINITY : times,
        fault,
        hits: 0,
        cancel: () => {
          added.left = 0;
        },
      };
      rules.push(added);
      return added;
    },

    /**
     * Delays add up; of the other faults a request meets the first that fits, and later rules wait for
     * later requests.
     *
     * @param {Fitting} request
     * @returns {Plan}
     */
    take(request) {
      let delay = 0;
      /** @type {FaultSettings | undefined} */
      let fault;
      /** @type {string[]} */
      const names = [];
      for (const rule of rules) {
        const isDelay = rule.fault.type === "latency";
        if (rule.left <= 0 || (fault && !isDelay) || !rule.fits(request)) continue;
        if (rule.skip > 0) {
          rule.skip -= 1;
          continue;
        }
        rule.left -= 1;
        rule.hits += 1;
        names.push(rule.fault.type);
        if (rule.fault.type === "latency") delay += rule.fault.ms;
        else fault = rule.fault;
      }
      return { delay, fault, name: names.length > 0 ? names.join(" ") : null };
    },

    clear: () => void rules.splice(0),
  };
}

/** @typedef {{ operationId: string | null, method: string, path: string }} Fitting */

/** @param {string | undefined} text */
function pattern(text) {
  if (text === undefined) return () => true;
  const parts = text.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`);
  return (/** @type {string} */ value) => expression.test(value);
}

/**
 * Rules also come in as JSON, so nothing about them is taken for granted.
 *
 * @param {Rule} rule
 * @returns {Rule & { fault: FaultSettings }}
 */
function readRule(rule) {
  /** @type {unknown} */
  const given = rule;
  if (!isObject(given)) throw new TypeError("misbehave: a rule has to be an object");
  refuseUnknown("a rule", Object.keys(given), RULE_KEYS);
  for (const key of ["operation", "method", "path"]) {
    if (given[key] !== undefined && typeof given[key] !== "string") {
      throw new TypeError(`misbehave: ${key} has to be text`);
    }
  }
  const { times = 1, after = 0 } = given;
  const endless = times === "always" || times === Number.POSITIVE_INFINITY;
  if (!endless && !isCount(times))
    throw new TypeError('misbehave: times has to be a whole number or "always"');
  if (!isCount(after)) throw new TypeError("misbehave: after has to be a whole number");
  return { ...rule, times: endless ? "always" : Number(times), fault: readFault(given.fault) };
}

/**
 * @param {unknown} given
 * @returns {FaultSettings}
 */
function readFault(given) {
  const fault = typeof given === "string" ? { type: given } : given;
  if (!isObject(fault) || typeof fault.type !== "string" || !Object.hasOwn(KINDS, fault.type)) {
    const name = isObject(fault) ? fault.type : fault;
    throw new TypeError(`misbehave: no fault ${name}. There are ${Object.keys(KINDS).join(", ")}.`);
  }
  const settings = /** @type {FaultSettings} */ (/** @type {unknown} */ (fault));
  const { required = [], optional = [] } = kindOf(settings);
  refuseUnknown(`the fault ${fault.type}`, Object.keys(fault), ["type", ...required, ...optional]);
  for (const name of required) {
    if (fault[name] === undefined) throw new TypeError(`misbehave: ${fault.type} needs ${name}`);
  }
  const { ms = 0, status = 200, headers = {} } = fault;
  if (!isCount(ms)) throw new TypeError("misbehave: ms has to be a whole number");
  if (!isCount(status) || Number(status) < 200 || Number(status) > 599) {
    throw new TypeError("misbehave: status has to be a whole number from 200 to 599");
  }
  if (!isObject(headers)) throw new TypeError("misbehave: headers has to be an object");
  return settings;
}

/**
 * @param {string} what
 * @param {string[]} given
 * @param {string[]} known
 */
function refuseUnknown(what, given, known) {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new TypeError(`misbehave: ${what} has no ${unknown.join(", ")}. There are ${known.join(", ")}.`);
}
