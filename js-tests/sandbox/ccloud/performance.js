// How much servers have used. The numbers mean nothing, but are always the same.

import { ok } from "../answers.js";

/**
 * @typedef {"mem" | "cpu" | "net" | "disk"} Resource
 * @typedef {{ hostname: string, resource: Resource, period: keyof typeof POINTS }} Params
 */

const POINTS = { hour: 12, day: 24, week: 7, month: 30, year: 12 };

/** @type {Record<Resource, { units: string, keys: string[] }[]>} */
const MEASURED = {
  mem: [{ units: "MByte", keys: ["used", "available"] }],
  cpu: [{ units: "%", keys: ["usage"] }],
  net: [
    { units: "Byte/s", keys: ["send_persec", "received_persec"] },
    { units: "Packets/s", keys: ["packets_persec"] },
  ],
  disk: [{ units: "Byte/s", keys: ["read_persec", "write_persec"] }],
};

/** @type {Record<string, import("../provider.js").Handler>} */
export const performanceHandlers = {
  "servers.performance.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const { id } = world.servers.find(params.hostname);
    const data = MEASURED[params.resource].map(({ units, keys }) => ({
      units,
      perfdata: Array.from({ length: POINTS[params.period] }, (_, point) =>
        Object.fromEntries(keys.map((key, index) => [key, (id * 31 + point * 17 + index * 7) % 97])),
      ),
    }));
    return ok([{ data }]);
  },
};
