import { ok } from "../answers.js";

/**
 * @typedef {object} Pool
 * @property {string} tag
 * @property {string} name
 * @property {boolean} nagios_active false where it is full
 * @property {boolean} gpu_supported
 * @property {{ cores: number, memory: number, disk: number }} prices of a core and of a GB, each month
 */

/** @type {Pool[]} */
export const POOLS = [
  {
    tag: "pool_iw_ssd",
    name: "Performance",
    nagios_active: true,
    gpu_supported: false,
    prices: { cores: 8.5, memory: 4.2, disk: 0.12 },
  },
  {
    tag: "pool_aw2_ssd",
    name: "Worker",
    nagios_active: true,
    gpu_supported: false,
    prices: { cores: 6, memory: 3.1, disk: 0.1 },
  },
  {
    tag: "pool_iw3_ssd_gpu",
    name: "Graphics",
    nagios_active: true,
    gpu_supported: true,
    prices: { cores: 12, memory: 5, disk: 0.15 },
  },
  {
    tag: "pool_iw1_hdd",
    name: "Archive",
    nagios_active: false,
    gpu_supported: false,
    prices: { cores: 4, memory: 2.5, disk: 0.04 },
  },
];

const GPUS = [
  ["AMD Barco MXRT 5450 1024 MB BIOS", "gpu_amd_barco_mxrt_5450_1024mb_bios"],
  ["AMD FirePro W7100 8 GB", "gpu_amd_firepro_w7100_8gb"],
].map(([name = "", addon_name = ""], index) => ({
  id: index + 1,
  name,
  addon_name,
  pools: ["pool_iw3_ssd_gpu"],
  desc_de: name,
  desc_en: name,
}));

/** Of each model; ordering one does not use it up. */
const FREE_GPUS = 2;

/** @param {Pool} pool */
const shown = ({ prices: _, ...pool }) => ({
  ...pool,
  desc_de: `Pool ${pool.name}`,
  desc_en: `The pool ${pool.name}`,
});

/** @type {Record<string, import("../provider.js").Handler>} */
export const poolHandlers = {
  "pools.list": (/** @type {import("./world.js").Call<{ inactive?: boolean }>} */ { world, params }) => {
    const pools = world.pools.all().filter((pool) => pool.nagios_active || params.inactive === true);
    return ok(pools.map(shown));
  },

  "pools.get": (/** @type {import("./world.js").Call<{ tag: string }>} */ { world, params }) =>
    ok(shown(world.pools.find(params.tag))),

  "gpus.list": () => ok(GPUS),

  "servers.gpus.list": (/** @type {import("./world.js").Call<{ hostname: string }>} */ { world, params }) => {
    const { pool } = world.servers.find(params.hostname);
    const fitting = GPUS.filter(({ pools }) => pools.includes(pool));
    return ok(fitting.map(({ id: _, pools: __, ...gpu }) => ({ ...gpu, count: FREE_GPUS })));
  },
};
