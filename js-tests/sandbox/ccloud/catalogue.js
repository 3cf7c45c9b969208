// What can be ordered, and what the provider's own web front end is told.

import { ok } from "../answers.js";

/**
 * @typedef {object} OperatingSystem
 * @property {string} name
 * @property {string} image
 * @property {string} min_disk GB, as text
 * @property {string} language
 * @property {"Linux" | "Windows" | "FreeBSD"} ostype
 * @property {boolean} cloud_init_support
 *
 * @typedef {object} AvailableAddon
 * @property {string} name
 * @property {string} category
 * @property {number} price
 * @property {number} setup_fee
 *
 * @typedef {object} Rollout
 * @property {string} rollout
 * @property {string} name
 * @property {"ansible" | "dsc"} type
 * @property {string[]} valid_for
 * @property {string[]} depends_on
 * @property {boolean} managed_only
 */

/** The image of a firewall, the only one with a LAN side. */
export const FIREWALL_IMAGE = "pfsense_uefi";

const linux = { language: "en-US", ostype: /** @type {const} */ ("Linux"), cloud_init_support: true };

/** @type {OperatingSystem[]} */
export const OPERATING_SYSTEMS = [
  { name: "Linux Debian 11", image: "stretch_uefi", min_disk: "5", ...linux },
  { name: "Linux Debian 12", image: "buster_uefi", min_disk: "5", ...linux },
  { name: "Linux Ubuntu 22.04", image: "jammy_uefi", min_disk: "10", ...linux },
  {
    name: "Windows Server 2022",
    image: "win2022_uefi",
    min_disk: "40",
    language: "de-DE",
    ostype: "Windows",
    cloud_init_support: false,
  },
  {
    name: "pfSense 2.7",
    image: FIREWALL_IMAGE,
    min_disk: "8",
    language: "en-US",
    ostype: "FreeBSD",
    cloud_init_support: false,
  },
];

/** @type {AvailableAddon[]} */
export const ADDONS = [
  { name: "monitoring", category: "service", price: 9.99, setup_fee: 0 },
  { name: "cprotect", category: "availability", price: 14.5, setup_fee: 9.99 },
  { name: "backup", category: "backup", price: 7.25, setup_fee: 0 },
  { name: "report", category: "service", price: 4.9, setup_fee: 0 },
  { name: "gpu_amd_barco_mxrt_5450_1024mb_bios", category: "gpu", price: 49, setup_fee: 25 },
  { name: "gpu_amd_firepro_w7100_8gb", category: "gpu", price: 79, setup_fee: 25 },
];

const LINUX_IMAGES = OPERATING_SYSTEMS.filter(({ ostype }) => ostype === "Linux").map(({ image }) => image);

/** @type {Rollout[]} */
export const ROLLOUTS = [
  {
    rollout: "base_rollout",
    name: "Base system",
    type: "ansible",
    valid_for: LINUX_IMAGES,
    depends_on: [],
    managed_only: false,
  },
  {
    rollout: "app_apache",
    name: "Apache2 Webserver",
    type: "ansible",
    valid_for: LINUX_IMAGES,
    depends_on: ["base_rollout"],
    managed_only: false,
  },
  {
    rollout: "app_mssql",
    name: "Microsoft SQL Server",
    type: "dsc",
    valid_for: ["win2022_uefi"],
    depends_on: [],
    managed_only: true,
  },
];

const LICENSES = [
  { id: 999, title: "Microsoft SQL Server 2017 Standard", price: 9.99 },
  { id: 12708, title: "Microsoft Remote Desktop Services", price: 6.5 },
];

/** @param {AvailableAddon} addon */
const shownAddon = ({ name, price, setup_fee }, /** @type {number} */ index) => ({
  id: index + 1,
  name,
  supported_os: LINUX_IMAGES,
  addable: true,
  deletable: !name.startsWith("gpu_"),
  desc_de: `Das Addon ${name}`,
  desc_en: `The addon ${name}`,
  price,
  setup_fee,
});

/** @param {Rollout} rollout */
const shownRollout = (rollout) => ({
  ...rollout,
  desc_de: `${rollout.name} wird mit dem Server installiert.`,
  desc_en: `${rollout.name} is installed along with the server.`,
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const catalogueHandlers = {
  "os.list": (/** @type {import("./world.js").Call} */ { world }) => ok(world.operatingSystems.all()),

  "addons.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(world.availableAddons.all().map(shownAddon)),

  "rollouts.list": (/** @type {import("./world.js").Call} */ { world }) =>
    ok(world.rollouts.all().map(shownRollout)),

  "licenses.list": () => ok(LICENSES),

  "lang.get": () => ok({ de: { "server.start": "Starten" }, en: { "server.start": "Start" } }),

  "config.get": () => ok({ theme: "light", features: ["snapshots", "vpc"], pageSize: 25 }),
};
