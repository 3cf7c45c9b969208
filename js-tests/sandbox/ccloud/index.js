// The sandbox of ccloud: OAuth2 client credentials, JSON, pages by number, tasks.

import { loadSpec } from "../../spec.js";
import { bodyReadable, routeKnown, valuesValid } from "../checks.js";
import { extend } from "../extend.js";
import { fieldsKnown } from "../fields.js";
import { serve } from "../server.js";
import { isCount } from "../settings.js";
import { adapterHandlers } from "./adapters.js";
import { addonHandlers } from "./addons.js";
import { bootOrderHandlers } from "./boot-order.js";
import { catalogueHandlers } from "./catalogue.js";
import { diskHandlers } from "./disks.js";
import { emptyBodyHasNoFields } from "./input.js";
import { invoiceHandlers } from "./invoices.js";
import { labelHandlers } from "./labels.js";
import { networkHandlers } from "./networks.js";
import { createOAuth, unlessTokenRequest } from "./oauth.js";
import { orderHandlers } from "./orders.js";
import { performanceHandlers } from "./performance.js";
import { poolHandlers } from "./pools.js";
import { priceHandlers } from "./prices.js";
import { createRefuse } from "./refusals.js";
import { resourceHandlers } from "./resources.js";
import { serverHandlers } from "./servers.js";
import { ccloudSettings } from "./settings.js";
import { scheduleHandlers } from "./snapshot-schedules.js";
import { snapshotHandlers } from "./snapshots.js";
import { stateHandlers } from "./states.js";
import { subscriptionHandlers } from "./subscriptions.js";
import { taskHandlers } from "./tasks.js";
import { World } from "./world.js";

/**
 * @typedef {import("./oauth.js").Credentials} Credentials
 * @typedef {import("./settings.js").CcloudSettings} CcloudSettings
 * @typedef {import("./tasks.js").TaskPlan} TaskPlan
 *
 * @typedef {Partial<CcloudSettings> & OwnOptions} CcloudOptions
 *
 * @typedef {object} OwnOptions
 * @property {number} [port] 0, any free one, unless given
 * @property {number} [servers] how many there are from the start, 60 unless given, at most 500
 * @property {Credentials} [credentials]
 * @property {() => number} [now] the clock, in ms
 *
 * @typedef {import("../server.js").ProviderServer & OwnControls} CcloudSandbox
 *
 * @typedef {object} OwnControls
 * @property {Credentials} credentials
 * @property {World} world what there is now, for tests that look behind the answers
 * @property {number} logins how many tokens oauth.token has given out
 * @property {() => string} issueToken a token without a login
 * @property {() => void} expireTokens makes all tokens that there are worthless
 * @property {(plan: TaskPlan) => void} nextJob how the next task is to go
 */

const CREDENTIALS = { clientId: "sandbox-client", clientSecret: "sandbox-secret" };

/**
 * @param {CcloudOptions} options
 * @param {import("../server.js").ServerOptions} serverOptions
 * @returns {Promise<CcloudSandbox>}
 */
export async function startCcloud(options, serverOptions) {
  const { port, servers = 60, credentials = CREDENTIALS, now: clock = Date.now, ...given } = options;
  if (!isCount(servers) || servers > 500) throw new TypeError("ccloud: servers has to be from 0 to 500");
  const settings = ccloudSettings(given);
  const { values } = settings;
  const now = () => clock() + values.clockOffsetMs;
  const spec = loadSpec("ccloud");
  const oauth = createOAuth({ credentials, now, lifetimeSeconds: () => values.tokenLifetimeSeconds });
  const newWorld = () => new World({ now, settings: values }, servers);
  let world = newWorld();

  /** @param {unknown} plan */
  const nextJob = (plan) => world.tasks.planNext(/** @type {TaskPlan} */ (plan));

  const server = await serve(
    {
      name: "ccloud",
      spec,
      credentials,
      now,
      settings,
      checks: [
        routeKnown,
        oauth.check,
        unlessTokenRequest(bodyReadable),
        emptyBodyHasNoFields,
        unlessTokenRequest(fieldsKnown(spec, values)),
        unlessTokenRequest(valuesValid),
      ],
      handlers: {
        ...oauth.handlers,
        ...adapterHandlers,
        ...addonHandlers,
        ...bootOrderHandlers,
        ...catalogueHandlers,
        ...diskHandlers,
        ...invoiceHandlers,
        ...labelHandlers,
        ...networkHandlers,
        ...orderHandlers,
        ...performanceHandlers,
        ...poolHandlers,
        ...priceHandlers,
        ...resourceHandlers,
        ...scheduleHandlers,
        ...serverHandlers,
        ...snapshotHandlers,
        ...stateHandlers,
        ...subscriptionHandlers,
        ...taskHandlers,
      },
      context: () => ({ world }),
      refuse: createRefuse(values),
      headers: () => ({}),
      reset() {
        oauth.reset();
        world = newWorld();
      },
      controls: {
        "next-job": nextJob,
        "issue-token": () => ({ access_token: oauth.issueToken() }),
        "expire-tokens": oauth.expireTokens,
      },
    },
    { ...serverOptions, port },
  );

  return extend(server, {
    credentials,
    nextJob,
    issueToken: oauth.issueToken,
    expireTokens: oauth.expireTokens,
    get logins() {
      return oauth.logins();
    },
    get world() {
      return world;
    },
  });
}
