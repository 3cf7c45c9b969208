// Remembers the requests that arrived, so that tests can ask what was sent and how often.

/**
 * @typedef {object} RecordedRequest
 * @property {string | null} operationId null where no operation was found
 * @property {string} method
 * @property {string} path as received
 * @property {string} query as received, without the question mark
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 * @property {number} at the sandbox's clock, in ms
 * @property {number | null} status null while nothing was answered, or for good where nothing ever was
 * @property {string | null} fault the misbehaviour that the request met
 */

/**
 * @param {RecordedRequest[]} requests
 * @param {import("./exchange.js").Exchange} exchange
 * @param {number} at
 * @param {number} [limit]
 * @returns {RecordedRequest}
 */
export function record(requests, exchange, at, limit = 10_000) {
  /** @type {RecordedRequest} */
  const recorded = {
    operationId: exchange.operation?.id ?? null,
    method: exchange.method,
    path: exchange.path,
    query: exchange.query,
    headers: exchange.headers,
    body: exchange.rawBody,
    at,
    status: null,
    fault: null,
  };
  requests.push(recorded);
  if (requests.length > limit) requests.splice(0, requests.length - limit);
  return recorded;
}

/**
 * A recorded request for runtimes that only see the sandbox over HTTP.
 *
 * @param {RecordedRequest} recorded
 */
export const asJson = ({ body, ...rest }) => ({
  ...rest,
  body: body.toString("utf8"),
  bodyBase64: body.toString("base64"),
});
