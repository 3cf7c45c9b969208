// Settings that may be changed while the sandbox runs.

/**
 * @typedef {object} CommonSettings What every provider lets be set.
 * @property {"refuse" | "ignore"} unknownFields what becomes of fields and query parameters that the spec does
 *   not have: refused, which finds slips, or ignored, as real servers do
 * @property {"documented" | number} shapes where the provider answers in more than one shape: the documented one
 *   every time, or each in turn, a number saying which comes first
 *
 * @typedef {object} Setting
 * @property {unknown} value
 * @property {(value: unknown) => boolean} fits
 * @property {string} expects said to whoever gives something else
 *
 * @typedef {object} Settings
 * @property {CommonSettings} values as they are now
 * @property {() => Record<string, unknown>} all
 * @property {(changes: Record<string, unknown>) => void} change
 * @property {() => void} reset back to what the sandbox was started with
 */

/** @type {{ [Name in keyof CommonSettings]: Setting & { value: CommonSettings[Name] } }} */
const COMMON = {
  unknownFields: {
    value: "refuse",
    fits: (value) => value === "refuse" || value === "ignore",
    expects: "refuse or ignore",
  },
  shapes: {
    value: 0,
    fits: (value) => value === "documented" || isCount(value),
    expects: "documented or a whole number",
  },
};

/**
 * @template {Record<string, unknown>} Own
 * @param {string} owner
 * @param {{ [Name in keyof Own]: Omit<Setting, "value"> & { value: Own[Name] } }} own
 * @param {Partial<Own & CommonSettings>} given
 * @returns {Settings & { values: Own & CommonSettings }}
 */
export function createSettings(owner, own, given) {
  const definitions = { ...own, ...COMMON };
  const values = /** @type {Own & CommonSettings} */ (
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
