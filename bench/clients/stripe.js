import Stripe from "stripe";
import { ADDRESSES, BASE_URL } from "../workload.js";

/** @param {typeof globalThis.fetch} fetch @returns {import("../workload.js").Api} */
export function makeClient(fetch, baseUrl = BASE_URL) {
  const { hostname, port } = new URL(baseUrl);
  const stripe = new Stripe("sk_test_bench", {
    httpClient: Stripe.createFetchHttpClient(fetch),
    host: hostname,
    port,
    protocol: "http",
    telemetry: false,
  });
  return {
    get: () =>
      stripe.customers.list({
        email: "domain@example.com",
        created: 1700000000,
        starting_after: "cus_1",
        limit: 25,
      }),
    // Its second API takes JSON; the first one takes forms.
    post: (items = ADDRESSES) =>
      stripe.v2.core.eventDestinations.create({
        name: "team@example.com",
        type: "webhook_endpoint",
        event_payload: "thin",
        enabled_events: items,
      }),
    list: (rows) => stripe.customers.list({ limit: rows }),
    walk: (size) => stripe.customers.list({ limit: size }),
  };
}

/** @param {import("../workload.js").Row[]} data @param {import("../workload.js").Place} [place] */
export const envelope = (data, place) => ({
  object: "list",
  url: "/v1/customers",
  has_more: place?.hasMore ?? false,
  data,
});
