// What a cloud instance boots from: its disk, or an installation image.

import { instanceOf, openInstance, restart } from "./cloud-instances.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./cloud-instances.js").InstanceBody} InstanceBody
 * @typedef {import("./cloud-instances.js").RestartBody} RestartBody
 */

const IMAGES = [
  { label: "Debian 8.1 64bit", distribution: "debian", image: "debian-8.1-amd64" },
  { label: "CentOS 7 64bit", distribution: "centos", image: "centos-7-x86_64" },
  { label: "Windows Server 2012 R2", distribution: "windows", image: "windows-2012-r2" },
];

/** @type {Record<string, import("../provider.js").Handler>} */
export const cloudBootHandlers = {
  "cloudInstance.bootInstallationImagesList": (
    /** @type {import("./world.js").Call<InstanceBody>} */ { world, body },
  ) => {
    instanceOf(world, body.instance_id);
    return succeed({ installation_images_list: IMAGES });
  },

  "cloudInstance.bootModeInstallationImage": (
    /** @type {import("./world.js").Call<RestartBody & { installation_image: string }>} */ { world, body },
  ) => {
    const instance = openInstance(world, body);
    const known = IMAGES.some(({ image }) => image === body.installation_image);
    need(known, "instance-boot-incorrect-installation-image");
    restart(world, instance, body.shutdown);
    instance.image = body.installation_image;
    return succeed();
  },

  "cloudInstance.bootModeBoot": (/** @type {import("./world.js").Call<RestartBody>} */ { world, body }) => {
    const instance = openInstance(world, body);
    restart(world, instance, body.shutdown);
    instance.image = undefined;
    return succeed();
  },
};
