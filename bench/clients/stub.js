// The floor: fetch and JSON.parse, no client at all.

import { ADDRESSES, BASE_URL } from "../workload.js";

/** @param {typeof globalThis.fetch} fetch @returns {import("../workload.js").Api} */
export function makeClient(fetch, baseUrl = BASE_URL) {
  const accounts = `${baseUrl}/v2/accounts`;
  const read = async (/** @type {string} */ query) =>
    JSON.parse(await (await fetch(accounts + query)).text());
  return {
    get: () => read("?asset_type=domain&identifier=example.com&skip=0&take=25"),
    async post(items = ADDRESSES) {
      const body = JSON.stringify({ email_address: "team@example.com", destinations: items });
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${baseUrl}/v2/mailzones/example.com/aliases`, {
        method: "POST",
        headers,
        body,
      });
      return JSON.parse(await response.text());
    },
    list: (rows) => read(`?take=${rows}`),
    async *walk(size) {
      for (let skip = 0; ; skip += size) {
        const response = await fetch(`${accounts}?skip=${skip}&take=${size}`);
        yield* JSON.parse(await response.text());
        if (skip + size >= Number(response.headers.get("x-paging-totalresults"))) return;
      }
    },
  };
}
