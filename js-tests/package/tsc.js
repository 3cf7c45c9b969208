// What importing the package costs TypeScript, over a file with nothing in it: `node js-tests/package/tsc.js`.
// The runs take turns, so that a machine that slows down slows all of them.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installPackage, writeInto } from "./install.js";

const ROUNDS = 9;
const PROGRAMS = {
  "an empty file": "export {};\n",
  "hostwire/combell": 'import { Combell } from "hostwire/combell";\nexport const make = () => Combell;\n',
  hostwire: 'import { Combell } from "hostwire";\nexport const make = () => Combell;\n',
};

const project = installPackage();
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const flags = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler"];
const libs = [
  "--target",
  "es2022",
  "--lib",
  "es2022,dom",
  "--typeRoots",
  "none",
  "--skipLibCheck",
  "--diagnostics",
];

/** Seconds, as tsc counts them. @param {string} file */
function check(file) {
  const printed = execFileSync(process.execPath, [tsc, ...flags, ...libs, file], { encoding: "utf8" });
  return Number(/^Total time:\s+([\d.]+)s/m.exec(printed)?.[1]);
}

/** @type {{ [name: string]: number[] }} */
const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, text] of Object.entries(PROGRAMS)) {
    times[name]?.push(check(writeInto(project, "cost.ts", text)));
  }
}

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const empty = median(times["an empty file"] ?? []);
for (const [name, taken] of Object.entries(times)) {
  const time = median(taken);
  console.log(`${name.padEnd(18)} ${time.toFixed(2)} s  +${(time - empty).toFixed(2)} s`);
}
