// Who is calling: the credentials among the data.

import { timingSafeEqual } from "node:crypto";
import { Refusal } from "../answers.js";
import { mediaTypeOf } from "../body.js";
import { routeKnown } from "../checks.js";
import { isObject } from "../settings.js";
import { need } from "./refusals.js";

/** @typedef {{ email: string, secret: string }} Credentials */

/** Fields of every request, which no operation has among its own. */
export const CREDENTIAL_FIELDS = ["email", "secret"];

/**
 * The address alone: which operation is meant is not looked at before it is known who asks.
 *
 * @type {import("../checks.js").Check}
 */
export const pathKnown = (exchange, validator) => {
  if (!exchange.route.found) routeKnown(exchange, validator);
};

/** @type {import("../checks.js").Check} */
export const jsonSent = ({ content, headers }) => {
  if (content.empty || mediaTypeOf(headers["content-type"]) === "application/json") return;
  throw new Refusal(415, "content_type_unsupported", "The body has to be application/json.");
};

/**
 * Data that cannot be read has no credentials in it.
 *
 * @param {Credentials} credentials
 * @returns {import("../checks.js").Check}
 */
export const authenticate =
  (credentials) =>
  ({ content }) => {
    const { email, secret } = "value" in content && isObject(content.value) ? content.value : {};
    const isGiven = typeof email === "string" && typeof secret === "string";
    need(isGiven && email !== "" && secret !== "", "auth_params_undefined");
    const fits = isSame(email, credentials.email) && isSame(secret, credentials.secret);
    need(fits, "auth_failed");
  };

/** @type {import("../checks.js").Check} */
export const withoutCredentials = (exchange) => {
  const { content } = exchange;
  if (!("value" in content) || !isObject(content.value)) return;
  const own = Object.entries(content.value).filter(([name]) => !CREDENTIAL_FIELDS.includes(name));
  exchange.content = { empty: false, value: Object.fromEntries(own) };
};

/**
 * @param {string} given
 * @param {string} real
 */
function isSame(given, real) {
  const [left, right] = [Buffer.from(given), Buffer.from(real)];
  return left.length === right.length && timingSafeEqual(left, right);
}
