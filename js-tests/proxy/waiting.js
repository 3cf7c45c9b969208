// What tests of limits wait for, and who keeps the proxy waiting.

import { TOKEN } from "./setup.js";

/** The beginning of a call as bytes, up to its body. @param {string} url @param {string} line what is said of the body */
export const rawHead = (url, line) =>
  [
    "POST /combell/dnsRecords.list HTTP/1.1",
    `host: ${new URL(url).host}`,
    `authorization: Bearer ${TOKEN}`,
    "content-type: application/json",
    line,
    "\r\n",
  ].join("\r\n");

export function signalOf() {
  /** @type {() => void} */
  let resolve = () => undefined;
  /** @type {Promise<void>} */
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A provider that never answers, and tells when it is asked and when the one who asked has gone. */
export function hanging() {
  const begun = signalOf();
  const aborted = signalOf();
  const fetch = (/** @type {string} */ _, /** @type {RequestInit} */ { signal }) => {
    signal?.addEventListener("abort", aborted.resolve);
    begun.resolve();
    return new Promise(() => undefined);
  };
  return { fetch, begun: begun.promise, aborted: aborted.promise };
}
