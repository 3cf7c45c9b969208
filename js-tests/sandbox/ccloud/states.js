// Whether servers run.

import { ok } from "../answers.js";
import { taskId } from "./tasks.js";

/** @typedef {{ hostname: string }} Params */

/**
 * @param {string} action
 * @param {import("./servers.js").State} state what the server is in once it is done
 */
const changeTo =
  (action, state) =>
  (/** @type {import("./world.js").Call<Params>} */ { world, params }) => {
    const server = world.machine(params.hostname);
    const task = world.tasks.start({
      action,
      hostname: server.hostname,
      done: () => {
        server.state = state;
      },
    });
    return ok(taskId(task));
  };

/** @type {Record<string, import("../provider.js").Handler>} */
export const stateHandlers = {
  "servers.state.get": (/** @type {import("./world.js").Call<Params>} */ { world, params }) =>
    ok({ state: world.machine(params.hostname).state }),

  "servers.state.start": changeTo("start-server", "Running"),
  "servers.state.stop": changeTo("stop-server", "Off"),
  "servers.state.shutdown": changeTo("shutdown-server", "Off"),
  "servers.state.shutdownForce": changeTo("shutdown-force-server", "Off"),
  "servers.state.reset": changeTo("restart-server", "Running"),
};
