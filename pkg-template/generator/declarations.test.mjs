import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { CONSTRUCTORS } from "./credentials.mjs";
import { makeDeclarations, rootDeclarations } from "./declarations.mjs";
import { OPERATIONS, PROVIDERS, realSpec, temporaryFolder } from "./fixture.mjs";
import { makeOperations } from "./operations.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const { folder, remove } = temporaryFolder();
const specs = new Map(PROVIDERS.map((provider) => [provider, realSpec(provider)]));
/** @type {Map<string, string>} */
const declarations = new Map();

const OPTIONS = {
  strict: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
};
const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  },
};

/** Writes the package's declarations to where imports of `hostwire` find them, and the programs that use them. */
before(async () => {
  const hostwire = join(folder, "node_modules/hostwire");
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(hostwire, path)), { recursive: true });
    writeFileSync(join(hostwire, path), text);
  };
  /** @type {{ [path: string]: { types: string } }} */
  const exports = { ".": { types: "./index.d.ts" } };
  for (const [provider, spec] of specs) {
    declarations.set(provider, await makeDeclarations(spec, ["../errors.js"]));
    write(`providers/${provider}.d.ts`, declarations.get(provider) ?? "");
    write(`providers/${provider}.operations.d.ts`, makeOperations(spec).dts);
    exports[`./${provider}`] = { types: `./providers/${provider}.d.ts` };
    exports[`./${provider}/operations`] = { types: `./providers/${provider}.operations.d.ts` };
  }
  write("index.d.ts", rootDeclarations(PROVIDERS.map((name) => ({ name }))));
  write("package.json", JSON.stringify({ name: "hostwire", type: "module", exports }));
  emitDeclarations(["types.ts", "errors.ts"], hostwire);
  cpSync(join(here, "type-tests"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});
after(remove);

/**
 * @param {string[]} names of files in src
 * @param {string} outDir
 */
function emitDeclarations(names, outDir) {
  const files = names.map((name) => join(here, "../src", name));
  const options = {
    ...OPTIONS,
    ...RESOLUTIONS.nodenext,
    noEmit: false,
    noCheck: true,
    declaration: true,
    outDir,
  };
  ts.createProgram(files, { ...options, emitDeclarationOnly: true }).emit();
}

const USES = [...PROVIDERS, "root", "hover"].map((name) => join(folder, `${name}.ts`));

/** @type {Map<string, ts.Program>} */
const programs = new Map();

/** @param {keyof typeof RESOLUTIONS} resolution */
function programFor(resolution) {
  const program =
    programs.get(resolution) ?? ts.createProgram(USES, { ...OPTIONS, ...RESOLUTIONS[resolution] });
  programs.set(resolution, program);
  return program;
}

/** @param {readonly ts.Diagnostic[]} diagnostics */
const messages = (diagnostics) =>
  diagnostics.map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.replace(`${folder}/`, "")}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });

/** @param {string} provider */
const parsed = (provider) =>
  ts.createSourceFile(`${provider}.d.ts`, declarations.get(provider) ?? "", ts.ScriptTarget.Latest, true);

/**
 * @param {ts.Node} node
 * @returns {ts.Node[]} it and all inside it
 */
function allNodes(node) {
  const nodes = [node];
  ts.forEachChild(node, (child) => void nodes.push(...allNodes(child)));
  return nodes;
}

for (const resolution of /** @type {const} */ (["nodenext", "bundler"])) {
  test(`right uses compile and wrong ones do not: ${resolution}`, () => {
    const program = programFor(resolution);
    assert.deepEqual(messages(ts.getPreEmitDiagnostics(program)), []);
    const checked = program.getSourceFiles().map(({ fileName }) => fileName);
    for (const provider of PROVIDERS) {
      assert.ok(checked.some((file) => file.endsWith(`hostwire/providers/${provider}.d.ts`)));
    }
  });
}

test("every operation has a method, and every follow operation a wait", () => {
  const program = programFor("nodenext");
  const checker = program.getTypeChecker();
  for (const [provider, { operations, document }] of specs) {
    const file = program.getSourceFile(join(folder, `node_modules/hostwire/providers/${provider}.d.ts`));
    const client = file?.statements.find(ts.isClassDeclaration);
    assert.ok(client);
    const method = (/** @type {string} */ name) => {
      let type = checker.getTypeAtLocation(client);
      for (const step of name.split(".")) {
        const property = type.getProperty(step);
        assert.ok(property, `${provider} has no ${name}`);
        type = checker.getTypeOfSymbolAtLocation(property, client);
      }
      return type;
    };
    for (const { name } of operations) assert.equal(method(name).getCallSignatures().length, 1, name);
    assert.equal(operations.length, OPERATIONS[/** @type {keyof typeof OPERATIONS} */ (provider)]);
    for (const { operation } of Object.values(document["x-jobs"] ?? {})) {
      assert.equal(method(operation.replace(/\w+$/, "wait")).getCallSignatures().length, 1);
    }
  }
});

describe("each provider's declarations", () => {
  for (const provider of PROVIDERS) {
    test(`${provider}: no any, and no path into the spec`, () => {
      const nodes = allNodes(parsed(provider));
      assert.deepEqual(
        nodes.filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword),
        [],
      );
      assert.doesNotMatch(
        declarations.get(provider) ?? "",
        /components\s*[[.]|\$ref|undefined \/\*\*|\bnever\[\]/,
      );
    });

    test(`${provider}: comments have only the tags that are meant`, () => {
      const tags = allNodes(parsed(provider)).flatMap((node) => ts.getJSDocTags(node));
      const found = new Set(tags.map(({ tagName }) => tagName.text));
      assert.deepEqual(
        [...found].filter((tag) => !["param", "deprecated"].includes(tag)),
        [],
      );
    });

    test(`${provider}: every method and every parameter is explained`, () => {
      for (const node of allNodes(parsed(provider))) {
        const isParam =
          ts.isPropertySignature(node) &&
          ts.isInterfaceDeclaration(node.parent) &&
          node.parent.name.text.endsWith("Params");
        if (!isParam && !ts.isMethodSignature(node)) continue;
        assert.ok(ts.getJSDocCommentsAndTags(node).length > 0, node.getText());
      }
    });

    test(`${provider}: every type is used, and hides nothing that the entry exports too`, () => {
      const file = parsed(provider);
      const declared = file.statements.flatMap((statement) =>
        ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
          ? [statement.name.text]
          : [],
      );
      assert.deepEqual(declared.length, new Set(declared).size);
      const used = new Set(
        allNodes(file).flatMap((node) => (ts.isTypeReferenceNode(node) ? [node.typeName.getText()] : [])),
      );
      assert.deepEqual(
        declared.filter((name) => !used.has(name)),
        [],
      );
      const sources = ["types", "errors"].map((name) =>
        readFileSync(join(here, `../src/${name}.ts`), "utf8"),
      );
      const others = sources.flatMap((text) => [
        ...text.matchAll(/^export (?:type|interface|class) (\w+)/gm),
      ]);
      assert.deepEqual(
        others.filter(([, name]) => declared.includes(name ?? "")),
        [],
      );
    });
  }

  test("are small enough together", () => {
    const sizes = [...declarations.values()].map((text) => Buffer.byteLength(text));
    assert.ok(sizes.reduce((sum, size) => sum + size) <= 600_000, `${sizes}`);
  });

  test("have a constructor for each provider", () => {
    assert.deepEqual(Object.keys(CONSTRUCTORS), PROVIDERS);
    assert.deepEqual(JSON.parse(JSON.stringify(CONSTRUCTORS)), CONSTRUCTORS);
    for (const { alternatives, credentials, fills, options } of Object.values(CONSTRUCTORS)) {
      assert.deepEqual(new Set(alternatives.flat()), new Set(Object.keys(credentials)));
      for (const name of fills) assert.ok(name in options);
    }
  });
});

describe("an editor's hover", () => {
  const file = join(folder, "hover.ts");
  /** @type {ts.LanguageService} */
  let service;
  before(() => {
    service = ts.createLanguageService({
      getScriptFileNames: () => [file],
      getScriptVersion: () => "1",
      getScriptSnapshot: (path) => {
        const text = ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getCompilationSettings: () => ({ ...OPTIONS, ...RESOLUTIONS.bundler }),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  });

  /**
   * What is shown over a word.
   * @param {string} line a piece of hover.ts
   * @param {string} word in it
   */
  function hover(line, word) {
    const text = readFileSync(file, "utf8");
    assert.ok(text.includes(line), line);
    const info = service.getQuickInfoAtPosition(file, text.indexOf(line) + line.indexOf(word));
    assert.ok(info, word);
    return {
      type: ts.displayPartsToString(info.displayParts),
      text: ts.displayPartsToString(info.documentation),
      tags: (info.tags ?? []).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`).join("\n"),
    };
  }

  test("names the type of an item", () => {
    assert.equal(hover("const account of combell", "account").type, "const account: Account");
    assert.equal(hover("const record of combell", "record").type, "const record: DnsRecord");
    assert.equal(hover("const started =", "started").type, "const started: StartedProvisioningJob");
    assert.equal(hover("const created =", "created").type, "const created: Place | undefined");
  });

  test("explains a method: summary, effect and params", () => {
    const { type, text, tags } = hover("combell.accounts.create(", "create");
    assert.match(
      type,
      /create\(params: AccountsCreateParams, options\?: CallOptions\): JobCall<StartedProvisioningJob, /,
    );
    assert.match(text, /^Create a hosting account from a service pack\.\n\n/);
    assert.match(text, /Effect: purchase: it spends money or places an order; never repeated\./);
    assert.match(text, /Answers later: .* `wait\(\)`/);
    assert.match(tags, /^@param params\n?/);
    assert.match(tags, /- `identifier`: Identifier for the account/);
    assert.match(tags, /- `ftp_password`\?: FTP password/);
  });

  test("explains a parameter: meaning, limits, kind and default", () => {
    const { type, text } = hover("ttl: 60", "ttl");
    assert.equal(type, "(property) DnsRecordsCreateParams.ttl?: number");
    assert.equal(
      text.replaceAll("\n", " "),
      "Seconds that the record may be cached. A whole number of 32 bits. From 60 to 86400. Default: 3600.",
    );
    assert.match(hover('password: "secret"', "password").text, /^Password .*Secret: masked/s);
    assert.match(hover("job_id: started", "job_id").text, /A UUID\./);
  });

  test("names the provider's addresses", () => {
    assert.equal(
      hover('baseUrl: "https://api.combell.nl"', "baseUrl").text.split("\n").slice(-3).join("\n"),
      [
        "The provider's own addresses, the first of which is the default:",
        "- `https://api.combell.com`.",
        "- `https://api.combell.nl`: For customers of combell.nl.",
      ].join("\n"),
    );
  });

  test("explains a resource and a client", () => {
    assert.match(hover("combell.dnsRecords.list", "dnsRecords").text, /Has list\(\), create\(\), get\(\)/);
    assert.match(hover("new Combell(", "Combell").type, /new Combell\(options: CombellOptions\): Combell/);
    assert.match(hover("combell.provisioningJobs.wait", "wait").text, /^Takes up a job again/);
  });
});
