// A client as one writes it by hand for a few calls: it signs, sends, looks at the status and reads the answer.

import { ADDRESSES, BASE_URL } from "./workload.js";

const KEY = "bench-key";
const SECRET = "bench-secret";

/**
 * What Combell signs: the nonce and the time make each one new.
 *
 * @param {string} method
 * @param {string} path
 * @param {string} digest of the body
 */
export function textToSign(method, path, digest) {
  const timestamp = Math.floor(Date.now() / 1000);
  const nonce = crypto.randomUUID();
  const text = `${KEY}${method.toLowerCase()}${encodeURIComponent(path)}${timestamp}${nonce}${digest}`;
  return { timestamp, nonce, text };
}

/**
 * @param {(secret: string, text: string) => string | Promise<string>} sign
 * @param {(body: string) => string} digest
 */
export function makeHandwritten(sign, digest) {
  /** @param {typeof globalThis.fetch} fetch @returns {import("./workload.js").Api} */
  return function makeClient(fetch, baseUrl = BASE_URL) {
    /** @param {string} method @param {string} path @param {unknown} [data] */
    async function send(method, path, data) {
      const body = data === undefined ? undefined : JSON.stringify(data);
      const { timestamp, nonce, text } = textToSign(method, path, body ? digest(body) : "");
      const authorization = `hmac ${KEY}:${await sign(SECRET, text)}:${nonce}:${timestamp}`;
      const headers = { authorization, accept: "application/json", "content-type": "application/json" };
      const response = await fetch(baseUrl + path, body ? { method, headers, body } : { method, headers });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return response;
    }
    const read = async (/** @type {{ [name: string]: string }} */ query) =>
      (await send("GET", `/v2/accounts?${new URLSearchParams(query)}`)).json();
    return {
      get: () => read({ asset_type: "domain", identifier: "example.com", skip: "0", take: "25" }),
      post: async (items = ADDRESSES) =>
        (
          await send("POST", "/v2/mailzones/example.com/aliases", {
            email_address: "team@example.com",
            destinations: items,
          })
        ).json(),
      list: (rows) => read({ take: String(rows) }),
      async *walk(size) {
        for (let skip = 0; ; skip += size) {
          const response = await send("GET", `/v2/accounts?skip=${skip}&take=${size}`);
          yield* await response.json();
          if (skip + size >= Number(response.headers.get("x-paging-totalresults"))) return;
        }
      },
    };
  };
}
