import { createHash } from "node:crypto";
import { created, demand, noContent, ok, pathOf } from "../answers.js";
import { page } from "./paging.js";

/**
 * @typedef {object} SshKey
 * @property {string} fingerprint
 * @property {string} public_key
 *
 * @typedef {{ domain_name: string }} Params
 */

const PUBLIC_KEY = /^(ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/]+={0,2})( .*)?$/;

/**
 * As OpenSSH prints it, so with colons, slashes and plus signs: the hardest case for a path.
 *
 * @param {string} publicKey
 */
export function fingerprintOf(publicKey) {
  const blob = Buffer.from(PUBLIC_KEY.exec(publicKey)?.[2] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** @type {Record<string, import("../provider.js").Handler>} */
export const sshKeyHandlers = {
  "linuxHostings.listSshKeys": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok(world.linuxHostings.find(params.domain_name).keys.all()),

  "linuxHostings.addSshKey": (
    /** @type {import("./world.js").Call<Params, { public_key: string }>} */ { world, params, body },
  ) => {
    const hosting = world.linuxHostings.find(params.domain_name);
    const publicKey = body.public_key.trim();
    const fingerprint = fingerprintOf(publicKey);
    demand(
      [
        PUBLIC_KEY.test(publicKey),
        "public_key_invalid",
        "The key has to be an OpenSSH public key, on one line.",
      ],
      [!hosting.keys.has(fingerprint), "public_key_exists", "The hosting has this key already."],
    );
    hosting.keys.add({ fingerprint, public_key: publicKey });
    return created(pathOf("v2", "linuxhostings", hosting.domain_name, "ssh", "keys", fingerprint));
  },

  "linuxHostings.deleteSshKey": (
    /** @type {import("./world.js").Call<Params & { fingerprint: string }>} */ { world, params },
  ) => {
    world.linuxHostings.find(params.domain_name).keys.remove(params.fingerprint);
    return noContent();
  },

  "ssh.listKeys": (
    /** @type {import("./world.js").Call<import("./paging.js").Paging>} */ { world, params },
  ) => {
    /** @type {Map<string, SshKey & { linux_hostings: string[] }>} */
    const keys = new Map();
    for (const hosting of world.linuxHostings.all()) {
      for (const key of hosting.keys.all()) {
        const shown = keys.get(key.fingerprint) ?? { ...key, linux_hostings: [] };
        shown.linux_hostings.push(hosting.domain_name);
        keys.set(key.fingerprint, shown);
      }
    }
    return page(world, params, [...keys.values()]);
  },
};
