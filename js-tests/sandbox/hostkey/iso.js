// iso.php: images that a server can be booted from.

import { Refusal } from "../answers.js";
import { workOn } from "./power.js";
import { done } from "./results.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Image
 * @property {number} id
 * @property {string} name
 * @property {string} url empty where it is the provider's
 * @property {boolean} own whether the customer uploaded it
 */

/**
 * @param {World} world
 * @param {{ name: string, url?: string, own: boolean }} image
 */
export const addImage = (world, { name, url = "", own }) =>
  world.images.add({ id: world.number("image"), name, url, own });

/** @param {Image} image */
const show = ({ id, name }) => ({ id, name });

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const isoHandlers = {
  "iso.listIso": (/** @type {Call<{ server_id?: number }>} */ { world, session, body }) => {
    if (body.server_id === undefined) throw new Refusal(200, "server_missing", "server_id is required");
    world.findServer(session, body.server_id);
    return done(world, { data: world.images.all().map(show) });
  },

  "iso.uploaded": (/** @type {Call<{}>} */ { world }) => {
    const own = world.images.all().filter((image) => image.own);
    return done(world, {
      action: "uploaded",
      data: own.map((image) => ({ ...show(image), url: image.url })),
    });
  },

  "iso.upload": (/** @type {Call<{ url: string, name?: string }>} */ { world, body }) => {
    const { url, name = url.split("/").at(-1) ?? url } = body;
    const { id } = addImage(world, { name, url, own: true });
    return done(world, { action: "upload", id });
  },

  "iso.add": (/** @type {Call<{ params: { name: string } }>} */ { world, body }) => {
    const { name } = body.params;
    const { id } =
      world.images.all().find((one) => one.name === name) ?? addImage(world, { name, own: true });
    return done(world, { action: "add", id });
  },

  "iso.delete": (/** @type {Call<{ id: number }>} */ { world, body }) => {
    const { own } = world.images.find(body.id);
    if (!own) throw new Refusal(200, "image_not_own", "Access denied");
    world.images.remove(body.id);
    return done(world, { action: "delete" });
  },

  "iso.mountIso": (
    /** @type {Call<{ id: number, iso_id?: number, name?: string }>} */ { world, session, body },
  ) => {
    const server = world.findServer(session, body.id);
    const { iso_id, name } = body;
    const image = world.images
      .all()
      .find((one) => (iso_id === undefined ? one.name === name : one.id === iso_id));
    if (!image) throw new Refusal(404, "image_not_found", "There is no such image.");
    const work = workOn("mount_iso", server, () => {
      server.iso = image.name;
      return { scope: `Mounted ${image.name}` };
    });
    return world.jobs.start(work);
  },

  "iso.unmountIso": (/** @type {Call<{ id: number }>} */ { world, session, body }) => {
    const server = world.findServer(session, body.id);
    const work = workOn("unmount_iso", server, () => {
      server.iso = "";
      return { scope: "Unmounted" };
    });
    return world.jobs.start(work);
  },
};
