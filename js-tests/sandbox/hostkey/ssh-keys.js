// ssh_keys.php: public SSH keys of the account.

import { invalid } from "../answers.js";
import { done, moduleDone } from "./results.js";

/**
 * @typedef {import("./world.js").World} World
 *
 * @typedef {object} SshKey
 * @property {number} id
 * @property {number} customer_id
 * @property {string} name
 * @property {string} key
 * @property {0 | 1} default
 * @property {string} created
 *
 * @typedef {{ name: string, key: string, default?: 0 | 1 }} SshKeyInput
 */

const PUBLIC_KEY = /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+={0,2}( .*)?$/;

/**
 * @param {World} world
 * @param {number} customer
 * @param {SshKeyInput} input
 * @returns {SshKey}
 */
export function addSshKey(world, customer, { name, key, default: isDefault = 0 }) {
  if (isDefault === 1) for (const other of world.sshKeys.all()) other.default = 0;
  return world.sshKeys.add({
    id: world.number("SSH key"),
    customer_id: customer,
    name,
    key,
    default: isDefault,
    created: world.timestamp(),
  });
}

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const sshKeyHandlers = {
  "sshKeys.list": (/** @type {Call<{}>} */ { world }) =>
    moduleDone("ssh_keys", "list", { sshkeys: world.sshKeys.all() }),

  "sshKeys.add": (/** @type {Call<{ params: SshKeyInput }>} */ { world, body: { params } }) => {
    if (!PUBLIC_KEY.test(params.key)) {
      throw invalid([{ code: "key_invalid", text: "params[key] has to be an OpenSSH public key" }]);
    }
    return moduleDone("ssh_keys", "add", { sshkey: addSshKey(world, world.client.customer, params) });
  },

  "sshKeys.delete": (/** @type {Call<{ id: number }>} */ { world, body }) => {
    world.sshKeys.remove(body.id);
    return done(world);
  },
};
