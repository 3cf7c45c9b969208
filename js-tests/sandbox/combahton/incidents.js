// DDoS incidents. They are worked out from their number, so that there can be as many as are set.

import { addressOf } from "./addresses.js";
import { list } from "./lists.js";
import { tell } from "./refusals.js";

/** @typedef {import("./world.js").World} World */

const LATEST_OF_ONE = 25;
const LATEST_OF_ALL = 100;
/** 2026-01-01 */
const LAST = 1_767_225_600;
const KINDS = ["UDP Flood", "DNS Amplification", "TCP SYN Flood", "NTP Amplification"];
/** The first address is attacked most, and most addresses never are. */
const TARGETS = [0, 0, 1, 0, 2];

/**
 * The latest first.
 *
 * @param {World} world
 */
function all(world) {
  const addresses = world.addresses.all();
  return Array.from({ length: world.settings.incidents }, (_, index) => {
    const time = LAST - index * 7200;
    const mbps = 1200 + ((index * 733) % 9000);
    const size = 64 + ((index * 211) % 1400);
    return {
      ipaddr: addresses[TARGETS[index % TARGETS.length] ?? 0]?.ipaddr ?? "",
      attack_type: KINDS[index % KINDS.length],
      mbps: String(mbps),
      packets: String(Math.round((mbps * 125_000) / size)),
      avg_packet_size: String(size),
      // Text or number is not documented.
      time: index % 2 === 0 ? String(time) : time,
    };
  });
}

/**
 * @param {World} world
 * @param {object[]} incidents
 */
const answer = (world, incidents) => (incidents.length > 0 ? list(world, incidents) : tell("blank"));

/** @type {Record<string, import("../provider.js").Handler>} */
export const incidentHandlers = {
  "antiddos.incidents.show": (
    /** @type {import("./world.js").Call<{ ipaddr: string }>} */ { world, body },
  ) => {
    const { ipaddr } = addressOf(world, body.ipaddr);
    const own = all(world).filter((incident) => incident.ipaddr === ipaddr);
    return answer(world, own.slice(0, LATEST_OF_ONE));
  },

  "antiddos.incidents.showAll": (/** @type {import("./world.js").Call} */ { world }) =>
    answer(world, all(world).slice(0, LATEST_OF_ALL)),
};
