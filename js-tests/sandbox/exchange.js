// One request on its way through the sandbox.

/**
 * @typedef {import("../spec.js").Operation} Operation
 * @typedef {import("./router.js").Route} Route
 * @typedef {import("./body.js").Content} Content
 *
 * @typedef {object} Exchange
 * @property {string} method
 * @property {string} target the raw request target, never normalised
 * @property {string} path the raw path
 * @property {string} query the raw query, without the question mark
 * @property {Record<string, string>} headers
 * @property {Buffer} rawBody
 * @property {Route} route
 * @property {Content} content the body, read as its Content-Type says
 * @property {Operation | undefined} operation
 * @property {Record<string, unknown>} params path and query values, typed; once they were checked
 * @property {unknown} body the body, typed; once it was checked
 */

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {Buffer} rawBody
 */
export function rawRequest(request, rawBody) {
  const target = request.url ?? "";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "",
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    ),
    rawBody,
  };
}
