// What an answer of Hostkey begins with.

import { ok } from "../answers.js";

/** @typedef {import("./world.js").World} World */

/**
 * The answer of a call whose own is not documented.
 *
 * @param {World} world
 * @param {Record<string, unknown>} [more]
 */
export const done = (world, more = {}) => ok({ result: world.settings.successResult, ...more });

/**
 * The answer of the newer modules, which say what was called.
 *
 * @param {string} module
 * @param {string} action
 * @param {Record<string, unknown>} [more]
 */
export const moduleDone = (module, action, more = {}) => ok({ result: "OK", module, action, ...more });

/**
 * The answer of billing.
 *
 * @param {Record<string, unknown>} [more]
 */
export const billed = (more = {}) => ok({ result: "success", ...more });
