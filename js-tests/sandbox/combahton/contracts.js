// Contracts: what they are for, how long they run, orders.

import { ok } from "../answers.js";
import { addAddress } from "./addresses.js";
import { addInvoice } from "./invoices.js";
import { addServer } from "./kvm.js";
import { list } from "./lists.js";
import { need, ownOne, tell } from "./refusals.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Product
 * @property {string} id
 * @property {string} name
 * @property {number} cents for 30 days
 * @property {"kvm" | "subnet" | "filter"} kind
 * @property {boolean} available
 *
 * @typedef {object} Contract
 * @property {string} contract
 * @property {Product} product
 * @property {boolean} prepaid
 * @property {boolean} autoextend
 * @property {number} orderedTime
 * @property {number} lifetime
 * @property {string | undefined} subnet
 * @property {string | undefined} nexthop where the subnet is routed to
 */

const DAYS_30 = 30 * 24 * 3600;

/** @type {Record<"small" | "large" | "huge" | "subnet" | "filter", Product>} */
export const PRODUCTS = {
  small: { id: "2037", name: "KVM S", cents: 499, kind: "kvm", available: true },
  large: { id: "2050", name: "KVM L", cents: 1999, kind: "kvm", available: true },
  huge: { id: "2051", name: "KVM XL", cents: 3999, kind: "kvm", available: false },
  subnet: { id: "2100", name: "IPv4 /29", cents: 1200, kind: "subnet", available: true },
  filter: { id: "2200", name: "Protected prefix", cents: 9900, kind: "filter", available: true },
};

/** Most contracts of a kind: so many addresses and subnets there are to give. */
const MOST = { kvm: 240, subnet: 30, filter: 100 };

/**
 * @param {World} world
 * @param {Product["kind"]} kind
 */
const countOf = (world, kind) => world.contracts.all().filter(({ product }) => product.kind === kind).length;

/**
 * Makes a contract with what it is for.
 *
 * @param {World} world
 * @param {Product} product
 * @param {Partial<Contract>} [more]
 */
export function addContract(world, product, more = {}) {
  const orderedTime = world.time();
  const number = countOf(world, product.kind);
  const contract = world.contracts.add({
    contract: world.number("contract"),
    product,
    prepaid: true,
    autoextend: false,
    orderedTime,
    lifetime: orderedTime + DAYS_30,
    subnet: product.kind === "subnet" ? `198.51.100.${8 * (number + 1)}/29` : undefined,
    nexthop: undefined,
    ...more,
  });
  if (product.kind === "kvm") {
    addServer(world, contract);
    addAddress(world, `192.0.2.${10 + number}`, contract.contract);
  }
  return contract;
}

/** @param {Contract} contract */
const show = ({ contract, product, prepaid, autoextend, orderedTime, lifetime, subnet, nexthop }) => ({
  contract,
  product: product.id,
  name: product.name,
  baseprice: (product.cents / 100).toFixed(2),
  prepaid: prepaid ? "1" : "0",
  autoextend: autoextend ? "1" : "0",
  ordered_time: String(orderedTime),
  // Text or number is not documented; here it is one of each.
  lifetime,
  ...(subnet === undefined ? {} : { subnet, nexthop: nexthop ?? "" }),
});

/** @typedef {{ id: string | number }} IdBody */

/** The documented values, and those of a recorded call of the provider's client. */
const SWITCHES = new Map([
  ["enable", true],
  ["on", true],
  ["disable", false],
  ["off", false],
]);

/** @type {Record<string, import("../provider.js").Handler>} */
export const contractHandlers = {
  "customer.contract.viewAll": (/** @type {import("./world.js").Call} */ { world }) =>
    list(world, world.contracts.all().map(show)),

  "customer.contract.view": (/** @type {import("./world.js").Call<IdBody>} */ { world, body }) =>
    ok(show(ownOne(world.contracts, body.id))),

  "customer.contract.extend": (/** @type {import("./world.js").Call<IdBody>} */ { world, body }) => {
    const contract = ownOne(world.contracts, body.id);
    const { name, cents } = contract.product;
    need(contract.prepaid, "error", "the contract is not prepaid");
    world.pay(cents);
    contract.lifetime += DAYS_30;
    addInvoice(world, `${contract.contract} ${name}`, cents);
    return tell("extended");
  },

  "customer.contract.autoextend": (
    /** @type {import("./world.js").Call<IdBody & { switch: string }>} */ { world, body },
  ) => {
    const contract = ownOne(world.contracts, body.id);
    const on = SWITCHES.get(body.switch);
    need(on !== undefined, "error", "there is no such switch");
    contract.autoextend = on;
    return tell(contract.autoextend ? "autoextend_enabled" : "autoextend_disabled");
  },

  "customer.contract.order": (/** @type {import("./world.js").Call<IdBody>} */ { world, body }) => {
    const product = Object.values(PRODUCTS).find(({ id }) => id === String(body.id));
    need(product?.available === true, "error", "the product is not available");
    need(countOf(world, product.kind) < MOST[product.kind], "error", "there are no more of this product");
    world.pay(product.cents);
    const { contract } = addContract(world, product);
    addInvoice(world, `${contract} ${product.name}`, product.cents);
    return ok({ status: "order_placed", id: contract });
  },
};
