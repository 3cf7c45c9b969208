// No file of the runtime takes part in a circle of imports, those of types included: each can be read, and changed,
// knowing only what it stands on.

import assert from "node:assert/strict";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

it("no file of pkg-template/src imports itself by way of others, types included", async () => {
  const { output } = await cruise(["pkg-template/src"], {
    baseDir: ROOT,
    // Imports that only types need are gone once compiled.
    tsPreCompilationDeps: true,
    validate: true,
    ruleSet: { forbidden: [{ name: "circle", severity: "error", from: {}, to: { circular: true } }] },
  });
  assert.ok(typeof output === "object");
  const { modules, summary } = output;
  const typeImports = modules.flatMap(({ dependencies }) =>
    dependencies.filter(({ dependencyTypes }) => dependencyTypes.includes("type-only")),
  );
  assert.ok(modules.length > 30 && typeImports.length > 20, "the sources were read, with their types");
  assert.deepEqual(
    summary.violations.map(({ from, cycle }) => [from, ...(cycle ?? []).map(({ name }) => name)].join(" → ")),
    [],
  );
});
