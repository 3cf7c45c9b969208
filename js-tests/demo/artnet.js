// The tour of Artnet: services, nested firewall rules, zones, and failures that say `success: false`.

import * as dns from "./artnet/dns.js";
import * as failOver from "./artnet/fail-over.js";
import * as failures from "./artnet/failures.js";
import * as firewall from "./artnet/firewall.js";
import * as vps from "./artnet/vps.js";
import { withContext } from "./steps.js";

/**
 * @typedef {import("./artnet/context.js").Context} Context
 * @typedef {import("./steps.js").ChapterOf<Context>} Chapter
 */

/** @type {Chapter[]} */
export const EVERYTHING = [
  { title: "Virtual servers", steps: [vps.list, vps.show, vps.power, vps.walkServices] },
  { title: "Firewall", steps: [firewall.read, firewall.save] },
  { title: "DNS", steps: [dns.list, dns.readRecords, dns.changeRecords] },
  { title: "Fail-over addresses", steps: [failOver.read, failOver.switchOver] },
  {
    title: "When something is wrong",
    steps: [failures.refusedByProvider, failures.wrongRule, failures.badInput, failures.notAllowed],
  },
];

/** What changes nothing, for services that somebody has. @type {Chapter[]} */
export const READS = [
  {
    title: "What there is",
    steps: [vps.list, vps.show, vps.walkServices, firewall.read, dns.list, dns.readRecords, failOver.read],
  },
  { title: "When something is wrong", steps: [failures.badQuestion, failures.notAllowed] },
];

const IMPORT = 'import { Artnet } from "hostwire/artnet";';

/** @type {import("./tour.js").Tour} */
export const artnet = {
  provider: "artnet",
  title: "Artnet",
  credentials: { customerId: "ARTNET_CUSTOMER_ID", apiKey: "ARTNET_API_KEY" },
  baseUrl: "ARTNET_BASE_URL",
  sandbox: {},
  setup: {
    sandbox: [IMPORT, "const artnet = new Artnet({ customerId, apiKey });"],
    live: [IMPORT, 'const artnet = new Artnet({ customerId, apiKey, allow: ["read"] });'],
  },

  open({ hostwire: module, credentials, options, sandbox, traffic }) {
    const hostwire = /** @type {import("./artnet/context.js").Hostwire} */ (module);
    const { customerId, apiKey } = credentials;
    const clientOptions = { ...options, customerId: String(customerId), apiKey: String(apiKey) };
    const allow = /** @type {const} */ (["read"]);
    /** @type {Context} */
    const context = {
      artnet: new hostwire.Artnet(sandbox ? clientOptions : { ...clientOptions, allow }),
      hostwire,
      clientOptions,
      sandbox: sandbox?.artnet,
      traffic,
      known: {},
    };
    return withContext(sandbox ? EVERYTHING : READS, context);
  },
};
