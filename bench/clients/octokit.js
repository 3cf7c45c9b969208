import { Octokit } from "@octokit/core";
import { ADDRESSES, BASE_URL } from "../workload.js";

/** @param {typeof globalThis.fetch} fetch @returns {import("../workload.js").Api} */
export function makeClient(fetch, baseUrl = BASE_URL) {
  const octokit = new Octokit({ auth: "bench-token", baseUrl, request: { fetch } });
  const repo = { owner: "example", repo: "bench" };
  return {
    async get() {
      const query = { state: /** @type {const} */ ("open"), labels: "example.com", page: 1, per_page: 25 };
      return (await octokit.request("GET /repos/{owner}/{repo}/issues", { ...repo, ...query })).data;
    },
    async post(items = ADDRESSES) {
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/labels";
      return (await octokit.request(route, { ...repo, issue_number: 1, labels: items })).data;
    },
    list: async (rows) =>
      (await octokit.request("GET /repos/{owner}/{repo}/issues", { ...repo, per_page: rows })).data,
  };
}
