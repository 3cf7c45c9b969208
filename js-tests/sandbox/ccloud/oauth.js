// OAuth2 with client credentials: tokens given out, and tokens asked for.

import { randomBytes, timingSafeEqual } from "node:crypto";
import { ok, Refusal } from "../answers.js";
import { mediaTypeOf } from "../body.js";
import { isObject } from "../settings.js";
import { forbidden, OAuthRefusal } from "./refusals.js";

/**
 * @typedef {import("../exchange.js").Exchange} Exchange
 * @typedef {{ clientId: string, clientSecret: string }} Credentials
 *
 * @typedef {object} Token
 * @property {number} expiresAt ms
 * @property {string[]} scopes
 */

const TOKEN_OPERATION = "oauth.token";
const MALFORMED =
  "The request is missing a required parameter, includes an invalid parameter value, includes a parameter " +
  "more than once, or is otherwise malformed.";

/** @param {{ credentials: Credentials, now: () => number, lifetimeSeconds: () => number }} options */
export function createOAuth({ credentials, now, lifetimeSeconds }) {
  /** @type {Map<string, Token>} */
  const tokens = new Map();
  let logins = 0;

  /** @param {string[]} scopes */
  function issue(scopes) {
    // Not numbered: a token from before a reset, or of another sandbox, has to be worth nothing.
    const token = `sandbox.${randomBytes(24).toString("base64url")}`;
    tokens.set(token, { expiresAt: now() + lifetimeSeconds() * 1000, scopes });
    return token;
  }

  /** @param {Exchange} exchange */
  function check({ operation, headers }) {
    if (operation?.id === TOKEN_OPERATION) return;
    const [, text = ""] = /^Bearer (\S+)$/.exec(headers.authorization ?? "") ?? [];
    const token = tokens.get(text);
    if (!token || now() >= token.expiresAt) throw new Refusal(401, "unauthenticated", "Unauthenticated.");
    // What a token without scope may do is not documented. Nothing, so that a client that asks for none is found.
    if (!token.scopes.includes("*")) throw forbidden("Invalid scope(s) provided.");
  }

  /** @param {{ body: unknown }} call */
  function logIn({ body }) {
    const { grant_type: grant, client_id: id, client_secret: secret, scope } = isObject(body) ? body : {};
    if (grant !== "client_credentials") {
      const text = "The authorization grant type is not supported by the authorization server.";
      const hint = "Check that all required parameters have been provided";
      throw new OAuthRefusal(400, "unsupported_grant_type", text, hint);
    }
    if (typeof id !== "string" || id === "") {
      throw new OAuthRefusal(400, "invalid_request", MALFORMED, "Check the `client_id` parameter");
    }
    if (!isSame(id, credentials.clientId) || !isSame(secret, credentials.clientSecret)) {
      throw new OAuthRefusal(401, "invalid_client", "Client authentication failed");
    }
    if (scope !== undefined && typeof scope !== "string") {
      throw new OAuthRefusal(400, "invalid_request", MALFORMED, "Check the `scope` parameter");
    }
    const scopes = (scope ?? "").split(" ").filter((name) => name !== "");
    const unknown = scopes.find((name) => name !== "*");
    if (unknown !== undefined) {
      const text = "The requested scope is invalid, unknown, or malformed";
      throw new OAuthRefusal(400, "invalid_scope", text, `Check the \`${unknown}\` scope`);
    }
    logins += 1;
    return ok({ token_type: "Bearer", expires_in: lifetimeSeconds(), access_token: issue(scopes) });
  }

  return {
    check,
    handlers: { [TOKEN_OPERATION]: logIn },

    /** For whoever wants a token without logging in. */
    issueToken: () => issue(["*"]),

    expireTokens: () => tokens.clear(),

    logins: () => logins,

    reset() {
      tokens.clear();
      logins = 0;
    },
  };
}

/**
 * The token endpoint judges its input by itself: what it cannot read is not there, and the answer says so in
 * its own shape.
 *
 * @param {import("../checks.js").Check} check
 * @returns {import("../checks.js").Check}
 */
export const unlessTokenRequest = (check) => (exchange, validator) => {
  const { operation, content, headers } = exchange;
  if (operation?.id !== TOKEN_OPERATION) return check(exchange, validator);
  const isJson = mediaTypeOf(headers["content-type"]) === "application/json";
  exchange.body = isJson && "value" in content ? content.value : undefined;
};

/**
 * @param {unknown} given
 * @param {string} real
 */
function isSame(given, real) {
  const [left, right] = [Buffer.from(String(given)), Buffer.from(real)];
  return left.length === right.length && timingSafeEqual(left, right);
}
