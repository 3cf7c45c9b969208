import { canonical, isOwnAddress } from "./addresses.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 * @typedef {{ ip: string, type: "customer" | "admin" }} Blackhole
 */

/**
 * @param {World} world
 * @param {string} text
 */
function ownAddress(world, text) {
  const ip = canonical(text);
  need(ip !== undefined, "incorrect-ip");
  need(isOwnAddress(world, ip), "ip-not-allowed");
  return ip;
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const blackholeHandlers = {
  "ipBlackholing.list": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ blackholed_ips_list: world.blackholes.all() }),

  "ipBlackholing.enable": (/** @type {import("./world.js").Call<{ ip: string }>} */ { world, body }) => {
    const ip = ownAddress(world, body.ip);
    need(!world.blackholes.has(ip), "ip-already-blackholed");
    world.blackholes.add({ ip, type: "customer" });
    return succeed();
  },

  "ipBlackholing.disable": (/** @type {import("./world.js").Call<{ ip: string }>} */ { world, body }) => {
    const ip = ownAddress(world, body.ip);
    const blackhole = world.blackholes.get(ip);
    need(blackhole !== undefined, "ip-not-blackholed");
    need(blackhole.type === "customer", "admin-blackhole");
    world.blackholes.remove(ip);
    return succeed();
  },
};
