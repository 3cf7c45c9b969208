// A server as eq/show describes it.

import { isVirtual } from "./catalogue.js";

/**
 * @typedef {import("./servers.js").Server} Server
 * @typedef {import("./world.js").World} World
 */

const GROUPS = [
  "Mini",
  "Storage",
  "Nodes",
  "Micro",
  "VPS",
  "1CPU",
  "2CPU",
  "Dell",
  "Gpu",
  "Instances",
  "AMD",
];

/** Locations that the provider numbers. */
const LOCATIONS = ["NL", "US", "DE", "FI", "IS", "TR", "UK", "ES", "IT", "PL", "CH"];

/** @param {string} location */
export const placeOf = (location) => ({
  dc_location: location,
  location_id: LOCATIONS.indexOf(location) + 1,
});

/** @param {import("./servers.js").Hardware} hardware */
export const configOf = ({ cpu, ram, disk, disks, gpu }) =>
  [cpu, `${ram}Gb`, `${disks > 1 ? `${disks}x` : ""}${disk}Gb SSD`, gpu].filter(Boolean).join("/");

/**
 * @param {import("./servers.js").Hardware} hardware
 * @param {boolean} virtual
 */
export const hardwareOf = (hardware, virtual) => ({
  config: configOf(hardware),
  motherboard_name: virtual ? "" : "ASRock X570D4U",
  cpu_name: hardware.cpu,
  cpu_type: virtual ? "vCPU" : hardware.cpu.includes("AMD") ? "AMD" : "INTEL",
  cpu_count: 1,
  cpu_cores: hardware.cores,
  cpu_frq: "2.4",
  ram: hardware.ram,
  ram_type: virtual ? "vram" : "ddr4ecc",
  hdd_count: hardware.disks,
  hdd_groups: [
    { name: `${hardware.disk}Gb SSD`, type: "HDD", count: hardware.disks, size: String(hardware.disk) },
  ],
  hdd_pairs: Math.floor(hardware.disks / 2),
  gpu_name: hardware.gpu === "" ? null : hardware.gpu,
  gpu_count: hardware.gpu === "" ? 0 : 1,
  raid_levels: hardware.disks > 1 ? ["LVM_HBA", "LVM_RAID0", "LVM_RAID1"] : ["LVM_HBA"],
});

/**
 * @param {World} world
 * @param {Server} server
 */
export function describeServer(world, server) {
  const virtual = isVirtual(server.kind);
  return {
    server_data: dataOf(world, server),
    hardware: {
      ...hardwareOf(server.hardware, virtual),
      components: componentsOf(server),
      tags: { platform_virt: [virtual ? "1" : "0"], eta: 0.07 },
      vm: virtual ? 1 : 0,
      gpu: server.hardware.gpu === "" ? 0 : 1,
      vds: 0,
      uefi: 0,
      hwraid: 0,
      hdd: server.hardware.disk * server.hardware.disks,
    },
    groups: GROUPS.map((group, index) => ({
      ID: String(20 + index),
      Code: group,
      Name: group,
      active: server.groups.includes(group) ? 1 : 0,
    })),
    licenses: [],
    location: placeOf(server.location),
    OS: null,
    IP: addressesOf(server),
    interfaces: server.interfaces.all().map((one, index) => ({
      ...one,
      upstream_id: null,
      IsMain: index === 0 ? 1 : 0,
      IsVirt: virtual ? 1 : 0,
      switch_owner: "",
      switch_model: virtual ? "virtual" : "Juniper EX3400",
    })),
    IPMI: { model: virtual ? "ovirt" : "ami_bmc", interfaces: [] },
    tags: server.tags.all(),
    ...(server.preset === "" ? {} : { preset: server.preset, preset_description: server.presetDescription }),
  };
}

/**
 * @param {World} world
 * @param {Server} server
 */
function dataOf(world, server) {
  const type = isVirtual(server.kind) ? "VPS" : "Component1";
  return {
    id: server.id,
    ref_tableName: type,
    Condition_Component: server.status,
    account_id: server.product,
    type_billing: "whmcs_com",
    is_owner: "Rent",
    cost_trafficIN: 0,
    limit_trafficIN: 999,
    cost_traffic: 2,
    limit_traffic: 3,
    new_limit_traffic: 0,
    limit_bands: 1000,
    trafficPeriodOut: 0,
    trafficPeriodIn: 0,
    trafficPeriodOutBilling: 0,
    trafficPeriodInBilling: 0,
    datePeriod: `${server.due} 00:00:00`,
    IsShape: 1,
    hwconfig: configOf(server.hardware),
    status: server.status,
    type,
    days_left: world.daysUntil(server.due),
    due_date: server.due,
  };
}

/** @param {Server} server */
function componentsOf({ kind, hardware }) {
  const virtual = isVirtual(kind);
  return [
    { Type: "Platform", Name: virtual ? "Ovirt VM" : "ASRock X570D4U", Count: 1, hdd_type: "SSD" },
    { Type: "CPU", Name: hardware.cpu, Count: 1, hdd_type: "SSD", Cores: hardware.cores },
    { Type: "RAM", Name: `RAM ${hardware.ram}Gb`, Count: 1, hdd_type: "SSD", Size: hardware.ram },
    {
      Type: "HDD",
      Name: `SSD ${hardware.disk}Gb`,
      Count: hardware.disks,
      hdd_type: "SSD",
      Size: hardware.disk,
    },
  ];
}

/** @param {Server} server */
function addressesOf(server) {
  return server.addresses.all().map(({ ptr, ...address }) => ({
    ...address,
    MAC: server.interfaces.get(address.port)?.mac ?? "",
    status: "enable",
    license_id: null,
    main_int: 1,
    vlan: 415,
    updated: 1,
    license_name: null,
    white_ddos: 0,
  }));
}
