// The tour of Hostkey: a server and what belongs to it, work followed by its callback key, and failures that
// arrive with status 200.

import * as dns from "./hostkey/dns.js";
import * as failures from "./hostkey/failures.js";
import * as invoices from "./hostkey/invoices.js";
import * as servers from "./hostkey/servers.js";
import { withContext } from "./steps.js";

/**
 * @typedef {import("./hostkey/context.js").Context} Context
 * @typedef {import("./steps.js").ChapterOf<Context>} Chapter
 */

/** @type {Chapter[]} */
export const EVERYTHING = [
  { title: "Servers", steps: [servers.list, servers.show, servers.reboot, servers.status] },
  { title: "Names", steps: [dns.readPtr, dns.changePtr, dns.readZone, dns.addRecord, dns.deleteRecord] },
  { title: "Invoices", steps: [invoices.list, invoices.download] },
  {
    title: "When something is wrong",
    steps: [failures.wrongPin, failures.failedWork, failures.sessionOver, failures.notAllowed],
  },
];

/** What changes nothing, for servers that somebody has. @type {Chapter[]} */
export const READS = [
  { title: "What there is", steps: [servers.list, servers.show, servers.status, dns.readPtr, dns.readZone] },
  { title: "Invoices", steps: [invoices.list, invoices.download] },
  { title: "When something is wrong", steps: [failures.badInput, failures.notAllowed] },
];

const IMPORT = 'import { Hostkey } from "hostwire/hostkey";';

/** @type {import("./tour.js").Tour} */
export const hostkey = {
  provider: "hostkey",
  title: "Hostkey",
  credentials: { apiKey: "HOSTKEY_API_KEY" },
  baseUrl: "HOSTKEY_BASE_URL",
  // A wrong PIN may also show only in the outcome of the work, which then counts as done.
  sandbox: { hostkey: { jobPolls: 2, wrongPin: "refusal" } },
  setup: {
    sandbox: [IMPORT, "const hostkey = new Hostkey({ apiKey, pin });"],
    live: [IMPORT, 'const hostkey = new Hostkey({ apiKey, allow: ["read"] });'],
  },

  open({ hostwire: module, credentials, options, sandbox, traffic }) {
    const hostwire = /** @type {import("./hostkey/context.js").Hostwire} */ (module);
    const { apiKey, pin } = credentials;
    const clientOptions = { ...options, apiKey: String(apiKey), ...(pin ? { pin: Number(pin) } : {}) };
    const allow = /** @type {const} */ (["read"]);
    /** @type {Context} */
    const context = {
      hostkey: new hostwire.Hostkey(sandbox ? clientOptions : { ...clientOptions, allow }),
      hostwire,
      clientOptions,
      sandbox: sandbox?.hostkey,
      traffic,
      known: {},
    };
    return withContext(sandbox ? EVERYTHING : READS, context);
  },
};
