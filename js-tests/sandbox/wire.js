// Writes replies to the socket, whole or not.

/**
 * @typedef {import("node:http").ServerResponse} ServerResponse
 *
 * @typedef {object} WireReply
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 */

const BODILESS = new Set([204, 304]);

/**
 * @param {ServerResponse} response
 * @param {WireReply} reply
 */
export function sendAll(response, reply) {
  const { status, headers } = reply;
  if (BODILESS.has(status)) {
    const { "content-type": _, ...rest } = headers;
    response.writeHead(status, rest).end();
    return;
  }
  response.writeHead(status, { ...headers, "content-length": String(reply.body.length) }).end(reply.body);
}

/**
 * @param {ServerResponse} response
 * @param {WireReply} reply
 * @param {boolean} chunked
 * @param {() => void} [then] called once the half is on its way
 */
export function sendHalf(response, reply, chunked, then = () => undefined) {
  const { status, headers, body } = reply;
  response.writeHead(
    status,
    chunked
      ? { ...headers, "transfer-encoding": "chunked" }
      : { ...headers, "content-length": String(body.length) },
  );
  response.write(body.subarray(0, Math.ceil(body.length / 2)), then);
}

/**
 * @param {ServerResponse} response
 * @param {WireReply} reply
 * @param {boolean} chunked
 */
export function cut(response, reply, chunked) {
  const { socket } = response;
  sendHalf(response, reply, chunked, () => socket?.destroySoon());
}

/** @param {ServerResponse} response */
export const destroy = (response) => response.socket?.destroy();
