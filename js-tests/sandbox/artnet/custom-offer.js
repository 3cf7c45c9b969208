// Parts and prices for a custom dedicated server. Whether some fields are one object or a list of them is not
// clear from the documentation, so both are here.

import { succeed } from "./refusals.js";

/** @param {number} price */
const monthly = (price) => ({ price, currency: "EUR", payment_period: "1" });

/** @param {number} price */
const monthlyAndYearly = (price) => [
  monthly(price),
  { price: price * 11, currency: "EUR", payment_period: "12" },
];

const OFFER = {
  platforms: [
    {
      model_name: "HP DL120 G7",
      resources: [{ cpu: "Intel Xeon E3-1230", hdd_controller: "B110i" }],
      resources_limits: [{ hdd_sizes: ['3.5"'], hdd_slots: "4", ram_max: "32 GB", cpu_slots: 1 }],
      price: monthlyAndYearly(49),
    },
    {
      model_name: "Dell PowerEdge R620",
      resources: { cpu: "Intel Xeon E5-2640", hdd_controller: "H310" },
      resources_limits: { hdd_sizes: ['2.5"', '1.8"'], hdd_slots: "8", ram_max: "768 GB", cpu_slots: 2 },
      price: monthlyAndYearly(89),
    },
  ],
  hdd_disks: [
    { capacity: "500 GB", type: "SATA", speed: "7200 RPM", size: '3.5"', price: monthlyAndYearly(4) },
    { capacity: "240 GB", type: "SSD", speed: "SATA 6 Gb/s", size: '2.5"', price: monthlyAndYearly(7.5) },
  ],
  rams: [{ capacity: "8 GB", price: monthlyAndYearly(3) }],
  additional_cpus: [{ name: "Intel Xeon E5-2640", price: monthlyAndYearly(15) }],
  hdd_controllers: [{ name: "LSI 9260-4i", price: monthlyAndYearly(10) }],
  transfer_package: [{ transfer: "10 TB", price: monthly(5) }],
  bandwidth_package: [{ bandwidth: "1 Gb/s", price: monthly(40) }],
  others: [{ name: "iLO Advanced", price: monthly(6) }],
  ip: [{ amount: "8", price: monthly(12) }],
};

/** @type {Record<string, import("../provider.js").Handler>} */
export const customOfferHandlers = {
  "offerDedicated.customOffer": () => succeed({ resources: [OFFER] }),
};
