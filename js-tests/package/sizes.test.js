// How much a Worker grows by the package.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { gzipSync } from "node:zlib";
import { readLiteral } from "../../pkg-template/build/literal.mjs";
import { bundleForWorkers } from "./bundle.js";
import { installPackage } from "./install.js";
import { measure, measureProviders, table } from "./size.js";

const MOST = 55_000;

it(`one Combell call costs a Worker at most ${MOST} bytes, gzipped`, async (t) => {
  const sizes = await measure(installPackage());
  for (const line of table(sizes).split("\n")) t.diagnostic(line);
  assert.ok(sizes.wasm.gzip > 0, "the WebAssembly is not in the bundle");
  assert.ok(sizes.sum.gzip <= MOST, `${sizes.sum.gzip} bytes`);
});

const MOST_FOR_A_PROVIDER = 7_000;
const MOST_FOR_ALL = 65_000;
const MOST_FOR_AN_OPERATION = 35;

it(`a further provider costs at most ${MOST_FOR_A_PROVIDER} bytes, gzipped`, async (t) => {
  const { adds, all } = await measureProviders(installPackage());
  for (const [provider, bytes] of Object.entries(adds)) {
    t.diagnostic(`${provider} ${bytes}`);
    assert.ok(bytes > 0 && bytes <= MOST_FOR_A_PROVIDER, `${provider}: ${bytes} bytes`);
  }
  t.diagnostic(`all five ${all.gzip}`);
  assert.ok(all.gzip <= MOST_FOR_ALL, `all five: ${all.gzip} bytes`);
});

it(`an operation costs at most ${MOST_FOR_AN_OPERATION} bytes, gzipped, and nothing in the core`, async (t) => {
  const { dir, packageDir, providers } = installPackage();
  // Its line in the table, compressed with all the others: what else there is of it is shared.
  const lines = providers.map((provider) => {
    const text = readFileSync(join(packageDir, `providers/${provider}.client.js`), "utf8");
    return readLiteral(text, "operations");
  });
  const count = lines.join("\n").split("\n").length;
  const each = gzipSync(lines.join("\n"), { level: 9 }).length / count;
  t.diagnostic(`${count} operations, ${each.toFixed(1)} bytes each`);
  assert.ok(count > 400 && each <= MOST_FOR_AN_OPERATION, `${each} bytes`);
  // One core for all: a program has the same bytes of it whatever it imports.
  const cores = await Promise.all(
    ["combahton", "hostkey"].map(async (provider) => {
      const { wasm } = await bundleForWorkers(dir, `export * from "hostwire/${provider}";`, { minify: true });
      return wasm.map(({ bytes }) => Buffer.from(bytes).toString("base64"));
    }),
  );
  assert.equal(cores[0]?.length, 1);
  assert.deepEqual(cores[0], cores[1]);
});
