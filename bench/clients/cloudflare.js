import Cloudflare from "cloudflare";
import { BASE_URL } from "../workload.js";
import { zoneApi } from "../zone-api.js";

/** @param {typeof globalThis.fetch} fetch */
export const makeClient = (fetch, baseUrl = BASE_URL) =>
  zoneApi(new Cloudflare({ apiToken: "bench-token", fetch, baseURL: baseUrl }).dns.records);

export { envelope, single } from "../zone-api.js";
