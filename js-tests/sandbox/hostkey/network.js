// net.php: ports of servers, and addresses that are blocked or given back.

import { demand, ok, Refusal } from "../answers.js";
import { isVirtual } from "./catalogue.js";
import { binaryAnswer, graphPng } from "./documents.js";
import { demandKnown } from "./known.js";
import { demandPin, startWithPin } from "./pin.js";
import { workOn } from "./power.js";
import { done } from "./results.js";
import { addAddress } from "./servers.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ id: number } & import("./pin.js").WithPin} PinBody
 * @typedef {PinBody & { port: string }} PortBody
 * @typedef {{ id: number, ip: string }} AddressBody
 */

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/**
 * @param {string} action
 * @param {"enable" | "disable"} Status
 * @returns {import("../provider.js").Handler}
 */
const switchPort = (action, Status) => {
  return (/** @type {Call<PortBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const port = server.interfaces.find(body.port);
    const work = workOn(action, server, () => {
      port.Status = Status;
      return { scope: `Port ${port.type} is ${Status}d`, context: { port: port.type } };
    });
    return startWithPin(world, body.pin, work);
  };
};

/**
 * @param {Server} server
 * @param {import("./servers.js").Interface} port
 */
const statusOf = (server, { type, mac, Status }) => ({
  switch: isVirtual(server.kind) ? "virtual" : "sw-12 192.0.2.250",
  port: isVirtual(server.kind) ? "virtual" : "ge-0/0/7",
  vlan: "v415",
  speed: "1000",
  status: Status === "enable" ? "connected" : "notconnect",
  mac: [mac],
  port_security: "",
  shape: "",
  interface: type,
});

/**
 * @typedef {object} Addition Either addresses or how many there are to be.
 * @property {number} id
 * @property {number} [amount]
 * @property {string[]} [ips]
 * @property {string} [ip]
 * @property {string} [port]
 * @property {number} [vlan]
 */

/**
 * @param {World} world
 * @param {Addition} body
 */
function wantedAddresses(world, { amount, ip, ips = ip === undefined ? [] : [ip] }) {
  if (ips.length > 0) {
    const isTaken = world.servers.all().some(({ addresses }) => ips.some((one) => addresses.has(one)));
    demand([!isTaken, "address_taken", "The address is not free."]);
    return ips;
  }
  if (amount === undefined) throw new Refusal(200, "amount_missing", "IPv4 amount must be specified");
  return Array.from({ length: amount }, () => world.freeAddress());
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const networkHandlers = {
  "net.getStatus": (/** @type {Call<PinBody & { port?: string }>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const port = server.interfaces.find(body.port ?? "eth0");
    const work = workOn("get_status", server, () => ({
      scope: JSON.stringify(statusOf(server, port)),
      context: { ip_ipmi: "0.0.0.0", interface_id: port.type, port: port.type },
    }));
    return startWithPin(world, body.pin, work);
  },

  "net.portOff": switchPort("port_off", "disable"),
  "net.portOn": switchPort("port_on", "enable"),

  "net.showCacti": (/** @type {Call<PortBody & { graph: string }>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandPin(world, body.pin);
    demandKnown("graph", body.graph, ["1", "2", "3"]);
    const { type } = server.interfaces.find(body.port);
    const bars = Array.from({ length: 64 }, (_, index) => (index * Number(body.graph) * 7 + server.id) % 32);
    return binaryAnswer(world, {
      contentType: "image/png",
      filename: `${server.id}-${type}-${body.graph}.png`,
      bytes: graphPng(bars),
    });
  },

  "net.blockIp": (
    /** @type {Call<AddressBody & { description: string, four_hours?: 1 }>} */ { world, session, body },
  ) => {
    const address = world.findServer(session, body.id).addresses.find(body.ip);
    const { description } = body;
    Object.assign(address, { locked: 1, date_block: world.timestamp(), description });
    return done(world);
  },

  "net.unblockIp": (/** @type {Call<AddressBody>} */ { world, session, body }) => {
    const address = world.findServer(session, body.id).addresses.find(body.ip);
    Object.assign(address, { locked: 0, date_block: null, description: "" });
    return done(world);
  },

  "net.addIpv4": (/** @type {Call<Addition>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const { port = "eth0", vlan = 415 } = body;
    server.interfaces.find(port);
    const wanted = wantedAddresses(world, body);
    for (const address of wanted) addAddress(server, address, 0).port = port;
    const ips = world.shapes.of(
      "added addresses",
      wanted,
      wanted.map((ip) => ({ ip, vlan })),
    );
    return ok({ result: "OK", action: "add_ipv4", id: server.id, ips, keys: [] });
  },

  "net.removeIpv4": (/** @type {Call<AddressBody>} */ { world, session, body }) => {
    const { addresses } = world.findServer(session, body.id);
    const { main_ip } = addresses.find(body.ip);
    demand([main_ip === 0, "address_is_main", "The main address of a server cannot be removed."]);
    addresses.remove(body.ip);
    return done(world);
  },
};
