// Holds requests and answers against the spec.

import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { propertiesOf } from "../spec.js";
import { mediaTypeOf, parsePairs } from "./body.js";
import { coerce } from "./coerce.js";

/**
 * @typedef {import("ajv/dist/2020.js").ErrorObject} ErrorObject
 * @typedef {import("../spec.js").Dict} Dict
 * @typedef {import("../spec.js").Located} Located
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").Fault} Fault
 *
 * @typedef {object} CheckedRequest
 * @property {Fault[]} faults
 * @property {Record<string, unknown>} params
 * @property {unknown} body
 *
 * @typedef {ReturnType<typeof createValidator>} Validator
 */

/**
 * @param {import("../spec.js").Spec} spec
 * @param {Pick<import("./settings.js").CommonSettings, "unknownFields">} [settings]
 */
export function createValidator(spec, settings = { unknownFields: "refuse" }) {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false });
  formats.default(ajv);
  const base = `https://sandbox.invalid/${spec.provider}`;
  ajv.addSchema(spec.document, base);
  /** @type {Map<string, import("ajv").ValidateFunction>} */
  const compiled = new Map();

  /**
   * @param {string} pointer
   * @param {unknown} value
   * @returns {ErrorObject[]}
   */
  function errorsOf(pointer, value) {
    let validate = compiled.get(pointer);
    if (!validate) {
      validate = ajv.compile({ $ref: base + pointer });
      compiled.set(pointer, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []);
  }

  /**
   * @param {Operation} operation
   * @param {Record<string, string>} pathValues
   * @param {string} query
   */
  function checkParameters(operation, pathValues, query) {
    /** @type {Fault[]} */
    const faults = [];
    /** @type {Map<string, string>} */
    const given = new Map(Object.entries(pathValues));
    const known = new Set(operation.parameters.filter((one) => one.in === "query").map((one) => one.name));
    for (const [name, value] of readQuery(query, faults)) {
      const fault = (/** @type {string} */ code, /** @type {string} */ what) =>
        faults.push({ code, text: `query ${name} ${what}`, field: name });
      if (!known.has(name)) {
        if (settings.unknownFields === "refuse") fault("query_unknown", "is not known");
      } else if (given.has(name)) fault("query_repeated", "is there twice");
      else given.set(name, value);
    }
    /** @type {Record<string, unknown>} */
    const params = {};
    for (const parameter of operation.parameters) {
      const text = given.get(parameter.name);
      if (text === undefined) {
        const where = `${parameter.in} ${parameter.name}`;
        if (parameter.required) {
          const code = `${parameter.in}_required`;
          faults.push({ code, text: `${where} is required`, field: parameter.name });
        }
        continue;
      }
      const value = coerce(spec, text, parameter.schema);
      params[parameter.name] = value;
      for (const error of errorsOf(parameter.schema.pointer, value)) {
        faults.push(faultOf(`${parameter.in}`, parameter.name, error));
      }
    }
    return { params, faults };
  }

  /**
   * @param {Operation} operation
   * @param {import("./body.js").Content} content
   * @param {Record<string, unknown>} params
   */
  function checkBody(operation, content, params) {
    const { body: expected } = operation;
    if (!expected) {
      const faults = content.empty
        ? []
        : [{ code: "body_unexpected", text: "This operation takes no body." }];
      return { body: undefined, faults };
    }
    if (content.empty || !("value" in content)) {
      const faults = expected.required ? [{ code: "body_required", text: "The body is missing." }] : [];
      return { body: undefined, faults };
    }
    const isForm = expected.mediaType === "application/x-www-form-urlencoded";
    const body = isForm ? coerce(spec, content.value, expected.schema) : content.value;
    const faults = errorsOf(expected.schema.pointer, body).map((error) => faultOf("body", "", error));
    for (const { keys, source } of copiesIn(expected.schema)) {
      const holder = valueAt(body, keys.slice(0, -1));
      const copy = valueAt(body, keys);
      const original = params[source] ?? valueAt(body, [source]) ?? valueAt(holder, [source]);
      // A second name for a field of the body may be left out, unless it is required.
      if (copy === undefined && params[source] === undefined) continue;
      if (String(copy) !== String(original)) {
        const field = keys.join(".");
        faults.push({ code: "body_copy", text: `body ${field} has to be the same as ${source}`, field });
      }
    }
    return { body, faults };
  }

  /**
   * The properties of a body that repeat another parameter, wherever they stand in it.
   *
   * @param {Located} schema
   * @param {string[]} [above]
   * @returns {{ keys: string[], source: string }[]}
   */
  function copiesIn(schema, above = []) {
    if (above.length > 4) return [];
    return [...propertiesOf(spec, schema)].flatMap(([name, property]) => {
      const keys = [...above, name];
      const source = property.node["x-copy-of"];
      return typeof source === "string" ? [{ keys, source }] : copiesIn(property, keys);
    });
  }

  return {
    /**
     * @param {Operation} operation
     * @param {import("./exchange.js").Exchange} exchange
     * @returns {CheckedRequest}
     */
    checkRequest(operation, { route, query, content }) {
      const fromPath = checkParameters(operation, route.found ? route.values : {}, query);
      const fromBody = checkBody(operation, content, fromPath.params);
      return {
        params: fromPath.params,
        body: fromBody.body,
        faults: [...fromPath.faults, ...fromBody.faults],
      };
    },

    /**
     * Says where an answer is not what the spec promises.
     *
     * @param {Operation} operation
     * @param {Answer} answer
     * @returns {string[]}
     */
    checkAnswer(operation, answer) {
      const { status, json, bytes, contentType } = answer;
      /** @param {string} pointer */
      const jsonFaults = (pointer) =>
        errorsOf(pointer, json).map((error) => `${error.instancePath || "the body"} ${error.message}`);
      if (answer.schema) return jsonFaults(answer.schema);
      const response = operation.responses.get(String(status)) ?? operation.responses.get("default");
      if (!response) return [`status ${status} is not in the spec`];

      /** @type {string[]} */
      const faults = [];
      for (const [name, { required, schema }] of response.headers) {
        const value = answer.headers?.[name];
        if (value === undefined) {
          if (required) faults.push(`header ${name} is missing`);
        } else if (errorsOf(schema.pointer, coerce(spec, value, schema)).length > 0)
          faults.push(`header ${name} does not fit`);
      }
      if (json === undefined && bytes === undefined) {
        if (response.content.size > 0) faults.push("there is no body");
        return faults;
      }
      const given = json === undefined ? mediaTypeOf(contentType) : "application/json";
      const schema = response.content.get(given);
      if (!schema) return [...faults, `a body of ${given} is not in the spec`];
      return json === undefined ? faults : [...faults, ...jsonFaults(schema.pointer)];
    },
  };
}

/**
 * @param {string} query
 * @param {Fault[]} faults
 */
function readQuery(query, faults) {
  try {
    return parsePairs(query);
  } catch {
    faults.push({ code: "query_malformed", text: "The query has a percent escape that is not one." });
    return [];
  }
}

/**
 * Names the place and the rule; never the value, which may be a secret.
 *
 * @param {string} where
 * @param {string} name
 * @param {ErrorObject} error
 * @returns {Fault}
 */
function faultOf(where, name, error) {
  const missing = error.keyword === "required" ? [String(error.params.missingProperty)] : [];
  const path = [name, ...error.instancePath.split("/").slice(1), ...missing].filter((step) => step !== "");
  const allowed = error.keyword === "enum" ? `: ${JSON.stringify(error.params.allowedValues)}` : "";
  const what = missing.length > 0 ? "is required" : `${error.message}${allowed}`;
  const field = path.join(".");
  return {
    code: `${where}_${error.keyword}`,
    text: `${[where, field].join(" ").trim()} ${what}`,
    ...(field === "" ? {} : { field }),
  };
}

/**
 * @param {unknown} value
 * @param {string[]} keys
 * @returns {unknown}
 */
function valueAt(value, keys) {
  let place = value;
  for (const key of keys) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = /** @type {Dict} */ (place)[key];
  }
  return place;
}
