/**
 * Object.assign, but accessors stay accessors.
 *
 * @template {object} Target
 * @template {object} Source
 * @param {Target} target
 * @param {Source} source
 */
export const extend = (target, source) =>
  /** @type {Target & Source} */ (Object.defineProperties(target, Object.getOwnPropertyDescriptors(source)));
