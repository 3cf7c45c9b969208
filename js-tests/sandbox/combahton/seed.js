// What the customer of the sandbox has from the start. The same every time.

import { addAddress } from "./addresses.js";
import { addContract, PRODUCTS } from "./contracts.js";
import { addInvoice } from "./invoices.js";

/** @typedef {import("./world.js").World} World */

const DAY = 24 * 3600;
/** More than a list of them has. */
const INVOICES = 104;

/** @param {World} world */
export function seed(world) {
  for (let index = 0; index < 30; index += 1) {
    const { contract } = addContract(world, index % 3 === 1 ? PRODUCTS.large : PRODUCTS.small, {
      autoextend: index % 2 === 0,
      prepaid: index !== 29,
    });
    const server = world.servers.find(contract);
    server.status = index === 1 ? "stopped" : "running";
    server.backup = index === 0;
    if (index < 5) world.addresses.find(`192.0.2.${10 + index}`).rdns = `vm${index + 1}.example.net`;
    if (index < 10) addAddress(world, `2001:db8:100::${(16 + index).toString(16)}`, contract);
  }
  for (const nexthop of ["192.0.2.10", "192.0.2.11"]) addContract(world, PRODUCTS.subnet, { nexthop });
  addContract(world, PRODUCTS.filter, { prepaid: false });
  for (let index = 0; index < INVOICES; index += 1) {
    const { contract, product } = world.contracts.find(603_000 + (index % 33));
    const time = world.time() - (INVOICES - index) * 3 * DAY;
    addInvoice(world, `${contract} ${product.name}`, product.cents, time);
  }
}
