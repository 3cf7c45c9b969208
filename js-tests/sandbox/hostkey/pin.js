// The PIN of the account, and the calls of eq.php that set and check it. It is compared as text, so that zeros in
// front of it count, and not looked at while none is set.

import { Refusal } from "../answers.js";

/**
 * @typedef {import("./jobs.js").Work} Work
 * @typedef {import("./world.js").World} World
 *
 * @typedef {number | string} PinValue
 * @typedef {{ pin?: PinValue }} WithPin What a call has that may be given the PIN.
 */

/** After so many wrong PINs in a row a right one does not help either. */
const ATTEMPTS = 3;

const WRONG = { scope: "Invalid pin code", debug: "Blocked For Security Purposes" };

export class Pin {
  /** @type {string | null} null while none is set */
  #value = null;
  #wrong = 0;

  /** @param {PinValue | null} value null: none is set */
  constructor(value) {
    if (value !== null) this.set(value);
  }

  get isSet() {
    return this.#value !== null;
  }

  /** @param {PinValue} value */
  set(value) {
    this.#value = String(value);
  }

  /** @param {PinValue | undefined} given */
  fits(given) {
    if (this.#value === null) return true;
    if (this.#wrong >= ATTEMPTS) return false;
    const fits = given !== undefined && String(given) === this.#value;
    this.#wrong = fits ? 0 : this.#wrong + 1;
    return fits;
  }
}

/**
 * For calls that do everything at once.
 *
 * @param {World} world
 * @param {PinValue | undefined} pin
 */
export function demandPin(world, pin) {
  if (!world.pin.fits(pin)) throw new Refusal(200, "pin_wrong", "Invalid pin code");
}

/**
 * Starts work that wants the PIN. That a PIN is wrong only shows when it is asked what became of the work,
 * which then ends with result OK all the same.
 *
 * @param {World} world
 * @param {PinValue | undefined} pin
 * @param {Work} work
 */
export function startWithPin(world, pin, work) {
  if (world.settings.wrongPin === "refusal") demandPin(world, pin);
  else if (!world.pin.fits(pin)) {
    return world.jobs.start({ ...work, stages: [], isReady: undefined, finish: () => WRONG });
  }
  return world.jobs.start(work);
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const pinHandlers = {
  "eq.setPin": (
    /** @type {import("./world.js").Call<{ old_pin?: PinValue, new_pin: PinValue }>} */ { world, body },
  ) =>
    world.jobs.start({
      action: "set_pin",
      server: 0,
      finish() {
        if (!world.pin.fits(body.old_pin)) return WRONG;
        world.pin.set(body.new_pin);
        return { scope: "Pin code changed" };
      },
    }),

  "eq.checkPin": (/** @type {import("./world.js").Call<{ old_pin: PinValue }>} */ { world, body }) => {
    // Where none is set, none is right.
    const fits = world.pin.isSet && world.pin.fits(body.old_pin);
    return world.jobs.start({
      action: "check_pin",
      server: 0,
      finish: () => (fits ? { scope: "Pin code is valid" } : WRONG),
    });
  },
};
