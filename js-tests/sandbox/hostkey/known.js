// Values of lists that the spec leaves open. The world of the sandbox knows those that it has a meaning for.

import { demand } from "../answers.js";

/**
 * @param {string} name of the field
 * @param {string | undefined} value one that was not given is none to refuse
 * @param {string[]} known
 */
export const demandKnown = (name, value, known) =>
  demand([
    value === undefined || known.includes(value),
    `${name}_unknown`,
    `${name} has to be one of ${known.join(", ")}`,
  ]);
