// The sandbox of Artnet: form posts with the credentials among the fields, and an envelope around answers.

import { loadSpec } from "../../spec.js";
import { bodyReadable, routeKnown } from "../checks.js";
import { extend } from "../extend.js";
import { fieldsKnown } from "../fields.js";
import { serve } from "../server.js";
import { additionalIpHandlers } from "./additional-ips.js";
import { blackholeHandlers } from "./blackholes.js";
import { createCaller } from "./caller.js";
import { cloudBootHandlers } from "./cloud-boot.js";
import { cloudInstanceHandlers } from "./cloud-instances.js";
import { customOfferHandlers } from "./custom-offer.js";
import { customerHandlers } from "./customer.js";
import { dnsHandlers } from "./dns.js";
import { domainHandlers } from "./domains.js";
import { emailHandlers } from "./emails.js";
import { expressOfferHandlers } from "./express-offer.js";
import { failOverIpHandlers } from "./fail-over-ips.js";
import { firewallHandlers } from "./firewall.js";
import { readForm, valuesFit, withCodes } from "./form.js";
import { iloHandlers } from "./ilo.js";
import { plainServiceHandlers } from "./plain-services.js";
import { tellFailure } from "./refusals.js";
import { reverseDnsHandlers } from "./reverse-dns.js";
import { serverHandlers } from "./servers.js";
import { serviceHandlers } from "./services.js";
import { artnetSettings } from "./settings.js";
import { vpsHandlers } from "./vps.js";
import { World } from "./world.js";

/**
 * @typedef {import("./caller.js").Credentials} Credentials
 * @typedef {import("./settings.js").ArtnetSettings} ArtnetSettings
 *
 * @typedef {Partial<ArtnetSettings> & OwnOptions} ArtnetOptions
 *
 * @typedef {object} OwnOptions
 * @property {number} [port] 0, any free one, unless given
 * @property {Credentials} [credentials] customerId has to be a number
 * @property {() => number} [now] the clock, in ms
 *
 * @typedef {import("../server.js").ProviderServer & OwnControls} ArtnetSandbox
 *
 * @typedef {object} OwnControls
 * @property {Credentials} credentials those that hold now: customer.regenerateApiKey changes the key
 * @property {World} world what there is now, for tests that look behind the answers
 */

const CREDENTIALS = { customerId: "19052", apiKey: "SandboxKey0000000000" };

/**
 * @param {ArtnetOptions} options
 * @param {import("../server.js").ServerOptions} serverOptions
 * @returns {Promise<ArtnetSandbox>}
 */
export async function startArtnet(options, serverOptions) {
  const { port, credentials = CREDENTIALS, now = Date.now, ...given } = options;
  const spec = loadSpec("artnet");
  const settings = artnetSettings(given);
  const caller = createCaller(credentials);
  const newWorld = () => new World({ now, settings: settings.values, credentials });
  let world = newWorld();

  const server = await serve(
    {
      name: "artnet",
      spec,
      credentials: caller.credentials,
      now,
      settings,
      checks: [
        routeKnown,
        bodyReadable,
        caller.check,
        readForm(spec),
        withCodes(fieldsKnown(spec, settings.values)),
        valuesFit,
      ],
      handlers: {
        ...additionalIpHandlers,
        ...blackholeHandlers,
        ...cloudBootHandlers,
        ...cloudInstanceHandlers,
        ...customerHandlers,
        ...customOfferHandlers,
        ...dnsHandlers,
        ...domainHandlers,
        ...emailHandlers,
        ...expressOfferHandlers,
        ...failOverIpHandlers,
        ...firewallHandlers,
        ...iloHandlers,
        ...plainServiceHandlers,
        ...reverseDnsHandlers,
        ...serverHandlers,
        ...serviceHandlers,
        ...vpsHandlers,
      },
      context: () => ({ world, caller }),
      refuse: (refusal) => tellFailure(refusal, settings.values),
      headers: () => ({}),
      reset() {
        caller.reset();
        world = newWorld();
      },
      controls: {},
    },
    { ...serverOptions, port },
  );

  return extend(server, {
    credentials: caller.credentials,
    get world() {
      return world;
    },
  });
}
