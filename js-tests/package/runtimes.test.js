// One suite of calls, the same results in every runtime.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startSandbox } from "../sandbox/index.js";
import { EXPECTED } from "./expected.js";
import { installPackage } from "./install.js";
import { RUNTIMES } from "./runtimes.js";
import { CASE_NAMES } from "./suite.js";

const project = installPackage();
/** @type {import("../sandbox/index.js").Sandbox} */
let sandbox;

before(async () => {
  sandbox = await startSandbox({ cors: true });
});
after(() => sandbox.close());

it("every call has an expected result", () => {
  assert.deepEqual(Object.keys(EXPECTED), CASE_NAMES);
});

for (const [runtime, run] of Object.entries(RUNTIMES)) {
  describe(runtime, () => {
    /** @type {{ [name: string]: import("./suite.js").Outcome }} */
    let outcomes;
    before(async () => {
      const { url, controlUrl, credentials } = sandbox.combell;
      outcomes = await run(project, { url, controlUrl, credentials });
    });
    for (const name of CASE_NAMES) {
      it(name, () => {
        const outcome = outcomes[name] ?? { error: "it did not run" };
        if ("error" in outcome) assert.fail(outcome.error);
        assert.deepEqual(outcome.value, EXPECTED[name]);
      });
    }
  });
}
