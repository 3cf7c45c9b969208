// Answers in more than one shape.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SAMPLE_CSR } from "./combell/samples.js";
import { startSandbox } from "./index.js";
import { signedClient } from "./raw-client.js";
import { Shapes } from "./shapes.js";

describe("shapes", () => {
  const meet = (/** @type {Shapes} */ shapes, /** @type {string} */ what) =>
    [1, 2, 3, 4].map(() => shapes.of(what, "documented", "second", "third")).join(" ");

  it("take turns, and the seed says which comes first", () => {
    assert.equal(meet(new Shapes({ shapes: 0 }), "a list"), "documented second third documented");
    assert.equal(meet(new Shapes({ shapes: 2 }), "a list"), "third documented second third");
    assert.equal(meet(new Shapes({ shapes: 3 }), "a list"), "documented second third documented");
  });

  it("are counted by what they are shapes of", () => {
    const shapes = new Shapes({ shapes: 1 });
    const turns = ["a", "b", "a", "b"].map((what) => shapes.of(what, "documented", "other"));
    assert.deepEqual(turns, ["other", "other", "documented", "documented"]);
  });

  it("are the documented ones where that is set, at once", () => {
    /** @type {{ shapes: "documented" | number }} */
    const settings = { shapes: 1 };
    const shapes = new Shapes(settings);
    settings.shapes = "documented";
    assert.equal(meet(shapes, "a list"), "documented documented documented documented");
  });
});

describe("Combell's answers", () => {
  /**
   * @param {import("node:test").TestContext} test
   * @param {"documented" | number} shapes
   */
  async function meet(test, shapes) {
    const sandbox = await startSandbox({ providers: ["combell"], shapes, combell: { accounts: 4 } });
    test.after(() => sandbox.close());
    const call = signedClient(sandbox.combell);
    const places = [];
    const ids = [];
    for (const content of ["one", "two"]) {
      sandbox.combell.reset();
      const json = { type: "TXT", record_name: "note", content };
      const { status, headers } = await call("POST", "/v2/dns/example.com/records", { json });
      assert.equal(status, 201);
      places.push(headers.location !== undefined);
      const hosting = (await call("GET", "/v2/linuxhostings/example.com")).json;
      ids.push(hosting.servicepack_id);
    }
    return { places, ids };
  }

  it("may not say where what was created is, and may have numbers as text; a reset does not start that anew", async (test) => {
    assert.deepEqual(await meet(test, 0), { places: [true, false], ids: [1001, "1001"] });
    assert.deepEqual(await meet(test, 1), { places: [false, true], ids: ["1001", 1001] });
    assert.deepEqual(await meet(test, "documented"), { places: [true, true], ids: [1001, 1001] });
  });

  it("always say where a certificate request is", async (test) => {
    const sandbox = await startSandbox({ providers: ["combell"], shapes: 1, combell: { accounts: 4 } });
    test.after(() => sandbox.close());
    const call = signedClient(sandbox.combell);
    const json = { csr: SAMPLE_CSR, certificate_type: "standard", validation_level: "domain_validated" };
    for (const _ of [1, 2]) {
      const { status, headers } = await call("POST", "/v2/sslcertificaterequests", { json });
      assert.equal(status, 201);
      assert.match(String(headers.location), /^\/v2\/sslcertificaterequests\//);
    }
  });
});
