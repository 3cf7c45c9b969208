// How much servers have used. The numbers mean nothing, but are always the same.

import { ok, Refusal } from "../answers.js";

/** @typedef {{ hostname: string, resource: string, period: string }} Params */

const POINTS = new Map(Object.entries({ hour: 12, day: 24, week: 7, month: 30, year: 12 }));

/** @type {Map<string, { units: string, keys: string[] }[]>} */
const MEASURED = new Map([
  ["mem", [{ units: "MByte", keys: ["used", "available"] }]],
  ["cpu", [{ units: "%", keys: ["usage"] }]],
  [
    "net",
    [
      { units: "Byte/s", keys: ["send_persec", "received_persec"] },
      { units: "Packets/s", keys: ["packets_persec"] },
    ],
  ],
  ["disk", [{ units: "Byte/s", keys: ["read_persec", "write_persec"] }]],
]);

/** @type {Record<string, import("../provider.js").Handler>} */
export const performanceHandlers = {
  "servers.performance.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const { id } = world.servers.find(params.hostname);
    const measured = MEASURED.get(params.resource);
    const length = POINTS.get(params.period);
    if (!measured || !length)
      throw new Refusal(404, "measurement_not_found", "Nothing of this kind is measured.");
    const data = measured.map(({ units, keys }) => ({
      units,
      perfdata: Array.from({ length }, (_, point) =>
        Object.fromEntries(keys.map((key, index) => [key, (id * 31 + point * 17 + index * 7) % 97])),
      ),
    }));
    return ok([{ data }]);
  },
};
