// iso.php: images that a server can be booted from.

import { Refusal } from "../answers.js";
import { workOn } from "./power.js";
import { done } from "./results.js";

const IMAGES = [
  { id: 11, name: "debian-12-netinst.iso" },
  { id: 12, name: "systemrescue-11.iso" },
];

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const isoHandlers = {
  "iso.listIso": (/** @type {Call<{ server_id?: number }>} */ { world, session, body }) => {
    if (body.server_id === undefined) throw new Refusal(200, "server_missing", "server_id is required");
    world.findServer(session, body.server_id);
    return done(world, { data: IMAGES });
  },

  "iso.mountIso": (
    /** @type {Call<{ id: number, iso_id?: number, name?: string }>} */ { world, session, body },
  ) => {
    const server = world.findServer(session, body.id);
    const { iso_id, name } = body;
    const image = IMAGES.find((one) => (iso_id === undefined ? one.name === name : one.id === iso_id));
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
