import { AwsClient } from "aws4fetch";
import { ADDRESSES, BASE_URL } from "../workload.js";

/** @param {typeof globalThis.fetch} fetch @returns {import("../workload.js").Api} */
export function makeClient(fetch, baseUrl = BASE_URL) {
  // It takes no fetch of its own.
  globalThis.fetch = fetch;
  const aws = new AwsClient({
    accessKeyId: "bench-key",
    secretAccessKey: "bench-secret",
    service: "execute-api",
    region: "eu-west-1",
  });
  const accounts = `${baseUrl}/v2/accounts`;
  const read = async (/** @type {string} */ query) => (await aws.fetch(accounts + query)).json();
  return {
    get: () => read("?asset_type=domain&identifier=example.com&skip=0&take=25"),
    async post(items = ADDRESSES) {
      const body = JSON.stringify({ email_address: "team@example.com", destinations: items });
      const headers = { "content-type": "application/json" };
      const url = `${baseUrl}/v2/mailzones/example.com/aliases`;
      return (await aws.fetch(url, { method: "POST", headers, body })).json();
    },
    list: (rows) => read(`?take=${rows}`),
  };
}
