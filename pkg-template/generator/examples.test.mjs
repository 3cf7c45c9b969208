/** The examples of the specs fit the types that their operations are declared to answer. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { makeDeclarations } from "./declarations.mjs";
import { PROVIDERS, realSpec, temporaryFolder } from "./fixture.mjs";
import { resolve } from "./spec.mjs";

const TYPES = fileURLToPath(new URL("../src/types.ts", import.meta.url));

/**
 * Every example answer of a spec, by its operation.
 * @param {import("./spec.mjs").Spec} spec
 */
function* examples({ document, operations }) {
  for (const { name, method, path } of operations) {
    const items = Object.entries(document.paths).filter(([route]) => route.split("#")[0] === path);
    for (const [, item] of items) {
      const written = item[/** @type {"get"} */ (method.toLowerCase())];
      if (written?.operationId !== name) continue;
      for (const [status, reference] of Object.entries(written.responses)) {
        if (Number(status) >= 400 || status === "default") continue;
        const media =
          /** @type {{ example?: unknown, examples?: { [name: string]: { value: unknown } } }} */ (
            resolve(document, reference).content?.["application/json"] ?? {}
          );
        if ("example" in media) yield { name, example: media.example };
        for (const { value } of Object.values(media.examples ?? {})) yield { name, example: value };
      }
    }
  }
}

for (const provider of PROVIDERS) {
  test(`${provider}: the examples fit their declared types`, async () => {
    const spec = realSpec(provider);
    const paging = new Map(spec.operations.map(({ name, paging }) => [name, paging]));
    const className = `${provider.charAt(0).toUpperCase()}${provider.slice(1)}`;
    const lines = [`import type { ${className}Operations as Operations } from "./providers/${provider}.js";`];
    let count = 0;
    for (const { name, example } of examples(spec)) {
      const list = paging.get(name);
      const pointer = list?.items.split("/").slice(1) ?? [];
      const value = pointer.reduce(
        (at, step) => /** @type {{ [key: string]: unknown }} */ (at)[step],
        example,
      );
      const type = `Operations["${name}"]["answer"]`;
      // A list's answer is a page; its items are what the example has.
      lines.push(`const e${count++}: ${list ? `${type}["items"]` : type} = ${JSON.stringify(value)};`);
    }
    lines.push(
      `export const all = [${Array.from({ length: count }, (_, index) => `e${index}`).join(", ")}];`,
    );
    const { folder, remove } = temporaryFolder();
    try {
      mkdirSync(join(folder, "providers"));
      writeFileSync(join(folder, "types.ts"), readFileSync(TYPES));
      writeFileSync(join(folder, `providers/${provider}.d.ts`), await makeDeclarations(spec));
      const file = join(folder, "examples.ts");
      writeFileSync(file, lines.join("\n"));
      const program = ts.createProgram([file], {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
        types: [],
      });
      const faults = ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
      assert.deepEqual(faults, []);
    } finally {
      remove();
    }
  });
}
