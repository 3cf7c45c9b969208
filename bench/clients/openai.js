import OpenAI from "openai";
import { ADDRESSES, BASE_URL } from "../workload.js";

/** @param {typeof globalThis.fetch} fetch @returns {import("../workload.js").Api} */
export function makeClient(fetch, baseUrl = BASE_URL) {
  const openai = new OpenAI({
    apiKey: "bench-key",
    baseURL: `${baseUrl}/v1`,
    fetch,
    dangerouslyAllowBrowser: true,
  });
  return {
    get: async () => openai.files.list({ purpose: "example.com", order: "asc", after: "file-0", limit: 25 }),
    post: async (items = ADDRESSES) => openai.moderations.create({ model: "team@example.com", input: items }),
    list: async (rows) => openai.files.list({ limit: rows }),
    walk: (size) => openai.files.list({ limit: size }),
  };
}

/** @param {import("../workload.js").Row[]} data @param {import("../workload.js").Place} [place] */
export const envelope = (data, place) => ({ object: "list", has_more: place?.hasMore ?? false, data });
