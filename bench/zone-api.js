// The same calls for both entries of cloudflare: the whole package and the one that can be shaken.

import { ADDRESSES } from "./workload.js";

const ZONE = { zone_id: "023e105f4ecef8ad9ca31a8372d0c353" };

/**
 * @param {import("cloudflare/resources/dns/records").BaseRecords} records
 * @returns {import("./workload.js").Api}
 */
export const zoneApi = (records) => ({
  get: async () => records.list({ ...ZONE, type: "TXT", search: "example.com", page: 1, per_page: 25 }),
  post: async (items = ADDRESSES) =>
    records.create({ ...ZONE, name: "team@example.com", type: "TXT", ttl: 1, tags: items }),
  list: async (rows) => records.list({ ...ZONE, per_page: rows }),
  walk: (size) => records.list({ ...ZONE, per_page: size }),
});

const FINE = { success: true, errors: [], messages: [] };

/** @param {import("./workload.js").Row[]} result @param {import("./workload.js").Place} [place] */
export const envelope = (result, place) => ({
  ...FINE,
  result,
  result_info: { page: 1, per_page: result.length, count: result.length, total_count: place?.total ?? 1 },
});

/** @param {import("./workload.js").Row} result */
export const single = (result) => ({ ...FINE, result });
