import assert from "node:assert/strict";
import { test } from "node:test";
import { operation, PROVIDERS, realSpec, smallSpec } from "./fixture.mjs";
import { makeOperations } from "./operations.mjs";

/** @param {string} js */
const load = (js) => import(`data:text/javascript,${encodeURIComponent(js)}`);

test("an operation is a plain object", async () => {
  const paths = {
    "/a#one": {
      post: operation("a.one", { "x-effect": "write", "x-idempotent": true, description: "More." }),
    },
    "/a#two": { post: operation("a.two", { "x-effect": "purchase" }) },
    "/a/{id}": { get: operation("a.get", { summary: 'Say "`hello`\\"' }) },
  };
  const { js, dts } = makeOperations(smallSpec(paths));
  assert.deepEqual((await load(js)).operations, [
    { name: "a.one", method: "POST", path: "/a", effect: "write", idempotent: true, summary: "Do it" },
    { name: "a.two", method: "POST", path: "/a", effect: "purchase", idempotent: false, summary: "Do it" },
    {
      name: "a.get",
      method: "GET",
      path: "/a/{id}",
      effect: "read",
      idempotent: true,
      summary: 'Say "`hello`\\"',
    },
  ]);
  assert.match(dts, /import type { CombellOperations } from ".\/combell.js";/);
});

for (const provider of PROVIDERS) {
  test(`${provider}: every operation is there, in order`, async () => {
    const spec = realSpec(provider);
    const { operations } = await load(makeOperations(spec).js);
    assert.deepEqual(
      operations.map((/** @type {{ name: string }} */ { name }) => name),
      spec.operations.map(({ name }) => name),
    );
    for (const { path, effect } of operations) {
      assert.match(path, /^\/[^#]*$/);
      assert.match(effect, /^(read|write|destroy|purchase)$/);
    }
  });
}
