// presets.php, os.php, software.php, traffic_plans.php and jenkins.php: what there is to choose from.

import { ok, Refusal } from "../answers.js";
import { PRESETS, SOFTWARE, SYSTEMS, TASKS, TRAFFIC_PLANS } from "./catalogue-data.js";
import { done } from "./results.js";

/**
 * @typedef {import("./catalogue-data.js").Kind} Kind
 * @typedef {import("./catalogue-data.js").OperatingSystem} OperatingSystem
 * @typedef {import("./catalogue-data.js").Preset} Preset
 * @typedef {import("./catalogue-data.js").Software} Software
 * @typedef {import("./catalogue-data.js").TrafficPlan} TrafficPlan
 * @typedef {import("./world.js").World} World
 *
 * @typedef {{ instance_id?: number, instance?: number, id?: number }} FitsWhat a preset, which traffic plans have
 *   under a name of their own, a server or neither
 */

/** Terms in months, by the words that an order has for them. */
export const TERMS = { monthly: 1, quarterly: 3, "semi-annually": 6, annually: 12 };

/** How much of the monthly price is paid for a longer term. */
const DISCOUNT = { 1: 1, 3: 0.97, 6: 0.94, 12: 0.88 };

/**
 * @param {number} monthly EUR
 * @param {number} months
 */
export const priceFor = (monthly, months) =>
  Math.round(monthly * months * (DISCOUNT[/** @type {1 | 3 | 6 | 12} */ (months)] ?? 1) * 100) / 100;

/** @param {number} monthly EUR */
export const billingPlan = (monthly) => ({
  EUR: Object.fromEntries(Object.values(TERMS).map((months) => [String(months), priceFor(monthly, months)])),
});

/**
 * @param {string} component
 * @param {number} id
 * @param {string[]} kinds
 */
const kindTags = (component, id, kinds) =>
  kinds.map((kind, index) => ({
    id: 1000 * id + index + 1,
    component,
    component_id: id,
    tag: kind,
    value: "true",
    extra: "",
    internal: 0,
  }));

/**
 * @param {Preset} preset
 * @param {number} available
 */
const showPreset = ({ id, name, kind, description, cpu, ram, disk, gpu, locations, price }, available) => ({
  id,
  name,
  active: 1,
  monthly_com: price,
  description,
  cpu,
  ram,
  hdd: disk,
  gpu,
  locations: locations.join(","),
  virtual: isVirtual(kind) ? 1 : 0,
  price: Object.fromEntries(locations.map((location) => [location, { USD: -1, EUR: price }])),
  available,
  server_type: isVirtual(kind) ? "Virtual Private Server" : "Dedicated Server",
  tags: kindTags("presets", id, [kind]),
});

/** @param {OperatingSystem} system */
const showSystem = ({ id, name, kinds, price, retired = false }) => ({
  id,
  name,
  api_enabled: 0,
  type_login: 1,
  pxe_os_id: null,
  active: retired ? 0 : 1,
  description: "",
  tags: kindTags("OS", id, kinds),
  ...(price === undefined ? {} : { price_EUR: price, billing_plan: billingPlan(price) }),
});

/** @param {Software} software */
const showSoftware = ({ id, name, description, kinds, systems }) => ({
  id,
  name,
  description,
  price: 0,
  active: 1,
  icon: "",
  task: `invapi_external_${id}_install.dsl`,
  tags: [
    ...kindTags("software", id, kinds),
    {
      id: 1000 * id + 100,
      component: "software",
      component_id: id,
      tag: "os",
      value: systems.map(String),
      extra: "",
      internal: 1,
    },
  ],
});

/** @param {TrafficPlan} plan */
const showPlan = ({ id, name, kinds, locations, limit, bandwidth, price, further }) => ({
  id,
  name,
  limit_in: 999,
  limit_out: limit,
  rate_in: 0,
  rate_out: further,
  bandwidth,
  locations: locations.join(","),
  currency_id: 0,
  active: 1,
  web_plan: 0,
  price,
  main_plan: id,
  tags: kindTags("traffic_plans", id, kinds),
});

/** @param {Kind} kind */
export const isVirtual = (kind) => kind === "vm" || kind === "vgpu";

/** @param {number | string} preset its number or its name */
export function findPreset(preset) {
  const found = PRESETS.find(({ id, name }) => String(id) === String(preset) || name === preset);
  if (!found) throw new Refusal(404, "preset_not_found", "There is no such preset.");
  return found;
}

/** @param {number} id */
export function findSystem(id) {
  const found = SYSTEMS.find((system) => system.id === id);
  if (!found) throw new Refusal(404, "os_not_found", "There is no such operating system.");
  return found;
}

/**
 * @param {World} world
 * @param {FitsWhat} wanted
 * @returns {(one: { kinds: string[] }) => boolean}
 */
function fits(world, { instance_id, instance = instance_id, id }) {
  const kinds = [
    ...(instance === undefined ? [] : [findPreset(instance).kind]),
    // Also a server in stock, which nobody has yet.
    ...(id === undefined ? [] : [(world.stocks.get(id) ?? world.servers.find(id)).kind]),
  ];
  return (one) => kinds.every((kind) => one.kinds.includes(kind));
}

/** @typedef {{ location?: string }} Place */

/**
 * @param {Place} place everywhere unless it says where
 * @returns {(one: { locations: string[] }) => boolean}
 */
const isThere =
  ({ location }) =>
  ({ locations }) =>
    location === undefined || locations.includes(location);

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const catalogueHandlers = {
  "presets.list": (/** @type {Call<Place>} */ { world, body }) => {
    const there = PRESETS.filter(isThere(body));
    const presets = there.map((preset) => showPreset(preset, world.leftOf(preset)));
    return ok({ result: "OK", action: "list", presets });
  },

  "presets.info": (/** @type {Call<{}>} */ { world }) =>
    ok({
      result: "OK",
      action: "info",
      data: PRESETS.map((preset) => showPreset(preset, world.leftOf(preset))),
    }),

  "presets.groups": () =>
    ok({ result: "OK", action: "groups", data: [...new Set(PRESETS.map(({ kind }) => kind))] }),

  "presets.show": (/** @type {Call<{ id: number }>} */ { world, body }) => {
    const preset = findPreset(body.id);
    return ok({ result: "OK", action: "show", data: showPreset(preset, world.leftOf(preset)) });
  },

  "presets.search": (
    /** @type {Call<{ name: string, location: string, scope?: "free" | "all" }>} */ { world, body },
  ) => {
    const preset = findPreset(body.name);
    const { id, name, locations } = preset;
    const count = locations.includes(body.location) ? world.leftOf(preset) : 0;
    const isShown = body.scope === "all" ? locations.includes(body.location) : count > 0;
    return done(world, { data: isShown ? [{ id, name, location: body.location, available: count }] : [] });
  },

  "os.list": (/** @type {Call<FitsWhat>} */ { world, body }) =>
    ok({ result: "OK", action: "list", os_list: SYSTEMS.filter(fits(world, body)).map(showSystem) }),

  "software.list": (/** @type {Call<FitsWhat>} */ { world, body }) =>
    ok({ result: "OK", action: "list", software: SOFTWARE.filter(fits(world, body)).map(showSoftware) }),

  "trafficPlans.list": (/** @type {Call<FitsWhat & Place>} */ { world, body }) => {
    const there = TRAFFIC_PLANS.filter(isThere(body));
    return ok({
      result: "OK",
      action: "list",
      traffic_plans: there.filter(fits(world, body)).map(showPlan),
    });
  },

  "jenkins.getTasks": () =>
    ok({
      result: "OK",
      tasks: TASKS.map(({ kinds, ...task }) => ({ ...task, tags: kinds.map((tag) => ({ tag })) })),
    }),

  "jenkins.call": (
    /** @type {Call<{ id: number, task: number | string, params?: object }>} */ { world, session, body },
  ) => {
    const server = world.findServer(session, body.id);
    const task = TASKS.find((one) => [String(one.id), one.task, one.tag].includes(String(body.task)));
    if (!task) throw new Refusal(404, "task_not_found", "There is no such task.");
    server.tasksRun.push(task.desc);
    return done(world, { module: "jenkins", action: "call", message: `Started: ${task.desc}` });
  },
};
