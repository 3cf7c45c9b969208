// The package with some of its operations only, to see what each one costs. Operations are taken evenly from all
// providers, and of the types only those that they use.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readLiteral, templateLiteral } from "../pkg-template/build/literal.mjs";
import { projectDir } from "./project.js";

const PROVIDERS = ["combell", "hostkey", "ccloud", "artnet", "combahton"];

/**
 * @typedef {{ jobs?: { [kind: string]: { operation: string } } }} Head
 * @typedef {{ types: { [name: string]: unknown } }} CoreHead
 */

/**
 * A project with a package of so many operations.
 *
 * @param {number} count
 * @returns {string} its folder
 */
export function projectWith(count) {
  const from = join(projectDir(), "node_modules/hostwire");
  const dir = join(projectDir(), `operations-${count}`);
  const to = join(dir, "node_modules/hostwire");
  rmSync(dir, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  const tables = PROVIDERS.map((provider) => {
    const file = join(to, `providers/${provider}.client.js`);
    const text = readFileSync(file, "utf8");
    const head = /^ {2}head: (\{.*\}),$/m.exec(text)?.[1];
    if (!head) throw new Error(`${provider}.client.js is not as expected`);
    return { file, text, head, lines: readLiteral(text, "operations").split("\n") };
  });
  const all = tables.reduce((sum, { lines }) => sum + lines.length, 0);
  for (const { file, text, head, lines } of tables) {
    // The first one always: a client without any operation is none.
    const quota = Math.max(1, Math.round((lines.length * count) / all));
    const some = Array.from(
      { length: quota },
      (_, index) => lines[Math.floor((index * lines.length) / quota)] ?? "",
    );
    const names = new Set(some.map((line) => JSON.parse(line)[0]));
    /** @type {Head} */
    const shared = JSON.parse(head);
    const jobs = Object.fromEntries(
      Object.entries(shared.jobs ?? {}).filter(([, { operation }]) => names.has(operation)),
    );
    const coreHead = readLiteral(text, "coreHead");
    /** @type {CoreHead} */
    const forCore = JSON.parse(coreHead);
    const types = usedTypes(forCore.types, some.join("\n"));
    const lessForCore = JSON.stringify({ ...forCore, types });
    writeFileSync(
      file,
      text
        .replace(templateLiteral(lines.join("\n")), () => templateLiteral(some.join("\n")))
        .replace(templateLiteral(coreHead), () => templateLiteral(lessForCore))
        .replace(head, () => JSON.stringify({ ...shared, jobs })),
    );
  }
  return dir;
}

/**
 * The types that a text names, and those that they name.
 *
 * @param {CoreHead["types"]} types
 * @param {string} text
 */
function usedTypes(types, text) {
  /** @type {CoreHead["types"]} */
  const used = {};
  const take = (/** @type {string} */ within) => {
    for (const [, name = ""] of within.matchAll(/"#([^"]+)"/g)) {
      if (name in used || !(name in types)) continue;
      used[name] = types[name];
      take(JSON.stringify(types[name]));
    }
  };
  take(text);
  return used;
}
