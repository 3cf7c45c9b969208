// What is kept of an account when it is saved again.

import { Refused } from "../refused.js";

/** @typedef {import("../types.js").AccountInput} AccountInput */

/**
 * A secret that is not typed again stays. An account has either credentials or a proxy: of what it had before, the
 * other is forgotten.
 *
 * @param {AccountInput | undefined} before
 * @param {AccountInput} input
 * @returns {AccountInput}
 */
export function mergeAccount(before, { credentials, baseUrl, session, proxy }) {
  if (!proxy) return { credentials: { ...before?.credentials, ...credentials }, baseUrl, session };
  const { url } = proxy;
  const token = proxy.token || (before?.proxy?.token ?? "");
  // A token that was typed for one proxy is not for another one to read.
  if (!proxy.token && originOf(url) !== originOf(before?.proxy?.url)) {
    throw new Refused("The token is that of another proxy: type the one for this address.");
  }
  return { credentials: {}, baseUrl: "", session, proxy: { url, token } };
}

/** @param {string | undefined} url */
const originOf = (url) => (url && URL.canParse(url) ? new URL(url).origin : undefined);
