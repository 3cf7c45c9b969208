// The PIN of the account, and the calls of eq.php that set and check it.

import { Refusal } from "../answers.js";

/**
 * @typedef {import("./jobs.js").Work} Work
 * @typedef {import("./world.js").World} World
 */

/** After so many wrong PINs in a row a right one does not help either. */
const ATTEMPTS = 3;

const WRONG = { scope: "Invalid pin code", debug: "Blocked For Security Purposes" };

export class Pin {
  #wrong = 0;

  /** @param {number | null} value null: none is set */
  constructor(value) {
    this.value = value;
  }

  /** @param {number | undefined} given */
  fits(given) {
    if (this.#wrong >= ATTEMPTS) return false;
    const fits = this.value !== null && given === this.value;
    this.#wrong = fits ? 0 : this.#wrong + 1;
    return fits;
  }
}

/**
 * For calls that do everything at once.
 *
 * @param {World} world
 * @param {number} pin
 */
export function demandPin(world, pin) {
  if (!world.pin.fits(pin)) throw new Refusal(200, "pin_wrong", "Invalid pin code");
}

/**
 * Starts work that wants the PIN. That a PIN is wrong only shows when it is asked what became of the work,
 * which then ends with result OK all the same.
 *
 * @param {World} world
 * @param {number} pin
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
    /** @type {import("./world.js").Call<{ old_pin?: number, new_pin: number }>} */ { world, body },
  ) =>
    world.jobs.start({
      action: "set_pin",
      server: 0,
      finish() {
        if (world.pin.value !== null && !world.pin.fits(body.old_pin)) return WRONG;
        world.pin.value = body.new_pin;
        return { scope: "Pin code changed" };
      },
    }),

  "eq.checkPin": (/** @type {import("./world.js").Call<{ old_pin: number }>} */ { world, body }) => {
    const fits = world.pin.fits(body.old_pin);
    return world.jobs.start({
      action: "check_pin",
      server: 0,
      finish: () => (fits ? { scope: "Pin code is valid" } : WRONG),
    });
  },
};
