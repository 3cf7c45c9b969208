// Lets web pages call the sandbox, which no provider would: for tests in browsers.

/**
 * @typedef {ReturnType<typeof import("./exchange.js").rawRequest>} RawRequest
 * @typedef {import("./wire.js").WireReply} WireReply
 */

/** @param {RawRequest} raw */
export const isPreflight = ({ method, headers }) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined;

/**
 * The headers asked for are named one by one: a * does not cover Authorization.
 *
 * @param {RawRequest} raw
 * @returns {WireReply}
 */
export const preflight = ({ headers }) => ({
  status: 204,
  headers: {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-allow-private-network": "true",
    "access-control-max-age": "600",
  },
  body: Buffer.alloc(0),
});

/** @param {Record<string, unknown>} headers */
export const corsHeaders = (headers) => ({
  "access-control-allow-origin": "*",
  "access-control-expose-headers": Object.keys(headers).join(", "),
});
