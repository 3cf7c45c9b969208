// Parts of the runtime that need no core: names that were meant.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { importSources } from "./pure.js";

const { nearest } = await importSources("suggest");

describe("the nearest name", () => {
  const KNOWN = ["domain_name", "domain", "type", "content", "ttl", "priority", "accountId"];
  for (const [given, meant] of /** @type {const} */ ([
    ["domainName", "domain_name"],
    ["domain-name", "domain_name"],
    ["DOMAIN_NAME", "domain_name"],
    ["domian_name", "domain_name"],
    ["contnet", "content"],
    ["conten", "content"],
    ["pri", "priority"],
    ["account_id", "accountId"],
    ["tll", "ttl"],
    ["typ", "type"],
    ["zzzzzz", undefined],
    ["", undefined],
    ["_", undefined],
    ["x".repeat(65), undefined],
  ])) {
    it(`to "${given.slice(0, 20)}" is ${meant}`, () => assert.equal(nearest(given, KNOWN), meant));
  }

  it("is the name itself where it is known, and none where none is", () => {
    for (const name of KNOWN) assert.equal(nearest(name, KNOWN), name);
    assert.equal(nearest("Domain", KNOWN), "domain", "not a longer one that begins like it");
    assert.equal(nearest("domain", []), undefined);
  });

  it("is always one of the known, and found whatever they are", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (given, known) => {
        const meant = nearest(given, known);
        assert.ok(meant === undefined || known.includes(meant));
      }),
    );
  });

  it("is found for a name with one letter too many, one too few or another one", () => {
    const name = fc.stringMatching(/^[a-z]{4,20}$/);
    fc.assert(
      fc.property(name, fc.nat(), (known, at) => {
        const index = at % known.length;
        const [head, tail] = [known.slice(0, index), known.slice(index + 1)];
        for (const given of [head + tail, `${head}q${tail}`, `${head}q${known.slice(index)}`]) {
          assert.equal(nearest(given, [known]), known);
        }
      }),
    );
  });
});
