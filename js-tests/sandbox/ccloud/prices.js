// What servers cost each month, before and after they are ordered.

import { ok } from "../answers.js";
import { isAddonCount } from "./addons.js";
import { demandFields } from "./refusals.js";
import { diskSpaceOf } from "./servers.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} QuoteRequest
 * @property {string} [pool]
 * @property {number} [cores]
 * @property {number} [memory]
 * @property {number} [disk]
 * @property {{ name?: string, count?: number }[]} [addons]
 * @property {string} [ostype]
 */

const DEFAULT_POOL = "pool_iw_ssd";
const WINDOWS_PRICE_OF_A_CORE = 5.5;
const MOST = 1_000_000;

/** @param {number} amount */
export const rounded = (amount) => Math.round(amount * 100) / 100;

/** @param {number[]} amounts */
export const sumOf = (amounts) => rounded(amounts.reduce((sum, amount) => sum + amount, 0));

/**
 * @param {World} world
 * @param {import("./servers.js").Server} server
 */
export function priceOf(world, server) {
  const { prices } = world.pools.find(server.pool);
  return sumOf([
    prices.cores * server.cores,
    prices.memory * server.memory,
    prices.disk * diskSpaceOf(server),
    ...server.addons.all().map(({ name, count }) => count * world.availableAddons.find(name).price),
  ]);
}

/**
 * @param {World} world
 * @param {QuoteRequest} request
 */
function quote(world, { pool = DEFAULT_POOL, cores = 0, memory = 0, disk = 0, addons = [], ostype = "" }) {
  const { prices } = world.pools.find(pool);
  const resources = {
    cores: rounded(prices.cores * cores),
    memory: rounded(prices.memory * memory),
    disk: rounded(prices.disk * disk),
  };
  const booked = addons.map(({ name = "", count = 1 }) => {
    const { category, price, setup_fee } = world.availableAddons.find(name);
    return { name, category, monthly_price: rounded(count * price), setup_fee: rounded(count * setup_fee) };
  });
  /** @type {Record<string, number>} */
  const licenses =
    ostype.toLowerCase() === "windows" ? { "Windows Server": rounded(WINDOWS_PRICE_OF_A_CORE * cores) } : {};
  return {
    resources,
    addons: Object.fromEntries(booked.map(({ name, ...costs }) => [name, costs])),
    licenses,
    setup_fee_total: sumOf(booked.map(({ setup_fee }) => setup_fee)),
    monthly_total: sumOf([
      ...Object.values(resources),
      ...booked.map(({ monthly_price }) => monthly_price),
      ...Object.values(licenses),
    ]),
  };
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const priceHandlers = {
  "customers.prices.get": (/** @type {import("./world.js").Call<{ pool: string }>} */ { world, params }) =>
    ok(world.pools.find(params.pool).prices),

  "customers.quotes.create": (/** @type {import("./world.js").Call<{}, QuoteRequest>} */ { world, body }) => {
    const { pool, addons = [] } = body;
    const amounts = /** @type {const} */ (["cores", "memory", "disk"]);
    demandFields(
      [pool === undefined || world.pools.has(pool), "pool", "There is no such pool."],
      [
        addons.every(({ name, count = 1 }) => world.availableAddons.has(name ?? "") && isAddonCount(count)),
        "addons",
        "There is an addon among them that cannot be booked.",
      ],
      ...amounts.map((name) => {
        const amount = body[name] ?? 0;
        return /** @type {[boolean, string, string]} */ ([
          amount >= 0 && amount <= MOST,
          name,
          `The amount has to be from 0 to ${MOST}.`,
        ]);
      }),
    );
    return ok(quote(world, body));
  },
};
