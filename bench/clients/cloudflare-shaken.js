import { BaseRecords } from "cloudflare/resources/dns/records";
import { createClient } from "cloudflare/tree-shakable";
import { BASE_URL } from "../workload.js";
import { zoneApi } from "../zone-api.js";

/** @param {typeof globalThis.fetch} fetch */
export const makeClient = (fetch, baseUrl = BASE_URL) =>
  zoneApi(
    createClient({ resources: [BaseRecords], apiToken: "bench-token", fetch, baseURL: baseUrl }).dns.records,
  );

export { envelope, single } from "../zone-api.js";
