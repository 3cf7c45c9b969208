// The sandbox of combahton: JSON posts to one path, and a status in place of the answer where something failed.

import { loadSpec } from "../../spec.js";
import { routeKnown, valuesValid } from "../checks.js";
import { extend } from "../extend.js";
import { fieldsKnown } from "../fields.js";
import { serve } from "../server.js";
import { accountHandlers } from "./account.js";
import { addressHandlers } from "./addresses.js";
import { authenticate, jsonSent, pathKnown, withoutCredentials } from "./caller.js";
import { letThrough } from "./challenge.js";
import { contractHandlers } from "./contracts.js";
import { filterHandlers } from "./filters.js";
import { incidentHandlers } from "./incidents.js";
import { invoiceHandlers } from "./invoices.js";
import { kvmHandlers } from "./kvm.js";
import { layer7Handlers } from "./layer7.js";
import { tellFailure } from "./refusals.js";
import { combahtonSettings } from "./settings.js";
import { World } from "./world.js";

/**
 * @typedef {import("./caller.js").Credentials} Credentials
 * @typedef {import("./settings.js").CombahtonSettings} CombahtonSettings
 *
 * @typedef {Partial<CombahtonSettings> & OwnOptions} CombahtonOptions
 *
 * @typedef {object} OwnOptions
 * @property {number} [port] 0, any free one, unless given
 * @property {Credentials} [credentials]
 * @property {number} [credit] what the customer has from the start, in euros; 250 unless given
 * @property {() => number} [now] the clock, in ms
 *
 * @typedef {import("../server.js").ProviderServer & OwnControls} CombahtonSandbox
 *
 * @typedef {object} OwnControls
 * @property {Credentials} credentials
 * @property {World} world what there is now, for tests that look behind the answers
 */

const CREDENTIALS = { email: "robin@example.net", secret: "sandbox-secret-0123456789abcdef0" };

/**
 * @param {CombahtonOptions} options
 * @param {import("../server.js").ServerOptions} serverOptions
 * @returns {Promise<CombahtonSandbox>}
 */
export async function startCombahton(options, serverOptions) {
  const { port, credentials = CREDENTIALS, credit = 250, now = Date.now, ...given } = options;
  const spec = loadSpec("combahton");
  const settings = combahtonSettings(given);
  const newWorld = () => new World({ now, settings: settings.values, credit });
  let world = newWorld();

  const server = await serve(
    {
      name: "combahton",
      spec,
      credentials,
      now,
      settings,
      checks: [
        letThrough(settings.values),
        pathKnown,
        jsonSent,
        authenticate(credentials),
        routeKnown,
        withoutCredentials,
        fieldsKnown(spec, settings.values),
        valuesValid,
      ],
      handlers: {
        ...accountHandlers,
        ...addressHandlers,
        ...contractHandlers,
        ...filterHandlers,
        ...incidentHandlers,
        ...invoiceHandlers,
        ...kvmHandlers,
        ...layer7Handlers,
      },
      context: () => ({ world }),
      refuse: (refusal) => tellFailure(refusal, settings.values),
      headers: () => ({}),
      reset() {
        world = newWorld();
      },
      controls: {},
    },
    { ...serverOptions, port },
  );

  return extend(server, {
    credentials,
    get world() {
      return world;
    },
  });
}
