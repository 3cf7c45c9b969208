// Settings that may be changed while the sandbox runs.

/**
 * @typedef {object} Setting
 * @property {unknown} value
 * @property {(value: unknown) => boolean} fits
 * @property {string} expects said to whoever gives something else
 *
 * @typedef {object} Settings
 * @property {() => Record<string, unknown>} all
 * @property {(changes: Record<string, unknown>) => void} change
 * @property {() => void} reset back to what the sandbox was started with
 */

/**
 * @template {Record<string, unknown>} Values
 * @param {string} owner
 * @param {{ [Name in keyof Values]: Omit<Setting, "value"> & { value: Values[Name] } }} definitions
 * @param {Partial<Values>} given
 * @returns {Settings & { values: Values }}
 */
export function createSettings(owner, definitions, given) {
  const values = /** @type {Values} */ (
    Object.fromEntries(Object.entries(definitions).map(([name, { value }]) => [name, value]))
  );

  /** @param {Record<string, unknown>} changes */
  function change(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (!Object.hasOwn(definitions, name)) {
        const known = Object.keys(definitions).join(", ");
        throw new TypeError(`${owner} has no setting ${name}. There are ${known}.`);
      }
      const { fits, expects } = /** @type {Setting} */ (definitions[name]);
      if (!fits(value)) throw new TypeError(`${owner}: ${name} has to be ${expects}`);
    }
    Object.assign(values, changes);
  }

  change(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  const initial = { ...values };
  return {
    values,
    all: () => ({ ...values }),
    change,
    reset: () => void Object.assign(values, initial),
  };
}

/** @param {unknown} value */
export const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
