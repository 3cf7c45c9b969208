// ip.php: addresses and their names in reverse DNS.

import { Refusal } from "../answers.js";
import { done } from "./results.js";

/**
 * @typedef {{ id: number, ip: string }} AddressBody
 */

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const addressHandlers = {
  "ip.getIp": (/** @type {Call<{ ip: string }>} */ { world, session, body }) => {
    const owner = world.servers
      .all()
      .find(({ id, addresses }) => session.servers.includes(id) && addresses.has(body.ip));
    if (!owner) throw new Refusal(404, "address_not_found", "There is no such address.");
    const { ptr, ...address } = owner.addresses.find(body.ip);
    const port = owner.interfaces.find(address.port);
    return done(world, { data: { ...address, server_id: owner.id, interface: port.type, MAC: port.mac } });
  },

  "ip.getPtr": (/** @type {Call<AddressBody>} */ { world, session, body }) => {
    const { IP, ptr } = world.findServer(session, body.id).addresses.find(body.ip);
    return done(world, { data: { ip: IP, ptr } });
  },

  "ip.updatePtr": (/** @type {Call<AddressBody & { ptr: string }>} */ { world, session, body }) => {
    const address = world.findServer(session, body.id).addresses.find(body.ip);
    address.ptr = body.ptr;
    return done(world);
  },

  "ip.setMain": (/** @type {Call<AddressBody & { main: string }>} */ { world, session, body }) => {
    const { addresses } = world.findServer(session, body.id);
    addresses.find(body.ip);
    const main = addresses.find(body.main);
    for (const address of addresses.all()) address.main_ip = address === main ? 1 : 0;
    return done(world);
  },
};
