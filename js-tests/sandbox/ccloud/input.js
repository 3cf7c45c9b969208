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

/**
 * @param {import("./settings.js").CcloudSettings} settings
 * @param {import("../checks.js").Check} check of fields that nobody knows
 * @returns {import("../checks.js").Check}
 */
export const unlessIgnored = (settings, check) => (exchange, validator) => {
  if (settings.unknownFields === "refuse") check(exchange, validator);
};
