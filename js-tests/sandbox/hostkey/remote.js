// nat.php and the calls of eq.php that let people in: management controllers and consoles.

import { createHash } from "node:crypto";
import { Refusal } from "../answers.js";
import { startWithPin } from "./pin.js";
import { demandVirtual, workOn } from "./power.js";
import { done } from "./results.js";
import { mainAddressOf } from "./servers.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ id: number }} ServerBody
 * @typedef {ServerBody & import("./pin.js").WithPin} PinBody
 */

/** @param {string} text */
const madeUp = (text) => createHash("sha256").update(text).digest("base64url").slice(0, 10);

/**
 * @param {Server} server
 * @param {string} password
 */
const consoleFile = (server, password) => `[virt-viewer]
type=spice
host=${mainAddressOf(server)}
port=6194
password=${password}
# Password is valid for 120 seconds.
delete-this-file=1
title=${server.id}:%d
ca=-----BEGIN CERTIFICATE-----\\nMIID...\\n-----END CERTIFICATE-----\\n

[ovirt]
host=engine.example.com:443
sso-token=${madeUp(`sso ${server.id}`)}
admin=1
`;

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const remoteHandlers = {
  "nat.addStaticNat": (/** @type {Call<PinBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, false);
    const work = workOn("add_static_nat", server, () => {
      server.natAddress ||= world.freeAddress();
      return { scope: server.natAddress };
    });
    return startWithPin(world, body.pin, { ...work, module: "nat" });
  },

  "nat.removeStaticNat": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, false);
    const work = workOn("remove_static_nat", server, () => {
      server.natAddress = "";
      return { scope: "NAT removed" };
    });
    return world.jobs.start({ ...work, module: "nat" });
  },

  "nat.clearStaticNat": (/** @type {Call<{ ip: string }>} */ { world, session, body }) => {
    const mapped = world.servers
      .all()
      .find(({ id, natAddress }) => session.servers.includes(id) && natAddress === body.ip);
    if (!mapped) throw new Refusal(404, "address_not_found", "There is no such address.");
    mapped.natAddress = "";
    return done(world, { action: "clear_static_nat" });
  },

  "eq.addIpmiUser": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, false);
    const work = workOn("add_ipmi_user", server, () => {
      server.ipmiUser = `u${madeUp(`user ${server.id}`).slice(0, 7)}`;
      return {
        scope: '{"result":"OK","message":"User added","debug":""}\nexit status 1\n',
        debug: null,
        context: { User: server.ipmiUser, Password: madeUp(`password ${server.id}`) },
      };
    });
    return world.jobs.start(work);
  },

  "eq.removeIpmiUser": (/** @type {Call<ServerBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, false);
    const work = workOn("remove_ipmi_user", server, () => {
      server.ipmiUser = "";
      return { scope: "User removed" };
    });
    return world.jobs.start(work);
  },

  "eq.console": (/** @type {Call<PinBody>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    demandVirtual(server, true);
    const work = workOn("console", server, () => ({
      scope: consoleFile(server, madeUp(`console ${server.id}`)),
      context: { ip_ipmi: "" },
    }));
    return startWithPin(world, body.pin, work);
  },

  "eq.novnc": (/** @type {Call<PinBody & { white_ip?: string }>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const password = madeUp(`novnc ${server.id}`);
    const scope = `https://novnc.example.com/vnc.html?path=${server.id}&password=${password}`;
    const work = workOn("novnc", server, () => ({ scope }));
    if (body.pin !== undefined) return startWithPin(world, body.pin, work);
    return done(world, { action: "novnc", callback: world.jobs.begin(work) });
  },
};
