// The sandbox of Hostkey's InvAPI: form posts that name an action of a module, a session token, failures with
// status 200, and work whose outcome is asked for with a callback key.

import { loadSpec } from "../../spec.js";
import { bodyReadable, routeKnown, valuesValid } from "../checks.js";
import { fieldsKnown } from "../fields.js";
import { serve } from "../server.js";
import { Shapes } from "../shapes.js";
import { addressHandlers } from "./addresses.js";
import { apiKeyHandlers } from "./api-keys.js";
import { authHandlers } from "./auth.js";
import { callbackHandlers } from "./callbacks.js";
import { cancellationHandlers } from "./cancellations.js";
import { catalogueHandlers } from "./catalogue.js";
import { clientHandlers } from "./client.js";
import { contactHandlers } from "./contacts.js";
import { creditHandlers } from "./credits.js";
import { dnsHandlers } from "./dns.js";
import { tellFailure } from "./failures.js";
import { invoiceHandlers } from "./invoice-calls.js";
import { isoHandlers } from "./iso.js";
import { networkHandlers } from "./network.js";
import { orderHandlers } from "./orders.js";
import { pinHandlers } from "./pin.js";
import { powerHandlers } from "./power.js";
import { remoteHandlers } from "./remote.js";
import { remoteHandsHandlers } from "./remote-hands.js";
import { s3Handlers } from "./s3.js";
import { serverHandlers } from "./servers.js";
import { createSessionCheck } from "./sessions.js";
import { hostkeySettings } from "./settings.js";
import { sshKeyHandlers } from "./ssh-keys.js";
import { stockHandlers } from "./stocks.js";
import { tagHandlers } from "./tags.js";
import { ticketHandlers } from "./tickets.js";
import { virtualMachineHandlers } from "./virtual-machines.js";
import { World } from "./world.js";

/**
 * @typedef {import("./jobs.js").JobPlan} JobPlan
 * @typedef {import("./settings.js").HostkeySettings} HostkeySettings
 *
 * @typedef {Partial<HostkeySettings> & OwnOptions} HostkeyOptions
 *
 * @typedef {object} OwnOptions
 * @property {number} [port] 0, any free one, unless given
 * @property {number} [servers] how many there are from the start, 3 unless given
 * @property {{ apiKey: string, pin: number | string }} [credentials]
 * @property {{ user: string, password: string }} [account] for auth.whmcslogin
 * @property {boolean} [pinSet] whether the PIN is set from the start; it is unless given. While none is set, none is asked for
 * @property {() => number} [now] the clock, in ms
 *
 * @typedef {import("../server.js").ProviderServer & OwnControls} HostkeySandbox
 *
 * @typedef {object} OwnControls
 * @property {{ apiKey: string, pin: number | string }} credentials
 * @property {{ user: string, password: string }} account
 * @property {World} world what there is now, for tests that look behind the answers
 * @property {number} logins how often a token was given out
 * @property {() => void} expireTokens ends every session at once
 * @property {(plan: JobPlan) => void} nextJob how the next work is to go
 */

const CREDENTIALS = { apiKey: "sandbox-key", pin: 1907 };
const ACCOUNT = { user: "robin@example.com", password: "sandbox-password" };

/** @type {import("../checks.js").Check} A path without a module is that, whatever the body holds. */
const moduleKnown = (exchange, validator) => {
  if (!exchange.route.found) routeKnown(exchange, validator);
};

/** A token may come along where none is needed: official clients send theirs with nearly everything. */
const EVERYWHERE = ["token"];

/**
 * @param {HostkeyOptions} options
 * @param {import("../server.js").ServerOptions} serverOptions
 * @returns {Promise<HostkeySandbox>}
 */
export async function startHostkey(options, serverOptions) {
  const { port, servers = 3, credentials = CREDENTIALS, account = ACCOUNT, pinSet = true, ...more } = options;
  const { now: clock = Date.now, ...given } = more;
  const spec = loadSpec("hostkey");
  const settings = hostkeySettings(given);
  const { values } = settings;
  const shapes = new Shapes(values);
  const now = () => clock() + values.clockOffsetMs;
  const known = { apiKey: credentials.apiKey, pin: pinSet ? credentials.pin : null };
  const newWorld = () => new World({ now, settings: values, shapes, credentials: known, account, servers });
  let world = newWorld();
  const sessions = createSessionCheck(() => world);

  /** @param {unknown} plan */
  const nextJob = (plan) => world.jobs.planNext(/** @type {JobPlan} */ (plan));
  const expireTokens = () => world.sessions.expireAll();

  const server = await serve(
    {
      name: "hostkey",
      spec,
      credentials,
      now,
      settings,
      checks: [
        moduleKnown,
        bodyReadable,
        routeKnown,
        sessions.check,
        fieldsKnown(spec, values, EVERYWHERE),
        valuesValid,
      ],
      handlers: {
        ...addressHandlers,
        ...apiKeyHandlers,
        ...authHandlers,
        ...callbackHandlers,
        ...cancellationHandlers,
        ...catalogueHandlers,
        ...clientHandlers,
        ...contactHandlers,
        ...creditHandlers,
        ...dnsHandlers,
        ...invoiceHandlers,
        ...isoHandlers,
        ...networkHandlers,
        ...orderHandlers,
        ...pinHandlers,
        ...powerHandlers,
        ...remoteHandlers,
        ...remoteHandsHandlers,
        ...s3Handlers,
        ...serverHandlers,
        ...sshKeyHandlers,
        ...stockHandlers,
        ...tagHandlers,
        ...ticketHandlers,
        ...virtualMachineHandlers,
      },
      context: (exchange) => ({ world, session: sessions.of(exchange) }),
      refuse: (refusal) => tellFailure(refusal, values.failureForm),
      headers: () => ({}),
      reset() {
        world = newWorld();
      },
      controls: { "next-job": nextJob, "expire-tokens": expireTokens },
    },
    { ...serverOptions, port },
  );

  return extend(server, {
    credentials,
    account,
    nextJob,
    expireTokens,
    get world() {
      return world;
    },
    get logins() {
      return world.sessions.logins;
    },
  });
}

/**
 * Object.assign, but accessors stay accessors.
 *
 * @template {object} Target
 * @template {object} Source
 * @param {Target} target
 * @param {Source} source
 */
const extend = (target, source) =>
  /** @type {Target & Source} */ (Object.defineProperties(target, Object.getOwnPropertyDescriptors(source)));
