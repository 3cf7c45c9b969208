import { Combell } from "hostwire/combell";
import { ADDRESSES, BASE_URL } from "../workload.js";

/** @param {typeof globalThis.fetch} fetch @returns {import("../workload.js").Api} */
export function makeClient(fetch, baseUrl = BASE_URL) {
  const combell = new Combell({
    apiKey: "bench-key",
    apiSecret: "bench-secret",
    baseUrl,
    fetch,
    allowBrowser: true,
  });
  return {
    get: () => combell.accounts.list({ asset_type: "domain", identifier: "example.com", skip: 0, take: 25 }),
    post: (items = ADDRESSES) =>
      combell.mailZones.createAlias({
        domain_name: "example.com",
        email_address: "team@example.com",
        destinations: items,
      }),
    list: (rows) => combell.accounts.list({ take: rows }),
    walk: (size) => combell.accounts.list({ take: size }),
  };
}
