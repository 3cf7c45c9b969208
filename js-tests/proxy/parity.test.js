// A client behind a proxy gives what one with credentials does: the calls of the matrix, through a proxy.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { expectedIn } from "../matrix/suite/expected.js";
import { CASE_NAMES, runSuite } from "../matrix/suite/index.js";
import { importInstalled } from "../package/install.js";
import { HEADERS, setUp } from "./served.js";

const { project, sandbox, allowAll, startProxy } = await setUp();
const [root, combell, operations] = await importInstalled(project, ["", "combell", "combell/operations"]);

/** What differs, and has to. @type {{ [name: string]: unknown }} */
const OTHERWISE = {
  // Addresses and headers are those of the proxy's answer; the provider's stay behind it.
  withResponse: {
    .../** @type {object} */ (expectedIn({}).withResponse),
    type: "application/json",
    path: "/combell/accounts.get",
  },
};

/** What cannot work: a proxy passes on operations that have a name, and signs nothing for others to send. */
const REFUSED = ["prepare", "request"];

describe("through a proxy", () => {
  /** @type {import("../matrix/suite/index.js").Outcomes} */
  let outcomes = {};

  before(async () => {
    const { url } = await startProxy({ allow: allowAll(true) });
    const one = (/** @type {import("./served.js").ProviderName} */ name) => {
      const { controlUrl, credentials } = sandbox[name];
      return { url, controlUrl, credentials };
    };
    outcomes = await runSuite(
      { root, combell, operations },
      {
        sandboxes: {
          combell: one("combell"),
          hostkey: one("hostkey"),
          ccloud: one("ccloud"),
          artnet: one("artnet"),
          combahton: one("combahton"),
        },
        // Where a case wants a provider that cannot be reached, it gets a proxy that cannot.
        clientOf: (className, { baseUrl = url, ...more } = {}) =>
          new root[className]({ proxy: { url: baseUrl, headers: HEADERS }, ...more }),
      },
    );
  });

  const expected = { ...expectedIn({}), ...OTHERWISE };
  for (const name of CASE_NAMES) {
    it(name, () => {
      const outcome = outcomes[name] ?? { error: "it did not run" };
      if (REFUSED.includes(name)) {
        assert.ok("error" in outcome);
        assert.match(outcome.error, /^InputError: combell: proxy takes named operations only/);
        return;
      }
      if ("error" in outcome) assert.fail(outcome.error);
      assert.deepEqual(outcome.value, expected[name]);
    });
  }
});
