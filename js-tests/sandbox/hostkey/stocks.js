// stocks.php: physical servers in stock. They need no token.

import { ok } from "../answers.js";
import { billingPlan } from "./catalogue.js";
import { hardwareOf, placeOf } from "./server-view.js";

/**
 * @typedef {import("./servers.js").Hardware} Hardware
 *
 * @typedef {object} StockServer
 * @property {number} id
 * @property {string} name
 * @property {string} location
 * @property {"bm" | "gpu"} kind
 * @property {"AMD" | "AMD-MODERN" | "INTEL"} family
 * @property {number} processors
 * @property {number} score benchmark
 * @property {number} price EUR a month
 * @property {boolean} hasRaid
 * @property {Hardware} hardware
 */

/** @param {StockServer} server */
function describe({ id, name, family, processors, score, price, hasRaid, hardware }) {
  const tag = (/** @type {string} */ tag, /** @type {string} */ value) => ({ tag, value, extra: "" });
  return {
    id,
    name,
    hardware: { ...hardwareOf(hardware, false), cpu_type: family, cpu_count: processors },
    cpu_count: String(processors),
    cpu_perf: score,
    cpu_perflink: `http://www.cpubenchmark.net/cpu_lookup.php?cpu=${encodeURIComponent(hardware.cpu)}`,
    tags: { ipmi: tag("ipmi", "ami_bmc"), ...(hasRaid ? { hwraid: tag("hwraid", "1") } : {}) },
    deployment_estimate: "auto",
    billing_plan: billingPlan(price),
  };
}

/**
 * Servers with a graphics processor are in no group but their own and that of all.
 *
 * @type {Record<string, (server: StockServer) => boolean>}
 */
const GROUPS = {
  ALL: () => true,
  GPU: ({ hardware }) => hardware.gpu !== "",
  "1CPU": ({ hardware, processors }) => hardware.gpu === "" && processors === 1,
  "2CPU": ({ hardware, processors }) => hardware.gpu === "" && processors === 2,
  AMD: ({ hardware, family }) => hardware.gpu === "" && family !== "INTEL",
  "AMD-MODERN": ({ hardware, family }) => hardware.gpu === "" && family === "AMD-MODERN",
  INTEL: ({ hardware, family }) => hardware.gpu === "" && family === "INTEL",
};

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const stockHandlers = {
  "stocks.list": (/** @type {Call<{ location: string, group: string }>} */ { world, body }) => {
    const isInGroup = GROUPS[body.group] ?? (() => false);
    const there = world.stocks.all().filter((server) => server.location === body.location);
    return ok({
      result: "OK",
      action: "list",
      servers: there.filter(isInGroup).map((server) => ({
        ...describe(server),
        location: server.location,
        server_group: "Dedicated Server",
      })),
    });
  },

  "stocks.show": (/** @type {Call<{ id: number }>} */ { world, body }) => {
    const server = world.stocks.find(body.id);
    const location = { ...placeOf(server.location), country: server.location };
    return ok({ result: "OK", action: "show", server_data: { ...describe(server), location } });
  },
};
