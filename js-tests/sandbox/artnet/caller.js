// Who is calling: the credentials among the fields of the form.

import { createHash, timingSafeEqual } from "node:crypto";
import { isObject } from "../settings.js";
import { need } from "./refusals.js";

/** @typedef {{ customerId: string, apiKey: string }} Credentials */

/** Fields of every form, which no command has among its own. */
export const CREDENTIAL_FIELDS = ["id", "api_key"];

/** @param {Credentials} first */
export function createCaller(first) {
  if (!/^[0-9]+$/.test(first.customerId)) throw new TypeError("artnet: customerId has to be a number");
  const credentials = { ...first };
  let keys = 1;

  return {
    /** Those that hold now. */
    credentials,

    /** @type {import("../checks.js").Check} */
    check({ content }) {
      const form = "value" in content && isObject(content.value) ? content.value : {};
      const { id, api_key: key } = form;
      need(isSame(id, credentials.customerId) && isSame(key, credentials.apiKey), "authorization-failed");
    },

    replaceKey() {
      keys += 1;
      credentials.apiKey = createHash("sha256").update(`${first.apiKey} ${keys}`).digest("hex").slice(0, 40);
      return credentials.apiKey;
    },

    reset() {
      keys = 1;
      Object.assign(credentials, first);
    },
  };
}

/**
 * @param {unknown} given
 * @param {string} real
 */
function isSame(given, real) {
  const [left, right] = [Buffer.from(typeof given === "string" ? given : ""), Buffer.from(real)];
  return left.length === right.length && timingSafeEqual(left, right);
}
