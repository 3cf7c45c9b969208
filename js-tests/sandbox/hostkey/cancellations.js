// whmcs.php: giving servers up.

import { demand } from "../answers.js";
import { billed } from "./results.js";

/**
 * @typedef {object} Cancellation
 * @property {number} relid server
 * @property {"Immediate" | "End of Billing Period"} type
 * @property {string} reason
 * @property {string} date
 *
 * @typedef {{ cancellation_reason?: string, terminate_reason_custom?: string }} Reasons What clients send, and what
 *   is documented.
 */

/**
 * @template Body
 * @typedef {import("./world.js").Call<Body>} Call
 */

/** @type {Record<string, import("../provider.js").Handler>} */
export const cancellationHandlers = {
  "whmcs.requestCancellation": (
    /** @type {Call<{ id: number, cancellation_type?: 0 | 1 } & Reasons>} */ { world, session, body },
  ) => {
    const { id } = world.findServer(session, body.id);
    demand([!world.cancellations.has(id), "cancellation_exists", "This was asked for already."]);
    const reason = body.cancellation_reason ?? body.terminate_reason_custom ?? "";
    // One that does not say when is for the end of the period. One at once is carried out at once, so that there is nothing left to take back.
    if (body.cancellation_type === 1) world.servers.remove(id);
    else {
      const date = world.timestamp();
      world.cancellations.add({ relid: id, type: "End of Billing Period", reason, date });
    }
    return billed();
  },

  "whmcs.deleteCancellationRequest": (/** @type {Call<{ id: number }>} */ { world, body }) => {
    world.cancellations.remove(body.id);
    return billed();
  },

  "whmcs.getCancellationRequests": (/** @type {Call<{ id?: number }>} */ { world, body }) => {
    const requests = world.cancellations.all();
    return billed({ data: requests.filter(({ relid }) => body.id === undefined || relid === body.id) });
  },
};
