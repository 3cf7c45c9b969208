// What can be ordered and installed.

/**
 * @typedef {"vm" | "bm" | "vgpu" | "gpu"} Kind The kinds of server, by the names that tags have for them.
 *
 * @typedef {object} Preset
 * @property {number} id
 * @property {string} name
 * @property {Kind} kind
 * @property {string} description
 * @property {number} cpu
 * @property {number} ram GB
 * @property {number | string} disk GB
 * @property {string} gpu
 * @property {string[]} locations
 * @property {number} price EUR a month
 * @property {number} available
 *
 * @typedef {object} OperatingSystem
 * @property {number} id
 * @property {string} name
 * @property {Kind[]} kinds
 * @property {number} [price] EUR a month
 * @property {boolean} [retired]
 *
 * @typedef {object} Software
 * @property {number} id
 * @property {string} name
 * @property {string} description
 * @property {Kind[]} kinds
 * @property {number[]} systems numbers of the operating systems that it runs on
 *
 * @typedef {object} TrafficPlan
 * @property {number} id
 * @property {string} name
 * @property {Kind[]} kinds
 * @property {string[]} locations
 * @property {number} limit TB
 * @property {number} bandwidth Mbit/s
 * @property {number} price EUR a month
 * @property {number} further EUR for each further TB
 */

const EVERYWHERE = ["NL", "US", "FI", "DE", "IS", "TR"];

/** @type {Preset[]} */
export const PRESETS = [
  {
    id: 108,
    name: "vm.pico",
    kind: "vm",
    description: "VM instance 1/1/15 SSD",
    cpu: 1,
    ram: 1,
    disk: "15",
    gpu: "",
    locations: EVERYWHERE,
    price: 3,
    available: 184,
  },
  {
    id: 110,
    name: "vm.mini",
    kind: "vm",
    description: "VM instance 4/4/60 SSD",
    cpu: 4,
    ram: 4,
    disk: 60,
    gpu: "",
    locations: EVERYWHERE,
    price: 5,
    available: 52,
  },
  {
    id: 15,
    name: "bm.v1-mini",
    kind: "bm",
    description: "BM i3/8/240",
    cpu: 2,
    ram: 8,
    disk: 240,
    gpu: "",
    locations: ["NL", "DE"],
    price: 35,
    available: 3,
  },
  {
    id: 8,
    name: "vgpu.v1-mini",
    kind: "vgpu",
    description: "vGPU 4/16/240 + 1080",
    cpu: 4,
    ram: 16,
    disk: 240,
    gpu: "1xGTX1080",
    locations: ["NL"],
    price: 157,
    available: 1,
  },
  {
    id: 61,
    name: "gpu.v2-storage",
    kind: "gpu",
    description: "GPU E5/64/2x960 + 2x3090",
    cpu: 8,
    ram: 64,
    disk: "2x960",
    gpu: "2xRTX3090",
    locations: ["NL", "FI"],
    price: 420,
    available: 0,
  },
];

/** @type {OperatingSystem[]} */
export const SYSTEMS = [
  { id: 160, name: "Ubuntu 20.04", kinds: ["vm", "bm", "gpu", "vgpu"] },
  { id: 180, name: "Debian 11", kinds: ["vm", "bm", "gpu", "vgpu"] },
  { id: 183, name: "RockyLinux 8", kinds: ["bm", "gpu", "vgpu"] },
  { id: 187, name: "Ubuntu 22.04", kinds: ["vm", "bm", "gpu", "vgpu"] },
  { id: 202, name: "Windows Server 2022 VM", kinds: ["vm"], price: 2 },
  { id: 205, name: "RockyLinux 9", kinds: ["vm", "bm"] },
  { id: 217, name: "Debian 9", kinds: ["vm", "bm"], retired: true },
];

/** @type {Software[]} */
export const SOFTWARE = [
  {
    id: 18,
    name: "Grafana",
    description: "Dashboards for measurements.",
    kinds: ["vm", "bm"],
    systems: [180, 187, 205],
  },
  {
    id: 20,
    name: "WordPress",
    description: "A content management system.",
    kinds: ["vm", "bm"],
    systems: [160, 180, 187],
  },
  {
    id: 49,
    name: "Odoo",
    description: "Business software.",
    kinds: ["vm", "bm"],
    systems: [180],
  },
  {
    id: 65,
    name: "Minecraft: Java Edition Server",
    description: "A game server.",
    kinds: ["vm", "bm", "gpu"],
    systems: [160, 180, 183, 187],
  },
];

/** @type {TrafficPlan[]} */
export const TRAFFIC_PLANS = [
  {
    id: 25,
    name: "3Tb traffic (1Gbps) VM",
    kinds: ["vm", "vgpu"],
    locations: EVERYWHERE,
    limit: 3,
    bandwidth: 1000,
    price: 0,
    further: 2,
  },
  {
    id: 40,
    name: "50Tb traffic (1Gbps) BM",
    kinds: ["bm", "gpu"],
    locations: EVERYWHERE,
    limit: 50,
    bandwidth: 1000,
    price: 0,
    further: 1.5,
  },
  {
    id: 41,
    name: "Unmetered 10Gbps BM",
    kinds: ["bm", "gpu"],
    locations: ["NL", "FI"],
    limit: 999,
    bandwidth: 10_000,
    price: 90,
    further: 0,
  },
];

/** Tasks that can be run on a server once its operating system is there. */
export const TASKS = [
  { id: -1, task: "", desc: "Do nothing", tag: "", kinds: ["gpu", "vgpu", "vm", "bm"] },
  {
    id: 1,
    task: "invapi_gpu_conf_linux_auto.dsl",
    desc: "Install GPU drivers",
    tag: "gpu_driver",
    kinds: ["gpu", "vgpu", "default"],
  },
  {
    id: 2,
    task: "invapi_gpu_conf_linux_auto.dsl",
    desc: "Install GPU drivers + NVIDIA docker",
    tag: "gpu_driver_docker",
    kinds: ["gpu", "vgpu"],
  },
  {
    id: 3,
    task: "invapi_gpu_conf_linux_auto.dsl",
    desc: "Install GPU drivers + NVIDIA docker + IOMMU patch",
    tag: "gpu_driver_docker_iommu",
    kinds: ["gpu", "vgpu"],
  },
];
