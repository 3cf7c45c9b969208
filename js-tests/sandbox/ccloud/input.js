// Input as the framework behind the API sees it.

/**
 * A body that is missing is one without fields: the answer names those that are needed, and where none is,
 * the request is carried out.
 *
 * @type {import("../checks.js").Check}
 */
export function emptyBodyHasNoFields(exchange) {
  if (exchange.operation?.body && exchange.content.empty) exchange.content = { empty: false, value: {} };
}
