// The hardware resources of cloud instances: what is allowed, what it costs.

/**
 * @typedef {{ cpu: number, ram: number, hdd: number, bandwidth: number }} Resources
 */

/** @type {Record<keyof Resources, { min: number, max: number, step: number }>} */
export const RANGES = {
  cpu: { min: 1, max: 16, step: 1 },
  ram: { min: 512, max: 65_536, step: 512 },
  hdd: { min: 10, max: 1000, step: 10 },
  bandwidth: { min: 10, max: 1000, step: 10 },
};

/** For 24 hours. */
const UNIT_PRICES = { cpu: 0.1234, ram: 0.000_15, hdd: 0.0055, bandwidth: 0.0021 };

const NAMES = /** @type {(keyof Resources)[]} */ (Object.keys(RANGES));

/**
 * @param {Resources} resources
 * @returns {string[]} those that are not within their range, or no multiple of their step
 */
export const faultsOfResources = (resources) =>
  NAMES.filter((name) => {
    const { min, max, step } = RANGES[name];
    const value = resources[name];
    return value < min || value > max || value % step !== 0;
  }).map((name) => {
    const { min, max, step } = RANGES[name];
    return `resources.${name} has to be from ${min} to ${max} in steps of ${step}`;
  });

/** @param {Resources} resources */
export const priceOf = (resources) => ({
  price:
    Math.round(NAMES.reduce((sum, name) => sum + UNIT_PRICES[name] * resources[name], 0) * 10_000) / 10_000,
  currency: "EUR",
  period: "24h",
});
