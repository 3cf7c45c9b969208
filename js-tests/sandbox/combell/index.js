// The sandbox of Combell: HMAC-signed REST, pages by skip and take, provisioning jobs.

import { loadSpec } from "../../spec.js";
import { bodyReadable, routeKnown, valuesValid } from "../checks.js";
import { extend } from "../extend.js";
import { fieldsKnown } from "../fields.js";
import { serve } from "../server.js";
import { Shapes } from "../shapes.js";
import { accountHandlers } from "./accounts.js";
import { createAuthorization } from "./authorization.js";
import { certificateRequestHandlers } from "./certificate-requests.js";
import { certificateHandlers } from "./certificates.js";
import { dnsHandlers } from "./dns.js";
import { domainHandlers } from "./domains.js";
import { jobHandlers } from "./jobs.js";
import { linuxHostingHandlers } from "./linux-hostings.js";
import { linuxSiteHandlers } from "./linux-sites.js";
import { mailZoneHandlers } from "./mail-zones.js";
import { mailboxHandlers } from "./mailboxes.js";
import { mySqlHandlers } from "./mysql.js";
import { placesMayBeMissing } from "./places.js";
import { createRateLimit } from "./rate-limit.js";
import { checkRequestPlan } from "./request-plans.js";
import { scheduledTaskHandlers } from "./scheduled-tasks.js";
import { servicepackHandlers } from "./servicepacks.js";
import { combellSettings } from "./settings.js";
import { sshKeyHandlers } from "./ssh-keys.js";
import { windowsHostingHandlers } from "./windows-hostings.js";
import { World } from "./world.js";

/**
 * @typedef {import("./jobs.js").JobPlan} JobPlan
 * @typedef {import("./request-plans.js").RequestPlan} RequestPlan
 * @typedef {import("./settings.js").CombellSettings} CombellSettings
 *
 * @typedef {Partial<CombellSettings> & OwnOptions} CombellOptions
 *
 * @typedef {object} OwnOptions
 * @property {number} [port] 0, any free one, unless given
 * @property {number} [accounts] how many there are from the start, 350 unless given
 * @property {{ apiKey: string, apiSecret: string }} [credentials]
 * @property {() => number} [now] the clock, in ms
 *
 * @typedef {import("../server.js").ProviderServer & OwnControls} CombellSandbox
 *
 * @typedef {object} OwnControls
 * @property {{ apiKey: string, apiSecret: string }} credentials
 * @property {World} world what there is now, for tests that look behind the answers
 * @property {CombellSettings["reading"]} reading the signatures that are accepted
 * @property {(plan: JobPlan) => void} nextJob how the next provisioning job is to go
 * @property {(plan: RequestPlan) => void} nextCertificateRequest how the next certificate request is to go
 */

const CREDENTIALS = { apiKey: "sandbox-key", apiSecret: "sandbox-secret" };

/** @param {import("../answers.js").Refusal} refusal */
const refuse = ({ status, code, message, faults }) => ({
  status,
  json:
    faults.length > 0
      ? { validation_errors: faults.map((fault) => ({ error_code: fault.code, error_text: fault.text })) }
      : { error_code: code, error_text: message },
});

/**
 * @param {CombellOptions} options
 * @param {import("../server.js").ServerOptions} serverOptions
 * @returns {Promise<CombellSandbox>}
 */
export async function startCombell(options, serverOptions) {
  const { port, accounts = 350, credentials = CREDENTIALS, now: clock = Date.now, ...given } = options;
  const spec = loadSpec("combell");
  const settings = combellSettings(given);
  const { values } = settings;
  const shapes = new Shapes(values);
  const now = () => clock() + values.clockOffsetMs;
  const authorization = createAuthorization({ credentials, now, settings: () => values });
  const rateLimit = createRateLimit({ now, limit: () => values.rateLimit });
  const newWorld = () => new World({ now, settings: values, shapes }, accounts);
  let world = newWorld();

  /** @param {unknown} plan */
  const nextJob = (plan) => world.jobs.planNext(/** @type {JobPlan} */ (plan));
  /** @param {unknown} plan */
  const nextCertificateRequest = (plan) =>
    void world.requestPlans.push(checkRequestPlan(/** @type {RequestPlan} */ (plan)));

  const server = await serve(
    {
      name: "combell",
      spec,
      credentials,
      now,
      settings,
      checks: [
        routeKnown,
        authorization.check,
        rateLimit.check,
        bodyReadable,
        fieldsKnown(spec, values),
        valuesValid,
      ],
      handlers: placesMayBeMissing(spec, shapes, {
        ...accountHandlers,
        ...certificateHandlers,
        ...certificateRequestHandlers,
        ...dnsHandlers,
        ...domainHandlers,
        ...jobHandlers,
        ...linuxHostingHandlers,
        ...linuxSiteHandlers,
        ...mailboxHandlers,
        ...mailZoneHandlers,
        ...mySqlHandlers,
        ...scheduledTaskHandlers,
        ...servicepackHandlers,
        ...sshKeyHandlers,
        ...windowsHostingHandlers,
      }),
      context: () => ({ world }),
      refuse,
      headers: rateLimit.headers,
      reset() {
        authorization.reset();
        rateLimit.reset();
        world = newWorld();
      },
      controls: { "next-job": nextJob, "next-certificate-request": nextCertificateRequest },
    },
    { ...serverOptions, port },
  );

  return extend(server, {
    credentials,
    nextJob,
    nextCertificateRequest,
    get world() {
      return world;
    },
    get reading() {
      return values.reading;
    },
    set reading(reading) {
      settings.change({ reading });
    },
  });
}
