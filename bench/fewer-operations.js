// The package with some of its operations only, to see what each one costs. Operations are taken evenly from all
// providers, and of the types only those that they use.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readLiteral, templateLiteral } from "../pkg-template/build/literal.mjs";
import { projectDir } from "./project.js";

const PROVIDERS = ["combell", "hostkey", "ccloud", "artnet", "combahton"];

/** @typedef {{ types: { [name: string]: unknown }, jobs: { [kind: string]: { operation: string } } }} Head */

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
    const jobs = /^ {2}jobs: (\{.*\}),$/m.exec(text)?.[1];
    if (!jobs) throw new Error(`${provider}.client.js is not as expected`);
    const head = readLiteral(text, "head");
    return { file, text, head, jobs, lines: readLiteral(text, "operations").split("\n") };
  });
  const all = tables.reduce((sum, { lines }) => sum + lines.length, 0);
  for (const { file, text, head, jobs, lines } of tables) {
    // The first one always: a client without any operation is none.
    const quota = Math.max(1, Math.round((lines.length * count) / all));
    const some = Array.from(
      { length: quota },
      (_, index) => lines[Math.floor((index * lines.length) / quota)] ?? "",
    );
    const names = new Set(some.map((line) => JSON.parse(line)[0]));
    /** @type {Head} */
    const shared = JSON.parse(head);
    const types = usedTypes(shared.types, some.join("\n"));
    const fewer = Object.fromEntries(
      Object.entries(shared.jobs).filter(([, { operation }]) => names.has(operation)),
    );
    const known = Object.fromEntries(Object.entries(fewer).map(([kind, { operation }]) => [kind, operation]));
    writeFileSync(
      file,
      text
        .replace(templateLiteral(lines.join("\n")), () => templateLiteral(some.join("\n")))
        .replace(templateLiteral(head), () =>
          templateLiteral(JSON.stringify({ ...shared, types, jobs: fewer })),
        )
        .replace(`jobs: ${jobs}`, () => `jobs: ${JSON.stringify(known)}`),
    );
  }
  return dir;
}

/**
 * The types that a text names, and those that they name.
 *
 * @param {Head["types"]} types
 * @param {string} text
 */
function usedTypes(types, text) {
  /** @type {Head["types"]} */
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
