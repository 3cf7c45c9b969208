import { noContent, ok, Refusal } from "../answers.js";
import { holds, page } from "./paging.js";
import { badField } from "./refusals.js";

/**
 * @typedef {object} Subscription
 * @property {number} id
 * @property {string} pool
 * @property {string} name
 * @property {string} [display_name]
 * @property {number} monthly_price
 * @property {{ cores: number, memory: number, disk: number }} data
 * @property {string[]} tags
 * @property {number | null} replacement
 * @property {string} createdAt
 *
 * @typedef {{ id: number }} ById
 * @typedef {import("./paging.js").Paging & { search?: string }} ListParams
 */

const COLUMNS = ["id", "name", "display_name", "pool", "monthly_price", "start_date", "end_date"];

/** @param {Subscription} subscription */
const shown = ({ data, createdAt, id, ...subscription }) => ({
  id,
  customer_id: 328100,
  ...subscription,
  confirmed: id % 5 !== 0,
  runtime: 12,
  discount: 10,
  setup_fee: 50,
  setup_fee_charged: true,
  valid_to: "2023-06-01",
  start_date: "2023-06-01",
  end_date: "2024-06-01",
  renew: id % 2 === 0,
  data: {
    ...data,
    support_hours: 6,
    full_backup: 100,
    licenses: [{ id: 12708, count: 4 }],
    addons: [{ name: "monitoring", count: 4 }],
  },
  created_at: createdAt,
  updated_at: createdAt,
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const subscriptionHandlers = {
  "subscriptions.list": (/** @type {import("./world.js").Call<ListParams>} */ { world, params }) => {
    const subscriptions = world.subscriptions
      .all()
      .filter(({ name, display_name, tags }) => holds(params.search, [name, display_name, ...tags]));
    return ok({ data: page(world, params, subscriptions.map(shown), COLUMNS) });
  },

  "subscriptions.get": (/** @type {import("./world.js").Call<ById>} */ { world, params }) =>
    ok(shown(world.subscriptions.find(params.id))),

  "subscriptions.customName.update": (
    /** @type {import("./world.js").Call<ById, { display_name?: string }>} */ { world, params, body },
  ) => {
    world.subscriptions.find(params.id).display_name = body.display_name;
    return noContent();
  },

  "subscriptions.import": (
    /** @type {import("./world.js").Call<ById, { hostname: string }>} */ { world, params, body },
  ) => {
    const { id } = world.subscriptions.find(params.id);
    const server = world.servers.get(body.hostname);
    if (!server) throw badField("hostname", "There is no such server.");
    server.subscription = id;
    return noContent();
  },

  "subscriptions.exportToPool": (
    /** @type {import("./world.js").Call<ById & { hostname: string }>} */ { world, params },
  ) => {
    const { id } = world.subscriptions.find(params.id);
    const server = world.servers.find(params.hostname);
    if (server.subscription !== id) {
      throw new Refusal(404, "server_not_in_subscription", "The server is not in this subscription.");
    }
    server.subscription = undefined;
    return noContent();
  },

  "subscriptions.exportAll": (
    /** @type {import("./world.js").Call<ById, { target_subscription: string }>} */ { world, params, body },
  ) => {
    const { id } = world.subscriptions.find(params.id);
    const target = world.subscriptions.all().find(({ name }) => name === body.target_subscription);
    if (!target) throw badField("target_subscription", "There is no subscription with this name.");
    for (const server of world.servers.all()) {
      if (server.subscription === id) server.subscription = target.id;
    }
    return noContent();
  },
};
