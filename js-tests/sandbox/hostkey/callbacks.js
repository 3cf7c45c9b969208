// eq_callback.php and nat_callback.php: what has become of work. A key is all that they ask for.

import { Refusal } from "../answers.js";

/** @type {Record<string, import("../provider.js").Handler>} */
export const callbackHandlers = {
  "eqCallback.check": (
    /** @type {import("./world.js").Call<{ key?: string, reinstall_key?: string }>} */ { world, body },
  ) => {
    const key = body.key ?? body.reinstall_key;
    if (key === undefined) throw new Refusal(200, "key_missing", "key is required");
    return world.jobs.check("eq", key);
  },

  "natCallback.check": (/** @type {import("./world.js").Call<{ key: string }>} */ { world, body }) =>
    world.jobs.check("nat", body.key),
};
