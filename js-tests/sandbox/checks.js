// The checks that every provider shares. A provider puts them among its own, in the order in which it
// looks at a request.

import { invalid, Refusal } from "./answers.js";
import { mediaTypeOf } from "./body.js";

/**
 * @typedef {import("./exchange.js").Exchange} Exchange
 *
 * @typedef {(exchange: Exchange, validator: import("./validate.js").Validator) => void} Check
 *   Throws a Refusal where the request fails it.
 */

/** @type {Check} */
export function routeKnown({ route, operation }) {
  if (route.found && operation) return;
  if (route.found) throw new Refusal(404, "operation_unknown", "The body names no known operation.");
  if (route.reason === "escape") {
    throw new Refusal(400, "path_malformed", "The path has a percent escape that is not one.");
  }
  if (route.reason === "path") throw new Refusal(404, "path_unknown", "There is nothing at this path.");
  const headers = { allow: route.allow.join(", ") };
  throw new Refusal(405, "method_not_allowed", `This path takes ${route.allow.join(", ")}.`, { headers });
}

/** @type {Check} */
export function bodyReadable({ content, headers, operation }) {
  if (content.empty) return;
  if ("refusal" in content) throw content.refusal;
  const expected = operation?.body?.mediaType;
  if (expected && mediaTypeOf(headers["content-type"]) !== expected) {
    throw new Refusal(415, "content_type_unsupported", `The body has to be ${expected}.`);
  }
}

/** @type {Check} */
export function valuesValid(exchange, validator) {
  if (!exchange.operation) return;
  const { params, body, faults } = validator.checkRequest(exchange.operation, exchange);
  exchange.params = params;
  exchange.body = body;
  if (faults.length > 0) throw invalid(faults);
}
