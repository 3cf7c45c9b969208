// KVM servers. A reinstallation gets on with every look at the server, never with time.

import { createHash } from "node:crypto";
import { ok } from "../answers.js";
import { list } from "./lists.js";
import { need, ownOne, tell } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Server
 * @property {string} contract
 * @property {string} product
 * @property {string} macaddr
 * @property {string} ostemplate
 * @property {"running" | "stopped"} status
 * @property {boolean} backup
 * @property {number} pollsLeft how often kvm.server.view answers id_reinstalling from now on
 * @property {string | undefined} template what is being installed
 *
 * @typedef {{ id: string | number }} IdBody
 */

const TEMPLATES = [
  { id: "1", name: "Debian 12", family: "debian" },
  { id: "2", name: "Ubuntu 24.04", family: "ubuntu" },
  // Looks like a list that has to be mended, and is none.
  { id: "3", name: "Custom {cloud}{init}", family: "other" },
  { id: "12", name: "Windows Server 2022", family: "windows" },
];

/**
 * @param {World} world
 * @param {import("./contracts.js").Contract} contract
 * @param {Partial<Server>} [more]
 */
export const addServer = (world, { contract, product }, more = {}) =>
  world.servers.add({
    contract,
    product: product.id,
    macaddr: `00:00:5E:00:53:${Number(contract.slice(-2)).toString(16).padStart(2, "0").toUpperCase()}`,
    ostemplate: "none",
    status: "stopped",
    backup: false,
    pollsLeft: 0,
    template: undefined,
    ...more,
  });

/**
 * @param {World} world
 * @param {string | number} id
 */
function readyServer(world, id) {
  const server = ownOne(world.servers, id);
  need(server.template === undefined, "id_reinstalling");
  return server;
}

/**
 * @param {World} world
 * @param {boolean} done
 * @param {"success" | "status"} usually how this operation says so where the setting leaves it open
 */
function began({ settings: { controlAnswers } }, done, usually) {
  const form = controlAnswers === "mixed" ? usually : controlAnswers;
  if (form === "success") return { success: done };
  return { status: done ? "OK" : "error" };
}

/**
 * @param {Server["status"]} from what the server has to be for this, if that is looked at
 * @param {Server["status"]} to
 */
const control =
  (from, to) =>
  (/** @type {import("./world.js").Call<IdBody>} */ { world, body }) => {
    const server = readyServer(world, body.id);
    const done = server.status === from || (from !== to && !world.settings.strictControl);
    if (done) server.status = to;
    return ok(began(world, done, "success"));
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const kvmHandlers = {
  "kvm.server.view": (/** @type {import("./world.js").Call<IdBody>} */ { world, body }) => {
    const server = ownOne(world.servers, body.id);
    if (server.template !== undefined) {
      const isGoingOn = server.pollsLeft > 0;
      server.pollsLeft -= 1;
      need(!isGoingOn, "id_reinstalling");
      Object.assign(server, { ostemplate: server.template, template: undefined, status: "running" });
    }
    const { contract, product, macaddr, ostemplate, status, backup } = server;
    const node = `kvm${20 + (Number(contract) % 4)}`;
    return ok({ contract, product, node, macaddr, ostemplate, status, backup: backup ? "1" : "0" });
  },

  "kvm.server.start": control("stopped", "running"),
  "kvm.server.stop": control("running", "stopped"),
  "kvm.server.reset": control("running", "running"),

  "kvm.server.vnc": (
    /** @type {import("./world.js").Call<IdBody & { source: string }>} */ { world, body },
  ) => {
    const { contract } = readyServer(world, body.id);
    const port = world.number("vnc");
    return ok({
      ...began(world, true, "status"),
      source: body.source,
      vnc_server: "ipmi-gw.example.com",
      vnc_port: port,
      // The name of this field is cut off in the documentation.
      vnc_password: createHash("sha256").update(`${contract} ${port}`).digest("base64url").slice(0, 12),
    });
  },

  "kvm.server.reinstallTemplates": (
    /** @type {import("./world.js").Call<Partial<IdBody>>} */ { world, body },
  ) => {
    if (body.id !== undefined) readyServer(world, body.id);
    return list(world, TEMPLATES);
  },

  "kvm.server.reinstall": (
    /** @type {import("./world.js").Call<IdBody & { template: string | number }>} */ { world, body },
  ) => {
    const server = readyServer(world, body.id);
    const template = TEMPLATES.find(({ id }) => id === String(body.template));
    need(template !== undefined, "error", "there is no such template");
    Object.assign(server, { template: template.name, pollsLeft: world.settings.jobPolls });
    return tell("OK");
  },
};
