import { faultsOfResources, priceOf, RANGES } from "./cloud-resources.js";
import { need, succeed } from "./refusals.js";

/**
 * @typedef {import("./cloud-resources.js").Resources} Resources
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} Instance
 * @property {number} id
 * @property {string} name
 * @property {string} password
 * @property {string} displayName
 * @property {string} notes
 * @property {Resources} resources
 * @property {"running" | "stopped"} state
 * @property {number} stateTime
 * @property {string | undefined} image the installation image that it boots from, in place of its disk
 * @property {boolean} isDeaf its operating system does not heed signals
 *
 * @typedef {{ instance_id: number }} InstanceBody
 * @typedef {InstanceBody & { instance_password: string }} AccessBody
 * @typedef {AccessBody & { shutdown: "true" | "false" }} RestartBody
 */

/** What every instance has from the start. */
export const INSTANCE_PASSWORD = "sandbox-pass";

/**
 * @param {World} world
 * @param {string} displayName
 * @param {Partial<Instance>} [more]
 */
export function addInstance(world, displayName, more = {}) {
  const id = world.number("instance");
  return world.instances.add({
    id,
    name: `vm-${id}`,
    password: INSTANCE_PASSWORD,
    displayName,
    notes: "",
    resources: { cpu: 2, ram: 4096, hdd: 50, bandwidth: 100 },
    state: "running",
    stateTime: world.time(),
    image: undefined,
    isDeaf: false,
    ...more,
  });
}

/** @param {Instance} instance */
function show({ id, name, displayName, resources, state, stateTime, image }) {
  const { cpu, ...rest } = resources;
  return {
    id,
    name,
    custom_name: displayName,
    price_resources: priceOf(resources),
    vnc_configuration: { host: `vnc${(id % 3) + 1}.cloud.example.com`, port: 5900 + (id % 1000) },
    resources: { cpu_cores: cpu, ...rest },
    state,
    state_time: stateTime,
    boot_status: image === undefined ? "boot" : "install",
  };
}

/** @param {Instance} instance */
const showDetails = (instance) => ({
  ...show(instance),
  custom_properties: { display_name: instance.displayName, notes: instance.notes },
  network_configuration: {
    ip: `192.0.2.${150 + (instance.id % 50)}`,
    mask: "255.255.255.0",
    gateway_ip: "192.0.2.1",
    dns_list: ["198.51.100.1", "198.51.100.2"],
  },
});

/**
 * @param {World} world
 * @param {number} id
 */
export function instanceOf(world, id) {
  const instance = world.instances.get(id);
  need(instance !== undefined, "authorization-failed");
  return instance;
}

/**
 * @param {World} world
 * @param {AccessBody} body
 */
export function openInstance(world, { instance_id, instance_password }) {
  const instance = instanceOf(world, instance_id);
  need(instance.password === instance_password, "instance-password-incorrect");
  return instance;
}

/**
 * @param {World} world
 * @param {Instance} instance
 * @param {Instance["state"]} state
 */
function enter(world, instance, state) {
  instance.state = state;
  instance.stateTime = world.time();
}

/**
 * What is done to an instance that has to be restarted for it.
 *
 * @param {World} world
 * @param {Instance} instance
 * @param {RestartBody["shutdown"]} shutdown whether its operating system is asked to stop first
 */
export function restart(world, instance, shutdown) {
  need(!(shutdown === "true" && instance.isDeaf && instance.state === "running"), "instance-unable-shutdown");
  enter(world, instance, "running");
}

/**
 * @param {Instance["state"]} state
 * @param {{ bySignal?: boolean }} [how] bySignal: the operating system has to heed it
 */
const act =
  (state, { bySignal = false } = {}) =>
  (/** @type {import("./world.js").Call<AccessBody>} */ { world, body }) => {
    const instance = openInstance(world, body);
    const heeds = !bySignal || (instance.state === "running" && !instance.isDeaf);
    if (heeds) enter(world, instance, state);
    return succeed();
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const cloudInstanceHandlers = {
  "cloudInstance.list": (/** @type {import("./world.js").Call} */ { world }) =>
    succeed({ instances_list: world.instances.all().map(show) }),

  "cloudInstance.details": (/** @type {import("./world.js").Call<InstanceBody>} */ { world, body }) =>
    succeed({ instance_details: showDetails(instanceOf(world, body.instance_id)) }),

  "cloudInstance.actionPowerOn": act("running"),
  "cloudInstance.actionPowerOff": act("stopped"),
  "cloudInstance.actionPowerRestart": act("running"),
  "cloudInstance.actionShutdown": act("stopped", { bySignal: true }),
  "cloudInstance.actionReboot": act("running", { bySignal: true }),

  "cloudInstance.resourcesAllowedRanges": (
    /** @type {import("./world.js").Call<InstanceBody>} */ { world, body },
  ) => {
    const { resources } = instanceOf(world, body.instance_id);
    const hdd = { ...RANGES.hdd, min: resources.hdd };
    return succeed({ resources_ranges: { ...RANGES, hdd } });
  },

  "cloudInstance.resourcesCalculatePrice": (
    /** @type {import("./world.js").Call<Partial<InstanceBody> & { resources: Resources }>} */ {
      world,
      body,
    },
  ) => {
    if (body.instance_id !== undefined) instanceOf(world, body.instance_id);
    const faults = faultsOfResources(body.resources);
    need(faults.length === 0, "invalid-param-value", ...faults);
    return succeed({ price_resources: priceOf(body.resources) });
  },

  "cloudInstance.resourcesNegotiate": (
    /** @type {import("./world.js").Call<RestartBody & { resources: Resources }>} */ { world, body },
  ) => {
    const instance = openInstance(world, body);
    const faults = faultsOfResources(body.resources);
    need(faults.length === 0, "instance-resources-negotiate-incorrect-parameters", ...faults);
    const fits = body.resources.hdd >= instance.resources.hdd;
    need(fits, "instance-resources-negotiate-cannot-decrease-hdd");
    restart(world, instance, body.shutdown);
    instance.resources = body.resources;
    return succeed();
  },

  "cloudInstance.customPropertiesEdit": (
    /** @type {import("./world.js").Call<InstanceBody & { custom_properties?: { display_name?: string, notes?: string } }>} */ {
      world,
      body,
    },
  ) => {
    const instance = instanceOf(world, body.instance_id);
    const { display_name = instance.displayName, notes = instance.notes } = body.custom_properties ?? {};
    Object.assign(instance, { displayName: display_name, notes });
    return succeed();
  },

  "cloudInstance.passwordChange": (
    /** @type {import("./world.js").Call<AccessBody & { instance_new_password: string }>} */ { world, body },
  ) => {
    openInstance(world, body).password = body.instance_new_password;
    return succeed();
  },

  "cloudInstance.delete": (/** @type {import("./world.js").Call<AccessBody>} */ { world, body }) => {
    world.instances.remove(openInstance(world, body).id);
    return succeed();
  },
};
