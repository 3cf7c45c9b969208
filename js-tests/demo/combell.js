// The tour of Combell: its documented provisioning scenario, and what a user sees when things go wrong.

import * as certificates from "./combell/certificates.js";
import * as dns from "./combell/dns.js";
import * as failures from "./combell/failures.js";
import * as lists from "./combell/lists.js";
import * as provisioning from "./combell/provisioning.js";
import { withContext } from "./steps.js";

/**
 * @typedef {import("./combell/context.js").Context} Context
 * @typedef {import("./steps.js").ChapterOf<Context>} Chapter
 */

/** @type {Chapter[]} */
export const EVERYTHING = [
  {
    title: "A new customer",
    steps: [
      provisioning.listServicepacks,
      provisioning.createAccount,
      provisioning.getAccount,
      provisioning.createDatabase,
    ],
  },
  { title: "DNS", steps: [dns.listRecords, dns.addRecord, dns.changeRecord, dns.deleteRecord] },
  { title: "Long lists", steps: [lists.walkAccounts] },
  { title: "A certificate", steps: [certificates.order, certificates.download] },
  {
    title: "When something is wrong",
    steps: [
      failures.badInput,
      failures.refusedByProvider,
      failures.notFound,
      failures.rateLimited,
      failures.retried,
      failures.notAllowed,
    ],
  },
];

/** What changes nothing, for accounts that somebody has. @type {Chapter[]} */
export const READS = [
  {
    title: "What there is",
    steps: [
      provisioning.listServicepacks,
      lists.walkAccounts,
      provisioning.getAccount,
      lists.listDomains,
      dns.listRecords,
      certificates.list,
    ],
  },
  {
    title: "When something is wrong",
    steps: [failures.badInput, failures.notFound, failures.notAllowed],
  },
];

const IMPORT = 'import { Combell } from "hostwire/combell";';

/** @type {import("./tour.js").Tour} */
export const combell = {
  provider: "combell",
  title: "Combell",
  credentials: { apiKey: "COMBELL_API_KEY", apiSecret: "COMBELL_API_SECRET" },
  baseUrl: "COMBELL_BASE_URL",
  sandbox: { combell: { jobPolls: 3 } },
  setup: {
    sandbox: [IMPORT, "const combell = new Combell({ apiKey, apiSecret });"],
    live: [IMPORT, 'const combell = new Combell({ apiKey, apiSecret, allow: ["read"] });'],
  },

  open({ hostwire: module, credentials, options, sandbox, traffic }) {
    const hostwire = /** @type {import("./combell/context.js").Hostwire} */ (module);
    const { apiKey, apiSecret } = credentials;
    const clientOptions = { ...options, apiKey: String(apiKey), apiSecret: String(apiSecret) };
    const allow = /** @type {const} */ (["read"]);
    /** @type {Context} */
    const context = {
      combell: new hostwire.Combell(sandbox ? clientOptions : { ...clientOptions, allow }),
      hostwire,
      clientOptions,
      sandbox: sandbox?.combell,
      traffic,
      known: {},
    };
    return withContext(sandbox ? EVERYTHING : READS, context);
  },
};
