// The ways in which a provider can be made to misbehave.

import { STATUS_CODES } from "node:http";
import { Refusal, render } from "./answers.js";
import { cut, destroy, sendHalf } from "./wire.js";

/**
 * @typedef {import("./answers.js").Reply} Reply
 * @typedef {import("./provider.js").Provider} Provider
 * @typedef {import("./wire.js").WireReply} WireReply
 * @typedef {import("node:http").ServerResponse} ServerResponse
 *
 * @typedef {(
 *   | { type: "latency", ms: number }
 *   | { type: "reset" }
 *   | { type: "resetAfter" }
 *   | { type: "hang" }
 *   | { type: "hangBody", chunked?: boolean }
 *   | { type: "cutBody", chunked?: boolean }
 *   | { type: "status", status: number, headers?: Record<string, string>, body?: unknown, contentType?: string }
 *   | { type: "rateLimit", retryAfter?: number | string | null, reset?: number | null }
 *   | { type: "html", status?: number, body?: string }
 *   | { type: "brokenJson" }
 *   | { type: "contentType", contentType?: string }
 *   | { type: "emptyBody" }
 *   | { type: "noLocation" }
 *   | { type: "headers", headers: Record<string, string | null> }
 * )} FaultSettings
 */

/**
 * @template {FaultSettings["type"]} [T=FaultSettings["type"]]
 * @typedef {object} Kind
 * @property {string} says for people: what it does
 * @property {string[]} [required] settings
 * @property {string[]} [optional] settings
 * @property {boolean} [unseen] the provider never gets to see the request, so no nonce is used up
 * @property {boolean} [unanswered] the operation is carried out, but no status goes out
 * @property {(fault: Extract<FaultSettings, { type: T }>, provider: Provider) => Reply} [instead] goes out in
 *   place of the answer; the operation is not carried out
 * @property {(response: ServerResponse) => void} [silent] nothing goes out; the operation is not carried out
 * @property {(reply: Reply, fault: Extract<FaultSettings, { type: T }>) => Reply} [change]
 * @property {(response: ServerResponse, reply: WireReply, fault: Extract<FaultSettings, { type: T }>) => void} [send]
 */

/** @type {{ [T in FaultSettings["type"]]: Kind<T> }} */
export const KINDS = {
  latency: { says: "waits `ms` milliseconds, then carries on", required: ["ms"] },
  reset: {
    says: "resets the connection before anything is done",
    unseen: true,
    silent: (response) => response.socket?.resetAndDestroy(),
  },
  resetAfter: {
    says: "carries the operation out, then drops the connection without an answer",
    unanswered: true,
    send: (response) => destroy(response),
  },
  hang: { says: "never answers; nothing is done", silent: () => undefined },
  hangBody: {
    says: "sends the headers and half of the body, then nothing more",
    optional: ["chunked"],
    change: withBody,
    send: (response, reply, { chunked = false }) => sendHalf(response, reply, chunked),
  },
  cutBody: {
    says: "sends half of the body, then drops the connection",
    optional: ["chunked"],
    change: withBody,
    send: (response, reply, { chunked = false }) => cut(response, reply, chunked),
  },
  status: {
    says: "answers `status`, with `headers`, `body` and `contentType` where given; nothing is done",
    required: ["status"],
    optional: ["headers", "body", "contentType"],
    instead: answerStatus,
  },
  rateLimit: {
    says: "answers 429 with Retry-After (`retryAfter`: seconds, a date or null) and the reset header (`reset`)",
    optional: ["retryAfter", "reset"],
    instead: answerRateLimit,
  },
  html: {
    says: "answers an HTML page, `status` 200 unless given, as something in front of the provider might",
    optional: ["status", "body"],
    unseen: true,
    instead: ({
      status = 200,
      body = "<!doctype html><title>Just a moment...</title><h1>Please wait</h1>",
    }) => ({
      status,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: Buffer.from(body),
    }),
  },
  brokenJson: {
    says: "sends JSON that breaks off, as if it were whole",
    change: (reply) => {
      const { status, headers, body } = withBody(reply);
      return { status, headers, body: Buffer.concat([Buffer.from('{"broken":'), body.subarray(0, -1)]) };
    },
  },
  contentType: {
    says: "sends the right body under the wrong Content-Type (`contentType`, text/plain unless given)",
    optional: ["contentType"],
    change: (reply, { contentType = "text/plain" }) => ({
      ...reply,
      headers: { ...reply.headers, "content-type": contentType },
    }),
  },
  emptyBody: {
    says: "sends the right status and headers with an empty body",
    change: (reply) => ({ ...reply, body: Buffer.alloc(0) }),
  },
  noLocation: {
    says: "leaves the Location header away",
    change: (reply) => ({ ...reply, headers: override(reply.headers, { location: null }) }),
  },
  headers: {
    says: "adds or replaces `headers`; null leaves one away",
    required: ["headers"],
    change: (reply, { headers }) => ({ ...reply, headers: override(reply.headers, headers) }),
  },
};

/**
 * @param {FaultSettings} fault
 * @returns {Kind}
 */
export const kindOf = (fault) => /** @type {Kind} */ (/** @type {unknown} */ (KINDS[fault.type]));

/**
 * @param {Extract<FaultSettings, { type: "status" }>} fault
 * @param {Provider} provider
 * @returns {Reply}
 */
function answerStatus({ status, headers = {}, body, contentType }, provider) {
  const text = STATUS_CODES[status] ?? "Misbehaviour on request";
  if (body === undefined && status >= 400) {
    const reply = render(provider.refuse(new Refusal(status, "sandbox_misbehaviour", text)));
    return { ...reply, status, headers: override(reply.headers, headers) };
  }
  const isJson = body !== undefined && typeof body !== "string";
  const type = contentType ?? (isJson ? "application/json" : "text/plain; charset=utf-8");
  return {
    status,
    headers: override(body === undefined ? {} : { "content-type": type }, headers),
    body: Buffer.from(isJson ? JSON.stringify(body) : String(body ?? "")),
  };
}

/**
 * The provider's own headers might tell the client to wait for the rest of a real window, so they are
 * replaced too.
 *
 * @param {Extract<FaultSettings, { type: "rateLimit" }>} fault
 * @param {Provider} provider
 * @returns {Reply}
 */
function answerRateLimit({ retryAfter = 0, reset }, provider) {
  const wait = reset === undefined ? (typeof retryAfter === "number" ? Math.ceil(retryAfter) : 0) : reset;
  const limits = /** @type {Record<string, unknown>} */ (provider.spec.document["x-rate-limit"] ?? {});
  const reply = render(provider.refuse(new Refusal(429, "rate_limit_exceeded", "Too many requests.")));
  return {
    ...reply,
    status: 429,
    headers: override(reply.headers, {
      "retry-after": retryAfter === null ? null : String(retryAfter),
      ...(limits.resetSeconds ? { [String(limits.resetSeconds)]: wait === null ? null : String(wait) } : {}),
      ...(limits.remaining ? { [String(limits.remaining)]: "0" } : {}),
    }),
  };
}

/**
 * @param {Reply["headers"]} headers
 * @param {Reply["headers"]} changes
 * @returns {Reply["headers"]}
 */
function override(headers, changes) {
  const lowercase = Object.entries(changes).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...headers, ...Object.fromEntries(lowercase) };
}

/**
 * A reply that has a body: faults of the body need one.
 *
 * @param {Reply} reply
 * @returns {Reply}
 */
function withBody(reply) {
  if (reply.body.length > 0) return reply;
  return {
    status: reply.status === 204 ? 200 : reply.status,
    headers: { ...reply.headers, "content-type": "application/json" },
    body: Buffer.from('{"sandbox":"misbehaviour"}'),
  };
}
