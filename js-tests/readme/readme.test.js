// The README, held against the package: every example runs on the sandbox and is typed, and what the tables
// and the tree name is there.
//
// An example's fence says how it is run: `alone`, as it stands; `run`, behind the one that is marked `clients`,
// which makes a client of each provider; `worker`, in workerd. `output` is what the example before it prints.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { transformSync } from "esbuild";
import { importInstalled, installPackage, writeInto } from "../package/install.js";
import { startWorker } from "../package/workerd.js";
import { PROVIDERS, startSandbox } from "../sandbox/index.js";

/**
 * @typedef {object} Fence
 * @property {number} line
 * @property {string} language
 * @property {string} kind
 * @property {string} code
 *
 * @typedef {Fence & { file: string, source: string, output: string | undefined }} Example
 *
 * @typedef {import("../sandbox/index.js").Sandbox} Sandbox
 * @typedef {{ [name: string]: string }} Variables
 */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const KINDS = { js: ["alone", "clients", "run", "worker"], ts: ["alone"] };
/** A TypeScript file of the same name would hide a JavaScript one. */
const EXTENSIONS = { js: "mjs", ts: "mts" };

/** The variables that the examples and the demo read, by the option that each is for. */
const VARIABLES = {
  combell: { apiKey: "COMBELL_API_KEY", apiSecret: "COMBELL_API_SECRET" },
  hostkey: { apiKey: "HOSTKEY_API_KEY" },
  ccloud: { clientId: "CCLOUD_CLIENT_ID", clientSecret: "CCLOUD_CLIENT_SECRET" },
  artnet: { customerId: "ARTNET_CUSTOMER_ID", apiKey: "ARTNET_API_KEY" },
  combahton: { email: "COMBAHTON_EMAIL", secret: "COMBAHTON_SECRET" },
};
const WORKER_TOKEN = "worker-token";

/** An example that leaves the base URL away must not reach a provider. */
const GUARD = `const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const { hostname } = new URL(input.url ?? input);
  if (hostname !== "127.0.0.1") throw new Error("this left the machine, for " + hostname);
  return fetch(input, init);
};
`;

const project = installPackage();
const guard = writeInto(project, `readme-guard-${process.pid}.mjs`, GUARD);
const run = promisify(execFile);

const fences = readFences(README);
const examples = readExamples(fences);

/**
 * @param {string} text
 * @returns {Fence[]}
 */
function readFences(text) {
  return [...text.matchAll(/^```(\w*) ?(.*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, language = "", kind = "", code = ""] = match;
    return { line: text.slice(0, match.index).split("\n").length, language, kind, code };
  });
}

/**
 * @param {Fence[]} all
 * @returns {Example[]}
 */
function readExamples(all) {
  const clients = all.find(({ kind }) => kind === "clients")?.code ?? "";
  return all.flatMap((fence, index) => {
    const { language, kind, code, line } = fence;
    if (language !== "js" && language !== "ts") return [];
    const next = all[index + 1];
    return {
      ...fence,
      file: `readme-${process.pid}/line-${line}.${EXTENSIONS[language]}`,
      source: kind === "run" ? `${clients}\n${code}` : code,
      output: next?.kind === "output" ? next.code : undefined,
    };
  });
}

/** @param {Example} example */
const isProgram = ({ kind }) => kind !== "worker";

/** @param {string} name */
function baseUrlOf(name) {
  return `${name.toUpperCase()}_BASE_URL`;
}

/**
 * What a user would set to work on the sandbox.
 *
 * @param {Sandbox} sandbox
 * @returns {Variables}
 */
function variablesOf(sandbox) {
  const entries = Object.entries(VARIABLES).flatMap(([name, credentials]) => {
    const provider = sandbox[/** @type {keyof typeof VARIABLES} */ (name)];
    const known = /** @type {Variables} */ ({ ...provider.credentials });
    return [
      [baseUrlOf(name), provider.url],
      ...Object.entries(credentials).map(([option, variable]) => [variable, known[option] ?? ""]),
    ];
  });
  return Object.fromEntries(entries);
}

/** The README shows what documented answers look like, and a parameter that is newer than the specs. */
const AS_SHOWN = /** @type {const} */ ({ shapes: "documented", unknownFields: "ignore" });

/**
 * @param {Example} example
 * @param {Sandbox} sandbox
 * @returns {Promise<string>} what it prints
 */
async function runProgram({ language, file, source }, sandbox) {
  const js = language === "ts" ? transformSync(source, { loader: "ts", format: "esm" }).code : source;
  const path = writeInto(project, file.replace(/\.m[jt]s$/, ".run.mjs"), js);
  const env = { PATH: process.env.PATH, ...variablesOf(sandbox) };
  const { stdout, stderr } = await run(process.execPath, ["--import", pathToFileURL(guard).href, path], {
    env,
    timeout: 60_000,
  });
  assert.equal(stderr, "");
  return stdout;
}

/**
 * Asks a Worker without its token, and twice with it.
 *
 * @param {Example} example
 * @param {Sandbox} sandbox
 * @returns {Promise<unknown[]>} what it answers
 */
async function runWorker({ source }, sandbox) {
  const worker = await startWorker(project.dir, source, {
    bindings: { ...variablesOf(sandbox), WORKER_TOKEN },
    kvNamespaces: ["TOKENS"],
  });
  try {
    const refused = await worker.dispatchFetch("http://localhost");
    assert.equal(refused.status, 401, await refused.text());
    const headers = { authorization: `Bearer ${WORKER_TOKEN}` };
    const bodies = [];
    for (let calls = 0; calls < 2; calls++) {
      const response = await worker.dispatchFetch("http://localhost", { headers });
      const text = await response.text();
      assert.equal(response.status, 200, text);
      bodies.push(JSON.parse(text));
    }
    return bodies;
  } finally {
    await worker.dispose();
  }
}

describe("the examples", { concurrency: true }, () => {
  it("are marked with how they are run, and there are some of each kind", () => {
    for (const { language, kind, line } of examples) {
      assert.ok(KINDS[/** @type {"js" | "ts"} */ (language)].includes(kind), `line ${line}: ${kind}`);
    }
    const kinds = new Set(examples.map(({ language, kind }) => `${language} ${kind}`));
    const all = Object.entries(KINDS).flatMap(([language, names]) =>
      names.map((name) => `${language} ${name}`),
    );
    assert.deepEqual([...kinds].sort(), all.sort());
    assert.equal(examples.filter(({ kind }) => kind === "clients").length, 1);
  });

  it("are written in languages that are known here", () => {
    const other = fences.filter(({ language }) => language !== "js" && language !== "ts");
    const known = ["sh ", "yaml ", "text output", "text tree"];
    for (const { language, kind, line } of other) {
      assert.ok(known.includes(`${language} ${kind}`), `line ${line}: ${language} ${kind}`);
    }
    const outputs = fences.filter(({ kind }) => kind === "output");
    assert.equal(outputs.length, examples.filter(({ output }) => output !== undefined).length);
  });

  for (const example of examples.filter(isProgram)) {
    it(`run: line ${example.line}`, async (t) => {
      const sandbox = await startSandbox(AS_SHOWN);
      t.after(() => sandbox.close());
      const printed = await runProgram(example, sandbox);
      if (example.output !== undefined) assert.equal(printed, example.output);
      else if (example.code.includes("console.log")) assert.notEqual(printed, "");
      assert.doesNotMatch(printed, /undefined|NaN|\[object/);
    });
  }

  for (const example of examples.filter(({ kind }) => kind === "worker")) {
    it(`run in workerd: line ${example.line}`, async (t) => {
      const sandbox = await startSandbox(AS_SHOWN);
      t.after(() => sandbox.close());
      const answer = { result: "OK", servers: [34533, 32645, 17405] };
      assert.deepEqual(await runWorker(example, sandbox), [answer, answer]);
      const logins = sandbox.hostkey.requests.filter(({ operationId }) => operationId === "auth.login");
      assert.equal(logins.length, 1, "the namespace keeps the token for the second request");
    });
  }

  for (const [language, strict] of /** @type {const} */ ([
    // Environment variables may be missing, which plain JavaScript passes over.
    ["js", false],
    ["ts", true],
  ])) {
    it(`are right in TypeScript's eyes: ${language}`, async () => {
      const files = examples.filter((example) => example.language === language);
      const folder = `readme-${process.pid}`;
      mkdirSync(join(project.dir, folder), { recursive: true });
      for (const { file, source } of files) writeInto(project, file, source);
      const config = {
        compilerOptions: {
          strict,
          allowJs: true,
          checkJs: true,
          noEmit: true,
          module: "nodenext",
          target: "es2023",
          types: ["node"],
          typeRoots: [join(ROOT, "node_modules/@types")],
        },
        files: files.map(({ file }) => join(project.dir, file)),
      };
      const path = writeInto(project, `${folder}/tsconfig-${language}.json`, JSON.stringify(config));
      const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
      await run(process.execPath, [tsc, "-p", path]).catch(({ stdout }) => assert.fail(stdout));
    });
  }
});

/**
 * What stands under a heading, up to the next one of its rank or above.
 *
 * @param {string} heading `## Errors`
 */
function section(heading) {
  const [rank = ""] = /^#+/.exec(heading) ?? [];
  const after = README.split(`\n${heading}\n`)[1];
  assert.ok(after, `there is no ${heading}`);
  return after.split(new RegExp(`^#{1,${rank.length}} `, "m"))[0] ?? "";
}

/**
 * The names in a column of the first table of a section.
 *
 * @param {string} heading
 * @param {number} [column]
 */
function column(heading, column = 0) {
  const [, table = ""] = /^\|.*\n\| ---.*\n((?:\|.*\n)+)/m.exec(section(heading)) ?? [];
  const rows = table.trim().split("\n");
  return rows.flatMap((row) => {
    const cell = row.split("|")[column + 1] ?? "";
    const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    return names.length > 0 ? names : [cell.trim()];
  });
}

/**
 * The properties of an interface in the package's types.
 *
 * @param {string} name
 */
function propertiesOf(name) {
  const types = readFileSync(join(project.packageDir, "types.d.ts"), "utf8");
  const [, body = ""] =
    new RegExp(`interface ${name}(?:<\\w+>)? \\{\\n([\\s\\S]*?)^\\}`, "m").exec(types) ?? [];
  const names = [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, property = ""]) => property);
  assert.ok(names.length > 0, name);
  return names;
}

describe("the README names", () => {
  it("every client with the number of its operations", async () => {
    const modules = await importInstalled(
      project,
      project.providers.map((provider) => `${provider}/operations`),
    );
    const counts = modules.map(({ operations }) => operations.length);
    const heading = "## Clients and credentials";
    assert.deepEqual(column(heading, 3).map(Number), counts);
    assert.deepEqual(
      column(heading, 1),
      project.providers.map((provider) => `hostwire/${provider}`),
    );
    const sum = counts.reduce((total, count) => total + count, 0);
    assert.match(README, new RegExp(`\\b${sum} operations in all\\b`));
    // In the order of the specs' file names, as the command there prints them.
    const sorted = project.providers.map((provider, index) => ({ provider, count: counts[index] }));
    sorted.sort((a, b) => (a.provider < b.provider ? -1 : 1));
    const printed = sorted.map(({ count }) => count).join(", ");
    assert.match(section("### Numbers"), new RegExp(`\\| ${printed} \\|`));
  });

  it("every error class", async () => {
    const [hostwire] = await importInstalled(project, [""]);
    const classes = Object.keys(hostwire).filter((name) => hostwire[name].prototype instanceof Error);
    assert.deepEqual(column("## Errors").sort(), classes.sort());
  });

  it("every option of a client and of a call", () => {
    assert.deepEqual(
      column("## Options").sort(),
      [...propertiesOf("ClientOptions"), "pin", "tokenStore", "proxy"].sort(),
    );
    const text = section("## Options");
    for (const name of propertiesOf("CallOptions")) assert.ok(text.includes(`\`${name}\``), name);
    const jobs = section("### Jobs");
    for (const name of propertiesOf("WaitOptions")) assert.ok(jobs.includes(`\`${name}\``), name);
  });

  it("every variable that the demo and the examples read", () => {
    const demo = section("## For developers");
    const credentials = Object.values(VARIABLES).flatMap((variables) => Object.values(variables));
    for (const name of [...credentials, ...PROVIDERS.map(baseUrlOf)]) {
      assert.ok(demo.includes(`\`${name}\``), name);
      assert.ok(
        examples.some(({ code }) => code.includes(name)),
        name,
      );
    }
  });

  it("files and folders that there are", () => {
    const tree = fences.find(({ kind }) => kind === "tree")?.code ?? assert.fail("there is no tree");
    /** @type {string[]} */
    const above = [];
    for (const line of tree.trimEnd().split("\n")) {
      const [, indent = "", name = ""] = /^( *)(\S+) {2,}\S/.exec(line) ?? assert.fail(line);
      above.length = indent.length / 2;
      above.push(name);
      assert.ok(existsSync(join(ROOT, above.join("/"))), above.join("/"));
    }
    for (const [, path = ""] of README.matchAll(/`((?:specs|src|pkg-template|js-tests|tools)\/[\w./-]+)`/g)) {
      assert.ok(existsSync(join(ROOT, path)), path);
    }
  });

  it("commands that there are", () => {
    const makefile = readFileSync(join(ROOT, "Makefile"), "utf8");
    for (const [, target] of README.matchAll(/\bmake ([a-z-]+)`/g)) {
      assert.match(makefile, new RegExp(`^${target}:`, "m"), `make ${target}`);
    }
    for (const [, path = ""] of README.matchAll(/`node (js-tests\/[\w./-]+)/g)) {
      assert.ok(existsSync(join(ROOT, path)), path);
    }
  });

  it("places that its links lead to", () => {
    const anchors = [...README.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.*)$/gm)].map(
      ([, title = ""]) =>
        title
          .toLowerCase()
          .replace(/[^\w\- ]/g, "")
          .replaceAll(" ", "-"),
    );
    for (const [, target = ""] of README.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith("#")) assert.ok(anchors.includes(target.slice(1)), target);
      else assert.ok(existsSync(join(ROOT, target)), target);
    }
  });
});

it("the changelog has the version that is built", () => {
  const changelog = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
  const [, latest] = /^## \[(.+?)\]/m.exec(changelog) ?? [];
  assert.equal(latest, project.manifest.version);
});
