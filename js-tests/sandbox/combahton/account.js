import { need, tell } from "./refusals.js";

/** @type {Record<string, import("../provider.js").Handler>} */
export const accountHandlers = {
  "customer.settings.sshkeys": (
    /** @type {import("./world.js").Call<{ sshkeys: string }>} */ { world, body },
  ) => {
    const keys = body.sshkeys.split(/\r?\n/).filter((line) => line.trim() !== "");
    const fit = keys.every((key) => /^(ssh|ecdsa|sk)-\S+ [A-Za-z0-9+/]+={0,2}( .*)?$/.test(key));
    need(fit, "error", "sshkeys has a line that is no public key");
    world.sshKeys = body.sshkeys;
    return tell("OK");
  },
};
