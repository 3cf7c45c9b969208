// How much a Worker grows by the package.

import assert from "node:assert/strict";
import { it } from "node:test";
import { installPackage } from "./install.js";
import { measure, measureProviders, table } from "./size.js";

const MOST = 45_000;

it(`one Combell call costs a Worker at most ${MOST} bytes, gzipped`, async (t) => {
  const sizes = await measure(installPackage());
  for (const line of table(sizes).split("\n")) t.diagnostic(line);
  assert.ok(sizes.wasm.gzip > 0, "the WebAssembly is not in the bundle");
  assert.ok(sizes.sum.gzip <= MOST, `${sizes.sum.gzip} bytes`);
});

const MOST_FOR_A_PROVIDER = 8_000;

it(`a further provider costs at most ${MOST_FOR_A_PROVIDER} bytes, gzipped`, async (t) => {
  const { adds } = await measureProviders(installPackage());
  for (const [provider, bytes] of Object.entries(adds)) {
    t.diagnostic(`${provider} ${bytes}`);
    assert.ok(bytes > 0 && bytes <= MOST_FOR_A_PROVIDER, `${provider}: ${bytes} bytes`);
  }
});
