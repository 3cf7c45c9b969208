// What servers are made of.

/**
 * @typedef {object} Cpu
 * @property {string} vendor
 * @property {string} model
 * @property {number} clock GHz
 * @property {number} cores
 * @property {boolean} ht
 *
 * @typedef {object} Hardware
 * @property {{ vendor: string, model: string }} server
 * @property {Cpu[]} cpu
 * @property {{ capacity: number, type: string, speed: number }[]} ram
 * @property {{ capacity: number, type: string, speed: string }[]} hdd
 * @property {{ model: string, builtin: boolean }[]} hdd_controller
 */

/** @type {Hardware[]} */
const MODELS = [
  {
    server: { vendor: "HP", model: "DL120 G7" },
    cpu: [{ vendor: "Intel", model: "Xeon E3-1230", clock: 3.2, cores: 4, ht: true }],
    ram: [
      { capacity: 8, type: "DDR3", speed: 1333 },
      { capacity: 8, type: "DDR3", speed: 1333 },
    ],
    hdd: [
      { capacity: 500, type: "SATA", speed: "7200" },
      { capacity: 500, type: "SATA", speed: "7200" },
    ],
    hdd_controller: [{ model: "B110i", builtin: true }],
  },
  {
    server: { vendor: "Dell", model: "PowerEdge R620" },
    cpu: [
      { vendor: "Intel", model: "Xeon E5-2640", clock: 2.5, cores: 6, ht: true },
      { vendor: "Intel", model: "Xeon E5-2640", clock: 2.5, cores: 6, ht: true },
    ],
    ram: [{ capacity: 32, type: "DDR3", speed: 1600 }],
    hdd: [{ capacity: 240, type: "SSD", speed: "SATA 6 Gb/s" }],
    hdd_controller: [
      { model: "H310", builtin: false },
      { model: "AHCI", builtin: true },
    ],
  },
  {
    server: { vendor: "Supermicro", model: "SYS-5019" },
    cpu: [{ vendor: "AMD", model: "EPYC 3251", clock: 2, cores: 8, ht: false }],
    ram: [{ capacity: 16, type: "DDR4", speed: 2666 }],
    hdd: [],
    hdd_controller: [],
  },
];

/**
 * @param {number} index
 * @returns {Hardware}
 */
export const hardware = (index) => structuredClone(/** @type {Hardware} */ (MODELS[index % MODELS.length]));
