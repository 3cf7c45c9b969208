// The action order_instance of eq.php: it orders a preset, a server in stock, or installs a server anew.

import { demand, ok, Refusal } from "../answers.js";
import { findPreset, findSystem, isVirtual, priceFor, TERMS } from "./catalogue.js";
import { SOFTWARE, TRAFFIC_PLANS } from "./catalogue-data.js";
import { addInvoice, centsOf, payFromCredit, sumOf } from "./invoices.js";
import { demandPin } from "./pin.js";
import { addServer, hostnameOf, install, mainAddressOf } from "./servers.js";

/**
 * @typedef {import("./catalogue-data.js").Kind} Kind
 * @typedef {import("./invoices.js").Invoice} Invoice
 * @typedef {import("./sessions.js").Session} Session
 * @typedef {import("./world.js").World} World
 *
 * @typedef {import("./pin.js").WithPin & WhatToInstall} Installation
 *
 * @typedef {object} WhatToInstall
 * @property {number} os_id
 * @property {number} [soft_id]
 * @property {string} root_pass
 * @property {string} [hostname]
 * @property {0 | 1} [own_os]
 *
 * @typedef {object} Purchase
 * @property {string} deploy_period
 * @property {string} location_name
 * @property {string} traffic_plan
 *
 * @typedef {object} Deployment One that is under way.
 * @property {number} product
 * @property {string} key
 * @property {() => boolean} isTold whether its key is told
 */

const DEPLOYMENT_STAGES = [" (1/3) Server is being prepared", " (2/3) OS installation", " (3/3) Final tasks"];

export const INSTALLATION_STAGES = [
  " (1/5) OS installation started",
  " (2/5) Base OS was installed",
  " (3/5) Post-install tasks are completed",
  " (4/5) Install is completed, restarting the server",
  " (5/5) The server is online",
];

/**
 * @param {Kind} kind
 * @param {Installation} wanted
 */
function chooseSoftware(kind, { os_id, soft_id, own_os = 0 }) {
  if (own_os === 1) return { system: "none", software: undefined, price: 0 };
  const system = findSystem(os_id);
  const software = SOFTWARE.find((one) => one.id === soft_id);
  demand([soft_id === undefined || software !== undefined, "software_unknown", "There is no such software."]);
  if (!system.kinds.includes(kind)) {
    throw new Refusal(200, "os_incompatible", `reinstall: ${system.name} is not compatible with the server`);
  }
  if (software && !(software.systems.includes(system.id) && software.kinds.includes(kind))) {
    const text = `reinstall: extra software ${software.name} (#${software.id}) is not compatible with ${system.name}`;
    throw new Refusal(200, "software_incompatible", text);
  }
  return { system: system.name, software: software?.name, price: system.price ?? 0 };
}

/**
 * @param {Kind} kind
 * @param {Purchase} purchase
 */
function findTrafficPlan(kind, { traffic_plan, location_name }) {
  const plan = TRAFFIC_PLANS.find(({ id }) => String(id) === traffic_plan);
  if (!plan) throw new Refusal(404, "traffic_plan_not_found", "There is no such traffic plan.");
  demand([
    plan.kinds.includes(kind) && plan.locations.includes(location_name),
    "traffic_plan_unfit",
    "The traffic plan does not fit the server and the location.",
  ]);
  return plan;
}

/** @param {string} period */
function termOf(period) {
  const months = new Map(Object.entries(TERMS)).get(period);
  if (months === undefined) throw new Refusal(200, "period_unknown", "There is no such deploy_period.");
  return months;
}

/**
 * @param {World} world
 * @param {Omit<import("./servers.js").Order, "system" | "password" | "hostname" | "months" | "location">} ordered
 * @param {Purchase & Installation} body
 */
function order(world, ordered, body) {
  const { id, kind } = ordered;
  const plan = findTrafficPlan(kind, body);
  const { system, software, price } = chooseSoftware(kind, body);
  const months = termOf(body.deploy_period);
  const monthly = ordered.price + plan.price + price;
  const product = world.number("product");
  const invoice = addInvoice(world, [
    {
      type: "Hosting",
      relid: product,
      description: `${ordered.presetDescription ?? ""} (${body.deploy_period})`,
      amount: centsOf(priceFor(monthly, months)),
      inv_id: id,
    },
  ]);
  const { awaitPayment } = world.settings;
  const isAutomatic = !awaitPayment && world.client.custom.co_autopayment?.value === "on";
  const amount = sumOf(invoice);
  if (isAutomatic && amount <= world.client.balance) payFromCredit(world, invoice, amount);

  const isPaid = () => invoice.status === "Paid";
  const hostname = body.hostname ?? `server-${id}`;
  const key = world.jobs.begin({
    action: "order_instance",
    server: 0,
    location: body.location_name,
    stages: DEPLOYMENT_STAGES,
    isReady: isPaid,
    finish() {
      const location = body.location_name;
      const made = {
        ...ordered,
        location,
        price: monthly,
        months,
        system,
        password: body.root_pass,
        hostname,
      };
      const server = addServer(world, made);
      world.deployments.remove(product);
      return deployed(world, server, hostname);
    },
  });
  world.deployments.add({ product, key, isTold: () => !awaitPayment || isPaid() });
  if (awaitPayment) return ok(awaiting(world, invoice));
  const answer = {
    callback: key,
    id,
    invoice: invoice.id,
    status: invoice.status,
    deploy_status: isPaid() ? "In progress" : "Waiting for payment",
    os_name: system,
    ...(software ? { soft_name: software } : {}),
  };
  const head = { result: "OK", action: "order_instance" };
  const asText = { id: String(id), invoice: String(invoice.id) };
  return ok(world.shapes.of("order", { ...head, ...answer }, { ...head, ...answer, ...asText }));
}

/**
 * An order that waits for its payment: no job, only what has to be paid.
 *
 * @param {World} world
 * @param {Invoice} invoice
 */
const awaiting = (world, { id: invoice_id, status }) =>
  world.shapes.of(
    "unpaid order",
    { result: "OK", deploy_status: "awaiting_payment", invoice_id },
    { result: "OK", data: { status, invoice_id } },
  );

/**
 * For deployments the present edition has an object, and numbers where there is text elsewhere.
 *
 * @param {World} world
 * @param {import("./servers.js").Server} server
 * @param {string} hostname
 * @returns {import("./jobs.js").Outcome}
 */
function deployed(world, server, hostname) {
  const { id } = server;
  const ip = mainAddressOf(server);
  return world.shapes.of(
    "deployment",
    { scope: { result: "deploy_done", id, hostname, ip }, context: { id, ip } },
    { scope: "deploy_done", context: { id: String(id), ip } },
  );
}

/**
 * @param {World} world
 * @param {Session} session
 * @param {Installation & { id: number }} body
 */
function reinstall(world, session, body) {
  demandPin(world, body.pin);
  const server = world.findServer(session, body.id);
  if (world.jobs.isBusy(server.id, "order_instance")) {
    throw new Refusal(200, "reinstall_busy", "reinstall: another reinstallation is under way");
  }
  const { system, software } = chooseSoftware(server.kind, body);
  const { root_pass: password, hostname = hostnameOf(server) } = body;
  const key = world.jobs.begin({
    action: "order_instance",
    shownAs: "reinstall",
    server: server.id,
    location: server.location,
    stages: INSTALLATION_STAGES,
    finish() {
      install(world, server, { system, password, hostname });
      return { scope: "Reinstall completed", debug: "" };
    },
  });
  return ok({
    result: "OK",
    action: "order_instance",
    callback: key,
    id: server.id,
    os_name: system,
    ...(software ? { soft_name: software } : {}),
  });
}

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const orderHandlers = {
  "eq.orderInstance": (/** @type {Call<Purchase & Installation & { preset: string }>} */ { world, body }) => {
    const preset = findPreset(body.preset);
    const { name, kind, description, cpu, ram, disk, gpu, price } = preset;
    demandPin(world, body.pin);
    demand(
      [preset.locations.includes(body.location_name), "location_unfit", "The preset is not had there."],
      [world.leftOf(preset) > 0, "preset_sold_out", "The preset is sold out."],
    );
    const [, disks = "1", size = "0"] = /^(?:(\d+)x)?(\d+)$/.exec(String(disk)) ?? [];
    const hardware = {
      cpu: isVirtual(kind) ? "vCPU" : "Intel Xeon",
      cores: cpu,
      ram,
      disk: Number(size),
      disks: Number(disks),
      gpu,
    };
    const id = world.number("server");
    const ordered = { id, kind, preset: name, presetDescription: description, price, hardware };
    const answer = order(world, ordered, body);
    world.ordered.set(preset.id, (world.ordered.get(preset.id) ?? 0) + 1);
    return answer;
  },

  "eq.orderStockServer": (
    /** @type {Call<Purchase & Installation & { id: number }>} */ { world, session, body },
  ) => {
    // The same action for all that have a number: on a server that one already has it installs it anew.
    if (session.servers.includes(body.id)) return reinstall(world, session, body);
    const { id, kind, location, price, hardware, name } = world.stocks.find(body.id);
    demandPin(world, body.pin);
    demand([location === body.location_name, "location_unfit", "The server stands elsewhere."]);
    const answer = order(world, { id, kind, presetDescription: name, price, hardware }, body);
    world.stocks.remove(id);
    return answer;
  },

  "eq.reinstallInstance": (/** @type {Call<Installation & { id: number }>} */ { world, session, body }) =>
    reinstall(world, session, body),
};
