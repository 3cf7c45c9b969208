// The tour of combahton: DDoS filters, names, a server's screen, invoices, a reinstallation that is followed,
// and failures that say so in `status`.

import * as account from "./combahton/account.js";
import * as addresses from "./combahton/addresses.js";
import * as failures from "./combahton/failures.js";
import * as servers from "./combahton/servers.js";
import { withContext } from "./steps.js";

/**
 * @typedef {import("./combahton/context.js").Context} Context
 * @typedef {import("./steps.js").ChapterOf<Context>} Chapter
 */

/** @type {Chapter[]} */
export const EVERYTHING = [
  { title: "The account", steps: [account.contracts, account.invoices, account.download] },
  {
    title: "DDoS protection and names",
    steps: [addresses.attacks, addresses.route, addresses.name],
  },
  { title: "A server", steps: [servers.show, servers.vnc, servers.reinstall] },
  {
    title: "When something is wrong",
    steps: [failures.wrongSecret, failures.foreign, failures.badInput, failures.notAllowed],
  },
];

/** What changes nothing, for servers that somebody has. @type {Chapter[]} */
export const READS = [
  { title: "The account", steps: [account.contracts, account.invoices, account.download] },
  { title: "What there is", steps: [servers.show, addresses.attacks, addresses.filters] },
  { title: "When something is wrong", steps: [failures.badQuestion, failures.notAllowed] },
];

const IMPORT = 'import { Combahton } from "hostwire/combahton";';

/** @type {import("./tour.js").Tour} */
export const combahton = {
  provider: "combahton",
  title: "combahton",
  credentials: { email: "COMBAHTON_EMAIL", secret: "COMBAHTON_SECRET" },
  baseUrl: "COMBAHTON_BASE_URL",
  sandbox: { combahton: { jobPolls: 2 } },
  setup: {
    sandbox: [IMPORT, "const combahton = new Combahton({ email, secret });"],
    live: [IMPORT, 'const combahton = new Combahton({ email, secret, allow: ["read"] });'],
  },

  open({ hostwire: module, credentials, options, sandbox, traffic }) {
    const hostwire = /** @type {import("./combahton/context.js").Hostwire} */ (module);
    const { email, secret } = credentials;
    const clientOptions = { ...options, email: String(email), secret: String(secret) };
    const allow = /** @type {const} */ (["read"]);
    /** @type {Context} */
    const context = {
      combahton: new hostwire.Combahton(sandbox ? clientOptions : { ...clientOptions, allow }),
      hostwire,
      clientOptions,
      sandbox: sandbox?.combahton,
      traffic,
      known: {},
    };
    return withContext(sandbox ? EVERYTHING : READS, context);
  },
};
