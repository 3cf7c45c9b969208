// The tour of ccloud: the life of a server, each change a task that is followed.

import * as failures from "./ccloud/failures.js";
import * as lists from "./ccloud/lists.js";
import * as resizing from "./ccloud/resizing.js";
import * as servers from "./ccloud/servers.js";
import * as snapshots from "./ccloud/snapshots.js";
import { withContext } from "./steps.js";

/**
 * @typedef {import("./ccloud/context.js").Context} Context
 * @typedef {import("./steps.js").ChapterOf<Context>} Chapter
 */

/** @type {Chapter[]} */
export const EVERYTHING = [
  { title: "A new server", steps: [servers.choose, servers.create, servers.show] },
  {
    title: "Its life",
    steps: [snapshots.create, resizing.cores, resizing.memory, resizing.disk, servers.remove],
  },
  { title: "Long lists", steps: [lists.walkServers, lists.invoices] },
  {
    title: "When something is wrong",
    steps: [failures.refusedByProvider, failures.failedTask, failures.gone, failures.notAllowed],
  },
];

/** What changes nothing, for servers that somebody has. @type {Chapter[]} */
export const READS = [
  {
    title: "What there is",
    steps: [lists.walkServers, servers.show, snapshots.list, lists.tasks, lists.invoices],
  },
  { title: "When something is wrong", steps: [failures.badInput, failures.gone, failures.notAllowed] },
];

const IMPORT = 'import { Ccloud } from "hostwire/ccloud";';

/** @type {import("./tour.js").Tour} */
export const ccloud = {
  provider: "ccloud",
  title: "ccloud",
  credentials: { clientId: "CCLOUD_CLIENT_ID", clientSecret: "CCLOUD_CLIENT_SECRET" },
  baseUrl: "CCLOUD_BASE_URL",
  sandbox: { ccloud: { jobPolls: 2 } },
  setup: {
    sandbox: [IMPORT, "const ccloud = new Ccloud({ clientId, clientSecret });"],
    live: [IMPORT, 'const ccloud = new Ccloud({ clientId, clientSecret, allow: ["read"] });'],
  },

  open({ hostwire: module, credentials, options, sandbox, traffic }) {
    const hostwire = /** @type {import("./ccloud/context.js").Hostwire} */ (module);
    const { clientId, clientSecret } = credentials;
    const clientOptions = { ...options, clientId: String(clientId), clientSecret: String(clientSecret) };
    const allow = /** @type {const} */ (["read"]);
    /** @type {Context} */
    const context = {
      ccloud: new hostwire.Ccloud(sandbox ? clientOptions : { ...clientOptions, allow }),
      hostwire,
      clientOptions,
      sandbox: sandbox?.ccloud,
      traffic,
      known: {},
    };
    return withContext(sandbox ? EVERYTHING : READS, context);
  },
};
