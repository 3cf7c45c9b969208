// The packed package in every environment: the same calls, the same results.
// `MATRIX=Vite node --test js-tests/matrix/` runs the rows with Vite in their name.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startSandbox } from "../sandbox/index.js";
import { ROWS } from "./matrix.js";
import { expectedIn } from "./suite/expected.js";
import { CASE_NAMES } from "./suite/index.js";
import { table } from "./table.js";

/** @typedef {import("./suite/index.js").Surroundings["sandboxes"]} Sandboxes */

const rows = ROWS.filter(({ name }) => name.includes(process.env.MATRIX ?? ""));
/** @type {import("./table.js").Line[]} */
const lines = [];

/**
 * What a program in another process is told of the sandbox.
 *
 * @param {import("../sandbox/index.js").Sandbox} sandbox
 * @returns {Sandboxes}
 */
function infoOf(sandbox) {
  /** @param {keyof Sandboxes} name */
  const one = (name) => {
    const { url, controlUrl, credentials } = sandbox[name];
    return { url, controlUrl, credentials };
  };
  return {
    combell: one("combell"),
    hostkey: one("hostkey"),
    ccloud: one("ccloud"),
    artnet: one("artnet"),
    combahton: one("combahton"),
  };
}

it("every call has an expected result", () => {
  assert.deepEqual(Object.keys(expectedIn({})).sort(), [...CASE_NAMES].sort());
});

for (const row of rows) {
  describe(row.name, () => {
    /** @type {import("./suite/index.js").Outcomes} */
    let outcomes = {};
    /** @type {Awaited<ReturnType<typeof startSandbox>>} */
    let sandbox;
    const line = { name: row.name, passed: 0, total: CASE_NAMES.length, bytes: undefined, seconds: 0 };
    lines.push(line);

    before(async () => {
      // Every environment has to see the same.
      sandbox = await startSandbox({ cors: true, shapes: "documented" });
    });
    after(() => sandbox.close());

    it("runs", async () => {
      const started = performance.now();
      const result = await row.run({ sandboxes: infoOf(sandbox) });
      outcomes = result.outcomes;
      Object.assign(line, { bytes: result.bytes, seconds: (performance.now() - started) / 1000 });
    });

    const expected = expectedIn(row);
    for (const name of CASE_NAMES) {
      it(name, () => {
        const outcome = outcomes[name] ?? { error: "it did not run" };
        if ("error" in outcome) assert.fail(outcome.error);
        assert.deepEqual(outcome.value, expected[name]);
        line.passed++;
      });
    }
  });
}

after(() => console.log(table(lines)));
